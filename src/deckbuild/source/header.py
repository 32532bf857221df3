"""A file's path and first lines in; its Source out, and which lines told it.

# Flashcards: SHELF---The-Book---An-Author_processed (Part 3)
**Rating threshold:** >= 8/10
**Starting Chapter:** 2.1 The chapter
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from deckbuild.model import Source

_BOOK = re.compile(r"\s*#\s+(?:\S+\s+)?Flashcards:\s*(?P<book>.+?)\s*(?:\(Part\s+(?P<part>\d{1,9})\)\s*)?\Z")
_CHAPTER = re.compile(r"\s*\*\*Starting Chapter:?\*\*:?\s*(?P<chapter>.*?)\s*\Z")
_THRESHOLD = re.compile(r"\s*\*\*Rating threshold:?\*\*")
_PART_IN_NAME = re.compile(r"(?<![^\W_])part_?(\d{1,9})(?![^\W_])", re.IGNORECASE)
_SHELF = re.compile(r"\A(?=[A-Z]*\d)[A-Z\d]{1,8}--+")
_NO_FILE = "Standard input"
_LONGEST = 1_000
_LINES = 12
"""The header stands within so many lines."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about itself."""

    source: Source
    rows: frozenset[int]
    """The rows that said it, counted from 0."""


def read_header(lines: Sequence[str], path: str, location: Path | None) -> Header:
    """The header; where there is none, the folder that the file lies in names the book, the file's name the chapter.

    `location` is None for what comes from standard input.
    """
    rows: set[int] = set()
    book = chapter = None
    part: int | None = None
    for row, line in enumerate(lines[:_LINES]):
        if line.lstrip().startswith("####"):
            break
        if len(line) > _LONGEST:
            continue
        if book is None and (found := _BOOK.match(line)):
            book, part = found["book"], int(found["part"]) if found["part"] else None
        elif chapter is None and (found := _CHAPTER.match(line)):
            chapter = found["chapter"]
        elif not _THRESHOLD.match(line):
            continue
        rows.add(row)
    stem = PurePath(path).stem if location else _NO_FILE
    if book is None:
        book = location.resolve().parent.name if location else _NO_FILE
        found = _PART_IN_NAME.search(stem)
        part = int(found[1]) if found else None
        chapter = chapter or readable(stem)
    book = (book or stem).removesuffix("_processed").strip() or stem
    return Header(Source(path, book, readable(book), part, chapter or None), frozenset(rows))


def readable(name: str) -> str:
    """A name made for a file system, for people: no shelf code, `---` as a dash, `-` and `_` as blanks."""
    text = _SHELF.sub("", name.removesuffix("_processed"))
    text = re.sub(r"-{2,}", " – ", text.strip("-_ "))
    return " ".join(re.sub(r"[-_]", " ", text).split()) or name
