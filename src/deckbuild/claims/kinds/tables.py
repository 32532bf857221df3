"""Shapes in the rows of a table, "| `x` | (2, 3) |" below a head that says "Shape": recognised as the shapes of these names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuild.model import Card, Claim, Prose
from deckbuild.prose import sizes

from ..text.statements import stating_prose
from .named import NamedShapeTest, bound_names

ROW = re.compile(r"^\s*\|(?P<cells>.*)\|\s*$")
RULE = re.compile(r"^[\s|:-]+$")
HEAD = re.compile(r"(?:output |resulting |tensor |its )?(?:shape|size)", re.IGNORECASE)
NAME = re.compile(r"`(?P<name>[A-Za-z_]\w*)(?:\.(?:shape|size\(\)))?`")


def recognise_tables(card: Card) -> Iterator[Claim]:
    """The shapes that tables of the card give to names of its Python."""
    python = [s for s in card.snippets if s.is_python]
    for prose in stating_prose(card) if python else ():
        before = [s.line for s in python if s.line < prose.line]
        yield from in_prose(card, prose, before[-1] if before else None)


def in_prose(card: Card, prose: Prose, near: int | None) -> Iterator[Claim]:
    """The rows of the tables in a piece of prose; `near` is the line of the code before it."""
    column: int | None = None
    rows = prose.text.split("\n")
    for index, text in enumerate(rows):
        row = ROW.match(text)
        if row is None:
            column = None
            continue
        cells = [c.strip() for c in row["cells"].split("|")]
        if index + 1 < len(rows) and "-" in rows[index + 1] and RULE.match(rows[index + 1]):
            column = next((i for i, c in enumerate(cells) if i and HEAD.fullmatch(c.strip("* "))), None)
        elif column is not None and column < len(cells):
            yield from in_row(card, cells[0], cells[column], prose.line + index, near)


def in_row(card: Card, first: str, stated: str, line: int, near: int | None) -> Iterator[Claim]:
    """The claim of a row whose first cell is a name and whose other holds nothing but a size."""
    named, found = NAME.fullmatch(first), sizes(f"shape {stated}")
    if named is None or named["name"] not in bound_names(card) or len(found) != 1:
        return
    words = f"shape {stated}"[found[0].start : found[0].end].removeprefix("shape ")
    if stated.strip("` ") == words.strip("` "):
        test = NamedShapeTest(named["name"], found[0].dims, words)
        yield Claim(card.path, line, words, "shape", words, near, test)
