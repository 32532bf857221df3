"""Matrices and vectors: what `np.dot`, `np.linalg.solve`, `torch.linalg.inv` and their like are given. In: a use; out: a small one.

A matrix is three by three and can be inverted; a name in small letters that stands beside a matrix is a vector. It must leave
alone: names that such algebra is not given, and of torch's all but its `linalg`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...program.usage import Context, Usage
from ...scene import Scene
from ..guess import Guess
from ..networks.models import knows_torch
from ..reading.meetings import meetings
from .spatial import stated_batches

MATRIX = "np.array([[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])"
SECOND = "np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0], [1.0, 1.0, 0.0]])"
ROWS = 2
VECTOR, OTHER = "np.array([1.0, 2.0, 3.0])", "np.array([4.0, 5.0, 6.0])"
_PRODUCTS = frozenset({"dot", "matmul", "inner", "cross", "outer", "vdot"})
_ALONG = frozenset({"sum", "mean", "max", "min", "std", "var", "argmax", "argmin", "prod", "cumsum", "median"})
_OF_MATRICES = frozenset(
    {"inv", "det", "eig", "eigh", "eigvals", "solve", "svd", "qr", "cholesky", "matrix_rank", "trace", "pinv"}
)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A matrix where one is asked for, a vector beside it."""
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    of_torch = library(tree) == "torch"
    if usage.calls or (not of_torch and "np" not in names and knows_torch(tree, scene)):
        return
    if not of_torch:
        yield from _beside_known(usage, tree, scene)
    find = _of_linalg if of_torch else _role
    roles = [role for context in usage.contexts if (role := find(context)) is not None]
    if not roles:
        return
    is_matrix = "matrix" in roles or ("factor" in roles and usage.name[:1].isupper())
    pair = (MATRIX, SECOND) if is_matrix else (VECTOR, OTHER)
    first, second = (v.replace("np.array", "torch.tensor") if of_torch else v for v in pair)
    taken = {ast.unparse(s.value) for s in tree.body if isinstance(s, ast.Assign)}
    yield Guess(
        second if first in taken else first,
        f"{'torch' if of_torch else 'numpy'} calculates with it as a {'matrix' if is_matrix else 'vector'}; the numbers are deckbuild's choice",
    )


def library(tree: ast.Module) -> str:
    """`torch` where the program works with it, `np` else."""
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    return "torch" if names & {"torch", "nn", "F"} else "np"


def maker(library: str) -> str:
    """What makes an array, or a tensor, of written numbers."""
    return "np.array" if library == "np" else "torch.tensor"


def _beside_known(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """Rows as wide as the matrix is high that they are multiplied by: as many as the card's batch has, or a few."""
    shapes = meetings(tree).shapes
    for context in usage.contexts:
        match context.parents:
            case (ast.BinOp(op=ast.MatMult(), left=left, right=ast.Name(id=other)), *_) | (
                ast.Call(
                    func=ast.Attribute(value=ast.Name(id="np"), attr="dot" | "matmul"), args=[left, ast.Name(id=other)]
                ),
                *_,
            ) if left is context.node and len(shapes.get(other, ())) == 2:
                height = shapes[other][0]
                said = stated_batches(scene)
                rows, words = said[0] if len(said) == 1 else (ROWS, "")
                yield Guess(
                    f"np.random.rand({rows}, {height})",
                    f"it is multiplied by `{other}`, which has {height} rows{words and f'; the text names a {words}'}",
                    alternates=() if words else (f"np.random.rand({ROWS + 1}, {height})",),
                    copied=(words,) if words else (),
                )
                return


def _role(context: Context) -> str | None:
    """What numpy's algebra takes the name for: a "matrix", as what is summed up along an axis, the right "side" of a system, or a "factor"."""
    match context.parents:
        case (ast.Call(func=ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=attr), keywords=[*given]), *_) if (
            attr in _ALONG and any(k.arg == "axis" for k in given)
        ):
            return "matrix"
        case (ast.Call(func=ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=attr), args=args), *_) if (
            context.node in args
        ):
            return "factor" if attr in _PRODUCTS else None
        case (ast.BinOp(op=ast.MatMult()), *_):
            return "factor"
        case _:
            return _of_linalg(context)


def _of_linalg(context: Context) -> str | None:
    """The same of what the library's own algebra is given: `linalg.solve(a, b)`."""
    match context.parents:
        case (
            ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="linalg") | ast.Name(id="linalg"), attr=attr), args=args
            ),
            *_,
        ):
            if attr not in _OF_MATRICES or context.node not in args:
                return "factor" if attr == "norm" else None
            return "matrix" if args[0] is context.node else "side"
        case _:
            return None
