"""Rule `device`: a snippet that asks for a graphics card runs on the processor where there is none.

So does what is brought in from other cards. It must leave alone: cards whose question or prose is about devices.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..scene import Scene

RULE = "device"
_NO_CUDA = re.compile(r"not compiled with CUDA|No CUDA GPUs|Found no NVIDIA driver|no NVIDIA driver")


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with `cuda` replaced by `cpu` at the line of the fault, and wherever else it is asked for."""
    tree = program.tree()
    if tree is None or not _NO_CUDA.search(fault.message) or re.search(r"\bcuda\b|\bGPU", scene.question):
        return
    change = Change(RULE, "there is no graphics card here", fault.message.split("\n")[0][:160])
    for node in sorted(_asked(tree), key=lambda n: (-n.lineno, -n.col_offset)):
        text = "'cpu'"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            text = f"{ast.get_source_segment(program.code, node.func.value)}.cpu()"
        state = respelt(state, program, node, text, change, 0.2) or _lent(state, program, node, text, change) or state
    yield state


def _lent(state: State, program: Program, node: ast.expr, text: str, change: Change) -> State | None:
    """The state with a node replaced in what was brought in from another card; None where it stands in the card's own text, or on lines."""
    place = program.place(node.lineno)
    if place is None or place.before is None or node.lineno != node.end_lineno:
        return None
    draft = state.drafts[place.draft]
    addition = draft.before[place.before]
    rows = addition.text.split("\n")
    at = node.lineno - 1 - program.places.index(place)
    row = rows[at].encode()
    rows[at] = (row[: node.col_offset] + text.encode() + row[node.end_col_offset :]).decode()
    why = addition.change.why if change.why in addition.change.why else f"{addition.change.why}; {change.why}"
    other = replace(addition, text="\n".join(rows), change=replace(addition.change, why=why))
    before = (*draft.before[: place.before], other, *draft.before[place.before + 1 :])
    return state.with_draft(place.draft, replace(draft, before=before), 0.2)


def _asked(tree: ast.Module) -> list[ast.expr]:
    """The texts `'cuda…'` that name a device, and the calls of `.cuda()`."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="cuda"), args=[]):
                found.append(node)
            case ast.Call(func=ast.Attribute(attr="to" | "device") | ast.Name(id="device"), args=args):
                found += filter(_is_cuda, args)
            case ast.keyword(arg="device" | "map_location", value=value) if _is_cuda(value):
                found.append(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if "device" in name.lower() and _is_cuda(value):
                found.append(value)
    return found


def _is_cuda(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("cuda")
