"""Who is the same note after what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from deckbuild.model import Card, Source
from deckbuild.package import Entry, Ledger, identify
from deckbuild.package.identity import answer_hash, key_guid, title_hash
from tests.sample import BOOK, card


def built(cards: Sequence[Card], ledger: Ledger | None = None) -> tuple[tuple[str, ...], Ledger]:
    """The guids of a build, and the ledger that it leaves."""
    before = ledger or Ledger()
    guids = identify(cards, before)
    entries = {
        guid: Entry("digest", 1, key_guid(card), answer_hash(card), title_hash(card))
        for guid, card in zip(guids, cards, strict=True)
    }
    return guids, Ledger({**before.notes, **entries})


def test_title_file_line_and_answer_of_a_lone_card_do_not_matter() -> None:
    one = card("Why?", "So.")
    moved = replace(BOOK, path="elsewhere/other.md", part=9, chapter="7 Ends", title="Renamed")
    other = card("Why?", "Because.", title="Other", source=moved, line=99)
    assert identify([one], Ledger()) == identify([other], Ledger())


def test_white_space_and_composition_of_the_question_do_not_matter() -> None:
    assert identify([card("Cafe\u0301\n  au lait?")], Ledger()) == identify([card("Caf\u00e9 au lait? ")], Ledger())


def test_book_and_question_matter() -> None:
    other_book = Source("b.md", "Other", "Other", 3, None)
    assert len({*identify([card("A?"), card("B?"), card("A?", source=other_book)], Ledger())}) == 3


def test_cards_with_one_question_get_guids_of_their_own_that_survive_an_edited_answer() -> None:
    first, second = card("Q?", "one"), card("Q?", "two", line=9)
    (a, b), ledger = built([first, second])
    assert a != b
    edited = card("Q?", "two, or so", line=9)
    (a2, b2), ledger = built([first, edited], ledger)
    assert (a2, b2) == (a, b)
    assert identify([edited, first], ledger) == (b, a)


def test_an_answer_that_is_edited_back_is_still_the_same_note() -> None:
    first, second, edited = card("Q?", "one"), card("Q?", "two", line=9), card("Q?", "2", line=9)
    (a, b), ledger = built([first, second])
    _, ledger = built([first, edited], ledger)
    assert identify([first, second], ledger) == (a, b)


def test_a_new_card_with_the_question_takes_no_note_away() -> None:
    old = [card("Q?", "one", title="One"), card("Q?", "two", title="Two", line=9)]
    guids, ledger = built(old)
    new = [card("Q?", "zero", title="Zero", line=1), replace(old[0], answer=card(answer="1").answer), old[1]]
    (zero, *rest) = identify(new, ledger)
    assert tuple(rest) == guids
    assert zero not in guids


def test_a_removed_card_leaves_its_guid_to_the_others_unchanged() -> None:
    cards = [card("Q?", "one"), card("Q?", "two", line=9)]
    (_, b), ledger = built(cards)
    assert identify(cards[1:], ledger) == (b,)


def test_a_guid_in_use_is_not_given_to_a_card_with_the_answer_that_it_had_first() -> None:
    (a, b), ledger = built([card("Q?", "one"), card("Q?", "two", line=9)])
    _, ledger = built([card("Q?", "one"), card("Q?", "2", line=9)], ledger)
    guids = identify([card("Q?", "one"), card("Q?", "2", line=9), card("Q?", "two", line=20)], ledger)
    assert guids[:2] == (a, b)
    assert guids[2] not in {a, b}


def test_a_package_alone_tells_reordered_cards_apart() -> None:
    first, second = card("Q?", "one", line=1), card("Q?", "two", line=9)
    a, b = identify([first, second], Ledger())
    package = Ledger({a: Entry("", 1), b: Entry("", 1)})
    assert identify([replace(second, line=1), replace(first, line=9)], package) == (b, a)


def test_a_card_has_the_same_guid_when_its_file_is_built_alone() -> None:
    part_1, part_2 = replace(BOOK, path="p1.md", part=1), replace(BOOK, path="p2.md", part=2)
    a, b = card("Q?", "one", source=part_1), card("Q?", "two", source=part_2)
    both = identify([a, b], Ledger())
    assert identify([b], Ledger(), background=[a]) == both[1:]
    assert identify([a], Ledger(), background=[b]) == both[:1]


ANSWERS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6, unique=True)


@given(ANSWERS, ANSWERS, st.randoms())
def test_guids_are_unique_and_follow_the_answers(before: list[str], after: list[str], random: object) -> None:
    old = [card("Q?", text, line=line, title=text) for line, text in enumerate(before)]
    guids, ledger = built(old)
    known = dict(zip(before, guids, strict=True))
    new_guids = identify([card("Q?", text, line=line, title=text) for line, text in enumerate(after)], ledger)
    assert len({*new_guids}) == len(after)
    assert all(guid == known[text] for text, guid in zip(after, new_guids, strict=True) if text in known)
