"""Rule `deck-definition`: a name that another card, or a later snippet of the same card, defines.

It brings in the smallest slice of statements that makes the name, nearest definition first. It must leave alone: stubs,
definitions of another kind, arity, range or number of elements than the use, data from other files, values of names that the card
itself makes, names whose nearest providers are of different kinds (a class here, a list there): then none is chosen; and models that
are older than a class that stands nearer and of which no card makes an instance.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..draft import Addition, Change, Origin
from ..lending.fits import agreement, fits, is_crossed
from ..lending.fitted import fitted
from ..lending.library import Chunk, Definition, Statement
from ..lending.shapes import out_of_shape
from ..lending.unmade import unmade
from ..program.names import bound, used
from ..program.needs import Need
from ..program.usage import Usage, usage_of
from ..scene import Provider, Scene
from ..stand_ins.networks.models import is_model_name
from ..stand_ins.values.scalars import setting
from .conventions import FUNCTIONS, MODULES, OBJECTS

RULE = "deck-definition"
COSTS = {Origin.SAME: 1.0, Origin.EARLIER: 2.0, Origin.LATER: 3.0, Origin.AFAR: 4.0}
PER_STATEMENT = 0.1
FARTHER = 0.01
"""Of two definitions of one origin the farther costs more, however short it is."""
MOST = 6
"""Definitions that are tried for one name."""
TELLING = 2
"""So many arguments must bear the names of one function's parameters more than of another's for that not to be meant."""
MAX_STATEMENTS = 25
"""A slice longer than this is no set-up but a program of its own."""


def provide(need: Need, usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Provider]:
    """Slices that make the name, nearest first."""
    own = scene.library.chunk(scene.card)
    order = own.order if own else 0
    found = [
        d
        for d in scene.book.definitions.get(need.name, ())
        if allowed(d, scene) and fits(d.statement.node, usage) and out_of_shape(d, usage, tree, scene) is None
    ]
    newer = unmade(need.name, scene)
    found = [d for d in found if not _is_passed_over(d, own, tree) and (newer is None or not _precedes(d, newer))]
    found = sorted(_meant(found, usage), key=lambda d: _distance(d, order, scene))
    rank, costs = 0, dict[Origin, float]()
    for definition in found[:MOST]:
        if definition.chunk is own and _defined_before_use(definition, need, tree):
            continue
        statements = fitted(definition, need, tree, own)
        if not statements or len(statements) > MAX_STATEMENTS or not _serves(statements, need, tree, scene):
            continue
        change = Change(RULE, f"`{need.name}` is defined elsewhere in the deck", _place(definition, own))
        binds = frozenset(n for s in statements for n in s.binds)
        origin = origin_of(definition, order, scene)
        text = "\n".join(s.text for s in statements)
        distance = abs(definition.chunk.order - order)
        addition = Addition(text, change, binds, need.name, rank, origin=origin, distance=distance)
        costs[origin] = max(COSTS[origin] + PER_STATEMENT * len(statements), costs.get(origin, 0.0) + FARTHER)
        yield Provider((addition,), costs[origin])
        rank += 1


def _meant(found: list[Definition], usage: Usage) -> list[Definition]:
    """Without functions whose parameters bear other names than their arguments where another's bear them, or bear each other's."""
    agreed = {d: agreement(d.statement.node, usage) for d in found}
    most = max(agreed.values(), default=0)
    return [d for d in found if most - agreed[d] < TELLING and not is_crossed(d.statement.node, usage)]


def _precedes(definition: Definition, model: Definition) -> bool:
    """Whether a value stands before the class that a chapter's model is of by now."""
    value = isinstance(definition.statement.node, ast.Assign | ast.AnnAssign)
    return value and definition.chunk.path == model.chunk.path and definition.chunk.order < model.chunk.order


def _is_passed_over(definition: Definition, own: Chunk | None, tree: ast.Module) -> bool:
    """Whether the card makes another value of the name, though that may not run, or the program trains another model than it steps."""
    node = definition.statement.node
    program = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    here = own.statements if own is not None and definition.chunk is not own and not program else ()
    stepped = {ast.unparse(a.value) for a in ast.walk(node) if isinstance(a, ast.Attribute) and a.attr == "parameters"}
    others = bool(stepped) and stepped.isdisjoint(used(tree)) and any(map(is_model_name, used(tree)))
    different = [s for s in here if ast.dump(s.node) != ast.dump(node)]
    return others or any(_makes(s.node, definition) or definition.name in s.binds - s.uses for s in different)


