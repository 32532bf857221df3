"""A refuted claim -> the quoted statement with the computed number in it, or why a machine must not write that.

Written is only what cannot be meant otherwise: one number, that stands in the quoted text once, in code only behind a `#`,
and that no other statement of the card needs as it is; and only with as many places as were computed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from deckbuild.model import Card, ClaimVerdict, Judgement
from deckbuild.prose import numbers

from .changes import Number
from .text import Splice, Text

_KNOWN = 6
"""Significant digits to which a computed number is told; where it shows fewer, they are noughts. If a program printed fewer, the
next check finds out."""


def rewritten(judgement: Judgement, card: Card, others: Sequence[Judgement], text: Text) -> Number | str:
    """The statement with the computed number, or why it is left as it is."""
    claim = judgement.claim
    new = _as_precise(claim.expected, judgement.computed or "")
    if new is None:
        return f"what was computed, {judgement.computed}, cannot be written in place of {claim.expected}"
    count = claim.text.count("\n") + 1
    old = text.lines[claim.line - 1 : claim.line - 1 + count]
    whole = "\n".join(old)
    places = [n for n in numbers(claim.text) if n.text == claim.expected]
    if whole.count(claim.text) != 1 or len(places) != 1:
        return f"{claim.expected} does not stand in one place only"
    start = whole.index(claim.text) + places[0].start
    if not _is_text(whole, start, card, claim.line):
        return "it stands in code"
    if any(_needs(other, claim.expected, claim.line, claim.text) for other in others):
        return f"{claim.expected} is right by itself there: something else in the statement is wrong"
    after = claim.text[: places[0].start] + new + claim.text[places[0].end :]
    lines = tuple(whole.replace(claim.text, after).split("\n"))
    asked = any(p.line <= claim.line <= p.line + p.text.count("\n") for p in card.question.prose)
    own = range(claim.line, claim.line + count)
    return Number(claim.line, claim.text, after, Splice(own[0], own[-1], lines, tuple(own)), asked)


def _as_precise(old: str, computed: str) -> str | None:
    """The computed number with the places of the old one; None, if one is no plain number, or places would be made up or lost."""
    if not all(re.fullmatch(r"[-−+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", number) for number in (old, computed)):
        return None
    value = Decimal(computed.replace(",", "").replace("−", "-"))
    places, known = (len(number.partition(".")[2]) for number in (old, computed))
    digits = value.as_tuple().digits
    if len(digits) < _KNOWN:
        known = max(known, _KNOWN - max(1, len(digits) - known))
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    if known < places or (places == 0 and rounded != value):
        return None
    written = f"{rounded:,f}" if "," in old else f"{rounded:f}"
    written = written.replace("-", "−") if "−" in old else written
    return None if written == old else written


def _is_text(whole: str, start: int, card: Card, line: int) -> bool:
    """Whether a place is prose, a comment in code, or output in a fence that is no code."""
    line += whole.count("\n", 0, start)
    snippet = next((s for s in card.snippets if s.line <= line <= s.end_line), None)
    if snippet is None:
        return True
    before = whole[:start].rpartition("\n")[2]
    return "#" in before if snippet.is_python else snippet.language in {None, "text", "output", "plaintext", "txt"}


def _needs(other: Judgement, number: str, line: int, text: str) -> bool:
    """Whether a statement that holds rests on the same number in the same text."""
    claim = other.claim
    return (
        other.verdict is ClaimVerdict.CONFIRMED
        and claim.expected == number
        and abs(claim.line - line) <= text.count("\n")
        and (claim.text in text or text in claim.text)
    )
