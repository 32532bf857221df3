"""Which module a bare name is taken from, where several have one of that name. In: a program and its deck; out: modules in order.

The signs, the strongest first: the program takes names from the module; it reads names that only this module has; it imports the
module; other cards of its
file take all names of it. Without any sign the order of the table of conventions holds.
"""

from __future__ import annotations

import ast

from ..program.needs import needs
from ..scene import Scene
from .conventions import CONSTANTS, FUNCTIONS, HOMES, WITH_AFFINITY

PYLAB = ("numpy", "matplotlib.pyplot", "numpy.linalg", "numpy.fft", "numpy.random")
"""What `from pylab import *` brings."""
TENSORS = "torch"
SYMBOLIC, NUMERIC = "sympy", ("math", "numpy")


def modules_for(name: str, tree: ast.Module, scene: Scene) -> tuple[str, ...]:
    """The modules that the name may be taken from, the likeliest first; none where it would be a guess.

    A module of the table's section `with-affinity` counts only with a sign of its own; that the program imports it is one only
    against others that have the name as well.
    """
    signs = _signs(tree, scene)
    usual = FUNCTIONS.get(name, ()) + CONSTANTS.get(name, ())
    telling = signs if usual else (*signs[:2], signs[3])
    with_a_sign = [m for m in WITH_AFFINITY.get(name, ()) if any(m in sign for sign in telling)]
    found = list(dict.fromkeys((*usual, *with_a_sign)))
    rank = {m: next((n for n, sign in enumerate(signs) if m in sign), len(signs)) for m in found}
    return tuple(sorted(found, key=lambda m: (rank[m], found.index(m))))


def is_foreign(name: str, module: str, tree: ast.Module, scene: Scene) -> bool:
    """Whether a symbolic function (`sqrt(16)` is 4, not 4.0) would come into a program without a sign that it calculates so."""
    shared = module == SYMBOLIC and name in FUNCTIONS
    return shared and not any(module in sign for sign in _signs(tree, scene))


def _signs(tree: ast.Module, scene: Scene) -> tuple[frozenset[str], ...]:
    return (_taken(tree), _read_only_there(tree, scene), _imported(tree), _taken_by_file(scene))


def _taken(tree: ast.Module) -> frozenset[str]:
    """The modules from which the program imports names."""
    found = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level]
    return frozenset(found) | (frozenset(PYLAB) if "pylab" in found else frozenset())


def _read_only_there(tree: ast.Module, scene: Scene) -> frozenset[str]:
    """The only homes of names that the program reads and does not bind: those of the table, and of the deck's own imports."""
    found: set[str] = set()
    for name in {n.name for n in needs(tree)}:
        said = {line.split()[1] for _, line in scene.book.imports.get(name, ()) if line.startswith("from ")}
        if len(said) == 1 and len(FUNCTIONS.get(name, ())) < 2:
            found |= said
        elif not said and name not in WITH_AFFINITY:
            homes = {HOMES[name]} if name in HOMES else set(FUNCTIONS.get(name, ()))
            found |= homes if len(homes) == 1 else set()
        elif not said and _is_of_tensors(name) and TENSORS in scene.book.imports:
            found.add(TENSORS)
    return frozenset(found)


def _is_of_tensors(name: str) -> bool:
    """Whether only torch has a function of that name: what stands beside a `sigmoid` is of torch, too."""
    return name not in FUNCTIONS and all(m.split(".")[0] == TENSORS for m in WITH_AFFINITY[name])


def _imported(tree: ast.Module) -> frozenset[str]:
    """The modules that the program imports whole."""
    return frozenset(a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names)


def _taken_by_file(scene: Scene) -> frozenset[str]:
    """The modules of which other cards of the same file take all names; sympy only where the file calculates mostly with it."""
    lines = [
        line for counts in scene.book.imports.values() for path, line in counts.elements() if path == scene.card.path
    ]
    found = {line.split()[1] for line in lines if line.endswith(" import *")}
    roots = [line.split()[1].split(".")[0] for line in lines]
    if roots.count(SYMBOLIC) <= sum(map(roots.count, NUMERIC)):
        found -= {SYMBOLIC}
    return frozenset(found) | (frozenset(PYLAB) if "pylab" in found else frozenset())
