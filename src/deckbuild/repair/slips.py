"""A slip of the pen, undone: the only edit that makes a snippet parse, or among several the only one that a claim confirms.

In: a snippet that does not parse, the state of its card; out: the state with the edited draft, or None. It must leave alone cards
that speak of errors in the syntax, and slips of which the card's claims do not tell what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from deckbuild.model import ClaimVerdict, Job, Snippet

from .conclude import Unrunnable
from .damage import clean
from .damage.slips import one_edit_away
from .draft import Draft, State, parse
from .meant import is_about_failure
from .resolve import resolve
from .scene import Scene
from .score import judged

_ABOUT_SYNTAX = re.compile(
    r"\b(?:Syntax|Indentation)Error\b|\b(?:invalid )?syntax\b|\btypos?\b|\bwhat(?:'s| is) wrong\b|\bmistakes?\b|\bbugs?\b|"
    r"\bmissing (?:a |the )?(?:colon|comma|bracket|parenthes[ie]s|quote)",
    re.IGNORECASE,
)
_ABOUT_FORM = re.compile(
    r"\bcolons?\b|\bindent|\bquot(?:e|es|ed|ing|ation)\b|\bprint statement|\bPython ?[23]\b|\b(?:old|older|earlier) (?:code|style|versions?)\b"
    r"|\blegacy\b|\bkeywords?\b(?! arg)|&&|\|\||\+\+|\belse if\b|==|:=|\b(?:illegal|invalid)\b|\b(?:Java|JavaScript|Ruby|PHP|Rust|MATLAB)\b|\bC#"
    r"|\b(?:in|like|[Uu]nlike|of|from|does) C\b|\bC (?:uses?|writes?|programmers?|code|syntax)\b|\b[Ll]ogical operators?\b|(?:\bnot|n['’]t)\s(?:\w+\s)?(?:allow|permit|support)",
)
"""Words of a text that speaks of how something is written, in this language or another."""


def without_slip(
    snippet: Snippet, state: State, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> State | None:
    """The state with the snippet's draft, its slip undone; None where nothing is forced."""
    draft = clean(snippet)
    if not snippet.is_python or parse(draft.text) is not None or _is_about_form(scene):
        return None
    drafts = one_edit_away(draft)
    if len(drafts) > 1:
        drafts = _confirmed(drafts, state, order, scene)
    return replace(state, drafts=(*state.drafts, drafts[0])) if len(drafts) == 1 else None


def _is_about_form(scene: Scene) -> bool:
    """Whether the card may show text that is not Python on purpose."""
    about = _ABOUT_SYNTAX.search(scene.text) or _ABOUT_FORM.search(scene.prose)
    return about is not None or is_about_failure(scene)


def _confirmed(
    drafts: tuple[Draft, ...], state: State, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> tuple[Draft, ...]:
    """Those that run and of which a claim of the card comes true and none false."""
    if not scene.claims:
        return ()
    states = [resolve(replace(state, drafts=(*state.drafts, d)), scene)[0] for d in drafts]
    outcomes = scene.run.trial([Job(s.program().code) for s in states])
    found = []
    for draft, candidate, outcome in zip(drafts, states, outcomes, strict=True):
        if outcome.ok:
            places = {**order, draft.snippet: len(candidate.drafts) - 1}
            verdicts = {j.verdict for j in judged(candidate, outcome, places, scene)}
            if ClaimVerdict.CONFIRMED in verdicts and ClaimVerdict.REFUTED not in verdicts:
                found.append(draft)
    return tuple(found)
