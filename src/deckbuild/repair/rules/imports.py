"""Rule `missing-import`: a name that an import of the deck, or a convention, binds.

It must leave alone: names that the deck itself binds to something else, single capital letters without a deck's import,
and uses that the imported object does not allow (an attribute of it is asked for and it is a function, say).
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from ..draft import Addition, Change
from ..fits import fits
from ..needs import Need
from ..scene import Provider, Scene
from ..usage import Usage
from .conventions import FUNCTIONS, MODULES, OBJECTS, WITH_NUMPY

RULE = "missing-import"


def provide(need: Need, usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Provider]:
    """The deck's own imports of the name, the most frequent and nearest first; then conventions, if nothing else binds it."""
    yield from _of_deck(need, usage, scene)
    if scene.book.imports.get(need.name) or _is_defined(need.name, usage, scene):
        return
    for rank, line in enumerate(_conventions(need.name, usage, tree), start=1):
        yield _provider(
            need, line, f"`{need.name}` is used and nowhere defined", "the conventional import", 1.0 + rank / 2, rank
        )


def _is_defined(name: str, usage: Usage, scene: Scene) -> bool:
    """Whether the deck binds the name: a class that is only indexed (`Generator[int, None, None]`) is not the one meant."""
    found = scene.book.definitions.get(name, ())
    subscripted = usage.subscripts and not usage.calls and not usage.attributes and name in OBJECTS
    return bool(found) and not (subscripted and not any(fits(d.statement.node, usage) for d in found))


def _of_deck(need: Need, usage: Usage, scene: Scene) -> Iterator[Provider]:
    counts: Counter[str] = Counter()
    for (path, line), n in scene.book.imports.get(need.name, Counter()).items():
        counts[line] += n * (10 if path == scene.card.path else 1)
    bound_elsewhere = bool(scene.book.definitions.get(need.name))
    for rank, (line, _) in enumerate(counts.most_common(3)):
        if _allowed(line, usage):
            said = sum(n for (_, x), n in scene.book.imports[need.name].items() if x == line)
            evidence = f"the deck imports it so {said} time{'s' if said > 1 else ''}"
            cost = 0.5 + rank + (2.5 if bound_elsewhere else 0)
            yield _provider(need, line, f"`{need.name}` is used and not imported here", evidence, cost, rank)


def _allowed(line: str, usage: Usage) -> bool:
    """A module cannot be called or indexed."""
    module = line.startswith("import ") or line in MODULES.values()
    return not (module and (usage.calls or usage.subscripts) and "tqdm" not in line)


def _conventions(name: str, usage: Usage, tree: ast.Module) -> Iterable[str]:
    """Import statements that conventionally bind the name and allow its uses."""
    if name in MODULES and usage.attributes and not usage.calls:
        yield MODULES[name]
    if name in OBJECTS and (name[0].isupper() or _is_worked_with(usage)) and (name != "array" or _has_typecode(usage)):
        yield OBJECTS[name]
    if (name in FUNCTIONS and usage.calls) or (name in ("pi", "e") and _is_calculated_with(usage)):
        yield from _by_affinity(name, tree)
    if name in WITH_NUMPY and usage.calls and _takes_from_numpy(tree):
        yield f"from numpy import {name}"
    if (
        name in sys.stdlib_module_names
        and name not in MODULES
        and usage.attributes
        and not usage.calls
        and not name.startswith("_")
    ):
        yield f"import {name}"


def _has_typecode(usage: Usage) -> bool:
    """`array('d', …)` is the standard library's, `array([1, 2])` is numpy's."""
    return any(c.args and isinstance(c.args[0], ast.Constant) and isinstance(c.args[0].value, str) for c in usage.calls)


def _takes_from_numpy(tree: ast.Module) -> bool:
    """Whether the program imports names from numpy; what deckbuild brought in counts as well."""
    return any(isinstance(n, ast.ImportFrom) and (n.module or "").split(".")[0] == "numpy" for n in ast.walk(tree))


def _is_worked_with(usage: Usage) -> bool:
    """Whether a name is called, asked for an attribute, or decorates: else `count` is some number of the card's own."""
    return bool(usage.calls or usage.attributes) or any(
        context.node in getattr(context.parent, "decorator_list", []) for context in usage.contexts
    )


def _is_calculated_with(usage: Usage) -> bool:
    return all(isinstance(c.parent, ast.BinOp | ast.UnaryOp) or usage.name == "pi" for c in usage.contexts)


def _by_affinity(name: str, tree: ast.Module) -> Iterator[str]:
    """`sin` from the library that the program already takes names from, before that of numbers."""
    modules = FUNCTIONS.get(name, ())
    taken = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    taken |= {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    for module in sorted(modules, key=lambda m: (m not in taken, modules.index(m))):
        yield f"from {module} import {name}"


def _provider(need: Need, line: str, why: str, evidence: str, cost: float, rank: int) -> Provider:
    return Provider((Addition(line, Change(RULE, why, evidence), frozenset({need.name}), need.name, rank),), cost)
