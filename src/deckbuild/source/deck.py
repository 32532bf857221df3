"""Paths in; a Deck out: what the files hold, in the order of book, part and name."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from deckbuild.errors import UsageError
from deckbuild.model import Card, Deck, Diagnostic

from .chapter import Chapter, read_chapter
from .diagnostics import Findings
from .files import STDIN, Found, find_files, find_siblings
from .header import read_header
from .repeats import drop_repeats

_HEADER = 4096
"""Bytes that hold the header of a file."""


def read_deck(paths: Sequence[str], *, stdin: bytes | None = None) -> Deck:
    """Everything that the files behind the paths hold; an empty Deck where they hold nothing.

    A path is a file, a folder, or `-` for the bytes in `stdin`. The other files of a book in the same folder are read
    as `background`. Raises UsageError for a path where there is nothing, and for `-` without `stdin`.
    """
    with _uncollected():
        return _read_deck(find_files(paths), stdin)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection: reading makes many objects that stay, and no cycles; looking for these takes a
    quarter of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _read_deck(files: Sequence[Found], stdin: bytes | None) -> Deck:
    """Everything that the files hold."""
    chapters: list[Chapter] = []
    diagnostics: list[Diagnostic] = []
    for file in files:
        match _read(file, stdin):
            case Chapter() as chapter:
                chapters.append(chapter)
            case Diagnostic() as diagnostic:
                diagnostics.append(diagnostic)
    chapters.sort(key=_order)
    cards, repeats = drop_repeats(card for chapter in chapters for card in chapter.cards)
    diagnostics += (d for chapter in chapters for d in chapter.diagnostics)
    place = {chapter.source.path: at for at, chapter in enumerate(chapters)}
    told = sorted((*diagnostics, *repeats), key=lambda d: (place.get(d.path, -1), d.line))
    return Deck(tuple(c.source for c in chapters), cards, _background(files, chapters), tuple(told))


def _read(file: Found, stdin: bytes | None) -> Chapter | Diagnostic:
    """What a file holds, or why that cannot be said."""
    findings = Findings(file.path)
    if file.why_not:
        findings.add("unreadable-file", 0, why=file.why_not)
        return findings.told()[0]
    if file.location == STDIN:
        if stdin is None:
            raise UsageError("-: nothing was given on standard input; pipe a file into deckbuild")
        return read_chapter(stdin, file.path)
    try:
        data = Path(file.location).read_bytes()
    except OSError as error:
        findings.add("unreadable-file", 0, why=error.strerror or str(error))
        return findings.told()[0]
    return read_chapter(data, file.path, Path(file.location))


def _order(chapter: Chapter) -> tuple[str, bool, int, str, str]:
    """Book, part (files without one last), file name, path."""
    source = chapter.source
    name = source.path.rpartition("/")[2]
    return source.book, source.part is None, source.part or 0, name, source.path


def _background(files: Sequence[Found], chapters: Sequence[Chapter]) -> tuple[Card, ...]:
    """The cards of the other files of the same books in the same folders."""
    books = {(_folder(chapter.source.path), chapter.source.book) for chapter in chapters}
    read = (_read(file, None) for file in find_siblings(files) if (_folder(file.path), _book(file)) in books)
    others = sorted((chapter for chapter in read if isinstance(chapter, Chapter)), key=_order)
    cards, _ = drop_repeats(card for chapter in others for card in chapter.cards)
    return cards


def _book(file: Found) -> str | None:
    """The book that a file is from, by its first lines; None where it cannot be read."""
    if file.why_not:
        return None
    path = Path(file.location)
    try:
        with path.open("rb") as start:
            head = start.read(_HEADER)
    except OSError:
        return None
    return read_header(head.decode("utf-8", "replace").removeprefix("\ufeff").split("\n"), file.path, path).source.book


def _folder(path: str) -> str:
    """The folder of a path as it is shown."""
    return path.rpartition("/")[0]
