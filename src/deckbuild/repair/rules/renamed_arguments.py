"""Rule `api-drift` for arguments: one that a function no longer takes under its name, or a word that has another spelling today.

It must leave alone: arguments that the tables do not name, words for which the error names no other, and cards that speak of the
change.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..scene import Scene
from .drift_table import RULE, TABLE, is_about_change

_REFUSED = re.compile(r"([\w.]+)\(\) got an unexpected keyword argument '(\w+)'")
_STYLE = re.compile(r"^'seaborn(-\w+)?' is not a valid package style")
_SPELT = re.compile(
    r"'(?P<a>\w+)' is no longer supported for offsets\. Please use '(?P<b>\w+)' instead"
    r"|Invalid frequency: (?P<c>\w+)\. Did you mean (?P<d>\w+)\?"
)
_FILLS = {"ffill": "ffill", "pad": "ffill", "bfill": "bfill", "backfill": "bfill"}


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with the argument's name or word of today."""
    tree = program.tree()
    if tree is None or fault.kind != "raised" or is_about_change(scene):
        return
    here = [
        n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.lineno <= (fault.line or 0) <= (n.end_lineno or 0)
    ]
    found = [*_keywords(here, fault), *_fills(here, fault), *_words(here, fault)]
    if len(found) == 1:
        node, text, why = found[0]
        change = Change(RULE, why, fault.message.split("\n")[0][:160])
        if (changed := respelt(state, program, node, text, change, 0.5)) is not None:
            yield changed


def _keywords(calls: list[ast.Call], fault: Fault) -> Iterator[tuple[ast.AST, str, str]]:
    refused = _REFUSED.search(fault.message)
    new = TABLE["arguments"].get(f"{refused[1]}.{refused[2]}") if refused else None
    for call in calls:
        for keyword in call.keywords:
            if refused is None or new is None or keyword.arg != refused[2]:
                continue
            if new:
                yield keyword, f"{new}={ast.unparse(keyword.value)}", f"the argument `{keyword.arg}` is `{new}` now"
            else:
                rest = [*call.args, *(k for k in call.keywords if k is not keyword)]
                text = f"{ast.unparse(call.func)}({', '.join(map(ast.unparse, rest))})"
                yield call, text, f"there is no argument `{keyword.arg}` any more"


def _fills(calls: list[ast.Call], fault: Fault) -> Iterator[tuple[ast.AST, str, str]]:
    """`fillna(method="pad")`, which is a method of its own today."""
    if not fault.message.endswith("fillna() got an unexpected keyword argument 'method'"):
        return
    for call in calls:
        match call:
            case ast.Call(func=ast.Attribute(value=owner, attr="fillna"), args=[], keywords=keywords):
                asked = next(
                    (k.value.value for k in keywords if k.arg == "method" and isinstance(k.value, ast.Constant)), ""
                )
                rest = ", ".join(ast.unparse(k) for k in keywords if k.arg != "method")
                if asked in _FILLS:
                    new = f"{_FILLS[asked]}({rest})"
                    yield call, f"{ast.unparse(owner)}.{new}", f"filling by `{asked}` is `{new}` now"


def _words(calls: list[ast.Call], fault: Fault) -> Iterator[tuple[ast.AST, str, str]]:
    style, spelt = _STYLE.match(fault.message), _SPELT.search(fault.message)
    if style is not None:
        old, new = f"seaborn{style[1] or ''}", f"seaborn-v0_8{style[1] or ''}"
    elif spelt is not None:
        old, new = spelt["a"] or spelt["c"], spelt["b"] or spelt["d"]
    else:
        return
    for call in calls:
        for value in [*call.args, *(k.value for k in call.keywords)]:
            if isinstance(value, ast.Constant) and value.value == old:
                yield value, repr(new), f"`{old}` is `{new}` now"
