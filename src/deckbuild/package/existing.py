"""An existing package -> the ledger that its database allows, for a build that finds no ledger."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from deckbuild.errors import UsageError

from .ledger import Entry, Ledger
from .notetype import MODEL_ID, note_digest, stored_style_digest

DATABASE = "collection.anki2"


def read_package(path: Path) -> Ledger:
    """Contents and times of the notes of type `Deckbuild` in a package; empty for an empty file.

    Raises: UsageError, if the file is no package.
    """
    try:
        if path.stat().st_size == 0:
            return Ledger()
        with zipfile.ZipFile(path) as archive:
            database = archive.read(DATABASE)
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(database)
            return _ledger(connection)
    except (zipfile.BadZipFile, KeyError, ValueError, sqlite3.Error, OSError) as error:
        raise UsageError(
            f"{path}: found a file that is no package of deckbuild ({error}) · expected a package or nothing · "
            "remove it, or choose another name with -o"
        ) from error


def _ledger(connection: sqlite3.Connection) -> Ledger:
    (stored,) = connection.execute("SELECT models FROM col").fetchone()
    model = json.loads(stored).get(str(MODEL_ID))
    if model is None:
        return Ledger()
    rows = connection.execute("SELECT guid, mod, flds, tags FROM notes WHERE mid = ? ORDER BY id", (MODEL_ID,))
    notes = {guid: Entry(note_digest(fields.split("\x1f"), tags.split()), mod) for guid, mod, fields, tags in rows}
    return Ledger(notes, Entry(stored_style_digest(model), int(model["mod"])))
