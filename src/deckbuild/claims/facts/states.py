"""Whether an expression had one value all along: an expression and a run in, yes or no out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from .reliance import binds, parse
from .trace import Trace

IMMUTABLE = frozenset(
    {"int", "float", "str", "bool", "complex", "bytes", "NoneType", "function", "type", "builtin_function_or_method"}
)
MODULES_OF_ARRAYS = ("torch.", "numpy.")
# What a call of these does to what it is given can be seen in nothing.
ASKING = frozenset(
    {
        "print", "len", "type", "isinstance", "issubclass", "id", "repr", "str", "sum", "min", "max", "sorted", "abs", "round", "any", "all", "bool", "int",
        "float", "hasattr", "getattr", "callable", "range", "hash", "display",
    }
)  # fmt: skip
READING = frozenset(
    {"count", "index", "get", "keys", "values", "items", "copy", "most_common", "union", "intersection", "difference", "issubset", "issuperset"}
)  # fmt: skip
ITERATORS = frozenset({"generator", "zip", "map", "filter", "enumerate", "reversed", "coroutine", "async_generator"})


def is_constant(expression: ast.expr, trace: Trace) -> bool:
    """Whether nothing that the expression reads had, as far as can be seen, another value before."""
    names = {n.id for n in ast.walk(expression) if isinstance(n, ast.Name)}
    return all(is_unchanged(name, trace) for name in names)


def is_unchanged(name: str, trace: Trace) -> bool:
    """Whether a name was bound once, outside of loops, and what it is bound to was not changed since."""
    tree = parse(trace.code)
    body = tree.body if tree is not None else []
    binding = [s for s in body if name in binds(s)]
    if not binding:
        return not any(name in loop_names(s) for s in body)
    if len(binding) > 1 or not isinstance(
        binding[0],
        ast.Assign
        | ast.AnnAssign
        | ast.Import
        | ast.ImportFrom
        | ast.FunctionDef
        | ast.ClassDef
        | ast.AsyncFunctionDef,
    ):
        return False
    final = trace.outcome.value(name)
    if final is None or final.type in IMMUTABLE:
        return True
    first = next((b.value for b in trace.outcome.bindings if b.value.name == name), None)
    if first is not None and first.text == final.text and not final.text.startswith("<") and "…" not in final.text:
        return True
    return final.type.startswith(MODULES_OF_ARRAYS) or not any(may_change(name, s) for s in body)


def loop_names(statement: ast.stmt) -> frozenset[str]:
    """The names that loops and comprehensions of a statement bind."""
    return frozenset(
        n.id
        for loop in ast.walk(statement)
        if isinstance(loop, ast.For | ast.comprehension)
        for n in ast.walk(loop.target)
        if isinstance(n, ast.Name)
    )


def may_change(name: str, statement: ast.stmt) -> bool:
    """Whether a call gets the object of a name, as what it belongs to or is given, and may change it."""
    calls = [n for n in ast.walk(statement) if isinstance(n, ast.Call)]
    return any(name in given(c) for c in calls) or name in aliased(statement)


def given(call: ast.Call) -> frozenset[str]:
    """The names whose objects a call gets; none of a call that only asks."""
    match call.func:
        case ast.Name(id=called) if called in ASKING:
            return frozenset()
        case ast.Attribute(value=ast.Name(id=owner), attr=called):
            owners: Sequence[str] = () if called in READING else (owner,)
            return frozenset({*owners, *names_of([*call.args, *(k.value for k in call.keywords)])})
        case _:
            return frozenset(names_of([*call.args, *(k.value for k in call.keywords), call.func]))


def aliased(statement: ast.stmt) -> frozenset[str]:
    """The names that an assignment gives another name to, alone or in a container."""
    value = statement.value if isinstance(statement, ast.Assign) else None
    return frozenset(names_of([value] if isinstance(value, ast.Name | ast.List | ast.Tuple | ast.Dict) else []))


def names_of(values: Sequence[ast.expr]) -> Iterator[str]:
    """The names that are the values, or stand in the containers among them."""
    for value in values:
        match value:
            case ast.Name(id=name):
                yield name
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                yield from names_of(items)
            case ast.Dict(values=items):
                yield from names_of(items)
            case ast.Starred(value=inner) | ast.Attribute(value=inner) | ast.Subscript(value=inner):
                yield from names_of([inner])


def is_spent(expression: ast.expr, trace: Trace) -> bool:
    """Whether the expression reads what gives each thing only once, so that its answer depends on what was taken before."""
    names = {n.id for n in ast.walk(expression) if isinstance(n, ast.Name)}
    types = [v.type for n in names if (v := trace.outcome.value(n)) is not None]
    return any(t in ITERATORS or "iterator" in t.lower() or t.startswith(("itertools.", "_io.")) for t in types)
