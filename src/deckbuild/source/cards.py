"""Stretches of a page in; Cards with their Passages of Prose and Snippets out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from deckbuild.model import Card, Part, Passage, Prose, Snippet, Source, Where

from .fences import Fence
from .marks import Mark
from .page import Page, Stretch

_ACCEPT = re.compile(r"<!--\s*+deckbuild:\s*+accept\s((?:(?!-->|<!--).)*+)-->", re.DOTALL)

NOWHERE = -1
"""The row of the heading that a question without one is given."""


@dataclass(slots=True)
class Heading:
    """A heading as the machine reads on: what stands under it is known only at its first question."""

    title: str
    row: int
    context: Stretch
    rating: int | None = None
    cards: int = 0
    """Made of the questions under it so far."""
    passage: Passage | None = field(default=None)


class Draft(NamedTuple):
    """A card by its places on the page."""

    heading: Heading
    mark: Mark
    """The `:p`."""
    question: Stretch
    answer: Stretch
    trailing: Stretch | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A page with its fenced blocks: what text is cut from."""

    source: Source
    page: Page
    fences: Sequence[Fence]
    starts: Sequence[int]
    """The rows where the fences start."""

    def card(self, draft: Draft) -> Card:
        """The card of a draft. Cards under one heading have the same context, as one object."""
        heading = draft.heading
        if heading.passage is None:
            heading.passage = self.passage(heading.context, "context")
        question = self.passage(draft.question, "question")
        answer = self.passage(draft.answer, "answer")
        trailing = Passage() if draft.trailing is None else self.passage(draft.trailing, "trailing")
        return Card(
            source=self.source,
            line=draft.mark.row + 1,
            title=heading.title,
            context=heading.passage,
            question=question,
            answer=answer,
            trailing=trailing,
            rating=heading.rating,
            title_line=heading.row + 1 if heading.row != NOWHERE else None,
            accepts=_accepts(heading.passage, question, answer, trailing),
        )

    def passage(self, stretch: Stretch, where: Where) -> Passage:
        """The text of a stretch without blank lines around it, whole and cut at its fences."""
        row, lines = self.page.cut(stretch)
        if not lines:
            return Passage()
        text = "\n".join(lines)
        fences = self.fences_in(stretch)
        return Passage(text, tuple(self._parts(stretch, fences, where)) if fences else (Prose(row + 1, text),))

    def fences_in(self, stretch: Stretch) -> Sequence[Fence]:
        """The fences of a stretch."""
        (row, _), (last, _) = stretch
        low = bisect_left(self.starts, row)
        if low == len(self.starts) or self.starts[low] > last:
            return ()
        high = bisect_right(self.starts, last, low)
        while low < high and self.fences[low].start < stretch[0]:
            low += 1
        while low < high and self.fences[high - 1].start >= stretch[1]:
            high -= 1
        return self.fences[low:high]

    def _parts(self, stretch: Stretch, fences: Sequence[Fence], where: Where) -> list[Part]:
        """The prose and the snippets of a stretch."""
        parts: list[Part] = []
        at = stretch[0]
        for fence in fences:
            parts += self._prose((at, fence.start))
            parts.append(self._snippet(fence, where))
            at = fence.end
        parts += self._prose((at, max(at, stretch[1])))
        return parts

    def _prose(self, stretch: Stretch) -> list[Prose]:
        """The text of a stretch without fences, if it has any."""
        row, lines = self.page.cut(stretch)
        return [Prose(row + 1, "\n".join(lines))] if lines else []

    def _snippet(self, fence: Fence, where: Where) -> Snippet:
        """The code of a fence, without the fence's indentation."""
        (row, col), (last, stop) = fence.code
        lines = self.page.lines[row:last]
        if col and lines:
            lines[0] = lines[0][col:]
        if stop:
            lines.append(self.page.lines[last][:stop].rstrip())
        if fence.code[1] == fence.end:
            while lines and not lines[-1].strip():
                lines.pop()
        if fence.indent:
            lines = [_unindented(line, fence.indent) for line in lines]
        first = row + 1
        source = "\n".join(lines)
        end = first + max(0, len(lines) - 1)
        rest = _unindented(fence.rest, fence.indent)
        return Snippet(self.source.path, first, end, where, fence.language, source, fence.indent, rest)


def is_remark(passage: Passage) -> bool:
    """Whether a passage has nothing but comments for deckbuild."""
    return not _ACCEPT.sub("", passage.text).strip()


def _unindented(line: str, indent: int) -> str:
    """The line without as much of its own indentation."""
    return line[min(indent, len(line) - len(line.lstrip())) :]


def _accepts(*passages: Passage) -> tuple[str, ...]:
    """What the card's comments accept; a comment in code is code."""
    accepts: list[str] = []
    for passage in passages:
        if "deckbuild:" in passage.text:
            accepts += (" ".join(a.split()) for prose in passage.prose for a in _ACCEPT.findall(prose.text))
    return tuple(accepts)
