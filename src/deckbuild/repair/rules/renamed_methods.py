"""Rule `api-drift` for methods: a method that a type no longer has, or that has become a function.

It must leave alone: types that the tables do not name, calls whose meaning depends on what is given (`append` of anything but a
table or a row written down to a table), and cards that speak of the change.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..program.names import imported_as
from ..scene import Scene
from .drift_table import RULE, TABLE, is_about_change

_NO_ATTRIBUTE = re.compile(r"'(?:\w+\.)*(\w+)' object has no attribute '(\w+)'")
_ITEM = "invalid index of a 0-dim tensor. Use `tensor.item()`"


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with what has the method's place today, where one call on the fault's line has it."""
    tree = program.tree()
    if tree is None or fault.kind != "raised" or is_about_change(scene):
        return
    found = list(_replaced(tree, fault))
    if len(found) == 1:
        node, text = found[0]
        old = ast.get_source_segment(program.code, node) or ""
        change = Change(RULE, f"`{old}` is `{text}` now", fault.message.split("\n")[0][:160])
        if (changed := respelt(state, program, node, text, change, 0.5)) is not None:
            yield changed


def _replaced(tree: ast.Module, fault: Fault) -> Iterator[tuple[ast.AST, str]]:
    gone = _NO_ATTRIBUTE.search(fault.message)
    for node in ast.walk(tree):
        if getattr(node, "lineno", None) != fault.line:
            continue
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr=name) as func) if gone and name == gone[2]:
                new = TABLE["methods"].get(f"{gone[1]}.{name}")
                if new is not None:
                    yield func, f"{ast.unparse(owner)}.{new}"
                elif (text := _as_function(tree, node, owner, gone[1], name)) is not None:
                    yield node, text
            case ast.Subscript(value=ast.Attribute(value=owner, attr="data"), slice=ast.Constant(value=0)):
                if fault.message.startswith(_ITEM):
                    yield node, f"{ast.unparse(owner)}.item()"


def _as_function(tree: ast.Module, call: ast.Call, owner: ast.expr, kind: str, name: str) -> str | None:
    """The call as a function of what had the method."""
    of = ast.unparse(owner)
    given = ", ".join(map(ast.unparse, [*call.args, *call.keywords]))
    match kind, name, call.args:
        case "dict", "has_key", [key]:
            return f"({ast.unparse(key)} in {of})"
        case "ndarray", "ptp", _ if (numpy := imported_as(tree, "numpy")) is not None:
            return f"{numpy}.ptp({of}{', ' if given else ''}{given})"
        case _, "next", [] if kind in ("generator", "enumerate", "zip", "map") or kind.endswith(("iterator", "Iter")):
            return f"next({of})"
        case (("DataFrame" | "Series"), "append", [other]) if (pandas := imported_as(tree, "pandas")) and _makes(
            tree, other, kind
        ):
            rest = "".join(f", {ast.unparse(k)}" for k in call.keywords)
            return f"{pandas}.concat([{of}, {ast.unparse(other)}]{rest})"
        case "DataFrame", "append", [ast.Dict() as row] if (
            pandas := imported_as(tree, "pandas")
        ) and "ignore_index=True" in given:
            rest = "".join(f", {ast.unparse(k)}" for k in call.keywords)
            return f"{pandas}.concat([{of}, {pandas}.DataFrame([{ast.unparse(row)}])]{rest})"
        case _:
            return None


def _makes(tree: ast.Module, value: ast.expr, kind: str) -> bool:
    """Whether an expression is a call of the class, or a name that only such calls bind."""
    match value:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name == kind
        case ast.Name(id=name):
            values = [
                s.value
                for s in ast.walk(tree)
                if isinstance(s, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in s.targets)
            ]
            return bool(values) and all(isinstance(v, ast.Call) and _makes(tree, v, kind) for v in values)
        case _:
            return False
