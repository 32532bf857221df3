"""Rule `torch-name`: an argument or attribute of a torch layer by another word for it (`in_dim` for `in_features`).

And numpy's functions, where they are given torch's words for an axis.

It must leave alone: classes of the card's own, what a class asks of a part that it is given and that the deck's own classes have,
words that the table does not have, and words that the prose speaks of.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..program.names import last_name
from ..scene import Scene

RULE = "torch-name"
_TABLE: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    files(__package__).joinpath("torch_names.toml").read_text(encoding="utf-8")
)
_READ: Mapping[str, str] = {k: str(v) for k, v in _TABLE["read"].items()}
_ATTRIBUTE = re.compile(r"^'(\w+)' object has no attribute '(\w+)'")
_ARGUMENT = re.compile(r"(\w+)\.__init__\(\) got an unexpected keyword argument '(\w+)'")
_OF_NUMPY = re.compile(r"^(\w+)\(\) got an unexpected keyword argument '(dim|keepdim)'")
_IN_NUMPY = {"dim": "axis", "keepdim": "keepdims"}


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with torch's word at the line of the fault."""
    tree = program.tree()
    found = next((m for p in (_ATTRIBUTE, _ARGUMENT, _OF_NUMPY) if (m := p.search(fault.message))), None)
    if tree is None or found is None or re.search(rf"`[\w.]*\b{found[2]}`", scene.prose):
        return
    own = {n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef)}
    for node, kind, text in _places(tree, found, fault):
        if kind not in own:
            if found.re is _ATTRIBUTE and isinstance(node, ast.Attribute) and _is_of_own_classes(node, tree, scene):
                continue
            change = Change(RULE, f"{kind or 'numpy'} calls it `{text}`", fault.message.split("\n")[0][:160])
            if (changed := respelt(state, program, node, text, change, 0.6)) is not None:
                yield changed


def _places(tree: ast.Module, found: re.Match[str], fault: Fault) -> Iterator[tuple[ast.AST, str, str]]:
    """(node, the class, its new text) for the word on the fault's line: read from a layer, or given to one, or to a function of numpy."""
    wrong = found[2]
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=owner, attr=attr) if attr == wrong and node.lineno == fault.line:
                asks_whether = wrong.startswith("use_")  # a yes or no, and torch keeps the thing itself
                if found.re is _ATTRIBUTE and not asks_whether and (right := _right(found[1], wrong)):
                    yield node, found[1], f"{ast.unparse(owner)}.{_READ.get(f'{found[1]}.{right}', right)}"
            case ast.Call(func=func, keywords=keywords) if node.lineno <= (fault.line or 0) <= (node.end_lineno or 0):
                kind = last_name(func) if found.re is _ARGUMENT else ""
                right = _right(kind, wrong) if found.re is _ARGUMENT else _IN_NUMPY.get(wrong, "")
                if right and found.re is not _ATTRIBUTE:
                    yield from ((k, kind, f"{right}={ast.unparse(k.value)}") for k in keywords if k.arg == wrong)


def _is_of_own_classes(node: ast.Attribute, tree: ast.Module, scene: Scene) -> bool:
    """Whether a class asks it of what it is given, and classes of the deck have it: what is given is then at fault."""
    methods = [
        m for c in ast.walk(tree) if isinstance(c, ast.ClassDef) for m in c.body if isinstance(m, ast.FunctionDef)
    ]
    given = {a.arg for m in methods if node in ast.walk(m) for a in (*m.args.args, *m.args.kwonlyargs)}
    classes = [d.statement.node for found in scene.book.definitions.values() for d in found]
    set_there = {
        n.attr
        for c in classes
        if isinstance(c, ast.ClassDef)
        for n in ast.walk(c)
        if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store) and ast.unparse(n.value) == "self"
    }
    return isinstance(node.value, ast.Name) and node.value.id in given - {"self"} and node.attr in set_there


def _right(kind: str, wrong: str) -> str:
    """What a class of torch calls what the word means; "" where the table has none."""
    return next((r for r, others in _TABLE.get(kind, {}).items() if kind != "read" and wrong in others), "")
