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
    ("time", "clock"): "{}.perf_counter",
}


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with the new name at the line of the fault."""
    tree = program.tree()
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
