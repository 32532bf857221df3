"""Rule `call-brackets`: `x.shape()` where `x.shape` is a value, `d.items` where `d.items()` is asked for its entries, `for k, v in d`.

It must leave alone: names that mean one thing as a value and another as a call, as `size` does in two libraries.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..scene import Scene

RULE = "call-brackets"
_NOT_CALLABLE = re.compile(r"^'[\w.]+' object is not callable")
_NOT_CALLED = re.compile(r"^'(?:method|builtin_function_or_method|function)' object is not (?:iterable|subscriptable)")
_NOT_ITERABLE = re.compile(r"^'(\w+)' object is not iterable")
_NO_PAIRS = re.compile(r"^(?:not enough|too many) values to unpack \(expected 2")
_VALUES = frozenset({"shape", "ndim", "dtype", "device", "T", "grad", "itemsize", "nbytes", "requires_grad", "is_cuda"})


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with the brackets taken away, or put, at the only place on the fault's line where they can be amiss."""
    tree = program.tree()
    if tree is None or fault.type not in ("TypeError", "ValueError"):
        return
    here = [n for n in ast.walk(tree) if getattr(n, "lineno", None) == fault.line]
    found = list(_amiss(tree, here, fault.message))
    if len(found) == 1:
        node, text, why = found[0]
        change = Change(RULE, why, fault.message.split("\n")[0][:160])
        if (changed := respelt(state, program, node, text, change, 0.6)) is not None:
            yield changed


def _amiss(tree: ast.Module, here: list[ast.AST], message: str) -> Iterator[tuple[ast.AST, str, str]]:
    """(node, its new text, why)."""
    for node in here:
        match node:
            case ast.Call(func=ast.Attribute(attr=name) as value, args=[], keywords=[]) if _NOT_CALLABLE.match(message):
                if name in _VALUES or name in _properties(tree):
                    yield node, ast.unparse(value), f"`{name}` is a value, not a function"
            case ast.For(target=ast.Tuple(elts=[_, _]), iter=ast.Name(id=name) as pairs) if _NO_PAIRS.match(message):
                if name in _dicts(tree):
                    yield pairs, f"{name}.items()", "a dict gives its keys alone"
            case ast.Subscript(value=ast.Attribute(value=owner, attr="size")) if _NOT_CALLED.match(message):
                yield (
                    node.value,
                    f"{ast.unparse(owner)}.shape",
                    "`size` is a function; the sizes by their places are `shape`",
                )
            case (
                ast.For(iter=ast.Attribute(attr=name) as value) | ast.Call(args=[ast.Attribute(attr=name) as value, *_])
            ) if _NOT_CALLED.match(message):
                yield value, f"{ast.unparse(value)}()", f"`{name}` is a function, and its result is meant"
            case ast.Call(func=ast.Attribute(value=home, attr=kind), args=[ast.Name() as model, *_]) if (
                _NOT_ITERABLE.match(message) and ast.unparse(home).split(".")[-1] == "optim" and kind[:1].isupper()
            ):
                yield model, f"{model.id}.parameters()", "an optimizer takes the parameters of a model"


def _dicts(tree: ast.Module) -> frozenset[str]:
    """The names that the program binds to a dict in braces."""
    return frozenset(
        t.id
        for s in ast.walk(tree)
        if isinstance(s, ast.Assign) and isinstance(s.value, ast.Dict)
        for t in s.targets
        if isinstance(t, ast.Name)
    )


def _properties(tree: ast.Module) -> frozenset[str]:
    """The properties of the program's own classes that none of its methods shares a name with."""
    methods = [
        m for c in ast.walk(tree) if isinstance(c, ast.ClassDef) for m in c.body if isinstance(m, ast.FunctionDef)
    ]
    of_value = {m.name for m in methods if any(ast.unparse(d) == "property" for d in m.decorator_list)}
    return frozenset(of_value - {m.name for m in methods if not m.decorator_list})
