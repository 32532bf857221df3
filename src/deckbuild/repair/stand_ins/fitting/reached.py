"""How far into a made-up row the program reaches: `values[7]`, `values[2:9]`, `values[r - k:r]`. In: a row, its use; out: one that is long enough.

It must leave alone: rows of anything but numbers that go up by one, or the words and characters that deckbuild makes up; places that are
known only when the program runs; and those so far that the length has a meaning of its own.
"""

from __future__ import annotations

import ast

from ...program.usage import Usage, literal
from ..reading.constants import Environment, constants, evaluate

MOST = 20
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
TEXT = "some text that is long enough for pieces of it to be cut out"


def reached(value: str, usage: Usage, tree: ast.Module) -> str:
    """The value with as many entries as the program's places and ends of slices ask for; the same where it has them."""
    row = literal(ast.parse(value, mode="eval").body)
    need = _reach(usage, constants(tree))
    if not isinstance(row, list | str) or len(row) >= need:
        return value
    longer = _longer(row, need)
    return value if longer is None else repr(longer)


def _longer(row: list[object] | str, need: int) -> list[object] | str | None:
    """That many numbers, words or characters that begin like the row; None where there are not so many."""
    if isinstance(row, str):
        return TEXT if TEXT.startswith(row) and len(row) > 1 and need <= len(TEXT) else None
    if row == [*ORDINALS[: len(row)]]:
        return [*ORDINALS[:need]] if need <= len(ORDINALS) else None
    first = row[0] if row else None
    if not isinstance(first, int) or isinstance(first, bool) or row != [*range(first, first + len(row))]:
        return None
    return [*range(first, first + need)] if need <= MOST else None


def _reach(usage: Usage, names: Environment) -> int:
    """The least number of entries with which each place exists, and each slice ends inside."""
    found = [0]
    for index in usage.subscripts:
        first = evaluate(index.lower if isinstance(index, ast.Slice) else index, names)
        last = evaluate(index.upper, names) if isinstance(index, ast.Slice) else None
        ends = (
            [(first, 1), (last, 0)] if not (isinstance(first, int) and isinstance(last, int) and last <= first) else []
        )
        found += [-n if n < 0 else n + more for n, more in ends if isinstance(n, int)]
    return max(found)
