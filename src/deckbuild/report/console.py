"""The result of a build -> lines for a terminal: the problems as `path:line: message`, then a short summary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from deckbuild.model import Checked

from .findings import Finding, FindingKind
from .totals import totals

_TOLD: frozenset[FindingKind] = frozenset({"refuted", "failed", "error", "warning"})
_ALIKE = 3
_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal obeys instead of showing it: errors, claims and names of files are a stranger's text."""


def console_text(
    checked: Checked, findings: Collection[Finding], counted: Collection[Finding], verbosity: int = 0
) -> str:
    """Quiet: only what counts. Normal: all problems, of warnings the first three alike in a file. Verbose: everything."""
    if verbosity < 0:
        return "".join(f"{_line(f)}\n" for f in counted)
    counts = set(counted)
    if verbosity > 0:
        lines = [_line(f) + (f" (accepted in the {f.accepted})" if f.accepted else "") for f in findings]
    else:
        lines = list(_folded((f for f in findings if f.accepted is None and (f.kind in _TOLD or f in counts)), counts))
    accepted = sum(f.accepted is not None for f in findings)
    last = [_verdict(len(counted), accepted)]
    return "\n".join([*lines, *([""] if lines else []), *totals(checked), *last]) + "\n"


def _line(finding: Finding) -> str:
    name = finding.kind if finding.kind == finding.code else f"{finding.kind}[{finding.code}]"
    return _shown(f"{finding.path}:{finding.line}: {name}: {finding.message}")


def _folded(findings: Iterable[Finding], counts: Collection[Finding]) -> Iterator[str]:
    alike: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        alike[finding.path, finding.code] += finding not in counts
        if finding in counts or alike[finding.path, finding.code] <= _ALIKE:
            yield _line(finding)
    for (path, code), number in alike.items():
        if number > _ALIKE:
            yield _shown(f"{path}: {number - _ALIKE} more {code} (-v shows them)")


def _verdict(number: int, accepted: int) -> str:
    found = "no findings" if not number else "1 finding" if number == 1 else f"{number} findings"
    return found + (f", {accepted} accepted" if accepted else "")


def _shown(line: str) -> str:
    return _COMMANDS.sub(lambda command: repr(command[0])[1:-1], line)
