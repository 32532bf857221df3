"""The names that a top-level statement binds or changes, read from its syntax.

Goes in: a statement of a module. Comes out: names, in the order in which they first stand there. Bodies of loops, `if`,
`with` and `try` belong to their statement; bodies of functions, classes, lambdas and comprehensions are other scopes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LINE_END = re.compile(r"\r\n|\r|\n")
ALTERING = (":=", "setattr", "delattr", "vars", "__", "exec", "eval")
ANYTHING = frozenset({"exec", "eval", "compile", "__import__", "__builtins__"})
"""Names by which a text, which nobody reads here, becomes a program or a library."""
SETTING = frozenset({"setattr", "delattr", "vars"})
REGISTERING = frozenset({"register", "register_error"})
"""Functions and methods by which a library keeps what it is given."""
METHODS = frozenset({"__setattr__", "__delattr__", "__setitem__", "__delitem__"})
FINDING = frozenset({"getattr", "type", "import_module", "globals", "locals", "vars", "get", "pop", "__getitem__"})
"""Functions that return a library or a stranger's class where they are told its name. What others return is nobody's."""
SELF = frozenset({"self", "cls"})
UNKNOWN = "?"
"""Altered, if it cannot be said what: nothing can be named so."""
INSIDE = "[]"
"""Behind a name: altered is what is in its value."""
KNOWN = 2000
_known: dict[tuple[object, ...], Names] = {}
"""Of statements read before: the candidates of one snippet share nearly all of theirs."""


@dataclass(frozen=True, slots=True)
class Names:
    """Of one statement."""

    bound: tuple[str, ...]
    """Names that are assigned, or whose attributes or entries are."""
    touched: tuple[str, ...]
    """Names on which a method is called as a statement: `items` of `items.append(1)`, which may have changed."""
    imported: tuple[str, ...]
    """Names bound by imports; `*` for those of a star import."""
    altered: tuple[str, ...] = ()
    """Names of whose values an attribute or an entry is set, in any scope: `np` of `def f(): np.pi = 3`; and UNKNOWN, INSIDE."""


def read_names(statements: Sequence[ast.stmt], text: str) -> tuple[Names, ...]:
    """The names of each of these statements of the text."""
    lines = LINE_END.split(text) if "\r" in text else text.split("\n")
    plain = is_plain(text)
    return tuple((_plain(s) if plain else None) or _remembered(s, lines) for s in statements)


def is_plain(text: str) -> bool:
    """Whether an expression of this text binds and alters nothing."""
    return not any(mark in text for mark in ALTERING)


def _plain(statement: ast.stmt) -> Names | None:
    """Of `name = expression`, what most statements are."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]):
            return Names((name,), (), ())
    return None


def _remembered(statement: ast.stmt, lines: list[str]) -> Names:
    """All that tells one statement from another: its lines, and where in the first and the last it begins and ends."""
    of_lines = lines[statement.lineno - 1 : statement.end_lineno]
    place = (statement.col_offset, statement.end_col_offset, *of_lines)
    found = _known.get(place)
    if found is None:
        if len(_known) >= KNOWN:
            _known.clear()
        found = _known[place] = _read(statement)
    return found


def _read(statement: ast.stmt) -> Names:
    nodes = tuple(_nodes(statement))
    calls = (n.value.func for n in nodes if isinstance(n, ast.Expr) and isinstance(n.value, ast.Call))
    touched = (name for f in calls if isinstance(f, ast.Attribute) for name in _base(f))
    aliases = (a for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for a in node.names)
    imported = (a.asname or a.name.partition(".")[0] for a in aliases)
    altered = {name for node in ast.walk(statement) for name in _altered(node)}
    if altered and not isinstance(statement, ast.Import | ast.ImportFrom):
        altered = {UNKNOWN if name in _imported_within(statement) else name for name in altered}
    return Names(tuple(dict.fromkeys(_names(nodes))), tuple(dict.fromkeys(touched)), tuple(imported), tuple(altered))


def _names(nodes: tuple[ast.AST, ...]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() | ast.MatchMapping():
                yield from _captured(node)
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                yield from _base(node)


def _imported_within(statement: ast.stmt) -> frozenset[str]:
    """By an import that a function does for itself."""
    imports = (n for n in ast.walk(statement) if isinstance(n, ast.Import | ast.ImportFrom))
    return frozenset(a.asname or a.name.partition(".")[0] for node in imports for a in node.names)


def _altered(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Attribute(value=value, ctx=ast.Store() | ast.Del()):
            yield from _owner(value, within=True)
        case ast.Subscript(value=value, ctx=ast.Store() | ast.Del()):
            yield from _owner(value, within=False)
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in SETTING:
            yield from _owner(first, within=True)
        case ast.Call(func=ast.Attribute(value=value, attr=name), args=args) if name in METHODS:
            for given in (value, *args[:1]):
                yield from _owner(given, within=True)
        case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in REGISTERING:
            yield from _owner(value, within=True)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="copyreg"))):
            yield "copyreg"
        case ast.Attribute(value=value, attr="__dict__" | "__globals__"):
            yield from _owner(value, within=True)
        case ast.Call(args=args, keywords=keywords):
            yield from (UNKNOWN for given in (*args, *(k.value for k in keywords)) if _sets(given))
        case ast.Assign(value=value) | ast.NamedExpr(value=value) if _sets(value):
            yield UNKNOWN
        case ast.Name(id=name) if name in ANYTHING:
            yield UNKNOWN


def _sets(node: ast.expr) -> bool:
    """Whether it is a function that sets what it is told later: `setattr` of `partial(setattr, np)`."""
    match node:
        case ast.Name(id=name):
            return name in SETTING
        case ast.Attribute(attr=name):
            return name in METHODS
    return False


def _owner(node: ast.expr, *, within: bool) -> Iterator[str]:
    """The name that it begins with; `within`, if an entry of it may be a module."""
    inside = False
    while isinstance(node, ast.Attribute | ast.Subscript):
        inside |= within and isinstance(node, ast.Subscript)
        if isinstance(node, ast.Attribute) and node.attr == "__class__" and not _is_self(node.value):
            yield UNKNOWN
        node = node.value
    match node:
        case ast.Name(id=name):
            yield name
            yield from (name + INSIDE,) if inside else ()
        case ast.Call(func=ast.Name(id="type"), args=[given]) if _is_self(given):
            return
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            yield from (UNKNOWN,) if name in FINDING and (within or name == "getattr") else ()


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in SELF


def _nodes(statement: ast.AST) -> Iterator[ast.AST]:
    """The nodes of the module's own scope; names that `:=` binds inside a comprehension belong to it."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, COMPREHENSIONS):
            yield from (n.target for n in ast.walk(node) if isinstance(n, ast.NamedExpr))
            continue
        yield node
        if not isinstance(node, SCOPES):
            waiting += reversed([*ast.iter_child_nodes(node)])


def _captured(node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar | ast.MatchMapping) -> Iterator[str]:
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name and not isinstance(node, ast.ExceptHandler):  # the name of an `except` is gone after its block
        yield name


def _base(node: ast.expr) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id
