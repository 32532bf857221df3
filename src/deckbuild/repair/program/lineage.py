"""What lines of a program depend on. In: a tree and lines; out: the names that they read, and those that these were made from."""

from __future__ import annotations

import ast

from .names import bound, used


def names_at(tree: ast.Module, lines: tuple[int, ...]) -> frozenset[str]:
    """The names that the statements at these lines read, and those that these were made from further up."""
    names: set[str] = set()
    last = max(lines, default=0)
    for statement in sorted(_statements(tree), key=lambda s: -s.lineno):
        head = _head(statement)
        here = any(statement.lineno <= n <= head for n in lines)
        if here or (statement.lineno <= last and bound(statement) & names):
            names |= _read_by(statement) | {getattr(statement, "name", "")}
    return frozenset(names - {""})


def _statements(tree: ast.Module) -> list[ast.stmt]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.stmt)]


def _head(statement: ast.stmt) -> int:
    """The last line of a simple statement, of a loop or branch that before its body; a definition counts whole."""
    body = getattr(statement, "body", None)
    compound = isinstance(body, list) and body and not isinstance(statement, ast.FunctionDef | ast.ClassDef)
    return max(statement.lineno, body[0].lineno - 1) if compound and body else statement.end_lineno or statement.lineno


def _read_by(statement: ast.stmt) -> frozenset[str]:
    match statement:
        case ast.For(iter=read) | ast.While(test=read) | ast.If(test=read):
            return used(read)
        case ast.With(items=items):
            return frozenset(n for item in items for n in used(item.context_expr))
        case _:
            return used(statement)
