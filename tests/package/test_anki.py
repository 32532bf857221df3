"""Packages in the real Anki: imported, rendered, imported again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from deckbuild.model import FIELDS, Media, Note, NoteStyle
from deckbuild.package import Ledger, pack, record
from tests.sample import STYLE, card, note

pytest.importorskip("anki", reason="the wheel `anki` is not installed (extra `verify`)")

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)


@dataclass
class Desk:
    """A collection, and the ledger of the packages that it is given."""

    collection: Any
    folder: Path
    ledger: Ledger = field(default_factory=Ledger)

    def take(self, notes: Sequence[Note], now_s: int, style: NoteStyle = STYLE) -> dict[str, int]:
        """What Anki says of the import of a package built at `now_s`: notes new, updated, duplicate, conflicting."""
        self.ledger = record(self.ledger, [card(n.guid) for n in notes], notes, style, now_s)
        (path := self.folder / "deck.apkg").write_bytes(pack(notes, style, self.ledger))
        return self.import_again(path)

    def import_again(self, path: Path) -> dict[str, int]:
        """The same, of a package as it lies there."""
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        log = self.collection.import_anki_package(request).log
        return {kind: n for kind in ("new", "updated", "duplicate", "conflicting") if (n := len(getattr(log, kind)))}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    import anki.lang
    from anki.collection import Collection

    anki.lang.set_lang("en_US")
    collection = Collection(str(tmp_path / "collection.anki2"))
    yield Desk(collection, tmp_path)
    collection.close()


def deck_of(count: int) -> list[Note]:
    return [note(f"guid{n}", deck=f"A Book::{n % 3 + 1} Chapter", Title=f"T{n}") for n in range(count)]


def test_every_card_renders_and_no_picture_is_missing_or_unused(desk: Desk) -> None:
    picture = Media("tensor-1.png", PIXEL)
    notes = [
        note("a", Answer="<pre><code>if a &lt; b:\n\treturn {{a}}</code></pre>"),
        note("b", (picture,), Answer='<img src="tensor-1.png">'),
        note("c", Predict="What does it print?", PredictAnswer="4"),
    ]
    assert desk.take(notes, now_s=1000) == {"new": 3}
    sides = [desk.collection.get_card(c).render_output() for c in desk.collection.find_cards("")]
    assert len(sides) == 4
    assert not [s for s in sides if "template has a problem" in s.question_text or not s.answer_text.strip()]
    assert any("if a &lt; b:\n\treturn {{a}}" in s.answer_text for s in sides)
    media = desk.collection.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    assert not desk.collection.get_empty_cards().notes
    assert desk.collection.fix_integrity()[1]


def test_decks_tags_and_order(desk: Desk) -> None:
    desk.take(deck_of(6), now_s=1000)
    assert {d.name for d in desk.collection.decks.all_names_and_ids()} == {
        "A Book",
        "A Book::1 Chapter",
        "A Book::2 Chapter",
        "A Book::3 Chapter",
        "Default",
    }
    cards = [desk.collection.get_card(c) for c in desk.collection.find_cards("tag:rating::8")]
    order = [c.note()["Title"] for c in sorted(cards, key=lambda c: c.due)]
    assert order == ["T0", "T1", "T2", "T3", "T4", "T5"]


def test_the_same_package_and_an_unchanged_rebuild_change_nothing(desk: Desk) -> None:
    desk.take(deck_of(20), now_s=1000)
    assert desk.import_again(desk.folder / "deck.apkg") == {"duplicate": 20}
    assert desk.take(deck_of(20), now_s=2000) == {"duplicate": 20}


def test_an_edited_answer_updates_that_note_and_leaves_all_scheduling_alone(desk: Desk) -> None:
    notes = deck_of(20)
    desk.take(notes, now_s=1000)
    for place, number in enumerate(desk.collection.find_cards("")):
        studied = desk.collection.get_card(number)
        studied.type, studied.queue, studied.ivl, studied.due, studied.reps = 2, 2, 10 + place, 100 + place, 3
        desk.collection.update_card(studied)
    before = schedule(desk)
    place = FIELDS.index("Answer")
    edited = replace(notes[7], fields=(*notes[7].fields[:place], "<p>Better.</p>", *notes[7].fields[place + 1 :]))
    assert desk.take([*notes[:7], edited, *notes[8:]], now_s=1000) == {"updated": 1, "duplicate": 19}
    assert [desk.collection.get_note(n)["Title"] for n in desk.collection.find_notes("Better.")] == ["T7"]
    assert schedule(desk) == before


def test_a_card_more_and_a_card_less(desk: Desk) -> None:
    notes = deck_of(5)
    desk.take(notes, now_s=1000)
    assert desk.take([note("new"), *notes[1:]], now_s=2000) == {"new": 1, "duplicate": 4}


def test_new_looks_arrive_and_no_note_is_touched(desk: Desk) -> None:
    desk.take(deck_of(5), now_s=1000)
    style = replace(STYLE, css=".card { color: teal; }", card_back="{{FrontSide}}<hr id=answer>{{Answer}}!")
    assert desk.take(deck_of(5), now_s=2000, style=style) == {"duplicate": 5}
    assert desk.collection.models.by_name("Deckbuild")["css"] == style.css


def test_titles_that_differ_only_in_case_share_a_deck(desk: Desk) -> None:
    desk.take([note("a", deck="Book::Sums"), note("b", deck="Book::sums")], now_s=1000)
    assert len(desk.collection.find_cards('"deck:Book::Sums"')) == 2


def schedule(desk: Desk) -> list[list[int]]:
    """Type, queue, interval, due and repetitions of every card."""
    rows: list[list[int]] = desk.collection.db.all("select id, type, queue, ivl, due, reps from cards order by id")
    return rows
