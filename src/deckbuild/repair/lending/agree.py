"""Whether data from other cards is what this card's text speaks of. In: a state and its outcome; out: yes or no.

Data of the same file is taken, unless the text names another input size; tensors, and names that say nothing, that stand after
the card only where the text names their size or values. Functions, classes and constants may come from anywhere.
"""

from __future__ import annotations

import ast
import math
import re

from deckbuild.model import ClaimVerdict, Outcome, Value
from deckbuild.prose import role_sizes
from deckbuild.syntax import parse_module

from ..draft import FOREIGN, Addition, Origin, State, parse
from ..program.modules import modules_of
from ..program.names import used
from ..program.usage import usage_of
from ..scene import Scene
from ..score import judged
from ..stand_ins.shown.elided import depends_on_the_rest, made_of_all
from .library import NEAR_CARDS
from .slices import slice_of

_HOLDS = (ClaimVerdict.CONFIRMED, ClaimVerdict.ASSUMED)
NEAR = 25
"""Characters between a size and the word that says whose it is."""
_INPUT = re.compile(r"\b(?:inputs?|images?|pictures?)\b(?![_.=\[(])", re.IGNORECASE)
_GENERIC = frozenset(
    {
        "data",
        "result",
        "results",
        "output",
        "outputs",
        "value",
        "values",
        "item",
        "items",
        "input",
        "inputs",
        "text",
        "temp",
        "test",
    }
)


def agrees(state: State, outcome: Outcome, scene: Scene) -> bool:
    """Whether nothing that was brought in from another card is foreign to this card's text, or cut where its end is asked for."""
    if cut_off(state) is not None or foreign(state, outcome, scene):
        return False
    return not (_vague(state) and _contradicted(state, outcome, scene))


def foreign(state: State, outcome: Outcome, scene: Scene) -> frozenset[str]:
    """The names whose values come from other cards and are not what this card's text speaks of."""
    data = [a for a in _brought(state) if _is_data(a)]
    other = [a for a in data if not _fits_text(a, outcome.value(a.need), scene)]
    return frozenset(a.need for a in (*other, *(a for a in _vague(state) if not _is_near(a))))


def compared(state: State) -> int:
    """How many combinations of definitions the card's claims had to choose from: further ones are looked at where they speak against the nearest."""
    return math.prod(a.rank + 1 for a in _vague(state))


def cut_off(state: State) -> str | None:
    """A name of which only the first entries are known although the program asks for the last, or for how many there are."""
    tree = state.program().tree()
    partial = [a for draft in state.drafts for a in draft.before if a.partial]
    return next((a.need for a in partial if tree is not None and _asks_for_the_rest(a, tree)), None)


def _asks_for_the_rest(addition: Addition, tree: ast.Module) -> bool:
    """Whether the program asks for the end or the number of the entries, or of what it makes of all of them."""
    return any(depends_on_the_rest(usage_of(tree, name)) for name in made_of_all(addition.need, tree))


def _brought(state: State) -> list[Addition]:
    """What other cards gave."""
    return [a for draft in state.drafts for a in draft.before if a.origin in FOREIGN]


def _vague(state: State) -> list[Addition]:
    """What was brought for a name that says nothing, and that the cards' own lines read."""
    read = _read(state)
    return [a for a in _brought(state) if not _is_telling(a.need) and a.need in read and not _makes_module(a)]


def _makes_module(addition: Addition) -> bool:
    """Whether the addition makes a model: a chapter's `G` and `D` are the same throughout."""
    return addition.need in modules_of(parse_module(addition.text))


def _is_near(addition: Addition) -> bool:
    """Whether a name that says nothing still speaks of the same thing: a few cards before."""
    return len(addition.need) > 1 or (addition.origin is Origin.EARLIER and addition.distance <= NEAR_CARDS)


def _read(state: State) -> frozenset[str]:
    """The names that the cards' own lines read."""
    trees = [tree for d in state.drafts if (tree := parse(d.text)) is not None]
    return frozenset(n for tree in trees for n in used(tree))


def _contradicted(state: State, outcome: Outcome, scene: Scene) -> bool:
    """Whether the run gives something else than this card states of the snippet under repair."""
    last = state.drafts[-1].snippet
    found = judged(state, outcome, {draft.snippet: n for n, draft in enumerate(state.drafts)}, scene)
    told = [j for j in found if j.claim.snippet == last.line and j.claim.kind != "shape" and j.computed is not None]
    wrong = [j for j in told if j.verdict not in _HOLDS and j.computed != j.claim.expected]
    return bool(wrong) and not any(j.verdict is ClaimVerdict.CONFIRMED for j in told)


def _is_data(addition: Addition) -> bool:
    """Whether the addition binds its name to a value, not to a function, a class, a CONSTANT or a device."""
    tree = parse_module(addition.text)
    makers = [
        s
        for s in tree.body
        if isinstance(s, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and s.name == addition.need
    ]
    constant = addition.need.isupper() and len(addition.need) > 2
    return not makers and not constant and addition.need != "device"


def _fits_text(addition: Addition, value: Value | None, scene: Scene) -> bool:
    if value is None:
        return addition.origin is Origin.EARLIER
    named = _named_inputs(scene)
    if value.shape is not None and len(value.shape) >= 2 and named:
        return any(value.shape[-len(dims) :] == dims or value.shape[-3:-1] == dims for dims in named)
    if addition.origin is Origin.EARLIER or _says(value, scene) or _is_agreed_on(addition, scene):
        return True
    return addition.origin is Origin.LATER and value.shape is None and _is_telling(addition.need)


def _is_telling(name: str) -> bool:
    """Whether a name can mean only one thing in a chapter: `Hzz`, not `x`, not `img`, not `data`."""
    return (len(name) > 3 or (len(name) == 3 and not name.islower() and not name.isupper())) and name not in _GENERIC


def _is_agreed_on(addition: Addition, scene: Scene) -> bool:
    """Whether several cards of the file give the name its value, all of them in the same words."""
    found = [d for d in scene.book.definitions.get(addition.need, ()) if d.chunk.path == scene.card.path]
    said = {"\n".join(s.text for s in slice_of(d)) for d in found}
    return len(addition.need) > 1 and len(found) > 1 and len(said) == 1


def _named_inputs(scene: Scene) -> set[tuple[int, ...]]:
    """Sizes that the text says of an input in so many words; a matrix or tensor of some size may be any of the card's."""
    text = scene.text
    sizes = [r.size for r in role_sizes(text) if r.role == "input" and len(r.size.dims) >= 2]
    return {
        s.dims
        for s in sizes
        if _INPUT.search(text[max(0, s.start - NEAR) : s.start] + "|" + text[s.end : s.end + NEAR])
    }


def _in_order(patterns: list[str], text: str) -> bool:
    """Whether all patterns are found in a text, one after the other."""
    at = 0
    for pattern in patterns:
        match = re.compile(pattern).search(text, at)
        if match is None:
            return False
        at = match.end()
    return True


def _says(value: Value, scene: Scene) -> bool:
    """Whether the text quotes the value: a text or number of some length, or a list's entries."""
    if isinstance(value.data, str):
        return len(value.data) >= 4 and value.data in scene.text
    if isinstance(value.data, list) and value.data:
        entries = [rf"(?<![\w.]){re.escape(str(x))}(?![\w.]*\w)" for x in value.data if not isinstance(x, list)]
        return len(entries) == len(value.data) and len(set(entries)) >= 2 and _in_order(entries, scene.text)
    return (
        isinstance(value.data, int | float)
        and re.search(rf"(?<![\w.]){re.escape(str(value.data))}(?![\w.])", scene.text) is not None
    )
