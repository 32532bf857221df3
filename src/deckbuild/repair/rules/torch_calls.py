"""Rules `loss-made` and `torch-call`: calls of torch that miss a step (`nn.MSELoss(out, y)`, `next(loader)`, `torch.from_numpy([1, 2])`).

It must leave alone: losses of the card's own, losses that are made with settings, and what the prose speaks of.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..program.names import last_name
from ..scene import Scene

LOSS, CALL = "loss-made", "torch-call"
_AS_SETTING = "Boolean value of Tensor with more than one value is ambiguous"
_NO_ITERATOR = "'DataLoader' object is not an iterator"
_NO_ARRAY = "expected np.ndarray (got list)"
_MATRICES = re.compile(
    r"^The size of tensor a \(\d+\) must match the size of tensor b|^Expected size for first two dimensions of batch|^t\(\) expects a tensor with <= 2"
)
_ABOUT = re.compile(r"\biterator|\bfrom_numpy\b|`\.T`|\bmismatch|\bdo(?:es)? not match\b", re.IGNORECASE)


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with the call as torch takes it, where one on the fault's line can be meant."""
    tree = program.tree()
    if tree is None or _ABOUT.search(scene.prose):
        return
    here = [n for n in ast.walk(tree) if getattr(n, "lineno", None) == fault.line]
    found = [x for n in here for x in _as_taken(n, fault.message, program.code)]
    for rule, why, node, text in found if len(found) == 1 else ():
        change = Change(rule, why, fault.message.split("\n")[0][:160])
        if (changed := respelt(state, program, node, text, change, 0.6)) is not None:
            yield changed


def _as_taken(node: ast.AST, message: str, code: str) -> Iterator[tuple[str, str, ast.AST, str]]:
    """(rule, why, node, its new text)."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name) as kind, args=[_, _], keywords=[]) if message.startswith(
            _AS_SETTING
        ) and name.endswith("Loss"):
            why = "a loss of `nn` is made first, and then called with predictions and targets"
            yield LOSS, why, kind, f"{ast.get_source_segment(code, kind)}()"
        case ast.Call(func=ast.Name(id="next"), args=[loader]) if message.startswith(_NO_ITERATOR):
            yield CALL, "a loader gives its batches to an iterator", loader, f"iter({ast.unparse(loader)})"
        case ast.Call(func=ast.Attribute(value=home, attr="from_numpy") as kind) if message.startswith(_NO_ARRAY):
            yield CALL, "a list becomes a tensor by `tensor`", kind, f"{ast.unparse(home)}.tensor"
        case ast.BinOp(op=ast.MatMult(), right=ast.Attribute(value=owner, attr="T") as right) if _MATRICES.match(
            message
        ):
            yield (
                CALL,
                "of a batch only the last two dimensions change places",
                right,
                f"{ast.unparse(owner)}.transpose(-2, -1)",
            )
        case ast.Call(func=func, args=[_, ast.Attribute(value=owner, attr="T") as right]) if last_name(func) in (
            "matmul",
            "bmm",
        ) and _MATRICES.match(message):
            yield (
                CALL,
                "of a batch only the last two dimensions change places",
                right,
                f"{ast.unparse(owner)}.transpose(-2, -1)",
            )
        case ast.Call(func=ast.Attribute(value=owner, attr="t"), args=[]) if message.startswith("t() expects"):
            yield (
                CALL,
                "of a batch only the last two dimensions change places",
                node,
                f"{ast.unparse(owner)}.transpose(-2, -1)",
            )
