"""Rule `stand-in`, third part: the sides of pictures of our own, where the layers behind them are made for larger ones.

`nn.Linear(16 * 5 * 5, 120)` behind convolutions takes pictures of one size alone, and no message names it: the usual ones are tried.
It must leave alone: sides that the card states, pictures that the card gives, and faults that have nothing to do with sizes.

Source: the sides of MNIST, of CIFAR-10 and of LeNet's inputs, of small and of whole ImageNet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from deckbuild.model import Fault
from deckbuild.prose import role_sizes

from ..draft import Addition, Program, State
from ..scene import Scene
from ..stand_ins.guess import drawn

SIDES = (28, 32, 64, 128, 224)
COST, STEP = 0.2, 0.05
_FAULTS = re.compile(
    r"shapes cannot be multiplied|Kernel size can't be greater than actual input size|Output size is too small"
    r"|is invalid for input of size|size of tensor a \(\d+\) must match"
)
_PICTURES = re.compile(
    r"torch\.(?:rand|arange\((?:\d+\.?, )?\d+\.\)\.reshape)\((?P<images>\d+), (?P<channels>\d+), (?P<side>\d+), (?P=side)\)"
)


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """States in which all pictures that deckbuild chose have another of the usual sides."""
    if not _FAULTS.search(fault.message) or _states_sides(scene):
        return
    for rank, side in enumerate(SIDES):
        drafts = tuple(
            replace(draft, before=tuple(_with_side(a, side) if _is_ours(a) else a for a in draft.before))
            for draft in state.drafts
        )
        if drafts != state.drafts:
            yield replace(state, drafts=drafts, cost=state.cost + COST + STEP * rank)


def _states_sides(scene: Scene) -> bool:
    """Whether the card's text says how large the pictures are."""
    return any(f.role == "input" and len(f.size.dims) > 1 for f in role_sizes(scene.text))


def _is_ours(addition: Addition) -> bool:
    return addition.assumption and not addition.copied


def _with_side(addition: Addition, side: int) -> Addition:
    """The addition with pictures of that side; the same where it holds none."""
    text = _pictures(addition.text, side)
    if text == addition.text:
        return addition
    evidence = (
        f"{addition.change.evidence.split('; the size')[0]}; the layers behind them fit pictures of {side}x{side}"
    )
    change = replace(addition.change, evidence=evidence)
    return replace(addition, text=text, change=change, alternates=(_pictures(text, side, more=1),))


def _pictures(text: str, side: int, more: int = 0) -> str:
    return _PICTURES.sub(lambda m: drawn((int(m["images"]) + more, int(m["channels"]), side, side)), text)
