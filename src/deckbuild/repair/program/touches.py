"""The objects that statements may change, by whatever call. In: statements in their order; out: the names by which they reach them.

More than `names.changed` says, which tells what makes a value: here nothing may be missed. Methods that change their object
anywhere in an expression, functions that change what they are given, the deck's own among them, and other names for one object.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from .names import bound, changed, changed_in_place, last_name, root

_GIVEN = frozenset(
    "shuffle heappush heappop heapify heapreplace insort setattr delattr next put fill_diagonal copyto place putmask exec".split()  # noqa: SIM905
)
"""Functions that change an object which they are given."""


_VIEWS = frozenset(
    "view reshape ravel flatten squeeze unsqueeze transpose permute t swapaxes expand numpy detach cpu to from_numpy asarray "  # noqa: SIM905
    "as_tensor iter reversed get values items parameters setdefault".split()
)
"""Functions and methods that give the same object, or one that shares its memory."""


def touched(statements: Iterable[ast.stmt]) -> frozenset[str]:
    """The names of all objects that the statements change, those of which another name is made included."""
    body = list(statements)
    changing = _GIVEN | {s.name for s in body if isinstance(s, ast.FunctionDef) and _changes_arguments(s)}
    found = {n for s in body if not isinstance(s, ast.FunctionDef) for n in changed(s) | _by_calls(s, changing)}
    aliases = [(bound(s), _same_object(s.value)) for s in body if isinstance(s, ast.Assign)]
    for names, of in reversed(aliases):
        found |= of if names & found else frozenset()
    return frozenset(found)


def _same_object(value: ast.expr) -> frozenset[str]:
    """The names whose objects a value may be, or be a view of."""
    match value:
        case ast.Name(id=name):
            return frozenset({name})
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return frozenset(n for part in parts for n in _same_object(part))
        case ast.Attribute(value=inner) | ast.Subscript(value=inner):
            return _same_object(inner)
        case ast.Call(func=ast.Attribute(value=owner, attr=method), args=args) if method in _VIEWS:
            return _same_object(owner).union(*map(_same_object, args))
        case ast.Call(func=ast.Name(id=name), args=args) if name in _VIEWS:
            return frozenset().union(*map(_same_object, args))
        case _:
            return frozenset()


def _by_calls(statement: ast.stmt, changing: frozenset[str]) -> set[str]:
    """What calls below a statement change: their own object, or what they are given."""
    calls = [n for n in ast.walk(statement) if isinstance(n, ast.Call)]
    owners = set(map(changed_in_place, calls))
    given = [a for c in calls if last_name(c.func) in changing for a in (*c.args, *(k.value for k in c.keywords))]
    return (owners | {root(a) for a in given}) - {""}


def _changes_arguments(function: ast.FunctionDef) -> bool:
    """Whether a function changes an object that it is given."""
    a = function.args
    return bool(touched(function.body) & {x.arg for x in (*a.posonlyargs, *a.args, *a.kwonlyargs)})
