"""Times: when content last changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.errors import UsageError
from deckbuild.package import Entry, Ledger, dump_ledger, parse_ledger, record
from deckbuild.package.notetype import style_digest
from tests.sample import STYLE, card, note

HERE = Path("deck.ledger.json")


def times(ledger: Ledger) -> dict[str, int]:
    return {guid: entry.mod_s for guid, entry in ledger.notes.items()}


def after(before: Ledger, now_s: int, **answers: str) -> Ledger:
    """The ledger after a build of notes with these answers."""
    notes = [note(guid, Answer=answer) for guid, answer in answers.items()]
    cards = [card(f"{guid}?", answer) for guid, answer in answers.items()]
    return record(before, cards, notes, STYLE, now_s)


def test_only_what_changed_gets_a_new_time() -> None:
    first = after(Ledger(), 100, a="1", b="1")
    second = after(first, 200, b="2", a="1", c="1")
    assert list(times(second).items()) == [("b", 200), ("a", 100), ("c", 200)]
    assert (first.style, second.style) == (second.style, Entry(style_digest(STYLE), 100))


def test_new_looks_are_later() -> None:
    first = after(Ledger(), 100, a="1")
    other = record(first, [], [], replace(STYLE, css=""), now_s=100)
    assert other.style is not None
    assert other.style.mod_s == 101


def test_a_change_is_later_even_where_the_clock_stands_still_or_runs_back() -> None:
    first = after(Ledger(), 100, a="1")
    assert times(after(first, 100, a="2")) == {"a": 101}
    assert times(after(first, 7, a="2")) == {"a": 101}


def test_notes_that_are_no_longer_built_are_remembered() -> None:
    first = after(Ledger(), 100, a="1", b="1")
    assert list(times(after(first, 200, b="1")).items()) == [("b", 100), ("a", 100)]


ENTRIES = st.builds(Entry, st.text(), st.integers(0, 1 << 40), st.none() | st.text(), st.none() | st.text())


@given(st.dictionaries(st.text(min_size=1), ENTRIES), st.none() | ENTRIES)
def test_what_is_written_can_be_read(notes: dict[str, Entry], style: Entry | None) -> None:
    ledger = Ledger(notes, style)
    assert parse_ledger(dump_ledger(ledger), HERE) == ledger


def test_one_note_is_one_line() -> None:
    text = dump_ledger(Ledger({"a": Entry("1", 5), "b": Entry("2", 6)}))
    assert [line for line in text.splitlines() if '"a"' in line] == ['  "a": {"digest": "1", "mod_s": 5},']


def test_unknown_keys_are_passed_over() -> None:
    text = '{"version": 1, "style": null, "new": 1, "notes": {"a": {"digest": "1", "mod_s": 5, "colour": "red"}}}'
    assert parse_ledger(text, HERE) == Ledger({"a": Entry("1", 5)})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"version": 1}',
        '{"version": 1, "notes": []}',
        '{"version": 1, "notes": {"a": {"mod_s": 5}}}',
        '{"version": 1, "notes": {"a": {"digest": "1", "mod_s": "late"}}}',
        '{"version": 1, "notes": {"a": 5}}',
    ],
)
def test_a_broken_ledger_says_what_to_do(text: str) -> None:
    with pytest.raises(UsageError, match=r"deck\.ledger\.json: the ledger is broken .* delete it"):
        parse_ledger(text, HERE)


def test_a_later_ledger_is_not_misread() -> None:
    with pytest.raises(UsageError, match="update deckbuild"):
        parse_ledger('{"version": 2, "notes": {}}', HERE)
