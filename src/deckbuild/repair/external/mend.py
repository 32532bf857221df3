"""An outside program is asked about a snippet that does not run. In: the state before it, the failure; out: a state, or the failure.

Its edits go the way of all corrections: through the search, two clean runs and the claims. Without evidence of the card or the
deck they are told, and the snippet stays as it is.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import replace

from deckbuild.model import (
    ClaimVerdict,
    Declined,
    Diagnostic,
    Job,
    Outcome,
    Proposal,
    Severity,
    Snippet,
    Unanswered,
)

from ..conclude import Unrunnable, provisional
from ..damage import clean, syntax_fault
from ..draft import Change, State, parse
from ..scene import Scene
from ..search import Found, search
from .apply import RULE, Applied, apply
from .evidence import MOST_BITS, Weighed, price, weigh
from .limits import objection
from .request import request_of

MARGIN_BITS = 10.0
"""What the claims must say beyond an edit's price."""
UNASKED = frozenset({"uncached", "broken"})
"""Nothing was run, so that there is nothing to be asked about."""


def mend_outside(
    state: State, failed: Unrunnable, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> State | Unrunnable:
    """The state in which the snippet runs with evidence for each edit; else the failure, with what came of asking."""
    if scene.ask is None or failed.reason is not None or (failed.fault and failed.fault.kind in UNASKED):
        return failed
    fault = failed.fault or syntax_fault(failed.snippet)
    answer = scene.ask(request_of(failed.snippet, failed.program, fault, scene))
    match answer:
        case None:
            return failed
        case Unanswered(why):
            return _told(failed, "repair-command-failed", "warning", f"the repair command {why}")
        case Declined(why):
            return _told(failed, "external-refused", "info", f"the repair command knows no correction: {why}")
        case Proposal():
            return _tried(state, failed, order, answer, scene)


def _tried(
    state: State, failed: Unrunnable, order: Mapping[Snippet, int | Unrunnable], proposal: Proposal, scene: Scene
) -> State | Unrunnable:
    start = clean(failed.snippet)
    try:
        applied = apply(start, proposal)
    except ValueError as error:
        return _refused(failed, proposal, str(error))
    if (why := objection(start, applied.draft, scene)) is not None:
        return _refused(failed, proposal, why)
    found = search(replace(state, drafts=(*state.drafts, applied.draft)), scene)
    if not isinstance(found, Found):
        return _refused(failed, proposal, f"with it the snippet ends in {found.fault.type}: {found.fault.message}")
    (outcome,) = scene.run.confirm([Job(found.state.program().code)])
    if not outcome.ok:
        return _refused(failed, proposal, "the error that the card shows is not what is to be mended")
    return _judged(state, failed, order, proposal, applied, replace(found, outcome=outcome), scene)


def _judged(
    state: State,
    failed: Unrunnable,
    order: Mapping[Snippet, int | Unrunnable],
    proposal: Proposal,
    applied: Applied,
    found: Found,
    scene: Scene,
) -> State | Unrunnable:
    prices = {
        c: 0.0 if _is_the_decks(e.before, e.after, scene) else price(e.before, e.after) for e, c in applied.changes
    }
    cost = sum(prices.values())
    tried = (state.tried or 1) * (1 << math.ceil(cost)) if cost else state.tried
    after = replace(found.state, tried=tried)
    there = {**order, failed.snippet: len(after.drafts) - 1}
    weighed = weigh(after, found.outcome, there, [c for c, bits in prices.items() if bits], scene)
    if (contradicted := _contradicted(state, order, failed, weighed, scene)) is not None:
        return _refused(failed, proposal, f"it runs and contradicts the card: {contradicted}")
    proven = all(bits >= prices[c] + MARGIN_BITS for c, bits in weighed.bits.items())
    if cost and (cost > MOST_BITS or not proven or weighed.together < cost + MARGIN_BITS):
        return _candidate(failed, proposal)
    return _with_evidence(after, weighed, prices)


def _contradicted(
    state: State, order: Mapping[Snippet, int | Unrunnable], failed: Unrunnable, weighed: Weighed, scene: Scene
) -> str | None:
    """A claim that is refuted with the edits and was not without them, or was confirmed without them and is no longer."""
    (outcome,) = scene.run.trial([Job(state.program().code)]) if state.drafts else (Outcome(None),)
    before = scene.judge(scene.card, scene.claims, provisional(state, outcome, {**order, failed.snippet: failed}))
    for old, new in zip(before, weighed.judgements, strict=True):
        lost = old.verdict is ClaimVerdict.CONFIRMED and new.verdict is not ClaimVerdict.CONFIRMED
        if lost or (new.verdict is ClaimVerdict.REFUTED and old.verdict is not ClaimVerdict.REFUTED):
            return _one_line(new.claim.text, 80)
    return None


def _is_the_decks(before: str, after: str, scene: Scene) -> bool:
    """Whether only statements are added that stand so in the book: the other cards are their evidence."""
    tree = parse(after)
    if before or tree is None:
        return False
    imports = {line for lines in scene.book.imports.values() for _, line in lines}
    defined = {ast.dump(d.statement.node) for some in scene.book.definitions.values() for d in some}
    return all(ast.unparse(s) in imports or ast.dump(s) in defined for s in tree.body)


def _with_evidence(state: State, weighed: Weighed, prices: Mapping[Change, float]) -> State:
    """The state whose external changes say what speaks for them."""

    def told(change: Change) -> Change:
        if change.rule != RULE:
            return change
        if change not in weighed.bits:
            return replace(change, evidence="other cards of the deck have these lines")
        said = f"claims that rest on it say {weighed.bits[change]:.0f} bits, its words could have been chosen to say "
        return replace(change, evidence=f"{said}{prices[change]:.0f}")

    draft = state.drafts[-1]
    lines = tuple(replace(x, changes=tuple(map(told, x.changes))) for x in draft.lines)
    return state.with_draft(len(state.drafts) - 1, replace(draft, lines=lines))


def _candidate(failed: Unrunnable, proposal: Proposal) -> Unrunnable:
    """The failure with edits told that run and that nothing proves."""
    shown = _shown(proposal)
    told = _told(failed, "external-edit", "info", f"a candidate edit runs, and nothing on the card proves it: {shown}")
    why = f"{failed.why} · " if failed.why else ""
    return replace(told, why=f"{why}candidate edit, unproven: {shown}")


def _refused(failed: Unrunnable, proposal: Proposal, why: str) -> Unrunnable:
    return _told(
        failed,
        "external-refused",
        "info",
        f"an edit from outside is not taken: {_one_line(why, 160)}: {_shown(proposal)}",
    )


def _told(failed: Unrunnable, code: str, severity: Severity, message: str) -> Unrunnable:
    found = Diagnostic(failed.snippet.path, failed.snippet.line, code, severity, message)
    return replace(failed, diagnostics=(*failed.diagnostics, found))


def _shown(proposal: Proposal) -> str:
    return "; ".join(
        f"line {e.line}: "
        + (f"`{_one_line(e.before, 80)}` → " if e.before else "before it ")
        + f"`{_one_line(e.after, 120)}`"
        + (f" ({e.why})" if e.why else "")
        for e in proposal.edits
    )


def _one_line(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
