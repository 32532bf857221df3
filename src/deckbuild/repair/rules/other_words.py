"""Rule `other-language` at run time: what another language calls a value or a method of texts and lists (`true`, `a.push(x)`).

It must leave alone: words that the prose speaks of, cards that speak of other languages, and blocks that are only data.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..damage.tongues import OTHER
from ..draft import Change, Program, State, respelt
from ..scene import Scene

_NO_ATTRIBUTE = re.compile(r"^'(\w+)' object has no attribute '(\w+)'")
_VALUES = {"true": "True", "false": "False", "null": "None", "nil": "None"}
_CALLS = {
    "list.length": "len({of})",
    "list.len": "len({of})",
    "list.size": "len({of})",
    "str.length": "len({of})",
    "str.len": "len({of})",
    "tuple.length": "len({of})",
    "set.length": "len({of})",
    "set.size": "len({of})",
    "dict.length": "len({of})",
    "dict.size": "len({of})",
    "ndarray.len": "len({of})",
    "list.push": "{of}.append({given})",
    "list.add": "{of}.append({given})",
    "list.contains": "({given} in {of})",
    "list.includes": "({given} in {of})",
    "list.indexOf": "{of}.index({given})",
    "set.append": "{of}.add({given})",
    "set.push": "{of}.add({given})",
    "set.contains": "({given} in {of})",
    "set.has": "({given} in {of})",
    "dict.contains": "({given} in {of})",
    "dict.containsKey": "({given} in {of})",
    "dict.has": "({given} in {of})",
    "str.contains": "({given} in {of})",
    "str.includes": "({given} in {of})",
    "str.indexOf": "{of}.find({given})",
    "str.charAt": "{of}[{given}]",
    "str.toUpperCase": "{of}.upper()",
    "str.toUpper": "{of}.upper()",
    "str.toLowerCase": "{of}.lower()",
    "str.toLower": "{of}.lower()",
    "str.trim": "{of}.strip()",
    "str.startsWith": "{of}.startswith({given})",
    "str.endsWith": "{of}.endswith({given})",
}
_ABOUT = re.compile(r"\b(?:JSON|Java|JavaScript|Ruby|PHP|Rust|Go|Swift)\b|\bC(?:#|\+\+)|\blanguages\b")


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with Python's word at the line of the fault."""
    tree = program.tree()
    if tree is None or fault.kind != "raised" or _ABOUT.search(scene.prose):
        return
    found = list(_words(tree, fault))
    if len({ast.unparse(node) for node, _, _ in found}) != 1:
        return
    for node, text, word in found[:1]:
        change = Change(OTHER, f"`{word}` is another language's; Python has `{text}`", fault.message[:160])
        if (
            not re.search(rf"\b{word}\b", scene.prose)
            and (s := respelt(state, program, node, text, change, 0.6)) is not None
        ):
            yield s


def _words(tree: ast.Module, fault: Fault) -> Iterator[tuple[ast.AST, str, str]]:
    """(node, its text in Python, the word)."""
    here = [n for n in ast.walk(tree) if getattr(n, "lineno", None) == fault.line]
    gone = _NO_ATTRIBUTE.match(fault.message)
    called = {id(n.func) for n in here if isinstance(n, ast.Call)}
    for node in here:
        match node:
            case ast.Name(id=name) if name == fault.name and name in _VALUES and not _is_data(tree):
                yield node, _VALUES[name], name
            case ast.Call(func=ast.Attribute(value=owner, attr=name), args=args, keywords=[]) if (
                gone and name == gone[2]
            ):
                template = _CALLS.get(f"{gone[1]}.{name}")
                if template is not None and len(args) == ("{given}" in template):
                    yield node, template.format(of=ast.unparse(owner), given=", ".join(map(ast.unparse, args))), name
            case ast.Attribute(value=owner, attr=name) if gone and name == gone[2] and id(node) not in called:
                template = _CALLS.get(f"{gone[1]}.{name}")
                if template is not None and template.startswith("len("):
                    yield node, template.format(of=ast.unparse(owner)), name


def _is_data(tree: ast.Module) -> bool:
    """Whether a program does nothing: it shows a document of another language."""
    return all(isinstance(s, ast.Expr) and not isinstance(s.value, ast.Call) for s in tree.body)
