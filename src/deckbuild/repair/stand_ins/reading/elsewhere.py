"""A program with the models that it has yet to get from other cards, so that a loss or a target can be told by them.

In: the names that are called, the program, the card; out: the program and behind it what other cards of the file make these names to.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ...lending.library import Definition
from ...lending.unmade import unmade
from ...program.modules import construction
from ...program.names import bound
from ...scene import Scene


def with_models(names: Iterable[str], tree: ast.Module, scene: Scene) -> ast.Module:
    """The program itself where nothing of the kind is known."""
    have = {n for s in tree.body for n in bound(s)}
    found = [s for name in dict.fromkeys(names) if name not in have for s in _made(name, scene)]
    new = {s.name: s for s in found if isinstance(s, ast.ClassDef) and s.name not in have}
    plain = [s for s in found if not isinstance(s, ast.ClassDef)]
    return ast.Module([*tree.body, *new.values(), *plain], []) if found else tree


def _made(name: str, scene: Scene) -> Iterator[ast.stmt]:
    """The statement that makes the model, and its class."""
    made = _nearest(name, scene)
    if made is not None and isinstance(made.statement.node, ast.Assign):
        call = construction(made.statement.node.value)
        yield made.statement.node
        kind = _nearest(call.func.id, scene) if call is not None and isinstance(call.func, ast.Name) else None
        if kind is not None:
            yield kind.statement.node
    elif made is None and (model := unmade(name, scene)) is not None:
        yield from ast.parse(f"{name} = {model.name}()").body
        yield model.statement.node


def _nearest(name: str, scene: Scene) -> Definition | None:
    """The last definition above the card in its file, or else the first below."""
    own = scene.library.chunk(scene.card)
    found = [d for d in scene.book.definitions.get(name, ()) if d.chunk.path == scene.card.path]
    above = [d for d in found if own is not None and d.chunk.order < own.order]
    return above[-1] if above else next(iter(found), None)
