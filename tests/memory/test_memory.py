"""Checks and notes, kept and found: under which key, and for how long."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deckbuild.memory import Check, Memory, key, open_memory
from deckbuild.model import Card, CheckedCard, Deck, Note, Versions
from deckbuild.options import CardOptions, RunOptions
from deckbuild.store import FILE, Store
from tests.memory.test_codec import CHECK, NOTE
from tests.sample import BOOK, card, snippet

OTHER = replace(BOOK, path="notes/other.md")
OWN = card("Why?", "So.", snippet("y = x", 10), line=5)
LENDER = card("What?", "That.", snippet("x = 1", 30), source=OTHER, line=25)
PROSE = card("Who?", "He.", source=OTHER, line=45)
DECK = Deck((BOOK, OTHER), (OWN, LENDER, PROSE))
MACHINE = ("3.11", "Linux")
RUN, LOOKS = RunOptions(), CardOptions()
VERSIONS = Versions("0.1.0", "3.11.7", "2.13.0")


def key_of(deck: Deck = DECK, options: RunOptions = RUN, machine: tuple[str, ...] = MACHINE) -> bytes:
    """Of the deck's first card."""
    return key.Keys(deck, options, machine)(deck.cards[0])


def deck_with(*others: Card, own: Card = OWN) -> Deck:
    return replace(DECK, cards=(own, *others))


@pytest.mark.parametrize(
    "deck",
    [
        deck_with(LENDER, replace(PROSE, title="Another", answer=replace(PROSE.answer, text="She."))),
        replace(DECK, diagnostics=()),
        replace(DECK, cards=(*DECK.cards, card("?", "!", snippet("x = 2"), source=replace(BOOK, book="Elsewhere")))),
    ],
)
def test_the_key_does_not_change_with_what_the_card_cannot_see(deck: Deck) -> None:
    assert key_of(deck) == key_of()


@pytest.mark.parametrize(
    "deck",
    [
        deck_with(LENDER, PROSE, own=replace(OWN, title="Another")),
        deck_with(LENDER, PROSE, own=replace(OWN, line=6)),
        deck_with(LENDER, PROSE, own=replace(OWN, accepts=("refuted",))),
        deck_with(card("What?", "That.", snippet("x = 2", 30), source=OTHER, line=25), PROSE),
        deck_with(card("What?", "That.", snippet("x = 1", 31), source=OTHER, line=25), PROSE),
        deck_with(replace(LENDER, title="Another"), PROSE),
        deck_with(replace(LENDER, shares_context=True), PROSE),
        deck_with(replace(LENDER, source=replace(OTHER, part=9)), PROSE),
        deck_with(LENDER),
        deck_with(PROSE),
        replace(DECK, background=(card("More?", "Yes.", snippet("z = 1"), source=OTHER),)),
    ],
)
def test_the_key_changes_with_the_card_and_with_the_code_of_its_book(deck: Deck) -> None:
    assert key_of(deck) != key_of()


def test_the_key_changes_with_what_runs_the_card() -> None:
    options = RunOptions()
    others = [
        key_of(options=replace(options, seed=1)),
        key_of(options=replace(options, memory_mb=1)),
        key_of(options=replace(options, sandbox="off")),
        key_of(options=replace(options, allow=("processes",))),
        key_of(machine=("3.12", "Linux")),
    ]
    assert len({key_of(), *others}) == 6
    same = (replace(options, jobs=7), replace(options, timeout_s=1.0), replace(options, cache_dir="elsewhere"))
    assert {key_of(options=o) for o in same} == {key_of()}


def test_the_key_changes_with_what_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    found = set()
    for name in ("tool-1.0.dist-info", "tool-1.1.dist-info", "module.py"):
        (tmp_path / name).mkdir()
        key._importable.cache_clear()
        found.add(key_of())
    assert len(found) == 3
    monkeypatch.undo()
    key._importable.cache_clear()


def test_the_key_changes_with_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key.engine()
    monkeypatch.setattr(key, "__file__", str(tmp_path / "memory" / "key.py"))
    (tmp_path / "card.css").write_text("a")
    key.engine.cache_clear()
    first = key.engine()
    (tmp_path / "card.css").write_text("b")
    key.engine.cache_clear()
    assert len({before, first, key.engine()}) == 3
    monkeypatch.undo()
    key.engine.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def remembering(store: Store, options: RunOptions = RUN, *, lasting: bool = True) -> Memory:
    return open_memory(store, DECK, options, MACHINE, lasting=lasting)


