"""Pictures of what chance drew: noise beside a card that shows a face. In: a state, its card; out: the names that are drawn and rest on it.

It must leave alone: pictures that the card itself makes, cards that speak of noise or of what is random, and what is plotted.
"""

from __future__ import annotations

import ast
import re

from ..draft import State
from ..program.names import last_name, used
from ..scene import Scene
from .taint import is_drawn_by_chance, resting_on
from .untrained import DRAWS

_SPOKEN_OF = re.compile(r"\b(?:random(?:ly)?|noisy?|noises?)\b", re.IGNORECASE)


def pictured(state: State, scene: Scene) -> frozenset[str]:
    """The names of random stand-ins, and of what is made of them, that the program draws as pictures."""
    program = state.program()
    tree = program.tree()
    if tree is None or _SPOKEN_OF.search(scene.text):
        return frozenset()
    drawing = {s.name for s in tree.body if isinstance(s, ast.FunctionDef) and _draws(s)}
    others = [s for s in tree.body if not isinstance(s, ast.FunctionDef | ast.ClassDef)]
    drawn = {n for s in others if _draws(s) or used(s) & drawing for n in used(s)}
    return resting_on(is_drawn_by_chance, state, program) & drawn


def _draws(statement: ast.stmt) -> bool:
    return any(isinstance(n, ast.Call) and last_name(n.func) in DRAWS for n in ast.walk(statement))
