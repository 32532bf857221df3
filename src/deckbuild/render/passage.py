"""A field of a card -> HTML. It is one Markdown document: each snippet keeps its place in lists and quotes."""

from __future__ import annotations

from collections.abc import Mapping

from deckbuild.model import Passage, Prose, Snippet

from .damage import restore_lines
from .html import Html, rows
from .markdown import draw_markdown, placeholder
from .markdown_rules import PLACE

_PARAGRAPH_GOES_ON = 4
"""A line indented so far continues a paragraph, whatever it holds; a blank line before it ends the paragraph."""


def draw_passage(passage: Passage, drawn: Mapping[int, Html], remarks: Mapping[int, Html]) -> Html:
    """The passage as HTML.

    `drawn` holds each snippet's HTML by its `line`, `remarks` what is to stand below the block that holds a line of the file;
    remarks on lines of other passages are left alone.
    """
    document, lines = _compose(passage)
    snippets = passage.snippets
    after: dict[int, Html] = {}
    for line, remark in sorted(remarks.items()):
        if line in lines:
            place = lines[line]
            after[place] = rows(after[place], remark) if place in after else remark
    return draw_markdown("\n".join(document), lambda number: drawn[snippets[number].line], after)


def holds(passage: Passage, line: int) -> bool:
    """Whether a line of the file stands in the passage."""
    return line in _compose(passage)[1]


def _compose(passage: Passage) -> tuple[list[str], dict[int, int]]:
    """The document with a placeholder for each snippet, and for each line of the file its line (0-based) in the document."""
    document: list[str] = []
    lines: dict[int, int] = {}
    number = 0
    for part in passage.parts:
        match part:
            case Prose(line=first, text=prose):
                for i, content in enumerate(prose.replace(PLACE, "").split("\n")):
                    lines[first + i] = len(document)
                    document += restore_lines(content)
            case Snippet():
                if part.indent >= _PARAGRAPH_GOES_ON:
                    document.append("")
                for line in range(part.line - 1, part.end_line + 2):
                    lines.setdefault(line, len(document))
                document.append(placeholder(number, part.indent))
                number += 1
    return document, lines
