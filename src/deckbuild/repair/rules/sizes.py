"""Rule `stand-in`, second part: a size that deckbuild chose, and that the fault's message says should be another.

`mat1 and mat2 shapes cannot be multiplied (32x4 and 100x256)` beside `latent_dim = 4` says that it is 100, and beside
`x = torch.rand(32, 4)` that x is wider. It must leave alone: sizes that the card itself states, and messages that do not show the chosen number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from deckbuild.model import Fault

from ..draft import Program, State
from ..scene import Scene
from ..stand_ins.reading.shaped import dims_of, is_tensor, with_dims

_PRODUCT = re.compile(r"shapes cannot be multiplied \(\d+x(\d+) and (\d+)x\d+\)")
_CHANNELS = re.compile(r"to have (\d+) channels, but got (\d+) channels")
_MATCH = re.compile(r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)")
_EXPECTED = re.compile(r"Expected (\d+), got (\d+)")
_LAYER = re.compile(r"expected input with shape \[\*, (\d+)\], but got input of size\[(?:\d+, )*(\d+)\]")
_ALL = (_PRODUCT, _CHANNELS, _MATCH, _EXPECTED, _LAYER)
_TARGET = re.compile(
    r"Using a target size \(torch\.Size\(\[([\d, ]*)\]\)\) that is different to the input size \(torch\.Size\(\[([\d, ]*)\]\)\)"
)
_VIEW = re.compile(r"shape '\[([\d, -]+)\]' is invalid for input of size (\d+)")


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """States in which one chosen size is the other of the two that do not match."""
    pairs = _pairs(fault.message)
    chosen = {n for draft in state.drafts for a in draft.before if a.assumption for n in _of_layers(a.text)}
    for d, draft in enumerate(state.drafts):
        for index, addition in enumerate(draft.before):
            value = addition.text.partition(" = ")[2]
            if not addition.assumption or addition.copied:
                continue
            if (fitted := _as_large(value, fault.message)) is not None:
                yield _with_value(state, d, index, fitted, "the outputs have its shape")
            for old, new in pairs:
                if old == new:
                    continue
                if " = nn." in addition.text:
                    yield from _with_layer(state, d, index, old, new)
                if old in chosen:
                    continue
                for other in (new,) if value == old else resized(value, old, new):
                    yield _with_value(state, d, index, other, f"what it is used with has the size {new}")


def _with_value(state: State, d: int, index: int, value: str, evidence: str) -> State:
    """The state with another value for the addition at that place."""
    draft = state.drafts[d]
    addition = draft.before[index]
    change = replace(addition.change, evidence=evidence)
    made = replace(addition, text=f"{addition.text.partition(' = ')[0]} = {value}", change=change, alternates=())
    return state.with_draft(d, replace(draft, before=(*draft.before[:index], made, *draft.before[index + 1 :])), 0.3)


def _as_large(value: str, message: str) -> str | None:
    """The target of a loss with the shape of the outputs; None if it is not the one that the message speaks of."""
    found = _TARGET.search(message)
    if found is None or not is_tensor(value):
        return None
    target, outputs = (tuple(int(n) for n in found[k].split(", ") if n) for k in (1, 2))
    return with_dims(value, outputs) if dims_of(value) == target and outputs else None


def _pairs(message: str) -> list[tuple[str, str]]:
    """(a size, what it should be): the two that do not match, or the one that a view leaves open."""
    found = next((m for pattern in _ALL if (m := pattern.search(message))), None)
    if found is not None:
        return [(found[1], found[2]), (found[2], found[1])]
    viewed = _VIEW.search(message)
    dims = [int(n) for n in viewed[1].split(",")] if viewed else []
    if viewed is None or min(dims) < 1:
        return []
    whole = [(viewed[2], str(math.prod(dims)))]
    rests = [(n, math.prod(dims[:i] + dims[i + 1 :])) for i, n in enumerate(dims)]
    return whole + [(str(n), str(int(viewed[2]) // rest)) for n, rest in reversed(rests) if int(viewed[2]) % rest == 0]


def resized(value: str, old: str, new: str) -> Iterator[str]:
    """The tensors of which all dimensions of the old size have the new one, or just one of them, the last such first."""
    dims = dims_of(value) if is_tensor(value) else ()
    places = [i for i, n in enumerate(dims) if n == int(old)]
    alone = [[place] for place in reversed(places)] if len(places) > 1 else []
    for changed in [places, *alone] if places else []:
        yield with_dims(value, tuple(int(new) if i in changed else n for i, n in enumerate(dims)))


def _with_layer(state: State, d: int, index: int, old: str, new: str) -> Iterator[State]:
    """States in which a layer that deckbuild chose has the other size: dearer, as its input may give way instead."""
    draft = state.drafts[d]
    addition = draft.before[index]
    for found in re.finditer(rf"(?<![\d.]){old}(?=[,)])", addition.text):
        text = addition.text[: found.start()] + new + addition.text[found.end() :]
        change = replace(
            addition.change, evidence=f"{addition.change.evidence}; what it is used with has the size {new}"
        )
        before = (*draft.before[:index], replace(addition, text=text, change=change), *draft.before[index + 1 :])
        yield state.with_draft(d, replace(draft, before=before), 1.0)


def _of_layers(text: str) -> list[str]:
    """The numbers in a stand-in that is a layer: these may give way instead."""
    return re.findall(r"\d+", text) if " = nn." in text else []
