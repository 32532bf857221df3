"""Rule `api-drift`: a name that a library has renamed or removed since the card was written.

It must leave alone: names that the installed library knows, and removals without an equivalent.
Source: the release notes of numpy 1.24, 1.25 and 2.0, of scipy 1.14 and of torch 2.x.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..scene import Scene

RULE = "api-drift"
_GONE = re.compile(r"has no attribute '(\w+)'|`np\.(\w+)`")
_RENAMED = {
    ("numpy", "float"): "float",
    ("numpy", "int"): "int",
    ("numpy", "bool"): "bool",
    ("numpy", "object"): "object",
    ("numpy", "str"): "str",
    ("numpy", "complex"): "complex",
    ("numpy", "float_"): "{}.float64",
    ("numpy", "complex_"): "{}.complex128",
    ("numpy", "unicode_"): "{}.str_",
    ("numpy", "Inf"): "{}.inf",
    ("numpy", "Infinity"): "{}.inf",
    ("numpy", "NaN"): "{}.nan",
    ("numpy", "NAN"): "{}.nan",
    ("numpy", "product"): "{}.prod",
    ("numpy", "cumproduct"): "{}.cumprod",
    ("numpy", "sometrue"): "{}.any",
    ("numpy", "alltrue"): "{}.all",
    ("numpy", "in1d"): "{}.isin",
    ("numpy", "row_stack"): "{}.vstack",
    ("numpy", "trapz"): "{}.trapezoid",
    ("numpy", "round_"): "{}.round",
    ("numpy", "msort"): "{}.sort",
    ("scipy.integrate", "simps"): "{}.simpson",
    ("scipy.integrate", "trapz"): "{}.trapezoid",
    ("scipy.integrate", "cumtrapz"): "{}.cumulative_trapezoid",
    ("collections", "Mapping"): "{}.abc.Mapping",
    ("collections", "MutableMapping"): "{}.abc.MutableMapping",
    ("collections", "Sequence"): "{}.abc.Sequence",
    ("collections", "Iterable"): "{}.abc.Iterable",
    ("collections", "Callable"): "{}.abc.Callable",
    ("collections", "MutableSequence"): "{}.abc.MutableSequence",
    ("collections", "Set"): "{}.abc.Set",
    ("collections", "MutableSet"): "{}.abc.MutableSet",
    ("collections", "Iterator"): "{}.abc.Iterator",
    ("collections", "Hashable"): "{}.abc.Hashable",
    ("collections", "Sized"): "{}.abc.Sized",
    ("collections", "Container"): "{}.abc.Container",
    ("collections", "Generator"): "{}.abc.Generator",
    ("time", "clock"): "{}.perf_counter",
}


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with the new name at the line of the fault."""
    tree = program.tree()
    if fault.type == "ImportError" and tree is not None:
        yield from _imported(state, program, tree, fault)
    gone = _GONE.search(fault.message)
    name = fault.name or (next(g for g in gone.groups() if g) if gone else None)
    if fault.type != "AttributeError" or name is None or tree is None:
        return
    modules = _aliases(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if attr == name and node.lineno == fault.line:
                new = _RENAMED.get((modules.get(owner, ""), attr))
                if new is None:
                    continue
                text = new.format(owner)
                change = Change(
                    RULE, f"`{owner}.{attr}` is gone; it is `{text}` now", fault.message.split("\n")[0][:160]
                )
                if (renamed := respelt(state, program, node, text, change, 0.5)) is not None:
                    yield renamed


def _aliases(tree: ast.Module) -> dict[str, str]:
    """Names of imported modules with the modules' own."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {a.asname or a.name: a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return found


def _imported(state: State, program: Program, tree: ast.Module, fault: Fault) -> Iterator[State]:
    """The state whose `from collections import Mapping` takes each renamed name from where it is now, under its old name."""
    change = Change(RULE, "a name that is imported is gone or has moved", fault.message.split("\n")[0][:160])
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.lineno == fault.line and node.module:
            text = "\n".join(_import_line(node.module, alias) for alias in node.names)
            moved = respelt(state, program, node, text, change, 0.5)
            if moved is not None and any((node.module, alias.name) in _RENAMED for alias in node.names):
                yield moved


def _import_line(module: str, alias: ast.alias) -> str:
    new = _RENAMED.get((module, alias.name))
    if new is None or not new.startswith("{}."):
        return f"from {module} import {_spelt(alias)}"
    *parts, name = new.removeprefix("{}.").split(".")
    source = ".".join([module, *parts])
    asname = alias.asname or (alias.name if alias.name != name else None)
    return f"from {source} import {name}" + (f" as {asname}" if asname else "")


def _spelt(alias: ast.alias) -> str:
    return alias.name + (f" as {alias.asname}" if alias.asname else "")
