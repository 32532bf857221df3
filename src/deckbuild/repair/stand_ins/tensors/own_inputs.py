"""Inputs of modules of the card's own classes: `attention(x)` behind `B, T, C = x.shape`, `norm(x)` with a weight of 16. In: a use; out: a tensor.

What the class's layers do not tell, its `forward` does: how many sides it unpacks, and that it calculates with what it is given; the
width is what the class is made with. It must leave alone: classes with layers for pictures or ids, whose inputs these tell, and what no
module of the program is given.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...program.usage import Usage, usage_of
from ...scene import Scene
from ..guess import Guess, filled
from ..reading.constants import Environment, constants, whole
from ..reading.meetings import METHODS
from .layers import fed_call, layers_fed

ROWS, STEPS, WIDTH = 2, 3, 4
MORE_ROWS, MORE_STEPS = 3, 5
_WIDE = {"Linear": (0, "in_features"), "LayerNorm": (0, "normalized_shape")}


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A tensor of as many dimensions as the class unpacks, as wide as its first layer, or as it is itself."""
    names = constants(tree)
    layers = list(layers_fed(usage, tree))
    for context in usage.contexts:
        call = fed_call(context)
        made = _made(call.func, names) if call is not None else None
        own = next((c for c in tree.body if made is not None and _is_class(c, made)), None)
        forward = _forward(own)
        if made is None or forward is None:
            continue
        given = usage_of(ast.Module(list(forward.body), []), forward.args.args[1].arg)
        rank = _unpacked(given) or 2
        widths = [layer.argument(*_WIDE[layer.kind]) for layer in layers if layer.kind in _WIDE]
        if layers and (rank == 2 or not widths or widths[0] is None):
            return
        if not layers and not _is_calculated_with(given):
            return
        told = widths[0] if widths else _first_number(made, names)
        width, others = told or WIDTH, f"the sizes but {told}" if told else "the sizes"
        if rank in (2, 3):
            yield Guess(
                filled((ROWS, STEPS, width) if rank == 3 else (ROWS, width)),
                f"`{ast.unparse(made.func)}` calculates with a tensor; {others} are deckbuild's choice",
                alternates=(filled((MORE_ROWS, MORE_STEPS, width) if rank == 3 else (MORE_ROWS, width)),),
            )
        return


def _made(func: ast.expr, names: Environment) -> ast.Call | None:
    """The call that makes the module: `Norm(16)` of `norm = Norm(16).to(device)`, or of `Norm(16)(x)`."""
    made = names.get(func.id) if isinstance(func, ast.Name) else func
    while isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute):
        made = made.func.value
    return made if isinstance(made, ast.Call) else None


def _is_class(statement: ast.stmt, made: ast.Call) -> bool:
    return (
        isinstance(statement, ast.ClassDef)
        and statement.name == ast.unparse(made.func)
        and any("Module" in ast.unparse(b) for b in statement.bases)
    )


def _forward(own: ast.stmt | None) -> ast.FunctionDef | None:
    """Its `forward`, where that takes an input."""
    body = own.body if isinstance(own, ast.ClassDef) else []
    found = next((n for n in body if isinstance(n, ast.FunctionDef) and n.name == "forward"), None)
    return found if found is not None and len(found.args.args) > 1 else None


def _unpacked(given: Usage) -> int | None:
    """How many names its shape is taken apart into."""
    for context in given.contexts:
        match context.parents:
            case (ast.Attribute(attr="shape"), ast.Assign(targets=[ast.Tuple(elts=elts)]), *_) | (
                ast.Attribute(attr="size"),
                ast.Call(args=[]),
                ast.Assign(targets=[ast.Tuple(elts=elts)]),
                *_,
            ):
                return len(elts)
    return None


def _is_calculated_with(given: Usage) -> bool:
    """Whether it is a factor or a term, or methods of tensors are called on it."""
    return bool({m for m, _ in given.methods} & METHODS) or any(isinstance(c.parent, ast.BinOp) for c in given.contexts)


def _first_number(made: ast.Call, names: Environment) -> int | None:
    """The first whole number that the class is made with."""
    given = (*made.args, *(k.value for k in made.keywords))
    return next((n for value in given if (n := whole(value, names)) is not None), None)
