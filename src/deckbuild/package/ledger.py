"""The memory between two builds: of each note the content it had, when that last changed, and what tells it from others.

A JSON file next to the package, one line a note, in the order of the sources; meant to be kept in version control.
Notes that are no longer built stay in it: Anki never deletes them, and a card that comes back is the same note again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from deckbuild.errors import UsageError

VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A note as it was last built."""

    digest: str
    """Of its fields and tags."""
    mod_s: int
    """When they last changed, in seconds since 1970."""
    key: str | None = None
    """The guid of the first card with its book and question; None where only the package is known."""
    answer: str | None = None
    """Hash of its card's answer."""
    title: str | None = None
    """Hash of its card's title."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of earlier builds."""

    notes: Mapping[str, Entry] = field(default_factory=dict)
    """By guid, in the order of the sources."""
    style: Entry | None = None
    """The note type's looks."""


def parse_ledger(text: str, path: Path) -> Ledger:
    """The ledger that `dump_ledger` wrote; keys that it does not know are passed over.

    Raises: UsageError, if it is broken or a newer version's.
    """
    try:
        stored = json.loads(text)
        version = int(stored["version"])
        notes = {str(guid): _entry(entry) for guid, entry in stored["notes"].items()}
        style = _entry(stored["style"]) if stored.get("style") else None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            f"{path}: the ledger is broken ({error}) · expected the JSON that an earlier build wrote · bring it back "
            "from version control, or delete it: the times are then taken from the package next to it"
        ) from error
    if version > VERSION:
        raise UsageError(
            f"{path}: the ledger has version {version} · this deckbuild reads {VERSION} · update deckbuild"
        )
    return Ledger(notes, style)


def dump_ledger(ledger: Ledger) -> str:
    """The ledger as JSON, one line a note."""
    notes = ",\n".join(f"  {json.dumps(guid)}: {_line(entry)}" for guid, entry in ledger.notes.items())
    style = _line(ledger.style) if ledger.style else "null"
    return f'{{\n "version": {VERSION},\n "style": {style},\n "notes": {{\n{notes}\n }}\n}}\n'


def redate(entry: Entry, before: Entry | None, now_s: int) -> Entry:
    """The entry with its time: as before if its content is; now if it is new or changed, but always later than before."""
    if before is None:
        mod_s = now_s
    elif before.digest == entry.digest:
        mod_s = before.mod_s
    else:
        mod_s = max(now_s, before.mod_s + 1)
    return replace(entry, mod_s=mod_s)


def _entry(stored: dict[str, Any]) -> Entry:
    known = {f.name: stored[f.name] for f in fields(Entry) if f.name in stored}
    entry = Entry(**known)
    if not isinstance(entry.digest, str) or not isinstance(entry.mod_s, int):
        raise ValueError(f"not an entry: {stored}")
    return entry


def _line(entry: Entry) -> str:
    return json.dumps({name: value for name, value in asdict(entry).items() if value is not None})
