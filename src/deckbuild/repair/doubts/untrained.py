"""Pictures of a model that nothing in the program has trained: noise beside a card that speaks of clothes.

In: a state, its card; out: the names that rest on the model. It must leave alone: models that the card itself makes, programs that train or set weights,
and cards that speak of untrained models.
"""

from __future__ import annotations

import ast
import re

from ..draft import FOREIGN, Place, State
from ..program.modules import modules_of
from ..program.names import bound, last_name, used
from ..scene import Scene
from .taint import tainted

_TRAINS = frozenset({"backward", "fit", "copy_", "fill_", "zero_"})
DRAWS = frozenset({"imshow", "matshow", "make_grid", "save_image"})
"""Functions that draw pictures."""
_SPOKEN_OF = re.compile(
    r"\b(?:untrained|before (?:the )?training|not (?:yet )?(?:been )?trained|random(?:ly)? (?:initiali[sz]ed|weights))\b",
    re.IGNORECASE,
)


def untrained(state: State, scene: Scene) -> frozenset[str]:
    """What rests on another card's model, a stand-in, or one that is read from a file, if pictures of it are drawn and no weights are set."""
    program = state.program()
    tree = program.tree()
    if tree is None or _SPOKEN_OF.search(scene.text):
        return frozenset()
    nodes = tuple(ast.walk(tree))
    drawn = [n for n in nodes if isinstance(n, ast.Call) and last_name(n.func) in DRAWS]
    if not drawn or _sets_weights(tree):
        return frozenset()
    classes = [s for s in tree.body if isinstance(s, ast.ClassDef)]
    models = {
        s.lineno
        for s in tree.body
        if isinstance(s, ast.Assign)
        and modules_of(ast.Module([*classes, s], []))
        and _is_not_the_cards(program.place(s.lineno), state)
    }
    read = {s.lineno for s in tree.body if isinstance(s, ast.Assign) and _is_read(s.value)}
    rests = tainted(tree, models | read)
    return rests if models and any(not used(n).isdisjoint(rests) for n in drawn) else frozenset()


def _sets_weights(tree: ast.Module) -> bool:
    """Whether the program trains, or gives a model weights other than those that it reads back."""
    back = {n for s in tree.body if isinstance(s, ast.Assign) and _is_read(s.value) for n in bound(s)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="load_state_dict"), args=[weights, *_]):
                if not used(weights) & back and not any(map(_is_read, ast.walk(weights))):
                    return True
            case ast.Attribute() | ast.Name() if last_name(node) in _TRAINS:
                return True
    return False


def _is_not_the_cards(place: Place | None, state: State) -> bool:
    """Whether a statement was brought from another card, or made up."""
    if place is None or place.before is None:
        return False
    addition = state.drafts[place.draft].before[place.before]
    return addition.assumption or addition.origin in FOREIGN


def _is_read(value: ast.AST) -> bool:
    """`torch.load(…)`, `torch.jit.load(…)`: in the sandbox only what the program itself has saved."""
    return isinstance(value, ast.Call) and last_name(value.func) == "load" and "torch" in used(value)
