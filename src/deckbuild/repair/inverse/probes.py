"""A state run with other entries of its one stand-in. In: a state; out: the numbers that claims speak of, as functions of the entries.

What a claim is compared with, the judge tells. That it is a linear function is not read from the code but tried: with noughts, with each
entry 1 in turn, and at two more places that must be as foretold; so it may be a convolution, a product of matrices or a sum in a loop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from typing import TypeAlias

from deckbuild.model import Claim, Job, Outcome, Snippet, Value
from deckbuild.prose import Number, numbers

from ..conclude import Unrunnable
from ..draft import Change, State
from ..resolve import resolve
from ..scene import Scene
from ..score import judged
from .system import Equation

MOST_ENTRIES = 16
MOST_DECIMALS = 3
"""torch prints four places: what has as many may be rounded, and is no exact number."""
Entries: TypeAlias = tuple[Fraction, ...]
Places: TypeAlias = Mapping[Snippet, int | Unrunnable]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The only stand-in of a state: a tensor, an array or a list of few numbers."""

    name: str
    draft: int
    addition: int
    shape: tuple[int, ...]
    maker: str
    """What makes it from a nested list: `torch.tensor(…)`."""
    whole: bool
    """Whether its numbers are integers."""

    @property
    def size(self) -> int:
        """The number of its entries."""
        return prod(self.shape)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A claim and the equations that it makes; none, if what it speaks of is no linear function of the unknown."""

    claim: Claim
    equations: tuple[Equation, ...]


def unknowns_of(
    state: State, outcome: Outcome, lengths: Sequence[int], scene: Scene
) -> Iterator[tuple[State, Unknown]]:
    """The one stand-in whose entries may be asked for, and the state that holds it; none, where there is another one.

    A single number may stand in for a row of them, one for each product of a sum that the text writes out: `lengths`.
    """
    assumed = [(d, i, a) for d, x in enumerate(state.drafts) for i, a in enumerate(x.before) if a.assumption]
    if len(assumed) != 1:
        return
    ((draft, index, addition),) = assumed
    value = outcome.value(addition.need)
    if value is None or not addition.text.startswith(f"{addition.need} = "):
        return
    code = state.program().code
    shapes, maker = _made(
        value, "torch.tensor({})" if "torch." in code else "np.array({})" if "np." in code else "", lengths
    )
    whole = (value.dtype or "").startswith("int")
    for shape in shapes:
        if 0 < prod(shape) <= MOST_ENTRIES:
            found = Unknown(addition.need, draft, index, shape, maker, whole)
            filled, missing = resolve(with_entries(state, found, [Fraction(0)] * found.size), scene)
            places = [n for n, a in enumerate(filled.drafts[draft].before) if a.assumption]
            if not missing and len(places) == 1:
                yield filled, replace(found, addition=places[0])


def _made(value: Value, maker: str, lengths: Sequence[int]) -> tuple[tuple[tuple[int, ...], ...], str]:
    """The shapes that a stand-in may have, and what makes it from a nested list."""
    match value.type:
        case "torch.Tensor" | "numpy.ndarray" if value.shape:
            return (value.shape,), "torch.tensor({})" if value.type == "torch.Tensor" else "np.array({})"
        case "list" if isinstance(value.data, list) and all(isinstance(x, int | float) for x in value.data):
            return ((len(value.data),),), "{}"
        case "int" | "float" if maker:
            return tuple((n,) for n in dict.fromkeys(lengths)), maker
        case _:
            return (), ""


def with_entries(
    state: State,
    unknown: Unknown,
    entries: Sequence[Fraction],
    change: Change | None = None,
    copied: tuple[str, ...] = (),
) -> State:
    """The state with these entries in the stand-in."""
    draft = state.drafts[unknown.draft]
    old = draft.before[unknown.addition]
    point = "" if unknown.whole else "."
    texts = [f"{int(x)}{point}" if x.denominator == 1 else f"{float(x)!r}" for x in entries]
    text = f"{unknown.name} = {unknown.maker.format(_nested(texts, unknown.shape))}"
    new = replace(old, text=text, change=change or old.change, alternates=(), copied=copied)
    before = (*draft.before[: unknown.addition], new, *draft.before[unknown.addition + 1 :])
    return state.with_draft(unknown.draft, replace(draft, before=before))


def spoken(state: State, unknown: Unknown, order: Places, scene: Scene) -> tuple[Spoken, ...]:
    """The claims that speak of numbers which the unknown decides."""
    size = unknown.size
    noughts = (Fraction(0),) * size
    units = [tuple(Fraction(n == m) for m in range(size)) for n in range(size)]
    trials = [tuple(Fraction(n % 7 + 1) for n in range(size)), tuple(Fraction((5 * n + 3) % 11) for n in range(size))]
    told: list[tuple[Entries | None, ...]] = []
    for batch in ([noughts], [*units, *trials]):
        states = [with_entries(state, unknown, entries) for entries in batch]
        outcomes = scene.run.trial([Job(s.program().code) for s in states])
        if not all(o.ok for o in outcomes):
            return ()
        told += [readings(s, o, order, scene) for s, o in zip(states, outcomes, strict=True)]
        if not any(r and len(r) == len(numbers(c.expected)) for r, c in zip(told[0], scene.claims, strict=True)):
            return ()
    found = []
    for index, claim in enumerate(scene.claims):
        values = [reading[index] for reading in told]
        stated = exact(numbers(claim.expected))
        if stated is None or any(v is None or len(v) != len(stated) for v in values) or len(set(values)) == 1:
            continue
        known = [v for v in values if v is not None]
        equations = _equations(known[0], known[1:-2], stated)
        linear = all(
            _at(e, entries) == v[n]
            for entries, v in zip(trials, known[-2:], strict=True)
            for n, e in enumerate(equations)
        )
        found.append(Spoken(claim, equations if linear else ()))
    return tuple(found)


def readings(state: State, outcome: Outcome, order: Places, scene: Scene) -> tuple[Entries | None, ...]:
    """For each claim the numbers in what it is compared with."""
    return tuple(
        None if j.computed is None or "…" in j.computed else exact(numbers(j.computed))
        for j in judged(state, outcome, order, scene)
    )


def exact(found: Sequence[Number]) -> Entries | None:
    """The numbers as fractions; None if there are none, or some that may be rounded."""
    if not found or any(n.decimals > MOST_DECIMALS for n in found):
        return None
    return tuple(Fraction(str(n.value)) for n in found)


def _equations(noughts: Entries, units: Sequence[Entries], stated: Entries) -> tuple[Equation, ...]:
    return tuple(
        Equation(tuple(unit[n] - constant for unit in units), constant, value)
        for n, (constant, value) in enumerate(zip(noughts, stated, strict=True))
    )


def _at(equation: Equation, entries: Entries) -> Fraction:
    products = (c * x for c, x in zip(equation.coefficients, entries, strict=True))
    return sum(products, equation.constant)


def _nested(texts: Sequence[str], shape: tuple[int, ...]) -> str:
    if not shape:
        return texts[0]
    step = len(texts) // shape[0]
    return "[" + ", ".join(_nested(texts[n : n + step], shape[1:]) for n in range(0, len(texts), step)) + "]"
