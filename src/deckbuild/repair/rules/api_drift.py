"""Rule `api-drift` for names: a name or module that was renamed, moved or removed since the card was written.

It must leave alone: names that the installed library knows, removals without an equivalent, and cards that speak of the change.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..program.names import bound
from ..scene import Scene
from .drift_table import RULE, TABLE, is_about_change

MOVED_MODULES = TABLE["modules"]
_NAMES, _BUILTINS = TABLE["names"], TABLE["builtins"]
_NO_ATTRIBUTE = re.compile(r"[Mm]odule '([\w.]+)' has no attribute '(\w+)'")
_REMOVED = re.compile(r"^`np\.(\w+)` was removed")
_NO_NAME = re.compile(r"^cannot import name '(\w+)' from '([\w.]+)'")


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with the new name at the line of the fault."""
    tree = program.tree()
    if tree is None or fault.kind != "raised" or is_about_change(scene):
        return
    for node, text, why in _renamed(tree, fault):
        change = Change(RULE, why, fault.message.strip().split("\n")[0][:160])
        if (changed := respelt(state, program, node, text, change, 0.5)) is not None:
            yield changed


def _renamed(tree: ast.Module, fault: Fault) -> Iterator[tuple[ast.AST, str, str]]:
    """(node, its new text, why) for what of the fault's line has another name today."""
    here = [n for n in ast.walk(tree) if getattr(n, "lineno", None) == fault.line]
    match fault.type:
        case "AttributeError":
            yield from _attributes(tree, here, fault)
        case "ImportError":
            yield from _imported_names(here, fault)
        case "ModuleNotFoundError":
            yield from _modules(here, fault)
        case "NameError" if fault.name in _BUILTINS:
            names = [n for n in here if isinstance(n, ast.Name) and n.id == fault.name]
            for name in names:
                yield name, _BUILTINS[name.id], f"`{name.id}` is Python 2's; it is `{_BUILTINS[name.id]}` now"


def _attributes(tree: ast.Module, here: list[ast.AST], fault: Fault) -> Iterator[tuple[ast.AST, str, str]]:
    found, removed = _NO_ATTRIBUTE.search(fault.message), _REMOVED.match(fault.message)
    module, name = found.groups() if found else ("numpy", removed[1]) if removed else ("", "")
    new = _NAMES.get(f"{module}.{name}")
    if new is None:
        return
    for node in here:
        if isinstance(node, ast.Attribute) and node.attr == name:
            owner = ast.unparse(node.value)
            text = _spelt(new, module, owner, tree)
            if text is not None:
                yield node, text, f"`{owner}.{name}` is gone; it is `{text}` now"


def _spelt(new: str, module: str, owner: str, tree: ast.Module) -> str | None:
    """The new name as the program can write it; None where another thing has the name that it would need."""
    if new.startswith(f"{module}."):
        return owner + new.removeprefix(module)
    if new.startswith("builtins."):
        text = new.removeprefix("builtins.")
    else:
        aliases = {a.name: a.asname or a.name for n in tree.body if isinstance(n, ast.Import) for a in n.names}
        home = next((m for m in sorted(aliases, reverse=True) if new == m or new.startswith(f"{m}.")), None)
        if home is not None:
            return aliases[home] + new.removeprefix(home)
        text = new
    taken = {n for statement in tree.body for n in bound(statement)}
    return None if text.split(".")[0] in taken else text


def _imported_names(here: list[ast.AST], fault: Fault) -> Iterator[tuple[ast.AST, str, str]]:
    found = _NO_NAME.match(fault.message)
    new = _NAMES.get(f"{found[2]}.{found[1]}") if found else None
    if found is None or new is None or new.startswith("builtins.str."):
        return
    for node in here:
        if isinstance(node, ast.ImportFrom):
            others = [a for a in node.names if a.name != found[1]]
            alias = next(a for a in node.names if a.name == found[1])
            lines = [ast.unparse(ast.ImportFrom(node.module, others, 0))] if others else []
            lines.append(_import_of(new, alias.asname or alias.name))
            yield (
                node,
                ("\n" + " " * node.col_offset).join(lines),
                f"`{found[2]}` has no `{found[1]}`; it is `{new}` now",
            )


def _import_of(path: str, name: str) -> str:
    module, _, attribute = path.rpartition(".")
    said = (attribute or path) if (attribute or path) == name else f"{attribute or path} as {name}"
    return f"from {module} import {said}" if module else f"import {said}"


def _modules(here: list[ast.AST], fault: Fault) -> Iterator[tuple[ast.AST, str, str]]:
    old = fault.name or ""
    new = MOVED_MODULES.get(old)
    if new is None:
        return
    why = f"the module `{old}` is `{new}` now"
    for node in here:
        match node:
            case ast.ImportFrom(module=module, names=names) if module is not None and f"{module}.".startswith(
                f"{old}."
            ):
                yield node, ast.unparse(ast.ImportFrom(new + module.removeprefix(old), names, 0)), why
            case ast.Import(names=[ast.alias(name=name, asname=asname)]) if name == old and (asname or "." not in name):
                bound_name = asname or name
                yield node, f"import {new}" + ("" if bound_name == new else f" as {bound_name}"), why
