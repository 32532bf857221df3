"""The result of a build -> the JSON report: one object, its schema fixed, absent values null."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from deckbuild.model import (
    Checked,
    CheckedCard,
    ClaimVerdict,
    Diagnostic,
    Fault,
    Judgement,
    Repair,
    SnippetVerdict,
    Value,
)
from deckbuild.showing import shown_values

from .once import claims_once, snippets_once

SCHEMA = 1
RUNS = frozenset({SnippetVerdict.RAN, SnippetVerdict.CORRECTED, SnippetVerdict.COMPLETED})


def report_json(checked: Checked) -> dict[str, Any]:
    """The report, ready for `json.dumps`; two runs over the same sources differ in `seconds` and `cached` only."""
    return {
        "schema": SCHEMA,
        "deckbuild": checked.versions.deckbuild,
        "python": checked.versions.python,
        "torch": checked.versions.torch,
        "seed": checked.seed,
        "sandbox": dict(checked.sandbox),
        "sources": _sources(checked),
        "diagnostics": [_diagnostic(d) for d in checked.diagnostics],
        "cards": [_card(c) for c in checked.cards],
        "snippets": [_snippet(c, r) for c, r in snippets_once(checked)],
        "claims": [_claim(c, j) for c, j in claims_once(checked)],
        "summary": _summary(checked),
    }


def _sources(checked: Checked) -> list[dict[str, Any]]:
    cards = Counter(c.card.path for c in checked.cards)
    return [
        {"path": s.path, "book": s.book, "part": s.part, "chapter": s.chapter, "cards": cards[s.path]}
        for s in checked.deck.sources
    ]


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "path": diagnostic.path,
        "line": diagnostic.line,
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
    }


def _card(checked: CheckedCard) -> dict[str, Any]:
    card = checked.card
    return {
        "id": checked.id,
        "path": card.path,
        "line": card.line,
        "title": card.title,
        **{where: passage.text for where, passage in card.passages},
        "rating": card.rating,
        "deck": checked.deck,
        "tags": list(checked.tags),
    }


def _snippet(card: CheckedCard, repair: Repair) -> dict[str, Any]:
    snippet, outcome = repair.snippet, repair.outcome
    return {
        "card": card.id,
        "path": snippet.path,
        "line": snippet.line,
        "end_line": snippet.end_line,
        "where": snippet.where,
        "language": snippet.language,
        "verdict": repair.verdict.value,
        "reason": repair.reason,
        "source": snippet.source,
        "code": repair.code,
        "edits": [
            {
                "rule": e.rule,
                "line": e.line,
                "before": e.before,
                "after": e.after,
                "why": e.why,
                "evidence": e.evidence,
            }
            for e in repair.edits
        ],
        "assumptions": [{"name": a.name, "value": a.value, "why": a.why} for a in repair.assumptions],
        "lines": repair.lines,
        "lines_run": repair.lines_run,
        "stdout": outcome.stdout if outcome else None,
        "error": _error(repair.error),
        "values": _values(repair, card.judgements),
        "seconds": round(outcome.seconds, 6) if outcome else None,
        "cached": bool(outcome and outcome.cached),
    }


def _error(fault: Fault | None) -> dict[str, Any] | None:
    return {"type": fault.type, "message": fault.message, "line": fault.line} if fault else None


def _values(repair: Repair, judgements: Sequence[Judgement]) -> list[dict[str, Any]]:
    """Every name once, at its final value; then the shown values of expressions, which have none. Nothing of a program that failed."""
    if repair.outcome is None or repair.verdict not in RUNS:
        return []
    shown = shown_values(repair, judgements)
    names = {value.name for value in shown}
    final = {value.name: value for value in repair.outcome.values}
    return [
        *(_value(value, shown=name in names) for name, value in final.items()),
        *(_value(value, shown=True) for value in shown if value.name not in final),
    ]


def _value(value: Value, *, shown: bool) -> dict[str, Any]:
    return {
        "name": value.name,
        "type": value.type,
        "dtype": value.dtype,
        "shape": list(value.shape) if value.shape is not None else None,
        "data": value.data,
        "shown": shown,
    }


def _claim(card: CheckedCard, judgement: Judgement) -> dict[str, Any]:
    claim = judgement.claim
    return {
        "card": card.id,
        "snippet": claim.snippet,
        "path": claim.path,
        "line": claim.line,
        "text": claim.text,
        "kind": claim.kind,
        "verdict": judgement.verdict.value,
        "expected": claim.expected,
        "computed": judgement.computed,
        "tried": judgement.tried,
        "bits": judgement.bits,
    }


def _summary(checked: Checked) -> dict[str, Any]:
    snippets = Counter(repair.verdict for _, repair in snippets_once(checked))
    claims = Counter(judgement.verdict for _, judgement in claims_once(checked))
    diagnostics = Counter(d.severity for d in checked.diagnostics)
    return {
        "cards": len(checked.cards),
        "snippets": {verdict.value: snippets[verdict] for verdict in SnippetVerdict},
        "claims": {verdict.value: claims[verdict] for verdict in ClaimVerdict},
        "diagnostics": {severity: diagnostics[severity] for severity in ("error", "warning", "info")},
        "seconds": round(checked.seconds, 3),
    }
