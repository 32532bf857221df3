"""Findings -> SARIF 2.1.0, as code-scanning services read it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from deckbuild.model import Checked

from .findings import KINDS, Finding, FindingKind

MOST_RESULTS = 5_000
"""Source: GitHub's code scanning shows that many of a run, and refuses more than 25,000."""
_ALWAYS: frozenset[FindingKind] = frozenset({"refuted", "failed", "error", "warning", "completed"})
_LEVELS: dict[FindingKind, str] = {"refuted": "error", "failed": "error", "error": "error", "warning": "warning"}
_RULES = {
    "refuted": "The card states something else than what was computed.",
    "failed": "The snippet is meant to run, and does not.",
    "completed": "The snippet runs only with values that the deck does not define.",
    "corrected": "The snippet runs only after corrections.",
    "skipped": "The snippet is not meant to run, or cannot run here.",
    "untested": "Nothing computed decides what the card states.",
}


def sarif_json(checked: Checked, findings: Collection[Finding], counted: Collection[Finding]) -> dict[str, Any]:
    """The log, ready for `json.dumps`: problems and whatever counts, the worst first if there are too many.

    Accepted findings are suppressed results. A fingerprint is made of the card and the finding, not of the line.
    """
    counts = set(counted)
    told = [f for f in findings if f.kind in _ALWAYS or f in counts]
    told = sorted(told, key=lambda f: KINDS.index(f.kind))[:MOST_RESULTS]
    codes = sorted({f.code for f in told})
    seen: Counter[str] = Counter()
    driver = {
        "name": "deckbuild",
        "version": checked.versions.deckbuild,
        "rules": [{"id": code, "shortDescription": {"text": _RULES.get(code, code)}} for code in codes],
    }
    results = [_result(finding, codes.index(finding.code), seen) for finding in told]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _result(finding: Finding, rule: int, seen: Counter[str]) -> dict[str, Any]:
    known = hashlib.sha256("\0".join(finding.fingerprint).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[known] += 1
    place = {"artifactLocation": {"uri": _uri(finding.path)}, "region": {"startLine": max(1, finding.line)}}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS.get(finding.kind, "note"),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"deckbuild/v1": f"{known}:{seen[known]}"},
    }
    if finding.accepted:
        result["suppressions"] = [{"kind": "inSource" if finding.accepted == "card" else "external"}]
    return result


def _uri(path: str) -> str:
    return PurePosixPath(path).as_uri() if path.startswith("/") else quote(path)
