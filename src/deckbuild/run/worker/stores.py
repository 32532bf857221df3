"""Whose attributes a program sets, seen when it does: no text tells what a parameter, an entry or a result will be.

Goes in: the tree of a statement. Comes out: the same, in which whatever has an attribute set passes by a function that looks at it. Only in a
process that others share, and for hints: the function is one name more among the builtins.
"""

from __future__ import annotations

import ast
import builtins
from types import FunctionType, ModuleType
from typing import TypeVar, cast

from .bound import METHODS, SETTING

NAME = "deckbuild: whose attribute is set"
TABLES = frozenset({"__dict__", "__globals__"})
T = TypeVar("T")


class Stores:
    """`seen`: whether anything of a module or of a stranger's class was set."""

    def __init__(self) -> None:
        self.seen = False
        self.started = False

    def start(self) -> None:
        """From now on."""
        setattr(builtins, NAME, self._look)
        self.started = True

    def watch(self, tree: ast.AST) -> None:
        """Changes the tree."""
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(ctx=ast.Store() | ast.Del()):
                    node.value = _passing(node.value)
                case ast.Attribute(attr=name) if name in TABLES:
                    node.value = _passing(node.value)
                case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in SETTING:
                    node.args[0] = _passing(first)
                case ast.Call(func=ast.Attribute(attr=name) as method, args=[first, *_]) if name in METHODS:
                    # who is called may be `object` or `super()`, which set something of what they are given
                    node.args[0] = _passing(first)
                    if not isinstance(method.value, ast.Name | ast.Call) or len(node.args) < 3:
                        method.value = _passing(method.value)

    def _look(self, owner: T) -> T:
        self.seen = self.seen or is_foreign(owner)
        return owner


stores = Stores()
"""That of this process."""


def is_foreign(value: object) -> bool:
    """Whether it is a module, or a class or function of one."""
    if issubclass(type(value), type):
        return bool(type.__getattribute__(cast(type, value), "__module__") != "__main__")
    return issubclass(type(value), ModuleType | FunctionType) and getattr(value, "__module__", "") != "__main__"


def _passing(owner: ast.expr) -> ast.expr:
    if isinstance(owner, ast.Starred) or (isinstance(owner, ast.Name) and owner.id == "self"):
        return owner
    call = ast.Call(ast.Name(NAME, ast.Load()), [owner], [])
    for node in (call, call.func):
        ast.copy_location(node, owner)
    return call
