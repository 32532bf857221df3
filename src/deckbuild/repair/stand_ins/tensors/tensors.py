"""Tensors of which only the use is known: how they are indexed and what is called on them. In: a use; out: guesses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.prose import counts

from ...program.usage import Context, Usage, literal
from ...scene import Scene
from ..guess import Guess, counted
from ..networks.models import is_model_name
from ..reading.parts import is_picture_name

_ARRAY = re.compile(r"(?:^|_)arr(?:ay)?\d*$")
_LIBRARIES = frozenset({"np", "torch", "nn", "F"})
SIDE = 4
LONG = 100
MOST = 1000
_METHODS = frozenset(
    "view reshape permute unsqueeze squeeze softmax argmax argmin transpose detach cpu numpy to float long backward dim size "  # noqa: SIM905
    "mean std var sum max min clone contiguous matmul mm bmm norm item flatten expand repeat masked_fill t".split()
)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A tensor (an array, where the program knows only numpy) of the rank that its subscripts show."""
    if is_model_name(usage.name):
        return
    if any(map(_is_cut_and_stacked, usage.contexts)):
        yield Guess(f"torch.arange({LONG})", "pieces of it are cut out and stacked; its length is deckbuild's choice")
        return
    rank = max((len(s.elts) for s in usage.subscripts if isinstance(s, ast.Tuple)), default=0)
    if rank and _asks_for_many(usage):
        return
    if rank:
        shape = _said(scene.text) if rank == 2 else [4] * rank if rank < 3 else [2] * (rank - 2) + [4, 4]
        yield Guess(of_library(counted(shape), tree, usage.name, scene), f"it is indexed by {rank} places")
    elif usage.methods and {m for m, _ in usage.methods} == {"item"}:
        yield Guess("torch.tensor(0.5)", "it is asked for its one number")
    elif any(m in _METHODS for m, _ in usage.methods) and not is_picture_name(usage.name):
        text = of_library(counted((2, 3)), tree, usage.name, scene)
        yield Guess(text, f"methods of {'arrays' if text.startswith('np.') else 'tensors'} are called on it")


def _is_cut_and_stacked(context: Context) -> bool:
    """Whether it is the x of `torch.stack([x[i:i + n] for i in starts])`."""
    match context.parents:
        case (ast.Subscript(slice=ast.Slice()), ast.ListComp() | ast.GeneratorExp(), ast.Call(func=func), *_):
            return ast.unparse(func) == "torch.stack"
        case _:
            return False


def _asks_for_many(usage: Usage) -> bool:
    """Whether a place or slice lies beyond what a small tensor has: then the size has a meaning that is not known."""
    parts = [e for s in usage.subscripts if isinstance(s, ast.Tuple) for e in s.elts]
    ends = [n for p in parts for n in ((p.lower, p.upper) if isinstance(p, ast.Slice) else (p,))]
    return any(isinstance(n := literal(end), int) and abs(n) > SIDE for end in ends)


def _said(text: str) -> list[int]:
    """The numbers of rows and columns that the text speaks of, four each where it says nothing: "both rows", "46 columns"."""
    said = {c.noun: c.number for c in counts(text) if c.noun in ("row", "column") and 0 < c.number <= MOST}
    both = {noun: 2 for noun in ("row", "column") if re.search(rf"\b(?:both|two) {noun}s\b", text, re.IGNORECASE)}
    return [(said | both).get("row", SIDE), (said | both).get("column", SIDE)]


def of_library(text: str, tree: ast.Module, name: str = "", scene: Scene | None = None) -> str:
    """The text of a tensor, as an array's where the program knows only numpy, or no library, and the name or the file says that it is one."""
    of_file = is_array_name(name) or (scene is not None and _is_numpys_file(scene))
    if not (is_numpys(tree) or (of_file and not _libraries(tree))):
        return text
    return text.replace("torch.rand(", "np.random.rand(", 1).replace("torch.", "np.", 1)


def _is_numpys_file(scene: Scene) -> bool:
    """Whether the cards of the file work with numpy and not with torch."""
    chunks = (c for c in scene.library.chunks.values() if c.path == scene.card.path)
    return {n for c in chunks for s in c.statements for n in s.uses} & _LIBRARIES == {"np"}


def is_array_name(name: str) -> bool:
    """Whether a name says that it holds an array: `arr`, `arr2`, `my_array`."""
    return _ARRAY.search(name) is not None


def is_numpys(tree: ast.Module) -> bool:
    """Whether the program works with numpy and not with torch."""
    return _libraries(tree) == {"np"}


def _libraries(tree: ast.Module) -> set[str]:
    """The libraries of tensors that the program works with, by their names in it."""
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} & _LIBRARIES
