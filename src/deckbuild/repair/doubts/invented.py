"""What may not be shown of a program that runs on stand-ins. In: a state and its outcome; out: why it does not count, as a fault.

It must leave alone: programs without stand-ins, settings, the parts that the deck shows of its own data, and what the card itself says.
"""

from __future__ import annotations

import ast
import re
from functools import partial
from math import isclose

from deckbuild.model import Claim, ClaimVerdict, Fault, Job, Judgement, Outcome, Snippet

from ..conclude import provisional
from ..draft import State, parse
from ..marked import is_said_to_fail
from ..program.lineage import names_at
from ..program.names import used
from ..program.usage import usage_of
from ..scene import Scene
from ..score import judged
from .broadcast import broadcast
from .idle import idles
from .rests import as_given, is_of_the_card
from .taint import made_up, resting_on

GRADIENTS = Fault("raised", "NameError", "it asks for gradients of a training that is on no card", None)
STATED = Fault(
    "raised", "NameError", "the card states what comes out, and the data that it comes from are on no card", None
)
AT_ODDS = Fault(
    "raised", "ValueError", "the card states another value than the entries give that the deck shows of its data", None
)
UNFAILED = Fault(
    "raised",
    "NameError",
    "its own comment says that a line fails, and the data with which it does are on no card",
    None,
)
NOT_FINITE = Fault("raised", "ArithmeticError", "with what stands in for missing data the results are not finite", None)
IDLE = Fault(
    "raised", "NameError", "with what stands in for missing data a loop never runs, or a slice holds too little", None
)
UNFOUNDED = (GRADIENTS, UNFAILED)
"""Faults for which another guess would be no better founded."""
_FORM = ("shape", "type", "relation")
"""Kinds of claims that speak of no value."""
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d*)?(?:e[+-]?\d+)?")
ROUNDING = 1e-3
_LOST = re.compile(r"(?<![\w.])(?:nan|inf)(?![\w.(])")
_SPOKEN_OF = re.compile(r"\b(?:nan|inf|infinity|infinite|diverges?|explodes?)\b", re.IGNORECASE)


def amiss(state: State, outcome: Outcome, scene: Scene) -> Fault | None:
    """GRADIENTS of what was never trained, UNFAILED lines, IDLE loops and slices, targets that are `broadcast`, NOT_FINITE results; None else."""
    invented = made_up(state)
    tree = state.program().tree()
    if not outcome.ok or not invented or tree is None:
        return None
    if _asks_for_gradients(tree) and any(_is_trained_or_given(name, tree) for name in invented):
        return GRADIENTS
    if _is_said_to_fail(state):
        return UNFAILED
    if idles(state, tree, outcome, scene):
        return IDLE
    return broadcast(state, tree, scene) or (NOT_FINITE if _is_lost(state, outcome, scene) else None)


def contradicted(state: State, scene: Scene) -> Fault | None:
    """STATED if the last draft shows another value than the card where it rests on invented data, AT_ODDS if it rests on the shown part of
    the deck's own; to be asked when all is chosen.
    """
    assumed = [a for d in state.drafts for a in d.before if a.assumption]
    shown_in_part = any(a.partial for a in assumed) and not made_up(state)
    chosen = [a for a in assumed if not a.copied and not a.partial]
    if not shown_in_part and not made_up(state) and all(a.need == "device" for a in chosen):
        return None
    (outcome,) = scene.run.trial([Job(state.program().code)])
    if not outcome.ok:
        return None
    told = _told(state, outcome, scene)
    if shown_in_part and any(_differ(j.computed or "", j.claim.expected) for j in told):
        return None if is_of_the_card(state) and as_given(state, outcome, scene.run) is not state else AT_ODDS
    if shown_in_part:
        return None
    return STATED if _is_stated_otherwise(told, state, outcome) else None


def _told(state: State, outcome: Outcome, scene: Scene) -> list[Judgement]:
    """What becomes of the values that the card states of the last draft, where something was computed for them."""
    order, line = _order(state), state.drafts[-1].snippet.line
    found = judged(state, outcome, order, scene)
    return [j for j in found if j.claim.snippet == line and j.claim.kind not in _FORM and j.computed is not None]


