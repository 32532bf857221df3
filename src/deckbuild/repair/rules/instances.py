"""Rule `class-instance`: `model`, which no card makes, where this card or the one before defines the one class that it can be of.

Only where a program asks for nothing but its parameters (an optimizer, a count): these the class alone settles. It must leave alone: models
that are called, handed on or saved, whose results rest on a training; classes that want arguments, that other cards make instances of,
or that are parts of others; and classes that stand further off, which are an assumption.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..draft import Addition, Change, Origin
from ..lending.library import Definition
from ..lending.unmade import unmade
from ..program.needs import Need
from ..program.usage import Usage
from ..scene import Provider, Scene
from ..stand_ins.networks.instances import required

RULE = "class-instance"
COST = 2.5
_OF_ITS_PARAMETERS = frozenset({"parameters", "named_parameters", "zero_grad", "train", "eval"})


def provide(need: Need, usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Provider]:
    """The class, called without arguments."""
    found = unmade(need.name, scene)
    if found is None or required(found.statement.node) or not _asks_for_parameters(usage):
        return
    distance = _distance(found, scene)
    if distance > 1:
        return
    change = Change(
        RULE,
        f"`{need.name}` is made on no card, and only its parameters are asked for",
        f"the card “{found.chunk.title}” defines the one class that it can be of, {found.chunk.path}:{found.statement.snippet.line}",
    )
    origin = Origin.EARLIER if distance else Origin.SAME
    text = f"{need.name} = {found.name}()"
    yield Provider((Addition(text, change, frozenset({need.name}), need.name, origin=origin),), COST)


def _asks_for_parameters(usage: Usage) -> bool:
    """Whether all that is done with the name is to read such attributes."""
    read_of = [c for c in usage.contexts if c.parents and isinstance(c.parent, ast.Attribute)]
    return bool(usage.attributes) and len(read_of) == len(usage.contexts) and usage.attributes <= _OF_ITS_PARAMETERS


def _distance(found: Definition, scene: Scene) -> int:
    """How many cards the class stands before this one."""
    own = scene.library.chunk(scene.card)
    return own.order - found.chunk.order if own is not None else 2
