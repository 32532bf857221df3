"""Numbers that a program states: literal arguments, names bound to literals, defaults. In: expressions; out: their values."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from ...program.usage import literal

Environment: TypeAlias = Mapping[str, ast.expr]


@lru_cache(maxsize=32)
def constants(tree: ast.AST) -> dict[str, ast.expr]:
    """Names with the expressions that they are bound to, if they are bound just once in the whole tree."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return {name: values[0] for name, values in found.items() if len(values) == 1}


def evaluate(node: ast.expr | None, names: Environment, depth: int = 0) -> object:
    """The plain value of an expression of literals, names of such, their entries and whole-number arithmetic; else None."""
    if node is None or depth > 8:
        return None
    match node:
        case ast.Name(id=name) if name in names:
            return evaluate(names[name], names, depth + 1)
        case ast.Subscript(value=owner, slice=key):
            return _entry(evaluate(owner, names, depth + 1), evaluate(key, names, depth + 1))
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(evaluate(left, names, depth + 1), op, evaluate(right, names, depth + 1))
        case ast.Tuple(elts=elts) | ast.List(elts=elts):
            values = [evaluate(e, names, depth + 1) for e in elts]
            return None if any(v is None for v in values) else tuple(values)
        case ast.Dict(keys=keys, values=entries):
            pairs = [(literal(k), evaluate(v, names, depth + 1)) for k, v in zip(keys, entries, strict=True)]
            return {k: v for k, v in pairs if isinstance(k, str | int)}
        case _:
            return literal(node)


def whole(node: ast.expr | None, names: Environment) -> int | None:
    """The positive whole number that an expression states, None where it states none."""
    value = evaluate(node, names)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _entry(owner: object, key: object) -> object:
    if isinstance(owner, dict) and isinstance(key, str | int):
        return owner.get(key)
    if isinstance(owner, tuple) and isinstance(key, int) and -len(owner) <= key < len(owner):
        return owner[key]
    return None


def _arithmetic(left: object, op: ast.operator, right: object) -> object:
    if not (isinstance(left, int) and isinstance(right, int)) or abs(left) > 10**6 or abs(right) > 10**6:
        return None
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.FloorDiv() if right:
            return left // right
        case _:
            return None
