"""How many rows the batches of a made-up loader have. In: a program and its card's file; out: a number, or a part of so many rows.

It must leave alone: programs that only hand the number on to a loader, numbers that the file does not write down, and large ones.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from deckbuild.prose import counts, sizes

from ...program.usage import usage_of
from ...scene import Scene
from ..guess import Guess
from .constants import Environment, constants, whole
from .parts import ROWS
from .shaped import dims_of, is_tensor, with_dims

MOST = 128
_NAME = re.compile(r"^(?:batch_?size|bsz?)$", re.IGNORECASE)
_TWO = re.compile(r"\b(?:two|2) rows\b")
_PAIR = "torch.tensor([0, 1])"


def batch_rows(tree: ast.Module, scene: Scene) -> int | None:
    """The batch size that the program itself calculates with, as it or the nearest card above in the file gives it; or else the text's."""
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and is_batch_size(n.id)}
    read = {n for n in names if any(not isinstance(c.parent, ast.keyword) for c in usage_of(tree, n).contexts)}
    found = {rows for name in read for rows in _given(name, constants(tree), scene)}
    return found.pop() if len(found) == 1 else None if names else _told(scene)


def _told(scene: Scene) -> int | None:
    """The number of rows that the text gives a batch, if a shape that the card states begins with it: "a batch of four"."""
    said = {c.number for c in counts(scene.prose) if c.noun == "batch"}
    stated = {s.dims[0] for c in scene.claims if c.kind == "shape" for s in sizes(c.expected) if len(s.dims) > 1}
    return said.pop() if len(said) == 1 and said <= stated and max(said) <= MOST else None


def is_batch_size(name: str) -> bool:
    """Whether a name says that it is the number of rows of a batch."""
    return _NAME.match(name) is not None


def alike(parts: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """The parts of a batch, all with as many rows as the longest has."""
    dims = [dims_of(p.value) for p in parts if is_tensor(p.value)]
    rows = max([ROWS, *(d[0] for d in dims)])
    return tuple(of_rows(p, rows) for p in parts) if len(parts) > 1 else parts


def of_rows(part: Guess, rows: int) -> Guess:
    """The part of a batch with that many rows; as it is where its rows cannot be told."""
    value = part.value
    if value == _PAIR and rows != ROWS:
        return replace(part, value=f"torch.arange({rows}) % 2", alternates=())
    dims = dims_of(value) if is_tensor(value) else ()
    if not dims or dims[0] == rows or not (dims[0] == ROWS or _is_single_picture(dims)):
        return part
    why = _TWO.sub(f"{rows} rows", part.why)
    return replace(part, value=with_dims(value, (rows, *dims[1:])), why=why, alternates=())


def _is_single_picture(dims: tuple[int, ...]) -> bool:
    return len(dims) == 4 and dims[0] == 1


def _given(name: str, names: Environment, scene: Scene) -> Iterator[int]:
    if name in names:
        value = whole(names[name], names)
    else:
        own = scene.library.chunk(scene.card)
        above = [
            d
            for d in scene.book.definitions.get(name, ())
            if own is not None and d.chunk.path == scene.card.path and d.chunk.order < own.order
        ]
        node = above[-1].statement.node if above else None
        value = whole(node.value, {}) if isinstance(node, ast.Assign) else None
    if value is not None and value <= MOST:
        yield value
