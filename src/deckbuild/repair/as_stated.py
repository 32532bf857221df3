"""Sizes of stand-ins taken from the shape that the card states of a result: `# torch.Size([8, 4, 256])` beside our `[2, 4, 3]`.

In: a state that runs on stand-ins; out: the state with sizes by which the stated shape comes out, or the same state. The
statement then proves nothing, as the sizes were copied from it. It must leave alone: what the card gives, what another claim
gave, and statements that no choice of sizes fulfils.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from deckbuild.model import ClaimVerdict, Job, Judgement, Outcome, Snippet
from deckbuild.prose import sizes

from .conclude import Unrunnable
from .draft import Addition, State
from .scene import Scene
from .score import judged
from .stand_ins.reading.shaped import dims_of, is_tensor, with_dims

_COUNTED = re.compile(r"^two (?=rows of)|(?:; two rows|: two of three steps)$")
"""What a stand-in's evidence says of sizes that are others now."""
MOST = 16
"""Choices of sizes that are run."""


def as_stated(state: State, outcome: Outcome, order: Mapping[Snippet, int | Unrunnable], scene: Scene) -> State:
    """The state whose last draft gives the stated shapes, if a choice of sizes does; the fewest changes first."""
    last = len(state.drafts) - 1
    if not scene.claims or not any(_is_free(a) for a in state.drafts[last].before):
        return state
    places = {**order, state.drafts[last].snippet: last}
    amiss = _amiss(state, outcome, places, scene)
    if not amiss:
        return state
    choices = list(itertools.islice(_choices(state, amiss), MOST))
    for choice, tried in zip(choices, scene.run.trial([Job(c.program().code) for c in choices]), strict=True):
        if tried.ok and not _amiss(choice, tried, places, scene):
            return choice
    return state


def _is_free(addition: Addition) -> bool:
    return addition.assumption and not addition.copied and bool(dims_of(addition.text.partition(" = ")[2]))


def _amiss(state: State, outcome: Outcome, places: Mapping[Snippet, int | Unrunnable], scene: Scene) -> list[Judgement]:
    """The claims about shapes of the last snippet beside which another shape comes out."""
    line = state.drafts[-1].snippet.line
    return [
        j
        for j in judged(state, outcome, places, scene)
        if j.claim.snippet == line
        and j.claim.kind == "shape"
        and j.verdict is not ClaimVerdict.CONFIRMED
        and j.computed not in (None, j.claim.expected)
        and _dims(j.claim.expected) != _dims(j.computed or "")
        and _dims(j.claim.expected)
    ]


def _dims(text: str) -> tuple[int, ...]:
    found = sizes(text)
    return found[0].dims if len(found) == 1 else ()


def _choices(state: State, amiss: list[Judgement]) -> Iterator[State]:
    """States in which the sizes that differ are the stated ones: the fewest stand-ins that have them; then tensors of the stated rank."""
    pairs = {
        (have, wanted)
        for j in amiss
        if len(_dims(j.computed or "")) == len(_dims(j.claim.expected))
        for have, wanted in zip(_dims(j.computed or ""), _dims(j.claim.expected), strict=True)
        if have != wanted
    }
    told = tuple(j.claim.text for j in amiss)
    before = state.drafts[-1].before
    spots = [
        (index, place, wanted)
        for index, addition in enumerate(before)
        if _is_free(addition)
        for place, size in enumerate(dims_of(addition.text.partition(" = ")[2]))
        for have, wanted in sorted(pairs)
        if have == size
    ]
    for count in range(max(1, len(pairs)), len(spots) + 1):
        for chosen in itertools.combinations(spots, count):
            if len({(i, p) for i, p, _ in chosen}) == len(chosen):
                yield _with_sizes(state, chosen, told)
    for j in amiss:
        yield from _with_rank(state, _dims(j.claim.expected), told)


def _with_sizes(state: State, chosen: tuple[tuple[int, int, int], ...], told: tuple[str, ...]) -> State:
    draft = state.drafts[-1]
    before = list(draft.before)
    for index in {i for i, _, _ in chosen}:
        value = before[index].text.partition(" = ")[2]
        wanted = {place: size for i, place, size in chosen if i == index}
        dims = tuple(wanted.get(place, size) for place, size in enumerate(dims_of(value)))
        before[index] = _resized(before[index], dims, told)
    return state.with_draft(len(state.drafts) - 1, replace(draft, before=tuple(before)))


def _with_rank(state: State, stated: tuple[int, ...], told: tuple[str, ...]) -> Iterator[State]:
    """A tensor with the stated dimensions before its own last one, or with all of them."""
    draft = state.drafts[-1]
    for index, addition in enumerate(draft.before):
        value = addition.text.partition(" = ")[2]
        if not _is_free(addition) or not is_tensor(value):
            continue
        for dims in dict.fromkeys(((*stated[:-1], dims_of(value)[-1]), stated)):
            other = (*draft.before[:index], _resized(addition, dims, told), *draft.before[index + 1 :])
            yield state.with_draft(len(state.drafts) - 1, replace(draft, before=other))


def _resized(addition: Addition, dims: tuple[int, ...], told: tuple[str, ...]) -> Addition:
    name, _, value = addition.text.partition(" = ")
    fits = _COUNTED.sub("", addition.change.evidence.split("; the size")[0])
    evidence = f"{fits}; the card states the shape that comes out"
    change = replace(addition.change, evidence=evidence)
    return replace(addition, text=f"{name} = {with_dims(value, dims)}", change=change, alternates=(), copied=told)
