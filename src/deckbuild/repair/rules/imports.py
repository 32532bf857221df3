"""Rule `missing-import`: a name that an import of the deck, or a convention, binds.

It must leave alone: names that the deck itself binds to something else, single capital letters without a deck's import,
names that several modules have with different meanings where nothing tells which, and uses that the imported object does not
allow (an attribute of it is asked for and it is a function, say).
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from ..draft import Addition, Change
from ..lending.fits import fits
from ..program.needs import Need
from ..program.usage import Context, Usage, literal
from ..scene import Provider, Scene
from .affinity import is_foreign, modules_for
from .conventions import CONSTANTS, HOMES, MODULES, OBJECTS

RULE = "missing-import"
_APPLYING = frozenset({"map", "filter", "reduce", "accumulate", "starmap", "partial", "vectorize", "defaultdict"})
"""Functions that call what they are given."""
_TYPECODES = frozenset("bBuhHiIlLqQfd")


def provide(need: Need, usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Provider]:
    """The deck's own imports of the name, the most frequent and nearest first; then conventions, if nothing else binds it."""
    said = _said(need.name, tree, scene)
    yield from _of_deck(need, usage, said, scene)
    if said or _is_defined(need.name, usage, scene):
        return
    for rank, line in enumerate(_conventions(need.name, usage, tree, scene), start=1):
        yield _provider(
            need, line, f"`{need.name}` is used and nowhere defined", "the conventional import", 1.0 + rank / 2, rank
        )


def _said(name: str, tree: ast.Module, scene: Scene) -> Counter[str]:
    """The import statements by which the deck binds the name, with their numbers; those of the card's own file count tenfold."""
    counts: Counter[str] = Counter()
    for (path, line), n in scene.book.imports.get(name, Counter()).items():
        if not is_foreign(name, line.split()[1], tree, scene):
            counts[line] += n * (10 if path == scene.card.path else 1)
    return counts


def _of_deck(need: Need, usage: Usage, said: Counter[str], scene: Scene) -> Iterator[Provider]:
    bound_elsewhere = bool(scene.book.definitions.get(need.name))
    for rank, (line, _) in enumerate(said.most_common(3)):
        if _allowed(line, usage):
            times = sum(n for (_, x), n in scene.book.imports[need.name].items() if x == line)
            evidence = f"the deck imports it so {times} time{'s' if times > 1 else ''}"
            cost = 0.5 + rank + (2.5 if bound_elsewhere else 0)
            yield _provider(need, line, f"`{need.name}` is used and not imported here", evidence, cost, rank)


def _allowed(line: str, usage: Usage) -> bool:
    """A module cannot be called or indexed."""
    module = line.startswith("import ") or line in MODULES.values()
    return not (module and (usage.calls or usage.subscripts) and "tqdm" not in line)


def _is_defined(name: str, usage: Usage, scene: Scene) -> bool:
    """Whether the deck binds the name: a class that is only indexed (`Generator[int, None, None]`) is not the one meant."""
    found = scene.book.definitions.get(name, ())
    subscripted = usage.subscripts and not usage.calls and not usage.attributes and name in OBJECTS
    return bool(found) and not (subscripted and not any(fits(d.statement.node, usage) for d in found))


def _conventions(name: str, usage: Usage, tree: ast.Module, scene: Scene) -> Iterable[str]:
    """Import statements that conventionally bind the name and allow its uses."""
    if name in MODULES and usage.attributes and not usage.calls:
        yield MODULES[name]
    if name in OBJECTS and _allows_object(name, usage):
        yield OBJECTS[name]
    if _is_value(name, usage) if name in CONSTANTS else _is_worked_with(usage):
        yield from (f"from {module} import {name}" for module in modules_for(name, tree, scene))
    if name not in MODULES and usage.attributes and not usage.calls:
        yield from _parts_of_packages(name, usage.attributes)
        if _is_stdlib(name):
            yield f"import {name}"


def _parts_of_packages(name: str, attributes: Iterable[str]) -> Iterator[str]:
    """The imports of modules of packages that go by the name alone and have what is asked of it: `abc.Sized` is of `collections`."""
    homes = sorted({HOMES[a] for a in attributes if a in HOMES})
    for package, _, module in (home.rpartition(".") for home in homes):
        if package and module == name:
            yield f"from {package} import {name}"


def _allows_object(name: str, usage: Usage) -> bool:
    if name == "array":
        codes = [literal(a) for call in usage.calls for a in call.args[:1]]
        return any(isinstance(code, str) and code in _TYPECODES for code in codes)
    return name[0].isupper() or _is_worked_with(usage)


def _is_worked_with(usage: Usage) -> bool:
    """Whether a name is called, asked for an attribute, or decorates: else `count` is some number of the card's own."""
    return bool(usage.calls or usage.attributes) or any(_is_applied(context) for context in usage.contexts)


def _is_applied(context: Context) -> bool:
    """Whether the name decorates, or is given to something that calls it."""
    match context.parents:
        case (ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]), *_):
            return name in _APPLYING and first is context.node
        case (ast.keyword(arg="key" | "default_factory"), *_):
            return True
        case (parent, *_):
            return context.node in getattr(parent, "decorator_list", [])
        case _:
            return False


def _is_value(name: str, usage: Usage) -> bool:
    """Whether a constant's name is used as a value; `e` must be calculated with, as anything may be called so."""
    calculated = all(isinstance(c.parent, ast.BinOp | ast.UnaryOp) for c in usage.contexts)
    return not usage.calls and not usage.attributes and not usage.subscripts and (name != "e" or calculated)


def _is_stdlib(name: str) -> bool:
    return name in sys.stdlib_module_names and not name.startswith("_")


def _provider(need: Need, line: str, why: str, evidence: str, cost: float, rank: int) -> Provider:
    return Provider((Addition(line, Change(RULE, why, evidence), frozenset({need.name}), need.name, rank),), cost)
