"""The names that a top-level statement binds or changes, read from its syntax.

Goes in: a statement of a module. Comes out: names, in the order in which they first stand there. Bodies of loops, `if`,
`with` and `try` belong to their statement; bodies of functions, classes, lambdas and comprehensions are other scopes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def bound_names(statement: ast.stmt) -> tuple[str, ...]:
    """Names that are assigned, or whose attributes or entries are."""
    return tuple(dict.fromkeys(_names(statement)))


def touched_names(statement: ast.stmt) -> tuple[str, ...]:
    """Names on which a method is called as a statement: `items` of `items.append(1)`, which may have changed."""
    calls = (n.value.func for n in _all_nodes(statement) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Call))
    return tuple(dict.fromkeys(name for f in calls if isinstance(f, ast.Attribute) for name in _base(f)))


def imported_names(statement: ast.stmt) -> tuple[str, ...]:
    """Names bound by the imports in a statement; `*` for those of a star import."""
    aliases = (a for node in _all_nodes(statement) if isinstance(node, ast.Import | ast.ImportFrom) for a in node.names)
    return tuple(a.asname or a.name.partition(".")[0] for a in aliases)


def _names(statement: ast.stmt) -> Iterator[str]:
    for node in _all_nodes(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() | ast.MatchMapping():
                yield from _captured(node)
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                yield from _base(node)


@lru_cache(maxsize=2)
def _all_nodes(statement: ast.stmt) -> tuple[ast.AST, ...]:
    """One walk for the three questions."""
    return tuple(_nodes(statement))


def _nodes(statement: ast.AST) -> Iterator[ast.AST]:
    """The nodes of the module's own scope; names that `:=` binds inside a comprehension belong to it."""
    yield statement
    if isinstance(statement, SCOPES):
        return
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, COMPREHENSIONS):
            yield from (n.target for n in ast.walk(child) if isinstance(n, ast.NamedExpr))
        else:
            yield from _nodes(child)


def _captured(node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar | ast.MatchMapping) -> Iterator[str]:
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name and not isinstance(node, ast.ExceptHandler):  # the name of an `except` is gone after its block
        yield name


def _base(node: ast.expr) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id
