"""Rule `loss-made`: a loss class of torch that is given predictions and targets as if it were the loss (`nn.MSELoss(out, y)`).

It must leave alone: losses of the card's own, and losses that are made with settings.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..scene import Scene

RULE = "loss-made"
_AS_SETTING = "Boolean value of Tensor with more than one value is ambiguous"


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state in which the loss is made first, and then given the two."""
    tree = program.tree()
    if tree is None or not fault.message.startswith(_AS_SETTING):
        return
    change = Change(
        RULE, "a loss of `nn` is made first, and then called with predictions and targets", fault.message[:160]
    )
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) as kind, args=[_, _], keywords=[]) if (
                node.lineno == fault.line and name.endswith("Loss")
            ):
                text = f"{ast.get_source_segment(program.code, kind)}()"
                if (made := respelt(state, program, kind, text, change, 0.6)) is not None:
                    yield made
