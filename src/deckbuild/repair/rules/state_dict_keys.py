"""Rule `state-dict-keys`: a layer that is loaded from a state dict without a bias is a layer without one.

If another card of the deck gives the same entries and the missing ones too, its entries are taken instead.
It must leave alone: missing keys other than a bias, unexpected keys, and layers made by code of another card.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..program.modules import modules_of
from ..program.usage import literal
from ..scene import Scene

RULE = "state-dict-keys"
_MISSING = re.compile(r'Missing key\(s\) in state_dict: ((?:"[\w.]+"(?:, )?)+)')


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """States whose layer has no bias, or whose dict has the entries that another card gives."""
    found = _MISSING.search(fault.message)
    tree = program.tree()
    if found is None or tree is None or "Unexpected key" in fault.message:
        return
    keys = re.findall(r'"([\w.]+)"', found[1])
    call = _loading(tree, fault)
    if keys != ["bias"] or call is None or not isinstance(call.func, ast.Attribute):
        return
    owner = call.func.value
    layer = modules_of(tree).get(owner.id) if isinstance(owner, ast.Name) else None
    entries = _dict_of(tree, call)
    if entries is not None:
        yield from _entries_of_deck(state, program, entries, scene)
    if layer is not None:
        yield from _without_bias(state, program, layer)


def _loading(tree: ast.Module, fault: Fault) -> ast.Call | None:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="load_state_dict")) if (
                node.lineno in fault.frames or node.lineno == fault.line
            ):
                return node
    return None


def _dict_of(tree: ast.Module, call: ast.Call) -> ast.Dict | None:
    if not call.args:
        return None
    given = call.args[0]
    if isinstance(given, ast.Dict):
        return given
    if isinstance(given, ast.Name):
        for statement in tree.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as value) if name == given.id:
                    return value
    return None


def _without_bias(state: State, program: Program, layer: ast.Call) -> Iterator[State]:
    if any(k.arg == "bias" for k in layer.keywords):
        return
    change = Change(
        RULE, "the state dict that the card loads has no `bias`", "a layer with just its entries has `bias=False`"
    )
    yield from append_argument(state, program, layer, "bias=False", change, 1.0)


def append_argument(
    state: State, program: Program, call: ast.Call, text: str, change: Change, cost: float
) -> Iterator[State]:
    """The state with an argument put behind the last one of a call that stands in a draft's own text."""
    given = [*call.args, *(k.value for k in call.keywords)]
    if given:
        last = max(given, key=lambda n: (n.end_lineno or 0, n.end_col_offset or 0))
        longer = respelt(state, program, last, f"{ast.get_source_segment(program.code, last)}, {text}", change, cost)
    else:
        filled = f"{ast.get_source_segment(program.code, call.func)}({text})"
        longer = respelt(state, program, call, filled, change, cost)
    if longer is not None:
        yield longer


def _entries_of_deck(state: State, program: Program, own: ast.Dict, scene: Scene) -> Iterator[State]:
    """The value of the missing key in a dict literal of another card whose other entries are equal."""
    have = _plain(own)
    for chunk in scene.library.chunks.values():
        if chunk.book != scene.card.source.book or (chunk.path, chunk.line) == (scene.card.path, scene.card.line):
            continue
        for statement in chunk.statements:
            for node in ast.walk(statement.node):
                if (
                    isinstance(node, ast.Dict)
                    and "bias" in (other := _plain(node))
                    and have.items() <= other.items()
                    and own.values
                ):
                    change = Change(
                        RULE,
                        "the state dict lacks the entry `bias`",
                        f"the card “{chunk.title}” gives the same weights with it, {chunk.path}:{statement.snippet.line}",
                    )
                    entry = next(v for k, v in zip(node.keys, node.values, strict=True) if literal(k) == "bias")
                    yield from _with_entry(state, program, own, f"'bias': {ast.unparse(entry)}", change)
                    return


def _plain(node: ast.Dict) -> dict[str, str]:
    """Keys with the normalized text of their values; numbers as floats, so that 2 and 2. are the same."""
    found = {}
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            found[key.value] = re.sub(r"(?<![\w.])(\d+)\.0*(?!\d)", r"\1", ast.unparse(value))
    return found


def _with_entry(state: State, program: Program, own: ast.Dict, text: str, change: Change) -> Iterator[State]:
    last = own.values[-1]
    new = f"{ast.get_source_segment(program.code, last)}, {text}"
    if (longer := respelt(state, program, last, new, change, 0.8)) is not None:
        yield longer
