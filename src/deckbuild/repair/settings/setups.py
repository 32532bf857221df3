"""Set-ups that a text describes in words: seeded data of the stated size, fed to the layer that it names.

In: a state that runs on an assumption for a tensor; out: states in which a described set-up makes that tensor.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from deckbuild.prose import counts, layer_words, sizes
from deckbuild.syntax import parse_module

from ..draft import Addition, Change, State
from ..resolve import resolve
from ..scene import Scene

RULE = "described-set-up"
SEEDS = (*range(11), 42, 100, 123, 1234, 1337, *range(2019, 2027))
SAMPLERS = ("rand", "randn")
CONVOLUTIONS = ((3, 1), (3, 0), (1, 0), (5, 2))
"""(kernel size, padding) of the usual convolutions that keep or nearly keep the size."""


def setups(state: State, scene: Scene) -> Iterator[State]:
    """States in which seeded data, and the layer that the text names, make what the state assumes."""
    if not any(c.kind in ("number", "tensor") for c in scene.claims):
        return
    for d, draft in enumerate(state.drafts):
        for i, addition in enumerate(draft.before):
            if addition.assumption and "torch." in addition.text:
                yield from _instead(state, d, i, scene)


def _instead(state: State, d: int, i: int, scene: Scene) -> Iterator[State]:
    """The states in which a described set-up stands in the place of an assumption; what they need besides is the same for all."""
    draft = state.drafts[d]
    old = draft.before[i]
    change = Change(
        RULE,
        f"`{old.need}` is described in words and nowhere defined",
        "only this set-up gives the numbers that the card states",
    )
    resolved: dict[frozenset[str], State | None] = {}
    for text in _described(old.need, state, scene):
        names = _names(text)
        made = Addition(text, change, names, old.need, old.rank)
        if names not in resolved:
            before = (*draft.before[:i], made, *draft.before[i + 1 :])
            other, missing = resolve(state.with_draft(d, replace(draft, before=before), -2.0), scene)
            resolved[names] = None if missing else other
        base = resolved[names]
        if base is not None:
            own = base.drafts[d]
            before = tuple(made if a.change is change else a for a in own.before)
            yield base.with_draft(d, replace(own, before=before))


def _names(text: str) -> frozenset[str]:
    return frozenset(
        n.id for n in ast.walk(parse_module(text)) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    )


def _described(name: str, state: State, scene: Scene) -> Iterator[str]:
    """Programs that bind the name as the text describes it."""
    text = scene.prose
    taken = {n.id for n in ast.walk(state.program().tree() or ast.Module([], [])) if isinstance(n, ast.Name)}
    data = next(n for n in ("img", "data", "inputs", "input_tensor") if n not in taken and n != name)
    layer_name = next(n for n in ("conv", "layer", "first_layer") if n not in taken and n != name)
    for shape in _shapes(text):
        for seed, sampler in product(SEEDS, SAMPLERS):
            draw = f"torch.{sampler}({', '.join(map(str, shape))})"
            yield f"torch.manual_seed({seed})\n{name} = {draw}"
            for layer in _layers(text, shape):
                make, feed = f"{layer_name} = {layer}", f"{data} = {draw}"
                yield f"torch.manual_seed({seed})\n{feed}\n{make}\n{name} = {layer_name}({data})"
                yield f"torch.manual_seed({seed})\n{make}\n{feed}\n{name} = {layer_name}({data})"


def _shapes(text: str) -> Iterator[tuple[int, ...]]:
    """[1, channels, height, width] of the images that the text speaks of."""
    channels = tuple(dict.fromkeys(c.number for c in counts(text) if c.noun == "channel")) or (1,)
    sides = dict.fromkeys(
        s.dims for s in sizes(text) if len(s.dims) == 2 and max(s.dims) <= 512 and s.kind == "product"
    )
    yield from ((1, c, *dims) for c in channels[:2] for dims in list(sides)[:2])


def _layers(text: str, shape: tuple[int, ...]) -> Iterator[str]:
    channels = shape[1]
    if any(word.kind == "Conv2d" for word in layer_words(text)):
        for kernel, padding in CONVOLUTIONS:
            yield (
                f"nn.Conv2d(in_channels={channels}, out_channels={channels}, "
                f"kernel_size={kernel}, stride=1, padding={padding})"
            )