def _makes(statement: ast.stmt, definition: Definition) -> bool:
    """Whether a loop of the card makes the name afresh, though below its use, as a loop of the other card does: no first value of it."""
    inner = [s for s in ast.walk(statement) if isinstance(s, ast.Assign | ast.AnnAssign) and s is not statement]
    loops = isinstance(statement, ast.For | ast.While) and isinstance(definition.statement.node, ast.For | ast.While)
    return loops and any(definition.name in bound(s) - used(s) for s in inner)


def _serves(statements: list[Statement], need: Need, tree: ast.Module, scene: Scene) -> bool:
    """Whether what else the slice binds fits the program's own uses of these names, and all that it reads is to be had."""
    if not any(need.name in s.binds and need.name not in s.uses for s in statements):
        return False  # `x -= 1` makes no x
    made = {n for s in statements for n in s.binds}
    if any(not _is_known(n, scene) for s in statements for n in s.uses - made):
        return False
    have = {n for s in tree.body for n in bound(s)} | {need.name}
    return all(fits(s.node, usage_of(tree, name)) for s in statements for name in s.binds - have)


def _is_known(name: str, scene: Scene) -> bool:
    """Whether the book defines or imports a name, or a convention does; settings and data may still be stood in for.

    Lines that were cut from a method make nothing outside of it.
    """
    if name in ("self", "cls"):
        return False
    known = name in scene.book.definitions or name in scene.book.imports
    usual = name in MODULES or name in OBJECTS or name in FUNCTIONS or setting(name) is not None
    return known or usual or not name[:1].isupper()


def allowed(definition: Definition, scene: Scene) -> bool:
    """Data variables of other files are never what is meant but by accident, and what a loop runs through is nobody's definition."""
    match definition.statement.node:
        case ast.For() as loop if definition.name in _passing(loop):
            return False
    if definition.chunk.path == scene.card.path:
        return True
    node = definition.statement.node
    if definition.name.lower() == "device":
        return "cpu" in definition.statement.text  # a book asks for the processor in the same way throughout
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or (
        definition.name.isupper() and len(definition.name) > 2
    )


def _passing(loop: ast.For) -> frozenset[str]:
    """The targets of a loop and of those in it, and what is made from them each time: `images, labels = batch`, `outputs = net(images)`."""
    loops = [n.target for n in ast.walk(loop) if isinstance(n, ast.For)]
    found = {n.id for target in loops for n in ast.walk(target) if isinstance(n, ast.Name)}
    for statement in ast.walk(loop):
        if (
            isinstance(statement, ast.Assign)
            and used(statement.value) & found
            and not used(statement.value) & bound(statement)
        ):
            found |= bound(statement)
    return frozenset(found)


def _distance(definition: Definition, order: int, scene: Scene) -> tuple[float, int]:
    return (COSTS[origin_of(definition, order, scene)], abs(definition.chunk.order - order))


def origin_of(definition: Definition, order: int, scene: Scene) -> Origin:
    """Where a definition stands, seen from the card whose place in the book is given."""
    chunk = definition.chunk
    if chunk.path != scene.card.path:
        return Origin.AFAR
    if chunk.order == order:
        return Origin.SAME
    return Origin.EARLIER if chunk.order < order else Origin.LATER


def _defined_before_use(definition: Definition, need: Need, tree: ast.Module) -> bool:
    """On the same card only what comes later, or was not run, can be missing; the very statement that needs it cannot help.

    Nor can a value that the program itself sets further down: its lines are in the wrong order, and which is meant nobody says.
    """
    node = definition.statement.node
    text, value = ast.dump(node), isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
    here = [s for s in tree.body if ast.dump(s) == text]
    return any(s.lineno <= need.line <= (s.end_lineno or s.lineno) or (value and s.lineno > need.line) for s in here)


def _place(definition: Definition, own: Chunk | None) -> str:
    chunk = definition.chunk
    where = "this card" if chunk is own else f"the card “{chunk.title}”"
    return f"{where}, {chunk.path}:{definition.statement.snippet.line}"
