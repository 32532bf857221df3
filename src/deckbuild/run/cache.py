"""The outcomes of earlier builds.

Goes in: keys, outcomes. Comes out: outcomes, as JSON in the store; what cannot be read there is not there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import platformdirs

from deckbuild.errors import UsageError
from deckbuild.model import Outcome
from deckbuild.options import RunOptions
from deckbuild.store import LIMIT_BYTES, Store

from .agree import ONCE
from .frames import WireError
from .stamp import Stamp, joined, read_stamp, write_stamp
from .wire import decode, encode

RECENT = 32
"""Outcomes that stay unpacked: a card asks for the same ones several times, one step after the other."""
UNKEPT = frozenset({"timeout", "killed", "memory", "broken", "uncached"})


class Cache(Store):
    """A store with outcomes."""

    def __init__(self, folder: Path | None) -> None:
        """None: in memory. Raises OSError if the folder cannot be written."""
        self._recent: dict[bytes, Outcome] = {}
        super().__init__(folder)

    def read(self, keys: Sequence[bytes]) -> dict[bytes, Outcome]:
        """Those that are there, marked as cached."""
        with self._lock:
            known = {key: self._recent[key] for key in keys if key in self._recent}
        found = self.fetch("outcomes", [key for key in keys if key not in known])
        new = {key: outcome for key, payload in found.items() if (outcome := _outcome(payload))}
        with self._lock:
            self._recent.update(new)
            for key in tuple(self._recent)[:-RECENT]:
                del self._recent[key]
        return known | new

    def write(self, outcomes: Iterable[tuple[bytes, Outcome]]) -> None:
        """Keeps what would come out again: no timeouts, kills, or want of memory."""
        kept = [(key, encode(outcome)) for key, outcome in outcomes if is_kept(outcome)]
        with self._lock:
            for key, _ in kept:
                self._recent.pop(key, None)
        self.keep("outcomes", kept)

    def sign(self, stamp: Stamp) -> None:
        """Keeps what the outcomes were made with."""
        self._within(lambda database: _sign(database, stamp), None)

    def writer(self) -> Stamp | None:
        """What those of the last writer were made with."""
        return self._within(_writer, None)

    def prune(self, limit_bytes: int = LIMIT_BYTES) -> int:
        """How many were dropped, the longest unused first, so that the others fit."""
        with self._lock:
            self._recent.clear()
        return super().prune(limit_bytes)


def open_cache(options: RunOptions) -> Cache:
    """The cache that the options name. Raises UsageError if its folder cannot be written."""
    if not options.cache:
        return Cache(None)
    folder = Path(options.cache_dir) if options.cache_dir else Path(platformdirs.user_cache_dir("deckbuild"))
    try:
        return Cache(folder)
    except OSError as error:
        raise UsageError(
            f"{folder}: the cache cannot be written ({error}) · use --cache-dir DIR or --no-cache"
        ) from error


def is_kept(outcome: Outcome) -> bool:
    """Whether another run would end the same way."""
    return outcome.fault is None or (outcome.fault.kind not in UNKEPT and not outcome.fault.message.startswith(ONCE))


def _sign(database: sqlite3.Connection, stamp: Stamp) -> None:
    text = write_stamp(joined(_writer(database), stamp))
    database.execute("DELETE FROM writer")
    database.execute("INSERT INTO writer VALUES (?)", (text,))


def _writer(database: sqlite3.Connection) -> Stamp | None:
    row = database.execute("SELECT stamp FROM writer").fetchone()
    return read_stamp(row[0]) if row else None


def _outcome(payload: bytes) -> Outcome | None:
    """None for what somebody else wrote there."""
    try:
        return replace(decode(payload), cached=True)
    except WireError:
        return None
