"""Lists that are shown in part: `[21.5, 22.0, 19.5, ...]` is run with the entries that the card shows, told as an assumption.

It must leave alone: lists that show fewer than two entries, nested ones, and programs that ask for the end, the number or a
summary of the entries, which what is shown cannot tell.

Source: the cards' own way to write long data.
"""

from __future__ import annotations

import ast

from .draft import Change, Draft, edit_span, parse
from .stand_ins.elided import LEAST_SHOWN, depends_on_the_rest, is_ellipsis
from .taint import tainted
from .usage import Usage, usage_of

RULE = "shown-entries"
_SUMMARIES = frozenset(
    {"len", "sum", "mean", "average", "median", "std", "var", "max", "min", "argmax", "argmin", "sort", "sorted"}
)


def in_part(draft: Draft) -> Draft | None:
    """The draft with the entries that are shown in the place of all; None where something depends on others, or is left out elsewhere."""
    tree = parse(draft.text)
    made = [(s, shown) for s in (tree.body if tree is not None else []) if (shown := _shown_in_part(s)) is not None]
    left_out = [n for n in ast.walk(tree or ast.Module([], [])) if isinstance(n, ast.expr) and is_ellipsis(n)]
    if tree is None or not made or len(left_out) > len(made):
        return None
    names = tainted(tree, frozenset(statement.lineno for statement, _ in made))
    if any(_asks_for_all(usage_of(tree, name)) for name in names):
        return None
    for _, shown in reversed(made):
        change = Change(
            RULE, "`...` stands for entries that the card leaves out", "the card shows these values only", partial=True
        )
        text = f"[{', '.join(ast.get_source_segment(draft.text, e) or ast.unparse(e) for e in shown.elts[:-1])}]"
        draft = edit_span(draft, shown, text, change)
    return draft


def _asks_for_all(usage: Usage) -> bool:
    """Whether the end, the number or a summary of the entries is asked for."""
    called = [c.parent.func for c in usage.contexts if isinstance(c.parent, ast.Call) and c.node in c.parent.args]
    summed = any(ast.unparse(func).split(".")[-1] in _SUMMARIES for func in called)
    return depends_on_the_rest(usage) or summed or bool(usage.attributes & _SUMMARIES)


def _shown_in_part(statement: ast.stmt) -> ast.List | None:
    """The one list in an assignment to a name that ends with `...`."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=value):
            lists = [n for n in ast.walk(value) if isinstance(n, ast.List)]
            left_out = [n for n in ast.walk(value) if isinstance(n, ast.expr) and is_ellipsis(n)]
            whole = len(lists) == 1 and len(left_out) == 1 and lists[0].elts and is_ellipsis(lists[0].elts[-1])
            return lists[0] if whole and len(lists[0].elts) > LEAST_SHOWN else None
        case _:
            return None