def _order(state: State) -> dict[Snippet, int]:
    return {draft.snippet: n for n, draft in enumerate(state.drafts)}


def _differ(computed: str, stated: str) -> bool:
    """Whether two texts hold as many numbers, and not the same, by more than rounding may do."""
    ours, theirs = (list(map(float, _NUMBER.findall(t))) for t in (computed, stated))
    return len(ours) == len(theirs) and not all(map(partial(isclose, rel_tol=ROUNDING), ours, theirs))


def _asks_for_gradients(tree: ast.Module) -> bool:
    """Whether a statement that runs reads `.grad` or clips gradients, itself or by a function of the program, before any `backward`."""
    functions = {s.name: s for s in tree.body if isinstance(s, ast.FunctionDef)}
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            continue
        run = [statement, *(functions[n] for n in used(statement) & functions.keys())]
        nodes = [n for part in run for n in ast.walk(part)]
        if any(isinstance(n, ast.Attribute) and n.attr == "backward" for n in nodes):
            return False
        if any(map(_reads_gradient, nodes)):
            return True
    return False


def _reads_gradient(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr="grad", ctx=ast.Load(), value=owner):
            return not ast.unparse(owner).endswith("autograd")
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name.startswith("clip_grad_")
        case _:
            return False


def _is_said_to_fail(state: State) -> bool:
    """Whether a line of the last draft that rests on what was made up is marked as one that fails."""
    program = state.program()
    tree = program.tree() or ast.Module([], [])
    draft, last = state.drafts[-1], len(state.drafts) - 1
    made_up = resting_on(lambda a: a.assumption, state, program)
    lines = [x.text for x in draft.lines]
    marked = {n for n in range(len(lines)) if is_said_to_fail(lines, n)}
    places = [(n, p) for n, p in enumerate(program.places, 1) if p.draft == last and p.line in marked]
    return any(names_at(tree, (n,)) & made_up for n, _ in places)


def _is_trained_or_given(name: str, tree: ast.Module) -> bool:
    """Whether the name's parameters or gradient are asked for, or a function gets it."""
    usage = usage_of(tree, name)
    if usage.attributes & {"grad", "parameters", "named_parameters"}:
        return True
    return any(isinstance(c.parent, ast.Call) and c.node in c.parent.args for c in usage.contexts)


def _is_stated_otherwise(told: list[Judgement], state: State, outcome: Outcome) -> bool:
    """Whether the card states another value than the run gives where the value rests on what was made up."""
    snippet = state.drafts[-1].snippet
    made_up = {n for r in provisional(state, outcome, _order(state)) if r.snippet == snippet for n in r.assumed}
    return any(
        j.verdict is ClaimVerdict.UNTESTED and j.computed != j.claim.expected and _speaks_of(j.claim, snippet, made_up)
        for j in told
    )


def _speaks_of(claim: Claim, snippet: Snippet, made_up: set[str]) -> bool:
    """Whether the code on the claim's line reads one of the names; a claim beside no code speaks of all that was run."""
    lines = snippet.source.split("\n")
    at = claim.line - snippet.line
    tree = parse(lines[at].strip()) if 0 <= at < len(lines) else None
    read = used(tree) if tree is not None else frozenset()
    return not read or bool(read & made_up)


def _is_lost(state: State, outcome: Outcome, scene: Scene) -> bool:
    """Whether nan or inf is printed or bound, of which neither the card nor the deck's part of the program speaks; not what begins so."""
    additions = [a for d in state.drafts for a in d.before]
    endless = {a.need for a in additions if a.assumption and _LOST.search(a.text)}
    said = "\n".join([scene.text, *(d.text for d in state.drafts), *(a.text for a in additions if not a.assumption)])
    if _SPOKEN_OF.search(said):
        return False
    kept = [v for v in outcome.values if v.name not in endless or v.text != "inf"]
    numbers = [v.text for v in kept if v.dtype is not None or v.type == "float"]
    return any(_LOST.search(text) for text in (outcome.stdout, *numbers))
