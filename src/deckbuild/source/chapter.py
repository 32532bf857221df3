"""A file's bytes in; its Source, its cards and its diagnostics out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deckbuild.model import Card, Diagnostic, Source

from .cards import Layout
from .diagnostics import Findings
from .header import read_header
from .machine import read_cards
from .page import Page
from .text import Binary, read_lines
from .tokens import find_tokens


@dataclass(frozen=True, slots=True)
class Chapter:
    """Everything that one file gave."""

    source: Source
    cards: tuple[Card, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_chapter(data: bytes, path: str, location: Path | None = None) -> Chapter | Diagnostic:
    """The cards of a file, with every question in exactly one card or diagnostic; a diagnostic where it is no text.

    The folder of `location` names the book of a file that does not say which it is from. Of repeats nothing is known
    here.
    """
    findings = Findings(path)
    lines = read_lines(data, findings)
    if isinstance(lines, Binary):
        findings.add("binary-file", 0, why=lines.why)
        return findings.told()[0]
    header = read_header(lines, path, location)
    if not any(line.strip() for line in lines):
        findings.add("empty-file", 0)
        return Chapter(header.source, (), findings.told())
    page = Page(lines)
    tokens = find_tokens(page, findings)
    layout = Layout(header.source, page, tokens.fences, [fence.start[0] for fence in tokens.fences])
    cards = read_cards(layout, tokens.marks, header.rows, findings)
    return Chapter(header.source, tuple(cards), findings.told())
