"""What earlier builds found out: one SQLite file, which several builds may use at once.

Goes in: keys, bytes. Comes out: bytes. Kinds are kept in tables of their own, all compressed; the file keeps to its size by dropping
what was not used for longest, of whatever kind. A file that cannot be read is thrown away: it holds nothing that cannot be
had again.
"""

# ruff: noqa: S608  the only names in a query are those of the tables

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, TypeAlias, TypeVar, get_args

SCHEMA = 1
FILE = "outcomes.sqlite"
LIMIT_BYTES = 200 << 20
WAIT_S = 20.0
QUERY_KEYS = 500
COLUMNS = "(key BLOB PRIMARY KEY, payload BLOB NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL)"
WRITER = "CREATE TABLE IF NOT EXISTS writer (stamp TEXT NOT NULL)"

Kind: TypeAlias = Literal["outcomes", "cards"]
"""Outcomes of programs; what was made of cards."""
KINDS: tuple[Kind, ...] = get_args(Kind)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What there is."""

    path: str
    entries: int
    """Outcomes."""
    cards: int
    """Results for cards: what was found out, and what was drawn."""
    size_bytes: int
    """Of everything, compressed."""


class Store:
    """For several threads. `notes` says what was wrong with the file."""

    def __init__(self, folder: Path | None) -> None:
        """None: in memory. Raises OSError if the folder cannot be written."""
        self.path = str(folder / FILE) if folder else ":memory:"
        self.notes: tuple[str, ...] = ()
        self._lock = threading.Lock()
        self._used: defaultdict[Kind, set[bytes]] = defaultdict(set)
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self._database = self._opened()

    def fetch(self, kind: Kind, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Those that are there; what somebody else wrote is passed over."""
        none: list[tuple[bytes, bytes]] = []
        rows = self._within(lambda d: [row for part in _parts(keys) for row in _rows(d, kind, part)], none)
        found = {bytes(key): data for key, payload in rows if (data := _unpacked(payload)) is not None}
        with self._lock:
            self._used[kind] |= found.keys()
        return found

    def keep(self, kind: Kind, entries: Iterable[tuple[bytes, bytes]]) -> None:
        """Writes them, or, if the file is busy or the disk full, notes that it could not."""
        now = int(time.time())
        packed = [(key, zlib.compress(data, 3)) for key, data in entries]
        rows = [(key, payload, len(payload), now) for key, payload in packed]
        if rows:
            self._within(lambda d: d.executemany(f"INSERT OR REPLACE INTO {kind} VALUES (?, ?, ?, ?)", rows), None)

    def info(self) -> CacheInfo:
        """How much there is."""
        count = "SELECT count(*), coalesce(sum(size), 0) FROM"
        none = [(0, 0)] * len(KINDS)
        found = self._within(lambda d: [d.execute(f"{count} {kind}").fetchone() for kind in KINDS], none)
        of_kind = dict(zip(KINDS, found, strict=True))
        return CacheInfo(self.path, of_kind["outcomes"][0], of_kind["cards"][0], sum(size for _, size in found))

    def prune(self, limit_bytes: int = LIMIT_BYTES) -> int:
        """How many were dropped, the longest unused first, so that the others fit."""
        self._within(self._note_use, None)
        dropped = self._within(lambda database: _drop(database, limit_bytes), 0)
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
        """The result, in a transaction. What cannot be read or kept is found out again: a note tells why."""
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
        for kind, keys in self._used.items():
            update = f"UPDATE {kind} SET used = ? WHERE key = ? AND used != ?"
            database.executemany(update, [(now, key, now) for key in keys])
        self._used.clear()


def _open(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=WAIT_S, check_same_thread=False)
    try:
        database.execute("PRAGMA auto_vacuum = INCREMENTAL")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        with database:
            if database.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                for kind in KINDS:
                    database.execute(f"DROP TABLE IF EXISTS {kind}")
                database.execute(f"PRAGMA user_version = {SCHEMA}")
            for kind in KINDS:
                database.execute(f"CREATE TABLE IF NOT EXISTS {kind} {COLUMNS}")
            database.execute(WRITER)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _parts(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (keys[start : start + QUERY_KEYS] for start in range(0, len(keys), QUERY_KEYS))


def _rows(database: sqlite3.Connection, kind: Kind, keys: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    places = ",".join("?" * len(keys))
    query = f"SELECT key, payload FROM {kind} WHERE key IN ({places})"
    return database.execute(query, tuple(keys)).fetchall()


def _drop(database: sqlite3.Connection, limit_bytes: int) -> int:
    """How many were dropped, so that the rest, counted from the last used on, fits."""
    (size,) = database.execute(
        " + ".join(["SELECT 0", *(f"(SELECT coalesce(sum(size), 0) FROM {k})" for k in KINDS)])
    ).fetchone()
    if 0 <= size <= limit_bytes:
        return 0
    every = " UNION ALL ".join(f"SELECT '{kind}' AS kind, key, size, used FROM {kind}" for kind in KINDS)
    totals = f"SELECT kind, key, sum(size) OVER (ORDER BY used DESC, kind, key) AS total FROM ({every})"
    late = database.execute(f"SELECT kind, key FROM ({totals}) WHERE total > ?", (limit_bytes,)).fetchall()
    for kind in KINDS:
        keys = [(key,) for of_kind, key in late if of_kind == kind]
        database.executemany(f"DELETE FROM {kind} WHERE key = ?", keys)
    return len(late)


def _unpacked(payload: bytes) -> bytes | None:
    try:
        return zlib.decompress(payload)
    except (zlib.error, TypeError):
        return None