def test_a_check_is_found_again_without_what_nobody_reads(store: Store) -> None:
    remembering(store).keep_check("guid", OWN, CHECK)
    (found, nothing) = remembering(store).checks([("guid", OWN), ("other", LENDER)])
    assert nothing is None
    assert found is not None
    assert found.judgements == CHECK.judgements
    (repair,), (before,) = found.repairs, CHECK.repairs
    assert repair.outcome is not None
    assert before.outcome is not None
    assert repair == replace(before, outcome=replace(before.outcome, probed=(), cached=True))


def test_nothing_is_remembered_where_more_decides_than_the_key_tells(store: Store) -> None:
    remembering(store).keep_check("guid", OWN, CHECK)
    for memory in (
        remembering(store, lasting=False),
        remembering(store, RunOptions(repair_command="ask")),
        remembering(store, RunOptions(repair_record="record.jsonl")),
    ):
        assert memory.checks([("guid", OWN)]) == [None]
        memory.keep_check("other", LENDER, CHECK)
    assert store.info().cards == 1


def draw(card: CheckedCard) -> Note:
    drawn.append(card.id)
    return replace(NOTE, guid=card.id)


drawn: list[str] = []


def notes(store: Store, versions: Versions = VERSIONS, options: CardOptions = LOOKS, **more: Any) -> int:
    """How many of the notes of two cards, of which only the first is remembered, had to be drawn."""
    memory = remembering(store)
    memory.checks([("guid", OWN)])
    cards = [CheckedCard("guid", OWN, (), (), "A::B", ()), CheckedCard("other", LENDER, (), (), "A::B", ())]
    drawn.clear()
    found = memory.notes([replace(c, **more) for c in cards], versions, options, draw)
    assert [n.guid for n in found] == [c.id for c in cards]
    return len(drawn)


def test_a_note_is_drawn_once_for_a_check_that_is_kept(store: Store) -> None:
    remembering(store).keep_check("guid", OWN, CHECK)
    assert [notes(store), notes(store)] == [2, 1]
    assert notes(store, options=CardOptions(context="front")) == 2
    assert notes(store, versions=replace(VERSIONS, torch="3.0")) == 2
    assert notes(store, deck="C") == 2
    assert notes(store, tags=("t",)) == 2
    assert notes(store) == 1


def test_a_package_is_known_by_what_it_was_packed_of_and_by_its_bytes(store: Store) -> None:
    memory = remembering(store)
    memory.keep_packed([NOTE], b"package")
    assert memory.is_packed([NOTE], b"package")
    assert not memory.is_packed([NOTE], b"spoilt")
    assert not memory.is_packed([replace(NOTE, deck="C")], b"package")
    assert not remembering(store, lasting=False).is_packed([NOTE], b"package")


@pytest.mark.parametrize("garbage", [b"not compressed", b"x\x9c\x03\0\0\0\0\1", None])
def test_foreign_entries_are_no_checks(tmp_path: Path, store: Store, garbage: bytes | None) -> None:
    memory = remembering(store)
    memory.keep_check("guid", OWN, CHECK)
    store.keep("cards", [(key_of(), b'{"repairs":3}')])
    assert remembering(store).checks([("guid", OWN)]) == [None]
    if garbage is not None:
        store.close()
        with sqlite3.connect(tmp_path / FILE) as database:
            database.execute("UPDATE cards SET payload = ?", (garbage,))
        database.close()
        with Store(tmp_path) as again:
            assert remembering(again).checks([("guid", OWN)]) == [None]


def test_a_broken_file_is_made_anew_and_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"garbage" * 1000)
    with Store(tmp_path) as store:
        memory = remembering(store)
        assert memory.checks([("guid", OWN)]) == [None]
        memory.keep_check("guid", OWN, CHECK)
        assert isinstance(remembering(store).checks([("guid", OWN)])[0], Check)
        (note,) = store.notes
        assert note.endswith("it was made anew")


def test_checks_and_outcomes_share_the_size_and_the_longest_unused_go_first(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.keep("outcomes", [(b"old", b"x" * 50), (b"new", b"y" * 50)])
        store.keep("cards", [(b"old", b"z" * 50), (b"new", b"w" * 50)])
    with sqlite3.connect(tmp_path / FILE) as database:
        for kind in ("outcomes", "cards"):
            database.execute(f"UPDATE {kind} SET used = 1 WHERE key = ?", (b"old",))
    database.close()
    with Store(tmp_path) as store:
        assert store.prune(store.info().size_bytes // 2) == 2
        assert store.fetch("outcomes", [b"old", b"new"]) == {b"new": b"y" * 50}
        assert store.fetch("cards", [b"old", b"new"]) == {b"new": b"w" * 50}
        assert (store.info().entries, store.info().cards) == (1, 1)
        assert store.clear() == 2
        assert store.info().size_bytes == 0
