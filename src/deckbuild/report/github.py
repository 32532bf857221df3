"""Findings -> what a GitHub workflow shows: annotations in the log, and a table for the job's summary page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from deckbuild.model import Checked

from .findings import KINDS, Finding, FindingKind
from .totals import totals

MOST_ANNOTATIONS = 10
"""Source: GitHub shows ten errors and ten warnings of a step."""
MOST_ROWS = 100
_TOLD: frozenset[FindingKind] = frozenset({"refuted", "failed", "error", "warning"})
_ALIKE = 4


def github_annotations(checked: Checked, findings: Collection[Finding], counted: Collection[Finding]) -> str:
    """Workflow commands for the ten most useful findings, and one line that sums up.

    What counts is an error, other problems are warnings; at most four alike come before the others had their turn.
    """
    counts = set(counted)
    told = [f for f in findings if f.accepted is None and (f.kind in _TOLD or f in counts)]
    chosen = _most_useful(told, counts)[:MOST_ANNOTATIONS]
    lines = [_command("error" if f in counts else "warning", f) for f in chosen]
    left = len(told) - len(chosen)
    return "\n".join([*lines, *totals(checked), *([f"{left} more findings are not annotated"] if left else [])]) + "\n"


def github_summary(checked: Checked, counted: Collection[Finding]) -> str:
    """Markdown: the totals, and a table of the findings that count."""
    rows = [
        f"| `{f.path}:{f.line}` | {_cell(f.code)} | {_cell(f.message)} |"
        for f in sorted(counted, key=lambda f: KINDS.index(f.kind))[:MOST_ROWS]
    ]
    table = ["| place | finding | |", "|---|---|---|", *rows] if rows else ["No findings."]
    more = [f"\nand {len(counted) - MOST_ROWS} more"] if len(counted) > MOST_ROWS else []
    return "\n".join(["### deckbuild", "", *(f"- {line}" for line in totals(checked)), "", *table, *more]) + "\n"


def _most_useful(findings: Iterable[Finding], counts: Collection[Finding]) -> list[Finding]:
    alike: Counter[str] = Counter()
    ranked: list[tuple[bool, int, int, int, Finding]] = []
    for finding in findings:
        turn = alike[finding.code] // _ALIKE
        alike[finding.code] += 1
        ranked.append((finding not in counts, turn, KINDS.index(finding.kind), len(ranked), finding))
    return [finding for *_, finding in sorted(ranked, key=lambda rank: rank[:-1])]


def _command(level: str, finding: Finding) -> str:
    title, path = _property(f"deckbuild: {finding.code}"), _property(finding.path)
    message = _data(f"{finding.path}:{finding.line}: {finding.message}")
    return f"::{level} title={title},file={path},line={finding.line}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
    return escaped.replace("\n", " ")
