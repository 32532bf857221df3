"""Rule `own-module`: an import from a module of the book's own whose functions and classes stand on cards of the deck.

The import is replaced by the definitions. Its own are files whose names say so, files that the cards name, and `ledger` of
`from ledger import Ledger` beside a card with that class. It must leave alone: packages, modules of which the deck defines only a part, and
`import module` without names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..lending.fits import is_stub
from ..lending.library import Definition
from ..lending.slices import slice_of
from ..program.names import bound
from ..refusals.refuse import is_own_module
from ..scene import Scene

RULE = "own-module"


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with what is imported defined in its place."""
    tree = program.tree()
    if fault.type != "ModuleNotFoundError" or tree is None or not fault.name:
        return
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.lineno == fault.line and node.module and not node.level:
            found = [_definition(alias.name, scene) for alias in node.names]
            made = [d for d in found if d is not None]
            if len(made) < len(found) or not (
                _is_of_the_book(node.module, scene) or _is_named_after(made, node.module, scene)
            ):
                return
            if _helpers(made) & {n for s in tree.body if s is not node for n in bound(s)}:
                return  # a module's own names are not the program's
            change = Change(
                RULE, f"`{node.module}` is a module of the book, not installed", "; ".join(d.place for d in made)
            )
            if (defined := respelt(state, program, node, _text(made, node.names), change, 1.0)) is not None:
                yield defined


def _definition(name: str, scene: Scene) -> Definition | None:
    """The nearest function or class of that name in the book that is no stub."""
    own = scene.library.chunk(scene.card)
    order = own.order if own else 0
    found = [
        d
        for d in scene.book.definitions.get(name, ())
        if isinstance(d.statement.node, ast.FunctionDef | ast.ClassDef) and not is_stub(d.statement.node)
    ]
    return min(found, key=lambda d: (d.chunk.path != scene.card.path, abs(d.chunk.order - order)), default=None)


def _is_of_the_book(module: str, scene: Scene) -> bool:
    """Whether a name for a file of one's own is imported, or a card's code or text names the file."""
    root = module.split(".")[0]
    file = f"{module.split('.')[-1]}.py"
    chunks = [c for c in scene.library.chunks.values() if c.book == scene.card.source.book]
    named = any(file in s.snippet.source for c in chunks for s in c.statements)
    return is_own_module(root) or named or file in scene.text


def _is_named_after(found: list[Definition], module: str, scene: Scene) -> bool:
    """Whether it has the name of the one class that is imported from it, and the class stands in the same file of the book."""
    (first, *others) = found
    alike = module.replace("_", "").lower() == first.name.lower() and isinstance(first.statement.node, ast.ClassDef)
    return alike and not others and first.chunk.path == scene.card.path


def _helpers(found: list[Definition]) -> frozenset[str]:
    """What is bound for the definitions besides themselves."""
    return frozenset(n for d in found for s in slice_of(d) for n in s.binds) - {d.name for d in found}


def _text(found: list[Definition], names: list[ast.alias]) -> str:
    statements = dict.fromkeys(s.text for d in found for s in slice_of(d))
    renamed = [f"{a.asname} = {a.name}" for a in names if a.asname and a.asname != a.name]
    return "\n".join([*statements, *renamed])
