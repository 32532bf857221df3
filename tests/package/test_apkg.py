"""The package, opened as zip and SQLite."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from deckbuild.errors import UsageError
from deckbuild.model import FIELDS, Media, Note
from deckbuild.package import Entry, Ledger, pack, read_package
from deckbuild.package.notetype import note_digest, style_digest
from tests.sample import STYLE, note


def ledger_of(*notes: Note, mod_s: int = 1_700_000_000) -> Ledger:
    entries = {n.guid: Entry(note_digest(n.fields, n.tags), mod_s + place) for place, n in enumerate(notes)}
    return Ledger(entries, Entry(style_digest(STYLE), mod_s))


def rows(package: bytes, query: str) -> list[tuple[Any, ...]]:
    database = zipfile.ZipFile(io.BytesIO(package)).read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        return connection.execute(query).fetchall()


def test_equal_input_gives_equal_bytes() -> None:
    notes = [note("a", (Media("x.png", b"1"),)), note("b", deck="Other")]
    assert pack(notes, STYLE, ledger_of(*notes)) == pack(notes, STYLE, ledger_of(*notes))


def test_notes_carry_their_own_times_and_their_place() -> None:
    notes = [note("a"), note("b", deck="Other"), note("c", Predict="What?", PredictAnswer="That.")]
    package = pack(notes, STYLE, ledger_of(*notes, mod_s=1000))
    assert rows(package, "select guid, mod from notes order by guid") == [("a", 1000), ("b", 1001), ("c", 1002)]
    assert rows(package, "select n.guid, c.ord, c.due from cards c join notes n on n.id = c.nid order by 1, 2") == [
        ("a", 0, 1),
        ("b", 0, 2),
        ("c", 0, 3),
        ("c", 1, 3),
    ]


def test_the_schema_is_frozen() -> None:
    ((models,),) = rows(pack([note("a")], STYLE, ledger_of(note("a"))), "select models from col")
    ((number, model),) = json.loads(models).items()
    assert (number, model["name"]) == ("1702946183", "Deckbuild")
    assert [(f["name"], f["id"]) for f in model["flds"]] == [
        (name, 7301550000000000101 + place) for place, name in enumerate(FIELDS)
    ]
    assert [(t["name"], t["id"]) for t in model["tmpls"]] == [
        ("Card", 7301550000000000201),
        ("Predict", 7301550000000000202),
    ]


def test_media_are_sorted_deflated_and_stored_once() -> None:
    picture, other = Media("b.png", b"0" * 1000), Media("a.png", b"1")
    notes = [note("a", (picture, other)), note("b", (picture,))]
    archive = zipfile.ZipFile(io.BytesIO(pack(notes, STYLE, ledger_of(*notes))))
    assert json.loads(archive.read("media")) == {"0": "a.png", "1": "b.png"}
    assert archive.read("1") == picture.data
    assert {i.compress_type for i in archive.infolist()} == {zipfile.ZIP_DEFLATED}
    assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_decks_that_differ_in_case_are_one() -> None:
    notes = [note("a", deck="Sums"), note("b", deck="sums")]
    assert rows(pack(notes, STYLE, ledger_of(*notes)), "select count(distinct did) from cards") == [(1,)]


def test_clashes_are_refused() -> None:
    with pytest.raises(ValueError, match="guids are not unique"):
        pack([note("a"), note("a")], STYLE, ledger_of(note("a")))
    two = [note("a", (Media("x", b"1"),)), note("b", (Media("x", b"2"),))]
    with pytest.raises(ValueError, match="two different pictures are named x"):
        pack(two, STYLE, ledger_of(*two))


def test_a_note_without_a_card_is_refused() -> None:
    empty = note("a", Question="", Title="")
    with pytest.raises(ValueError, match="makes no card"):
        pack([empty], STYLE, ledger_of(empty))


def test_a_package_tells_what_its_ledger_knew(tmp_path: Path) -> None:
    notes = [note("a"), note("b", Answer="1\n2")]
    (path := tmp_path / "deck.apkg").write_bytes(pack(notes, STYLE, ledger_of(*notes)))
    assert read_package(path) == ledger_of(*notes)


def test_an_empty_file_is_no_obstacle_and_anything_else_is(tmp_path: Path) -> None:
    (path := tmp_path / "deck.apkg").touch()
    assert read_package(path) == Ledger()
    path.write_text("my thesis")
    with pytest.raises(UsageError, match=r"deck\.apkg: found a file that is no package"):
        read_package(path)
