"""The module class that a file's `model` must be: the nearest one, of which no card makes an instance.

In: a name, and a card with the deck around it; out: where the class is defined. It must leave alone: names that say more than that they
are a model, classes that are parts of others or that the file makes somewhere, and classes that are not finished.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..scene import Scene
from .library import NEAR_CARDS, Chunk, Definition, Statement

_MODEL = re.compile(r"^(?:my_?)?(?:model|net|network)$")


def unmade(name: str, scene: Scene) -> Definition | None:
    """The definition of the class; None if there is none, or more than one could be meant."""
    own = scene.library.chunk(scene.card)
    if own is None or not _MODEL.match(name):
        return None
    file = [c for c in scene.library.chunks.values() if c.path == own.path]
    near = [c for c in file if 0 <= own.order - c.order <= NEAR_CARDS]
    read = [s.uses for c in file for s in c.statements]
    for chunk in sorted(near, key=lambda c: -c.order):
        classes = list(_module_classes(chunk))
        whole = [d for d in classes if not any(d.name in uses for uses in read)]
        if classes:
            return whole[0] if len(whole) == 1 and _is_finished(whole[0].statement) else None
    return None


def _module_classes(chunk: Chunk) -> Iterator[Definition]:
    for index, statement in enumerate(chunk.statements):
        match statement.node:
            case ast.ClassDef(name=name, bases=bases) if any("Module" in ast.unparse(b) for b in bases):
                yield Definition(name, chunk, index)


def _is_finished(statement: Statement) -> bool:
    """Whether the class says what it does with its input."""
    return any(isinstance(n, ast.FunctionDef) and n.name == "forward" for n in ast.walk(statement.node))
