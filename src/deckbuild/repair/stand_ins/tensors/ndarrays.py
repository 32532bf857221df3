"""Arrays of numpy by what only they can do: `a[a > 3]`, `np.sum(a > 3)`, `a[2:5] = 0`, `a.ndim`, `arr1 - arr2`, `np.nditer(a)`.

In: a use; out: a small array.

It must leave alone: programs of torch, what has methods of lists, and what a list can do as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...program.names import last_name
from ...program.usage import Context, Usage, literal
from ...scene import Scene
from ..guess import Guess
from ..networks.models import is_model_name, knows_torch
from .matrices import OTHER, VECTOR
from .tensors import is_array_name

_ONLY = frozenset({"ndim", "itemsize", "nbytes", "strides", "astype", "ravel", "tobytes", "tolist", "flat"})
_OF_LISTS = frozenset({"append", "extend", "insert", "pop", "remove", "index", "reverse"})
_WALKS = frozenset(
    {"nditer", "ndenumerate", "sort", "argsort", "where", "unique", "cumsum", "diff", "sqrt", "exp", "log"}
)
_COUNTS = frozenset({"sum", "mean", "any", "all", "count_nonzero"})
"""Functions and methods that tell of a mask how much of it is true."""
ROWS = "np.array([[1, 2, 3], [4, 5, 6]])"
MOST = 64


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """Whole numbers around the bound of a mask; as many as the slices reach; a vector beside another; else two rows."""
    if usage.calls or usage.attributes & _OF_LISTS or is_model_name(usage.name):
        return
    if {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} & {"torch", "nn", "F"}:
        return
    if not is_array_name(usage.name) and knows_torch(tree, scene) and "np" not in scene.book.imports:
        return
    bound = next((n for c in usage.contexts if (n := _bound(c)) is not None), None)
    if bound is not None:
        yield Guess(f"np.array([{bound - 1}, {bound}, {bound + 1}])", "its own numbers say which of them are taken")
    elif limits := sorted({limit for c in usage.contexts if (limit := _counted(c)) is not None}):
        yield Guess(
            f"np.array({_around(limits)})", "it is counted which of its numbers are beyond these, and which are not"
        )
    elif (reach := _reach(usage, tree)) > 0:
        yield Guess(f"np.arange({reach + 2})", "a slice of it is set to one number, as only an array's can be")
    elif is_array_name(usage.name) and any(map(_is_term, usage.contexts)):
        taken = {ast.unparse(s.value) for s in tree.body if isinstance(s, ast.Assign)}
        yield Guess(
            OTHER if VECTOR in taken else VECTOR,
            "its name says that it is an array; the numbers are deckbuild's choice",
        )
    elif (usage.attributes & _ONLY or any(map(_is_walked, usage.contexts))) and not _lies_beyond(usage):
        yield Guess(ROWS, "it is used as only an array is; the numbers are deckbuild's choice")


def _bound(context: Context) -> int | None:
    """The 3 of `a[a > 3]`, of `a[(a > 3) & (a < 9)]`."""
    match context.parents:
        case (ast.Compare(left=ast.Name(id=name), comparators=[limit]), *above):
            inside = next((p for p in above if isinstance(p, ast.Subscript)), None)
            own = inside is not None and isinstance(inside.value, ast.Name) and inside.value.id == name
            number = literal(limit)
            return number if own and isinstance(number, int) and not isinstance(number, bool) else None
        case _:
            return None


def _counted(context: Context) -> int | float | None:
    """The 0.5 of `np.sum(a > 0.5)`, of `((a > 0.5) & (a < 2)).sum()`."""
    match context.parents:
        case (ast.Compare(left=left, comparators=[limit]), *above) if left is context.node:
            masks = (p for p in above if not isinstance(p, ast.BinOp | ast.UnaryOp | ast.Attribute))
            call, number = next(masks, None), literal(limit)
            counts = (
                isinstance(call, ast.Call) and last_name(call.func) in _COUNTS and isinstance(call.func, ast.Attribute)
            )
            return number if counts and isinstance(number, int | float) and not isinstance(number, bool) else None
        case _:
            return None


def _around(limits: Sequence[int | float]) -> list[int | float]:
    """The limits, a number between each two of them, and one beyond at either end; nothing below a limit of zero."""
    lowest = [limits[0] / 2] if limits[0] > 0 else []
    between = [n for a, b in pairwise(limits) for n in (a, round((a + b) / 2, 4))]
    return [*lowest, *between, limits[-1], limits[-1] + 1]


def _reach(usage: Usage, tree: ast.Module) -> int:
    """The furthest end of its slices, where one of them is set to a number; 0 where none is, or it lies too far."""
    filled = any(
        isinstance(s, ast.Assign)
        and isinstance(t := s.targets[0], ast.Subscript)
        and ast.unparse(t.value) == usage.name
        and isinstance(t.slice, ast.Slice)
        and isinstance(literal(s.value), int | float)
        for s in ast.walk(tree)
    )
    ends = [e for s in usage.subscripts for e in ((s.lower, s.upper) if isinstance(s, ast.Slice) else (s,))]
    far = max([n for e in ends if isinstance(n := literal(e), int)], default=0)
    return far if filled and far <= MOST else 0


def _lies_beyond(usage: Usage) -> bool:
    """Whether a place or slice in two dimensions lies outside of two rows of three."""
    ends = [
        (e, size + isinstance(part, ast.Slice))
        for s in usage.subscripts
        if isinstance(s, ast.Tuple)
        for part, size in zip(s.elts, (2, 3), strict=False)
        for e in ((part.lower, part.upper) if isinstance(part, ast.Slice) else (part,))
    ]
    return any(isinstance(n := literal(e), int) and n >= size for e, size in ends)


def _is_term(context: Context) -> bool:
    """Whether it is calculated with, but not joined by `+` as lists are."""
    return isinstance(context.parent, ast.BinOp) and not isinstance(context.parent.op, ast.Add)


def _is_walked(context: Context) -> bool:
    match context.parents:
        case (ast.Call(func=ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=attr), args=[first, *_]), *_):
            return attr in _WALKS and first is context.node
        case _:
            return False
