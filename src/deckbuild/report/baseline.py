"""Findings <-> a baseline file: what was accepted on a day, so that only what is new counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from deckbuild.errors import UsageError

from .findings import Finding

VERSION = 1
_KEYS = ("kind", "of", "code", "detail")


def dump_baseline(findings: Collection[Finding]) -> str:
    """The findings as JSON, one a line, sorted; lines of the sources do not matter."""
    lines = sorted(
        json.dumps(dict(zip(_KEYS, f.fingerprint, strict=True)), ensure_ascii=False)
        for f in findings
        if f.accepted != "card"
    )
    return f'{{"version": {VERSION}, "findings": [\n' + ",\n".join(lines) + "\n]}\n"


def parse_baseline(text: str, path: Path) -> Counter[tuple[str, ...]]:
    """How often each fingerprint was accepted.

    Raises: UsageError, if the file is no baseline, or a newer version's.
    """
    try:
        stored = json.loads(text)
        version = int(stored["version"])
        accepted = Counter(tuple(str(finding[key]) for key in _KEYS) for finding in stored["findings"])
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(f"{path}: no baseline ({error}) · write it anew with --update-baseline") from error
    if version > VERSION:
        raise UsageError(
            f"{path}: the baseline has version {version} · this deckbuild reads {VERSION} · update deckbuild"
        )
    return accepted
