"""The result of a build -> findings: what a reader or a CI job might object to, and what of it has been accepted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from deckbuild.model import (
    Card,
    Checked,
    CheckedCard,
    ClaimVerdict,
    Diagnostic,
    Judgement,
    Repair,
    SnippetVerdict,
)

from .once import claims_once, snippets_once

FindingKind: TypeAlias = Literal[
    "refuted", "failed", "error", "warning", "completed", "corrected", "skipped", "untested", "info"
]
KINDS: tuple[FindingKind, ...] = get_args(FindingKind)
"""From the worst to the least."""
DEFAULT_KINDS: frozenset[FindingKind] = frozenset({"failed", "refuted", "error"})
STRICT_KINDS: frozenset[FindingKind] = DEFAULT_KINDS | {"warning", "completed", "corrected"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to object to, with its place."""

    kind: FindingKind
    path: str
    line: int
    code: str
    """A diagnostic's code; otherwise the kind."""
    message: str
    card: str | None
    """The card's id."""
    detail: str
    """What makes it this finding: the text of the claim, the error, the rules; it survives edits elsewhere in the file."""
    snippet: int | None = None
    """`line` of the snippet that it concerns."""
    accepted: Literal["card", "baseline"] | None = None
    """Where it was accepted."""

    @property
    def fingerprint(self) -> tuple[str, str, str, str]:
        """What it is known by from one run to the next."""
        return (self.kind, self.card or self.path, self.code, self.detail)


def find(checked: Checked) -> tuple[Finding, ...]:
    """All findings of all kinds in the order of files and lines, those accepted in their card marked so."""
    cards = {card.id: card.card for card in checked.cards}
    found = [*_of_snippets(checked), *_of_claims(checked), *_of_text(checked)]
    files = {path: place for place, path in enumerate(dict.fromkeys(f.path for f in found))}
    found.sort(key=lambda f: (files[f.path], f.line, KINDS.index(f.kind)))
    return tuple(replace(f, accepted="card") if f.card and _accepts(cards[f.card], f) else f for f in found)


def accept(findings: Collection[Finding], baseline: Mapping[tuple[str, ...], int]) -> tuple[Finding, ...]:
    """The findings, as many of each fingerprint marked as accepted as the baseline holds."""
    left = Counter(baseline)
    marked = []
    for finding in findings:
        known = finding.accepted is None and left[finding.fingerprint] > 0
        left[finding.fingerprint] -= known
        marked.append(replace(finding, accepted="baseline") if known else finding)
    return tuple(marked)


def counted(findings: Collection[Finding], kinds: Collection[FindingKind]) -> tuple[Finding, ...]:
    """Those of the kinds that are not accepted."""
    return tuple(f for f in findings if f.kind in kinds and f.accepted is None)


def _of_snippets(checked: Checked) -> Iterator[Finding]:
    for card, repair in snippets_once(checked):
        if repair.verdict is not SnippetVerdict.RAN:
            yield _of_snippet(card, repair)


def _of_snippet(card: CheckedCard, repair: Repair) -> Finding:
    line = repair.snippet.line
    kind: FindingKind
    match repair.verdict:
        case SnippetVerdict.FAILED:
            kind = "failed"
            error = repair.error
            detail = f"{error.type}: {_one_line(error.message)}" if error else repair.why
            message = f"{detail} · {repair.why}" if repair.why and repair.why not in detail else detail
            line = error.line or line if error else line
        case SnippetVerdict.SKIPPED:
            kind = "skipped"
            detail = repair.reason or ""
            message = f"{detail}: {repair.why}" if repair.why else detail
        case SnippetVerdict.COMPLETED:
            kind = "completed"
            detail = ", ".join(f"{a.name} = {a.value}" for a in repair.assumptions)
            message = f"it rests on {detail}"
        case _:
            kind = "corrected"
            detail = ", ".join(sorted({e.rule for e in repair.edits}))
            message = "; ".join(f"{e.rule}: {e.why}" for e in repair.edits)
    return Finding(kind, repair.snippet.path, line, kind, _one_line(message), card.id, detail, repair.snippet.line)


def _of_claims(checked: Checked) -> Iterator[Finding]:
    for card, judgement in claims_once(checked):
        if judgement.verdict in {ClaimVerdict.REFUTED, ClaimVerdict.UNTESTED}:
            yield _of_claim(card, judgement)


def _of_claim(card: CheckedCard, judgement: Judgement) -> Finding:
    claim = judgement.claim
    quoted = f"“{_one_line(claim.text, 80)}”"
    if judgement.verdict is ClaimVerdict.REFUTED:
        kind: FindingKind = "refuted"
        message = f"the card says {_one_line(claim.expected, 60)}, computed is {_one_line(judgement.computed or '?', 60)}: {quoted}"
    else:
        kind, message = "untested", f"nothing computed decides {quoted}"
    first = card.card.snippets[0].line if card.card.snippets else None
    snippet = claim.snippet if claim.snippet is not None else first
    return Finding(kind, claim.path, claim.line, kind, message, card.id, f"{claim.expected}: {claim.text}", snippet)


def _of_text(checked: Checked) -> Iterator[Finding]:
    starts: dict[str, list[tuple[int, str]]] = {}
    for card in checked.cards:
        starts.setdefault(card.card.path, []).append((card.card.title_line or card.card.line, card.id))
    for diagnostic in checked.diagnostics:
        yield _of_diagnostic(diagnostic, sorted(starts.get(diagnostic.path, ())))


def _of_diagnostic(diagnostic: Diagnostic, starts: list[tuple[int, str]]) -> Finding:
    place = bisect_right(starts, diagnostic.line, key=lambda start: start[0])
    card = starts[place - 1][1] if place else None
    # Messages name lines, which move when something is inserted above.
    detail = re.sub(r"\d+", "#", diagnostic.message)
    message = _one_line(diagnostic.message)
    return Finding(diagnostic.severity, diagnostic.path, diagnostic.line, diagnostic.code, message, card, detail)


def _accepts(card: Card, finding: Finding) -> bool:
    return any(_is_meant(accepted, finding) for accepted in card.accepts)


def _is_meant(accepted: str, finding: Finding) -> bool:
    """`refuted 13` means the refuted claims that hold 13 as a word or number of its own; `refuted` means all of the card."""
    word, _, rest = accepted.strip().partition(" ")
    if word not in {finding.kind, finding.code}:
        return False
    return not rest.strip() or bool(re.search(rf"(?<![\w.-]){re.escape(rest.strip())}(?!\w|\.\d)", finding.detail))


def _one_line(text: str, width: int = 300) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
