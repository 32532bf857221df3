"""The outcomes of earlier builds.

Goes in: keys, outcomes. Comes out: outcomes. One SQLite file, which several builds may use at once; what it holds is JSON,
compressed. A file that cannot be read is thrown away: it holds nothing that cannot be had again.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TypeVar

import platformdirs

from deckbuild.errors import UsageError
from deckbuild.model import Outcome
from deckbuild.options import RunOptions

from .agree import ONCE
from .stamp import Stamp, joined, read_stamp, write_stamp
from .wire import WireError, decode, encode

SCHEMA = 1
FILE = "outcomes.sqlite"
LIMIT_BYTES = 200 << 20
WAIT_S = 20.0
QUERY_KEYS = 500
RECENT = 32
"""Outcomes that stay unpacked: a card asks for the same ones several times, one step after the other."""
TABLE = """
    CREATE TABLE IF NOT EXISTS outcomes
    (key BLOB PRIMARY KEY, payload BLOB NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL)
"""
WRITER = "CREATE TABLE IF NOT EXISTS writer (stamp TEXT NOT NULL)"
UNKEPT = frozenset({"timeout", "killed", "memory", "broken", "uncached"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What there is."""

    path: str
    entries: int
    size_bytes: int
    """Of the outcomes, compressed."""


class Cache:
    """A store of outcomes, for several threads. `notes` says what was wrong with it."""

    def __init__(self, folder: Path | None) -> None:
        """None: in memory. Raises OSError if the folder cannot be written."""
        self.path = str(folder / FILE) if folder else ":memory:"
        self.notes: tuple[str, ...] = ()
        self._lock = threading.Lock()
        self._used: set[bytes] = set()
        self._recent: dict[bytes, Outcome] = {}
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self._database = self._opened()

    def read(self, keys: Sequence[bytes]) -> dict[bytes, Outcome]:
        """Those that are there, marked as cached."""
        with self._lock:
            known = {key: self._recent[key] for key in keys if key in self._recent}
        none: list[tuple[bytes, bytes]] = []
        others = [key for key in keys if key not in known]
        rows = self._within(lambda database: [row for part in _parts(others) for row in _rows(database, part)], none)
        found = {bytes(key): _outcome(payload) for key, payload in rows}
        new = {key: outcome for key, outcome in found.items() if outcome}
        with self._lock:
            self._used |= new.keys()
            self._recent.update(new)
            for key in tuple(self._recent)[:-RECENT]:
                del self._recent[key]
        return known | new

    def write(self, outcomes: Iterable[tuple[bytes, Outcome]]) -> None:
        """Keeps what would come out again: no timeouts, kills, or want of memory."""
        now = int(time.time())
        kept = [(key, zlib.compress(encode(outcome), 3)) for key, outcome in outcomes if is_kept(outcome)]
        rows = [(key, payload, len(payload), now) for key, payload in kept]
        with self._lock:
            for key, _ in kept:
                self._recent.pop(key, None)
        if rows:
            self._within(lambda d: d.executemany("INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?)", rows), None)

    def sign(self, stamp: Stamp) -> None:
        """Keeps what the outcomes were made with."""
        self._within(lambda database: _sign(database, stamp), None)

    def writer(self) -> Stamp | None:
        """What those of the last writer were made with."""
        return self._within(_writer, None)

    def info(self) -> CacheInfo:
        """How much there is."""
        count = "SELECT count(*), coalesce(sum(size), 0) FROM outcomes"
        entries, size = self._within(lambda database: database.execute(count).fetchone(), (0, 0))
        return CacheInfo(self.path, entries, size)

    def prune(self, limit_bytes: int = LIMIT_BYTES) -> int:
        """How many were dropped, the longest unused first, so that the others fit."""
        self._within(self._note_use, None)
        totals = "SELECT key, sum(size) OVER (ORDER BY used DESC, key) AS total FROM outcomes"
        drop = f"DELETE FROM outcomes WHERE key IN (SELECT key FROM ({totals}) WHERE total > ?)"  # noqa: S608  no input
        dropped = self._within(lambda database: database.execute(drop, (limit_bytes,)).rowcount, 0)
        with self._lock:
            self._recent.clear()
        if dropped:
            # A script: `execute` takes one step of it, which frees one page.
            self._within(lambda database: database.executescript("PRAGMA incremental_vacuum").close(), None)
        return dropped

    def clear(self) -> int:
        """How many were dropped: all."""
        return self.prune(limit_bytes=-1)

    def close(self) -> None:
        """Remembers what was used; keeps to its size."""
        self.prune()
        with self._lock:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _within(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """The result, in a transaction. What cannot be read or kept is run again: a note tells why."""
        with self._lock:
            try:
                with self._database:
                    return action(self._database)
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.OperationalError as error:  # locked for long, a full disk
                self.notes = (*self.notes, f"{self.path}: {error}: some outcomes were not kept")
            except sqlite3.DatabaseError as error:
                self._database.close()
                self._database = self._renewed(error)
        return otherwise

    def _opened(self) -> sqlite3.Connection:
        try:
            return _open(self.path)
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: {error}") from error
        except sqlite3.DatabaseError as error:
            return self._renewed(error)

    def _renewed(self, error: Exception) -> sqlite3.Connection:
        self.notes = (*self.notes, f"{self.path}: {error}: it was made anew")
        for end in ("", "-wal", "-shm"):
            Path(self.path + end).unlink(missing_ok=True)
        return _open(self.path)

    def _note_use(self, database: sqlite3.Connection) -> None:
        now = int(time.time())
        database.executemany("UPDATE outcomes SET used = ? WHERE key = ?", [(now, key) for key in self._used])
        self._used.clear()


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


def _open(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=WAIT_S, check_same_thread=False)
    try:
        database.execute("PRAGMA auto_vacuum = INCREMENTAL")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        with database:
            if database.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                database.execute("DROP TABLE IF EXISTS outcomes")
                database.execute(f"PRAGMA user_version = {SCHEMA}")
            database.execute(TABLE)
            database.execute(WRITER)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _parts(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (keys[start : start + QUERY_KEYS] for start in range(0, len(keys), QUERY_KEYS))


def _rows(database: sqlite3.Connection, keys: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    places = ",".join("?" * len(keys))
    query = f"SELECT key, payload FROM outcomes WHERE key IN ({places})"  # noqa: S608  only question marks
    return database.execute(query, tuple(keys)).fetchall()


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
        return replace(decode(zlib.decompress(payload)), cached=True)
    except (zlib.error, WireError, TypeError):
        return None
