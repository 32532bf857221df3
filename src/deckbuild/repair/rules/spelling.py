"""Rule `misspelt-name`: a name that exists nowhere and is one stroke away from the only one that does.

Builtins that are called, Python's own errors, names of the program with two letters swapped, and attributes of what the program has
at that line. It must leave alone: names that the card's text uses or the deck binds, short ones, other numbers
(`log3`), and plurals of data.
Source: the interpreter's own “Did you mean”, held to one stroke and one candidate.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator

from deckbuild.model import Fault, Job

from ..draft import Change, Program, State, respelt
from ..program.names import bound
from ..program.strokes import is_near, is_swapped
from ..scene import Scene
from .drift_table import TABLE, is_about_change

RULE = "misspelt-name"
SHORTEST = 4
_NO_ATTRIBUTE = re.compile(r"has no attribute '(\w+)'")
_MARK = "its names:"


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with the name that is meant at the line of the fault."""
    tree = program.tree()
    if tree is None or fault.kind != "raised" or fault.type not in ("NameError", "AttributeError"):
        return
    gone = _NO_ATTRIBUTE.search(fault.message)
    name = fault.name or (gone[1] if gone else "")
    if (
        len(name) < SHORTEST
        or name in TABLE["builtins"]  # it was right once, and is no slip
        or is_about_change(scene)
        or re.search(rf"\b{name}\b", scene.prose)
        or scene.book.definitions.get(name)
    ):
        return
    found = _names(tree, name, fault) if fault.type == "NameError" else _attributes(program, tree, name, fault, scene)
    for node, right, text in found:
        change = Change(RULE, f"there is no `{name}`; `{right}` is the only name one stroke away", fault.message[:160])
        if (spelt := respelt(state, program, node, text, change, 1.0)) is not None:
            yield spelt


def _names(tree: ast.Module, name: str, fault: Fault) -> Iterator[tuple[ast.AST, str, str]]:
    reads = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name]
    called = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    own = {n for statement in tree.body for n in bound(statement) if is_swapped(name, n)}
    known = {n for n in dir(builtins) if _is_error(n) and (is_near(name, n) or name.lower() == n.lower())}
    if all(id(n) in called for n in reads):
        known |= {n for n in dir(builtins) if n.islower() and is_near(name, n)}
    if len(reads) == 1 and len(own | known) == 1:
        right = min(own | known)
        yield reads[0], right, right


def _is_error(name: str) -> bool:
    return name.endswith(("Error", "Exception"))


def _attributes(
    program: Program, tree: ast.Module, name: str, fault: Fault, scene: Scene
) -> Iterator[tuple[ast.AST, str, str]]:
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr == name]
    statement = next((s for s in tree.body if s.lineno <= (fault.line or 0) <= (s.end_lineno or s.lineno)), None)
    if len(nodes) != 1 or statement is None or nodes[0].lineno != fault.line:
        return
    owner = ast.unparse(nodes[0].value)
    near = [n for n in _names_of(owner, program, statement, scene) if not n.startswith("_") and is_near(name, n)]
    if len(near) == 1:
        yield nodes[0], near[0], f"{owner}.{near[0]}"


def _names_of(owner: str, program: Program, statement: ast.stmt, scene: Scene) -> Iterable[str]:
    """The attributes that what an expression gives has, when the program comes to a statement."""
    before = "\n".join(program.code.split("\n")[: statement.lineno - 1])
    (outcome,) = scene.run.trial([Job(f"{before}\nprint({_MARK!r}, *dir({owner}))\n")])
    return outcome.stdout.rpartition(_MARK)[2].split() if outcome.ok else ()
