"""Rule `stand-in`, second part: a size that deckbuild chose, and that the fault's message says should be another.

`mat1 and mat2 shapes cannot be multiplied (32x4 and 100x256)` beside `latent_dim = 4` says that it is 100. It must leave alone:
sizes that the card itself states, those of layers that deckbuild chose too, and messages that do not show the chosen number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from deckbuild.model import Fault

from ..draft import Program, State
from ..scene import Scene

_PRODUCT = re.compile(r"shapes cannot be multiplied \(\d+x(\d+) and (\d+)x\d+\)")
_CHANNELS = re.compile(r"to have (\d+) channels, but got (\d+) channels")
_MATCH = re.compile(r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)")
_EXPECTED = re.compile(r"Expected (\d+), got (\d+)")
_LAYER = re.compile(r"expected input with shape \[\*, (\d+)\], but got input of size\[(?:\d+, )*(\d+)\]")
_ALL = (_PRODUCT, _CHANNELS, _MATCH, _EXPECTED, _LAYER)


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """States in which one chosen size is the other of the two that do not match."""
    found = next((m for pattern in _ALL if (m := pattern.search(fault.message))), None)
    if found is None:
        return
    chosen = {n for draft in state.drafts for a in draft.before if a.assumption for n in _of_layers(a.text)}
    pairs = {found[1]: found[2], found[2]: found[1]}
    for d, draft in enumerate(state.drafts):
        for index, addition in enumerate(draft.before):
            name, _, value = addition.text.partition(" = ")
            if not addition.assumption or value not in pairs or found[1] == found[2] or value in chosen:
                continue
            evidence = f"what it is used with has the size {pairs[value]}"
            change = replace(addition.change, evidence=evidence)
            other = replace(addition, text=f"{name} = {pairs[value]}", change=change, alternates=())
            before = (*draft.before[:index], other, *draft.before[index + 1 :])
            yield state.with_draft(d, replace(draft, before=before), 0.3)


def _of_layers(text: str) -> list[str]:
    """The numbers in a stand-in that is a layer: these may give way instead."""
    return re.findall(r"\d+", text) if " = nn." in text else []
