"""How a program uses a name: the basis for choosing among definitions and for inventing stand-ins.

In: a syntax tree and a name; out: the contexts in which the name is read.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Context:
    """A place where a name is read: the node of the name and what stands around it, innermost first."""

    node: ast.Name
    parents: tuple[ast.AST, ...]

    @property
    def parent(self) -> ast.AST:
        """What it stands in directly."""
        return self.parents[0]


@dataclass(frozen=True, slots=True)
class Usage:
    """All that a program does with a name."""

    name: str
    contexts: tuple[Context, ...]
    calls: tuple[ast.Call, ...] = field(default=())
    """Where it is itself called."""
    attributes: frozenset[str] = frozenset()
    """Attributes read from it, methods among them."""
    methods: tuple[tuple[str, ast.Call], ...] = ()
    """Methods called on it."""
    subscripts: tuple[ast.expr, ...] = ()
    """What it is indexed by."""
    stored: tuple[ast.expr, ...] = ()
    """What it is indexed by where an entry is assigned."""


def usage_of(tree: ast.AST, name: str) -> Usage:
    """How the name is used anywhere in the tree."""
    contexts = tuple(_contexts(tree, name, ()))
    calls, methods, subscripts, stored, attributes = [], [], [], [], set()
    for context in contexts:
        match context.parents:
            case (ast.Call(func=func) as call, *_) if func is context.node:
                calls.append(call)
            case (ast.Attribute(attr=attr) as owner, ast.Call(func=func) as call, *_) if func is owner:
                attributes.add(attr)
                methods.append((attr, call))
            case (ast.Attribute(attr=attr), *_):
                attributes.add(attr)
            case (ast.Subscript(value=value, slice=index, ctx=ctx), *_) if value is context.node:
                subscripts.append(index)
                if isinstance(ctx, ast.Store):
                    stored.append(index)
    return Usage(name, contexts, tuple(calls), frozenset(attributes), tuple(methods), tuple(subscripts), tuple(stored))


def _contexts(node: ast.AST, name: str, parents: tuple[ast.AST, ...]) -> list[Context]:
    if isinstance(node, ast.Name):
        return [Context(node, parents)] if node.id == name and isinstance(node.ctx, ast.Load) else []
    return [c for child in ast.iter_child_nodes(node) for c in _contexts(child, name, (node, *parents))]


def literal(node: ast.AST | None) -> object:
    """The value of a literal expression; None where it is none."""
    if node is None:
        return None
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
