"""Rules `other-language` and `other-library`: a value or method by the word of another language or library (`true`, `a.push(x)`, `array.clone()`).

It must leave alone: words that the prose speaks of, cards that speak of other languages, and blocks that are only data.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files

from deckbuild.model import Fault

from ..damage.tongues import OTHER
from ..draft import Change, Program, State, respelt
from ..program.names import imported_as
from ..scene import Scene

LIBRARY = "other-library"
_TABLE: Mapping[str, Mapping[str, str]] = tomllib.loads(
    files(__package__).joinpath("other_words.toml").read_text(encoding="utf-8")
)
_NO_ATTRIBUTE = re.compile(r"^'(?:\w+\.)*(\w+)' object has no attribute '(\w+)'")
_ABOUT = re.compile(r"\b(?:JSON|Java|JavaScript|Ruby|PHP|Rust|Go|Swift)\b|\bC(?:#|\+\+)|\blanguages\b")


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with Python's word, or the library's own, at the line of the fault."""
    tree = program.tree()
    if tree is None or fault.kind != "raised" or _ABOUT.search(scene.prose):
        return
    for rule, word, node, text in _words(tree, fault):
        if not re.search(rf"\b{word}\b", scene.prose):
            whose = "another library's; here" if rule == LIBRARY else "another language's; in Python"
            change = Change(rule, f"`{word}` is {whose} it is `{text}`", fault.message[:160])
            if (changed := respelt(state, program, node, text, change, 0.6)) is not None:
                yield changed
            return


def _words(tree: ast.Module, fault: Fault) -> Iterator[tuple[str, str, ast.AST, str]]:
    """(rule, word, node, its new text)."""
    here = [n for n in ast.walk(tree) if getattr(n, "lineno", None) == fault.line]
    if fault.name in _TABLE["values"] and not _is_data(tree):
        for node in here:
            if isinstance(node, ast.Name) and node.id == fault.name:
                yield OTHER, node.id, node, _TABLE["values"][node.id]
    gone = _NO_ATTRIBUTE.match(fault.message)
    for rule, table in ((OTHER, "languages"), (LIBRARY, "libraries")):
        template = _TABLE[table].get(f"{gone[1]}.{gone[2]}") if gone else None
        if template is not None and gone is not None:
            yield from ((rule, gone[2], node, text) for node, text in _asked(tree, here, gone[2], template))


def _asked(tree: ast.Module, here: list[ast.AST], word: str, template: str) -> Iterator[tuple[ast.AST, str]]:
    """Where the word is asked, as a call with the arguments that the template has room for, or as a value."""
    module = re.match(r"(\w+)\.", template)
    if module is not None:
        template = (imported_as(tree, module[1]) or module[1]) + template[module.end(1) :]
    called = {id(n.func) for n in here if isinstance(n, ast.Call)}
    for node in here:
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr=attr), args=args, keywords=[]) if attr == word:
                if bool(args) == ("{given}" in template):
                    yield node, template.format(of=_owner(owner), given=", ".join(map(ast.unparse, args)))
            case ast.Attribute(value=owner, attr=attr) if attr == word and id(node) not in called:
                if template.startswith("len("):
                    yield node, template.format(of=_owner(owner))


def _owner(node: ast.expr) -> str:
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, ast.BinOp | ast.UnaryOp) else text


def _is_data(tree: ast.Module) -> bool:
    """Whether a program does nothing: it shows a document of another language."""
    return all(isinstance(s, ast.Expr) and not isinstance(s.value, ast.Call) for s in tree.body)
