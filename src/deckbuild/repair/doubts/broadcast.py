"""A loss whose made-up target has another shape than the outputs: torch stretches one over the other, warns, and gives a number that means nothing.

In: a state whose program runs; out: the warning as a fault. It must leave alone: losses of the card's own data, and cards that speak of it.

Source: torch's own warning ("this will likely lead to incorrect results due to broadcasting").
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from deckbuild.model import Fault, Job

from ..draft import State
from ..program.lineage import names_at
from ..scene import Scene
from .taint import resting_on

_WARNING = "Using a target size"
_GUARD = f"import warnings; warnings.filterwarnings('error', message='{_WARNING}')\n"
_LOSS = re.compile(r"loss", re.IGNORECASE)
_SPOKEN_OF = re.compile(r"\bbroadcast|\btarget size|\bwarn", re.IGNORECASE)


def broadcast(state: State, tree: ast.Module, scene: Scene) -> Fault | None:
    """The warning, with the lines of the program, where a loss rests on what deckbuild made up."""
    program = state.program()
    if not _LOSS.search(program.code) or "__future__" in program.code or _SPOKEN_OF.search(scene.text):
        return None
    (outcome,) = scene.run.trial([Job(_GUARD + program.code)])
    fault = outcome.fault
    if fault is None or not fault.message.startswith(_WARNING) or fault.line is None:
        return None
    fault = replace(fault, line=fault.line - 1, frames=tuple(n - 1 for n in fault.frames))
    made_up = resting_on(lambda a: a.assumption, state, program)
    return fault if names_at(tree, (*fault.frames, fault.line or 0)) & made_up else None
