"""Data sets that are split or handed to loaders: `random_split(data, [8, 2])`, `DataLoader(part)`. In: a use; out: how many examples, and who gets them.

It must leave alone: sizes that nothing writes down, and more examples than a small stand-in has.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...program.names import last_name
from ...program.usage import Context, Usage, literal, usage_of
from ..reading.constants import Environment, constants, evaluate

SPARE = 2
"""Examples that are left where so many are taken off: of `len(data) - 5` seven."""
FEW = 10
"""Examples of which four fifths, nine tenths are whole numbers."""
MOST = 512
MOST_DEEP = 3
_HANDS_ON = frozenset({"DataLoader", "random_split", "Subset"})


def split_count(usage: Usage, tree: ast.Module) -> int | None:
    """How many examples a data set must have that is split into parts; None where it is not, or where that is not to be told."""
    for context in usage.contexts:
        match context.parents:
            case (ast.Call(func=func, args=[first, lengths, *_]), *_) if (
                first is context.node and last_name(func) == "random_split"
            ):
                return _sum(lengths, constants(tree))
    return None


def spare_count(usage: Usage) -> int | None:
    """As many examples as must be there for so many to be taken off, where nothing but their number is asked for; None elsewhere."""
    taken = [_taken_off(c) for c in usage.contexts]
    most = max((n for n in taken if n is not None), default=0)
    return most + SPARE if taken and most and None not in taken else None


def handed_on(usage: Usage, tree: ast.Module, deep: int = 0) -> Iterator[Usage]:
    """The uses of the names that get a loader of it, or a part."""
    if deep >= MOST_DEEP:
        return
    for context in usage.contexts:
        match context.parents:
            case (ast.Call(func=func, args=[first, *_]), ast.Assign(targets=[target]), *_) if (
                first is context.node and last_name(func) in _HANDS_ON
            ):
                for node in ast.walk(target):
                    if isinstance(node, ast.Name):
                        given = usage_of(tree, node.id)
                        yield given
                        yield from handed_on(given, tree, deep + 1)


def _sum(lengths: ast.expr, names: Environment) -> int | None:
    """The sum of written lengths; a few for shares of the whole, or what is calculated from how many there are."""
    parts = lengths.elts if isinstance(lengths, ast.List | ast.Tuple) else []
    values = [evaluate(part, names) for part in parts]
    whole = [v for v in values if isinstance(v, int) and not isinstance(v, bool)]
    if len(whole) == len(values) and values:
        return sum(whole) if sum(whole) <= MOST else None
    if whole:
        return max(whole) + SPARE if max(whole) + SPARE <= MOST else None
    return FEW if parts else None


def _taken_off(context: Context) -> int | None:
    """The 5 of `len(data) - 5`; 0 where just their number is asked for, None of any other use."""
    match context.parents:
        case (ast.Call(func=ast.Name(id="len")) as count, ast.BinOp(left=left, op=ast.Sub(), right=right), *_) if (
            left is count
        ):
            number = literal(right)
            return number if isinstance(number, int) and 0 < number <= MOST else None
        case (ast.Call(func=ast.Name(id="len")), *_):
            return 0
        case _:
            return None
