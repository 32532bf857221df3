"""Cards as nobody writes them: so long, so deep, or so much of one thing that what reads them could take for ever, or fall over."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from deckbuild.checking import Checker
from deckbuild.claims import extract
from deckbuild.model import (
    LONGEST_CARD,
    LONGEST_LINE,
    MOST_SNIPPETS,
    Card,
    CheckedCard,
    Deck,
    Job,
    Outcome,
    SnippetVerdict,
    Unanswered,
    Versions,
)
from deckbuild.options import Options
from deckbuild.pipeline import build
from deckbuild.render import draw_note
from deckbuild.source import read_deck
from tests.stages import quieten

CODE = "```python\nx = 3\nprint(x)\n```\n"
LINE = 480
"""Characters of a line that is made of one thing."""
FEW, MANY = 1_500, 12_000
FLOOR_S = 0.05
"""Below this a time tells nothing."""
MOST_TIMES = 4
"""So many times the time of a linear reading are allowed; a square would take MANY : FEW, twice as many."""


def text_of(answer: str, question: str = "What?") -> str:
    return f"#### Long\n:p {question}\n??x\n{answer}\nx??\n\n---\n\n"


def read(text: str) -> Deck:
    return read_deck(["-"], stdin=text.encode())


def lines_of(unit: str, characters: int) -> str:
    """That much text of one thing, in lines of the usual sort."""
    line = (unit * (LINE // len(unit))).rstrip("\n")
    return "\n".join([line] * (characters // LINE))


def everywhere(unit: str, characters: int) -> str:
    """A card with the text behind code, called an output, in comments, and in a string."""
    text = lines_of(unit, characters)
    comments = "\n".join(f"print(x)  # {line}" for line in text.split("\n") if "\n" not in unit)
    code = f"```python\nx = 3\n{comments}\nprint('''{text}''')\n```\n"
    return text_of(f"{CODE}{text}\n\nThe output is {text}\n\n{code}Output:\n```\n{text}\n```\n")


def spent_s(text: str) -> float:
    """Processor time for reading a card and its statements, and drawing it."""
    started = time.process_time()
    for card in read(text).cards:
        extract(card)
        draw_note(CheckedCard("abcdefghij", card, (), (), "Deck", ()), Versions("1", "3.11", "2"), 0)
    return time.process_time() - started


UNITS = (
    "a", "a ", "1 ", "1, ", "[", "[1, ", "]", "(", "(1, ", "{", "`", "`a` ", "$", "$x$ ", "\\(", "*", "**a ", "<", "|", "_", "- ", ". ", "\n", "\n- a",
    "1 + ", "1 x ", "2 × 3 = 6 ", "a=", "f(", "x.y", "'", "(a) ", "The mean of x is 1.5. ", "The shape of x is (2, 3). ", "not ", "if ", ">>> 1\n1\n", "# a\n",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_the_square_of_its_length(unit: str) -> None:
    spent_s(everywhere("b c ", FEW))  # what is loaded for the first card
    few, many = (spent_s(everywhere(unit, characters)) for characters in (FEW, MANY))
    assert many <= MOST_TIMES * MANY / FEW * max(few, FLOOR_S)


def rows(template: str, count: int) -> str:
    return "\n".join(template.format(n=n) for n in range(count))


@pytest.mark.parametrize(
    "row",
    ["print({n})  # Output: {n}", "print({n})\n# Output: {n}", ">>> {n}\n{n}", "x{n} = {n}", "print('a{n}')  # a{n}", "x{n} = [{n}, 2]  # a list"],
)  # fmt: skip
def test_no_code_takes_the_square_of_its_lines(row: str) -> None:
    spent_s(text_of(f"```python\n{rows(row, 9)}\n```"))
    few, many = (spent_s(text_of(f"```python\n{rows(row, count)}\n```")) for count in (150, 1200))
    assert many <= MOST_TIMES * 8 * max(few, FLOOR_S)


DEEP = 5_000
DEEPLY = {
    "brackets": "[" * DEEP + "]" * DEEP,
    "calls": "f(" * DEEP + ")" * DEEP,
    "attributes": "x" + ".a" * DEEP,
    "signs": "-" * DEEP + "1",
    "sum": " + ".join(["1"] * DEEP),
    "short sum": " + ".join(["1"] * 900),
    "calls of results": "f" + "(1)" * DEEP,
    "dicts": "{1: " * DEEP + "1" + "}" * DEEP,
}


class NothingRuns:
    """A runner that is asked for nothing, or answers that all went well."""

    def trial(self, jobs: list[Job]) -> tuple[Outcome, ...]:
        return tuple(Outcome(None) for _ in jobs)

    confirm = trial


def check(deck: Deck, card: Card):  # type: ignore[no-untyped-def]
    checker = Checker(deck, lambda _: Unanswered(""))
    return checker.check(card, NothingRuns())  # type: ignore[arg-type]


@pytest.mark.parametrize("code", DEEPLY.values(), ids=DEEPLY)
def test_what_is_nested_too_deeply_is_passed_over_with_the_reason(code: str) -> None:
    deck = read(text_of(f"```python\nx = {code}\n```"))
    found = check(deck, deck.cards[0])
    assert not found.broken
    (repair,) = found.repairs
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "too-long")
    assert "nested too deeply" in repair.why


@pytest.mark.parametrize("said", DEEPLY.values(), ids=DEEPLY)
def test_a_statement_may_be_nested_as_deeply(said: str) -> None:
    short = said[: LONGEST_LINE // 3]
    for text in (
        f"The output is `{said}`.",
        f"It gives {said}",
        f"So {short} = 3.\n",
        f"It gives {short}{said[-50:]}.",
    ):
        deck = read(text_of(f"{CODE}{text}\n\n```python\nprint(3)  # {short}\n```\nOutput:\n```\n{said}\n```"))
        assert not check(deck, deck.cards[0]).broken


def test_a_number_may_have_any_number_of_digits() -> None:
    digits = "7" * 6_000
    deck = read(text_of(f"{CODE}Output:\n```\n{digits}\n```\n"))
    assert len(extract(deck.cards[0])) == 1
    assert not check(deck, deck.cards[0]).broken


def test_so_may_the_numbers_of_a_list_a_listing_and_a_rating() -> None:
    digits = "7" * 6_000
    items = f"so $x = 2${digits}. **Then** it is\n{digits}. One $x ^ 2${digits}. Two"
    text = f"**Rating: {digits}/10**\n" + text_of(
        f"{items}\n```python\n{digits} x = 1\n{digits} y = 2\n{digits} z = 3\n```"
    )
    deck = read(text)
    assert deck.cards[0].rating is None
    found = check(deck, deck.cards[0])
    assert not found.broken
    drawn = draw_note(
        CheckedCard("abcdefghij", deck.cards[0], found.repairs, (), "Deck", ()), Versions("1", "3.11", "2"), 0
    )
    assert digits in drawn.fields[4]


LONG = "y = [" + "1.25, " * (LONGEST_CARD // 6) + "1]"


def test_a_card_that_is_too_long_is_made_and_not_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quieten(monkeypatch)
    monkeypatch.chdir(tmp_path)
    Path("long.md").write_text(
        text_of("Short.\n" + CODE, "First?") + text_of(f"```python\n{LONG}\n```\n```\n1\n```\n", "Second?")
    )
    built = build(["long.md"], Path("deck.apkg"), Options())
    verdicts = [[(r.verdict.value, r.reason) for r in card.repairs] for card in built.checked.cards]
    assert verdicts == [[("ran", None)], [("skipped", "too-long"), ("skipped", "language")]]
    (told,) = [d for d in built.checked.diagnostics if d.code == "card-too-long"]
    assert (told.line, told.severity) == (15, "warning")
    assert f"more than {LONGEST_CARD:,}" in told.message
    assert built.new == 2


def test_so_is_one_of_too_many_blocks_and_one_of_many_is_checked() -> None:
    for count, excess in ((MOST_SNIPPETS, False), (MOST_SNIPPETS + 1, True)):
        (card,) = read(text_of("".join("```python\nx = 1\n```\n\n" for _ in range(count)))).cards
        assert bool(card.excess) is excess


def test_a_line_that_is_too_long_is_told_and_the_others_are_read() -> None:
    endless = "word " * (LONGEST_LINE // 5 + 1)
    deck = read(text_of(f"{CODE}{endless}\nThe output is 3.\n\nThe output is 3. {endless}"))
    assert [d.line for d in deck.diagnostics if d.code == "line-too-long"] == [8, 11]
    assert [c.line for c in extract(deck.cards[0])] == [9]
    assert read(text_of(f"{CODE}{endless[:LONGEST_LINE]}")).diagnostics == ()


def test_nothing_is_borrowed_from_a_card_that_is_too_long() -> None:
    deck = read(
        text_of(f"```python\ndef near(v):\n    return v\n\n{LONG}\n```")
        + text_of("```python\nprint(near(1))\n```", "Which?")
    )
    kept = read(
        text_of("```python\ndef near(v):\n    return v\n```") + text_of("```python\nprint(near(1))\n```", "Which?")
    )
    assert "def near" not in str(check(deck, deck.cards[1]).repairs[0].code)
    assert "def near" in str(check(kept, kept.cards[1]).repairs[0].code)


@pytest.mark.parametrize("characters", [LONGEST_CARD, 4 * LONGEST_CARD])
def test_all_that_is_drawn_of_an_endless_text_is_its_text(characters: int) -> None:
    text = "&[a]( " * (characters // 6)
    (card,) = read(text_of(f"**Before**\n\n{text}\n\nbehind.")).cards
    fields = dict(zip(("Key", "Title", "Context", "Question", "Answer"), draw_note(
        CheckedCard("abcdefghij", card, (), (), "Deck", ()), Versions("1", "3.11", "2"), 0
    ).fields, strict=False))  # fmt: skip
    assert fields["Answer"].count("&amp;[a](") == characters // 6
    assert "behind." in fields["Answer"]
