"""What is told of a name that the deck does not give to a card. In: the name, the card; out: what follows “name 'x'”.

“Nowhere in the deck” is said only of what is set nowhere: not inside a function, not on a card that does not help. What a function
of another chapter calls by the name has nothing to do with the card, and its place is not told.
"""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

from ..lending.library import Definition
from ..program.needs import BUILTINS
from ..scene import Scene


def lack(name: str, scene: Scene) -> str:
    """Where the name is set though the card cannot read it there, or that it is defined nowhere."""
    own = scene.library.chunk(scene.card)
    places = scene.book.definitions.get(name, ())
    here = [d for d in places if d.chunk is own]
    if here:
        return f"is set on this card only in the block at line {here[-1].statement.snippet.line}, which does not give it here"
    if places:
        return "is set on no card whose value fits here"
    if name in BUILTINS:
        return "is Python's own function, and used as a value that nothing gives it"
    inner = scene.book.inner.get(name, ())
    order = own.order if own is not None else 0
    of_file = [d for d in inner if d.chunk.path == scene.card.path]
    near = min(of_file, key=lambda d: abs(d.chunk.order - order), default=None)
    if near is None:
        return f"is defined nowhere in the deck{' outside of functions' if inner else ''}"
    return f"is set only inside {_owner(near)} of {place_of(near)}, where no other code can read it"


def place_of(definition: Definition) -> str:
    """The card, and the line of its block."""
    return (
        f"“{definition.chunk.title}” ({PurePosixPath(definition.chunk.path).name}:{definition.statement.snippet.line})"
    )


def _owner(definition: Definition) -> str:
    node = definition.statement.node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return f"`{node.name}`"
    return "a function"
