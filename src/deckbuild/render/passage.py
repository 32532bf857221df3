"""A field of a card -> HTML. It is one Markdown document: each snippet keeps its place in lists and quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from deckbuild.model import LONGEST_CARD, Passage, Prose, Snippet

from .damage import restore_lines
from .html import Html, element, rows, text
from .markdown import LONGEST_BLOCK, draw_markdown, placeholder
from .markdown_rules import PLACE

_PARAGRAPH_GOES_ON = 4
"""A line indented so far continues a paragraph, whatever it holds; a blank line before it ends the paragraph."""


def draw_passage(passage: Passage, drawn: Mapping[int, Html], remarks: Mapping[int, Html]) -> Html:
    """The passage as HTML.

    `drawn` holds each snippet's HTML by its `line`, `remarks` what is to stand below the block that holds a line of the file;
    remarks on lines of other passages are left alone.
    """
    composed = _compose(passage)
    after: dict[int, Html] = {}
    for line, remark in sorted(remarks.items()):
        if line in composed.lines:
            place = composed.lines[line]
            after[place] = rows(after[place], remark) if place in after else remark
    return draw_markdown(
        "\n".join(composed.document), lambda number: _draw_block(composed.blocks[number], drawn), after
    )


def lines_of(passage: Passage) -> frozenset[int]:
    """The lines of the file that stand in the passage."""
    return frozenset(_compose(passage).lines)


class _Composed(NamedTuple):
    """A Markdown document."""

    document: list[str]
    lines: dict[int, int]
    """For each line of the file its line (0-based) in the document."""
    blocks: list[Snippet | str]
    """What its placeholders stand for: code, and text that is too long to be read as Markdown."""


def _compose(passage: Passage) -> _Composed:
    """The document with a placeholder for each snippet."""
    composed = _Composed([], {}, [])
    longest = LONGEST_BLOCK if len(passage.text) <= LONGEST_CARD else 0
    for part in passage.parts:
        match part:
            case Prose(line=first, text=prose):
                for line, block in _blocks(first, prose.replace(PLACE, "").split("\n")):
                    _add_text(composed, line, block, longest)
            case Snippet():
                if part.indent >= _PARAGRAPH_GOES_ON:
                    composed.document.append("")
                for line in range(part.line - 1, part.end_line + 2):
                    composed.lines.setdefault(line, len(composed.document))
                composed.document.append(placeholder(len(composed.blocks), part.indent))
                composed.blocks.append(part)
    return composed


def _blocks(first: int, lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The lines cut where blank ones begin and end, each piece with its first line in the file."""
    for _, block in groupby(enumerate(lines, first), key=lambda line: bool(line[1].strip())):
        numbered = list(block)
        yield numbered[0][0], [line for _, line in numbered]


def _add_text(composed: _Composed, first: int, block: Sequence[str], longest: int) -> None:
    """Lines of prose, or one placeholder where they are too long together."""
    whole = "\n".join(block)
    if len(whole) > longest and whole.strip():
        composed.lines.update(dict.fromkeys(range(first, first + len(block)), len(composed.document)))
        composed.document.append(placeholder(len(composed.blocks)))
        composed.blocks.append(whole)
        return
    for line, content in enumerate(block, first):
        composed.lines[line] = len(composed.document)
        composed.document.extend(restore_lines(content))


def _draw_block(block: Snippet | str, drawn: Mapping[int, Html]) -> Html:
    """The code's HTML; text as it is written."""
    return drawn[block.line] if isinstance(block, Snippet) else element("p", text(block))
