"""The result of a build -> three lines that sum up; "runs" and "confirmed" stand apart, and are never added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from deckbuild.model import Checked, ClaimVerdict, SnippetVerdict

from .once import claims_once, snippets_once


def totals(checked: Checked) -> list[str]:
    """Cards, snippets by verdict, claims by verdict; what there is none of is left out."""
    files = len({c.card.path for c in checked.cards})
    snippets = Counter(repair.verdict.value for _, repair in snippets_once(checked))
    claims = Counter(judgement.verdict.value for _, judgement in claims_once(checked))
    return [
        f"{_count(len(checked.cards), 'card')} in {_count(files, 'file')}, checked in {checked.seconds:.1f} s",
        f"{_count(snippets.total(), 'snippet')}{_parts(snippets, [v.value for v in SnippetVerdict])}",
        f"{_count(claims.total(), 'claim')}{_parts(claims, [v.value for v in ClaimVerdict])}",
    ]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _parts(counts: Mapping[str, int], order: list[str]) -> str:
    parts = ", ".join(f"{counts[name]} {name}" for name in order if counts[name])
    return f": {parts}" if parts else ""
