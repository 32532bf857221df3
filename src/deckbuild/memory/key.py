"""The keys under which results for cards are kept: everything that they depend on.

Goes in: the deck, the options. Comes out: a hash for each card. Not in it: other books, the text of other cards, limits of time.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import zlib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from deckbuild.model import Card, Deck
from deckbuild.options import RunOptions

from .codec import encode

UNVERSIONED = (".egg-info", ".egg-link", ".pth")
"""What stands in a folder of modules for something whose version its name need not tell."""


class Keys:
    """Of the cards of a deck."""

    def __init__(self, deck: Deck, options: RunOptions, machine: Sequence[str]) -> None:
        how = (options.seed, options.memory_mb, options.sandbox != "off", sorted(set(options.allow)))
        self._ground = digest(engine(), here(), machine, how)
        self._books = _books(deck)

    def __call__(self, card: Card) -> bytes:
        """The card itself, its place, the code of its book, and what runs it."""
        return digest(self._ground, self._books[card.source.book], card)


def digest(*parts: object) -> bytes:
    """SHA-256 of what JSON can hold, and of records; bytes and frozen sets stand for what they hold."""
    return hashlib.sha256(encode(parts)).digest()


@cache
def engine() -> str:
    """A hash of the whole program, its data included: a build by another deckbuild finds nothing of this one's."""
    home = Path(__file__).parent.parent
    whole = hashlib.sha256()
    for folder, inner, names in os.walk(home):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        for name in sorted(names):
            path = Path(folder, name)
            whole.update(f"{path.relative_to(home).as_posix()}\0{path.stat().st_size}\0".encode())
            whole.update(path.read_bytes())
    return whole.hexdigest()


def here() -> tuple[object, ...]:
    """Python, and all that can be imported, with the versions that stand in the names of the distributions' folders."""
    return _importable(Path.cwd(), tuple(sys.path))


@cache
def _importable(home: Path, paths: tuple[str, ...]) -> tuple[object, ...]:
    own = {home, Path(sys.executable).parent.resolve()}  # that of `python -m`, or of the command: not seen by programs
    folders = [home / path for path in paths]
    modules = [(str(f), _modules(f)) for f in folders if f.is_dir() and f.resolve() not in own]
    return (sys.version, sqlite3.sqlite_version, zlib.ZLIB_RUNTIME_VERSION, modules)


def _modules(folder: Path) -> list[tuple[str, int]]:
    with os.scandir(folder) as entries:
        return sorted((e.name, e.stat().st_mtime_ns if e.name.endswith(UNVERSIONED) else 0) for e in entries)


def _books(deck: Deck) -> dict[str, bytes]:
    """For each book a hash of all that its cards may borrow from each other, and of where it stands, which the evidence tells."""
    found: defaultdict[str, list[object]] = defaultdict(list)
    for card in (*deck.cards, *deck.background):
        found[card.source.book].append(_lent(card))
    return {book: digest(lent) for book, lent in found.items()}


def _lent(card: Card) -> object:
    """The card's place, which counts for the distance between others; its code, and what evidence says of it."""
    place = (card.source.part, card.path, card.line)
    snippets = [snippet for snippet in card.snippets if snippet.is_python]
    return (*place, card.title, card.shares_context, snippets) if snippets else place
