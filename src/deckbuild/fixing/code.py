"""A repaired snippet -> its source with the corrections in it, every other line as it was.

What the card shows is dedented and without prompts; here both come back, so that only the corrected lines differ.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deckbuild.model import Repair
from deckbuild.syntax import parse_module

from .stands import standing

_PROMPT = re.compile(r"\s*(?:>>>|In \[\d+\]:|\.\.\.) ?")
_FUTURE = re.compile(r"\s*(?:>>> )?from __future__ import\b")
_MODULE = re.compile(r"\s*#!|\s*#\s*[\w./-]+\.py\s*\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the new source."""

    text: str
    origin: int | None
    """The line of the old source (1-based) that it is, or is a correction of; None for an addition."""
    kept: bool = False
    """Whether it is that line, unchanged."""


def corrected(repair: Repair) -> tuple[Row, ...] | None:
    """The lines of the new source; None, if there is nothing to write."""
    stand = standing(repair)
    if not repair.shown or not stand:
        return None
    source = repair.snippet.source.split("\n")
    found = [Row(source[r.origin - 1], r.origin, True) if r.kept and r.origin else r for r in _rows(repair, stand)]
    rows = _prompted(found, source) if _is_session(source) else _indented(found, _margin(source))
    rows = _below_the_head(rows, source)
    return tuple(rows) if [row.text for row in rows] != source else None


def _rows(repair: Repair, stand: frozenset[int]) -> Iterator[Row]:
    """The shown lines that are written, and the source's lines that the card does not show: a session's output."""
    source = repair.snippet.source.split("\n")
    count = len(source)
    gone = {line for first, last in _ranges(repair, stand) for line in range(first, last + 1)}
    outputs = {n for n, line in enumerate(source, 1) if not _PROMPT.match(line)} if _is_session(source) else set()
    hidden = gone - outputs
    last_own = max((i for i, s in enumerate(repair.shown) if s.source_line is not None), default=-1)
    at = 1
    for index, shown in enumerate(repair.shown):
        until = shown.source_line or (count + 1 if index > last_own else at)
        yield from (Row("", n, kept=True) for n in range(at, until) if n not in hidden)
        at = max(at, until)
        if shown.source_line is None:
            if shown.note in stand:
                yield Row(shown.text, None)
        elif shown.source_line in gone and shown.note is not None:
            yield Row(shown.text, shown.source_line)
            at = shown.source_line + 1
        elif at == shown.source_line:
            yield Row("", shown.source_line, kept=True)
            at += 1
    yield from (Row("", n, kept=True) for n in range(at, count + 1) if n not in hidden)


def _ranges(repair: Repair, stand: frozenset[int]) -> set[tuple[int, int]]:
    """First and last lines of the source that are replaced: those where every change of them stands."""
    edits = [(n, e, (e.line, e.line + e.before.count("\n"))) for n, e in enumerate(repair.edits) if e.line is not None]
    left = {span for n, _, span in edits if n not in stand}
    return {span for _, _, span in edits} - left


def _margin(source: Sequence[str]) -> str:
    """The indentation that all of the source has."""
    plain = textwrap.dedent("\n".join(source)).split("\n")
    return next((s[: len(s) - len(p)] for s, p in zip(source, plain, strict=True) if p.strip()), "")


def _indented(rows: Sequence[Row], margin: str) -> list[Row]:
    return [row if row.kept else Row(margin + row.text if row.text.strip() else "", row.origin) for row in rows]


def _is_session(source: Sequence[str]) -> bool:
    return any(line.lstrip().startswith(">>>") for line in source)


def _prompted(rows: Sequence[Row], source: Sequence[str]) -> list[Row]:
    """The rows with prompts: a correction has that of its line, an addition one for each statement."""
    made = iter(_prompts([row.text for row in rows if row.origin is None]))
    margin = _margin(source)
    found: list[Row] = []
    for row in rows:
        if row.kept:
            found.append(row)
        elif row.origin is None:
            found.append(Row(f"{margin}{next(made)}{row.text}".rstrip(), None))
        else:
            first = all(r.origin != row.origin for r in found)
            prompt = _PROMPT.match(source[row.origin - 1])
            found.append(Row((prompt[0] if prompt and first else f"{margin}... ") + row.text, row.origin))
    return found


def _prompts(lines: Sequence[str]) -> list[str]:
    """`>>> ` where a statement begins, `... ` where it goes on."""
    try:
        starts = {statement.lineno for statement in parse_module(textwrap.dedent("\n".join(lines))).body}
    except SyntaxError:  # additions before and after the snippet whose halves do not fit together
        starts = {n for n, line in enumerate(lines, 1) if line[:1].strip()}
    return [">>> " if n in starts else "... " for n in range(1, len(lines) + 1)]


def _below_the_head(rows: list[Row], source: Sequence[str]) -> list[Row]:
    """The additions at the top, put below `from __future__` imports and a comment that names the module."""
    first_own = next((i for i, row in enumerate(rows) if row.origin is not None), 0)
    head = _head(source)
    end = next((i for i, row in enumerate(rows) if row.origin is not None and row.origin > head), len(rows))
    return [*rows[first_own:end], *rows[:first_own], *rows[end:]] if head else rows


def _head(source: Sequence[str]) -> int:
    """The last line (1-based) that must stay above all others; 0 for none."""
    last = 1 if _MODULE.match(source[0]) else 0
    for n, line in enumerate(source, 1):
        if _FUTURE.match(line):
            closed = (m for m in range(n, len(source) + 1) if "(" not in line or ")" in source[m - 1])
            last = next(closed, n)
    return last
