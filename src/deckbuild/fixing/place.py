"""The lines of a snippet's new source -> lines of the file, with what stands around them: indentation, glued fences."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.model import Snippet

from .code import Row
from .text import Splice, Text


def placed(snippet: Snippet, rows: Sequence[Row], text: Text) -> Splice | None:
    """The snippet's lines of the file as they will read; None, if its source is not what stands there."""
    source = snippet.source.split("\n")
    lines = text.lines[snippet.line - 1 : snippet.end_line]
    if len(lines) != len(source):
        return None
    heads = [_head(line, own) for line, own in zip(lines, source, strict=True)]
    if any(head is None for head in heads):
        return None
    before = [head or "" for head in heads]
    tail = lines[-1][len(before[-1]) + len(source[-1]) :]
    glued = before[0] if before[0].strip() else ""
    indents = ["" if head.strip() else head for head in before]
    usual = next((i for i, own in zip(indents, source, strict=True) if own.strip() and (i or not glued)), "")
    written = [_row(row, indents[row.origin - 1] if row.origin else usual) for row in rows]
    return Splice(snippet.line, snippet.end_line, tuple(_glued(glued, written, tail)), _origins(snippet, rows))


def _head(line: str, own: str) -> str | None:
    """What stands before the code on its line; None, if the code is not there."""
    if line.endswith(own):
        return line[: len(line) - len(own)]
    blanks = line[: len(line) - len(line.lstrip())]
    behind = line.removeprefix(blanks).startswith(own.lstrip()) and line.rfind("`" * 3) > 0
    return blanks[: len(blanks) - (len(own) - len(own.lstrip()))] if behind else None


def _row(row: Row, indent: str) -> str:
    return indent + row.text if row.text.strip() or row.kept else row.text


def _glued(head: str, lines: Sequence[str], tail: str) -> list[str]:
    """The lines with the fences that share a line with the first and the last of them."""
    first, *rest = lines
    *others, last = [head + first, *rest]
    return [*others, last + tail]


def _origins(snippet: Snippet, rows: Sequence[Row]) -> tuple[int, ...]:
    """An addition comes from the line before it, and one at the top from the first."""
    last, found = 1, []
    for row in rows:
        last = row.origin or last
        found.append(snippet.line + last - 1)
    return tuple(found)
