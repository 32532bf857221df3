"""Data sets as plain arrays: `train_images`, `X_train`, `y_test`. In: a name and its use; out: small arrays of the usual shape.

Pictures, rows of features or labels by the name; as many as the program's own slices ask for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Claim

from ...program.usage import Usage, literal
from ...scene import Scene
from ..guess import Guess, filled
from ..reading.constants import constants, evaluate
from .stated import stated_shapes
from .tensors import of_library

ROWS, WIDTH, SIDE, CLASSES = 8, 3, 8, 2
MOST_ROWS = 2000
_NAME = re.compile(
    r"^(?:(?:train|training|test|val|valid|validation|partial_train|partial)_(?P<what>data|images|labels|targets|samples|x|y|features)"
    r"|(?P<letter>[xXyY])_?(?:train|test|val|valid|data))$"
)
_LABELS = ("labels", "targets", "y", "Y")


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """An array of rows, of pictures, or of class numbers."""
    found = _NAME.match(usage.name)
    if found is None or usage.calls or any(isinstance(literal(s), str) for s in usage.subscripts):
        return
    what = found["what"] or found["letter"]
    rows = max(ROWS, *_stops(usage, tree), 0)
    if rows > MOST_ROWS:
        return
    told = next(_shapes_of_slices(usage, tree, scene), None)
    if what in _LABELS:
        text = f"torch.arange({rows}) % {CLASSES}"
    elif told is not None:
        text = filled((rows, *told[0][1:]))
        yield Guess(
            _as_used(text, tree),
            f"the card states the shape of a slice of it: {told[1].expected}",
            copied=(told[1].text,),
        )
        return
    else:
        text = filled((rows, SIDE, SIDE) if what == "images" else (rows, WIDTH))
    yield Guess(_as_used(text, tree), f"{rows} small examples, as its name says; the sizes are deckbuild's choice")


def _shapes_of_slices(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[tuple[tuple[int, ...], Claim]]:
    """The shapes that the card states of names that are nothing but a slice of the rows, and where."""
    for context in usage.contexts:
        match context.parents:
            case (
                ast.Subscript(slice=ast.Slice()) as part,
                ast.Assign(targets=[ast.Name(id=name)], value=value),
                *_,
            ) if value is part:
                yield from stated_shapes(name, scene)


def _stops(usage: Usage, tree: ast.Module) -> Iterator[int]:
    """The ends of the slices that are taken of it."""
    names = constants(tree)
    for index in usage.subscripts:
        for part in index.elts[:1] if isinstance(index, ast.Tuple) else [index]:
            if isinstance(part, ast.Slice):
                yield from (n for e in (part.lower, part.upper) if isinstance(n := evaluate(e, names), int))
            elif isinstance(n := evaluate(part, names), int):
                yield n + 1


def _as_used(text: str, tree: ast.Module) -> str:
    """As a tensor where the program works with torch alone, as an array else."""
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    if names & {"torch", "nn", "F"}:
        return text
    return of_library(text, ast.parse("np"))
