"""Whether the program itself chose how many places are printed: a statement in, yes or no out.

Where it did, `0.33` and `0.3333` are two outputs, although they agree as far as both are written.
"""

from __future__ import annotations

import ast
import re

from .reliance import parse

ROUNDING = frozenset({"round", "around", "round_"})
PLACES = re.compile(r"%\.\d+[efg]|\{[^{}]*:[^{}]*\.\d+[efg%]?\}")
SPEC = re.compile(r"\.\d+[efgn%]?$")


def chooses_places(statement: ast.stmt, code: str) -> bool:
    """Whether a statement rounds what it prints, or prints a name that was last bound to something rounded."""
    if any(rounds(n) for n in ast.walk(statement)):
        return True
    tree = parse(code)
    names = printed_names(statement)
    before = [s for s in (tree.body if tree else []) if isinstance(s, ast.Assign) and s.lineno < statement.lineno]
    return any(rounds(value) for name in names if (value := last_value(name, before)) is not None)


def rounds(node: ast.AST) -> bool:
    """Whether an expression gives a number a fixed count of places."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in ROUNDING
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str(spec))])):
            return SPEC.search(spec) is not None
        case ast.Constant(value=str(text)):
            return PLACES.search(text) is not None
        case _:
            return False


def printed_names(statement: ast.stmt) -> set[str]:
    """The names that a `print` is given as they are."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=args)):
            return {a.id for a in args if isinstance(a, ast.Name)}
        case ast.Expr(value=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def last_value(name: str, assignments: list[ast.Assign]) -> ast.expr | None:
    """What a name was last bound to at top level."""
    found = [s.value for s in assignments if any(isinstance(t, ast.Name) and t.id == name for t in s.targets)]
    return found[-1] if found else None
