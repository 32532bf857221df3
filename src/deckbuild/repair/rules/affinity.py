"""Which module a bare name is taken from, where several have one of that name. In: a program and its deck; out: modules in order.

The signs, the strongest first: the program takes names from the module; it reads names that only this module has; it imports the
module; other cards of its file take names from it. Without any sign the order of the table of conventions holds.
"""

from __future__ import annotations

import ast
from functools import lru_cache

from ..needs import needs
from ..scene import Scene
from .conventions import CONSTANTS, FUNCTIONS, HOMES, WITH_AFFINITY

PYLAB = ("numpy", "matplotlib.pyplot", "numpy.linalg", "numpy.fft", "numpy.random")
"""What `from pylab import *` brings."""


def modules_for(name: str, tree: ast.Module, scene: Scene) -> tuple[str, ...]:
    """The modules that the name may be taken from, the likeliest first; none where it would be a guess.

    A module of the table's section `with-affinity` counts only with a sign of its own; that the program imports it is one only
    against others that have the name as well.
    """
    signs = (_taken(tree), _read_only_there(tree), _imported(tree), _taken_by_file(scene))
    usual = FUNCTIONS.get(name, ()) + CONSTANTS.get(name, ())
    telling = signs if usual else (*signs[:2], signs[3])
    with_a_sign = [m for m in WITH_AFFINITY.get(name, ()) if any(m in sign for sign in telling)]
    found = list(dict.fromkeys((*usual, *with_a_sign)))
    rank = {m: next((n for n, sign in enumerate(signs) if m in sign), len(signs)) for m in found}
    return tuple(sorted(found, key=lambda m: (rank[m], found.index(m))))


def _taken(tree: ast.Module) -> frozenset[str]:
    """The modules from which the program imports names."""
    found = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level]
    return frozenset(found) | (frozenset(PYLAB) if "pylab" in found else frozenset())


@lru_cache(maxsize=64)
def _read_only_there(tree: ast.Module) -> frozenset[str]:
    """The only homes of names that the program reads and does not bind."""
    found = set()
    for name in {n.name for n in needs(tree)}:
        homes = {HOMES[name]} if name in HOMES else set(FUNCTIONS.get(name, ()))
        if len(homes) == 1 and name not in WITH_AFFINITY:
            found |= homes
    return frozenset(found)


def _imported(tree: ast.Module) -> frozenset[str]:
    """The modules that the program imports whole."""
    return frozenset(a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names)


def _taken_by_file(scene: Scene) -> frozenset[str]:
    """The modules from which other cards of the same file take all names, or some."""
    lines = {line for counts in scene.book.imports.values() for path, line in counts if path == scene.card.path}
    found = {line.split()[1] for line in lines if line.startswith("from ")}
    return frozenset(found) | (frozenset(PYLAB) if "pylab" in found else frozenset())
