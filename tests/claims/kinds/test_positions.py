"""Entries of an output, in the reading that the text establishes."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract

from ..build import call, make_card, run, tensor, verdicts

CODE = "```python\ny = layer(x)\n```\n"
ROWS = [[5.0, 6.0, 7.0], [8.0, 9.0, 10.0], [11.0, 12.0, 13.0]]


def entries(text: str) -> list[tuple[str, str]]:
    card = make_card(CODE + text)
    gave = (1, 1, 3, 3)
    repairs = run(card, bound={2: tensor("y", [[ROWS]])}, calls=[call(2, "Conv2d", (1, 1, 4, 4), gave)])
    return [(e, v) for e, v, _ in verdicts(card, repairs)]


def said(*stated: tuple[str, int]) -> str:
    return "\n".join(f"- The value at position {place} of the output is {value}" for place, value in stated)


def test_counting_from_one_row_first() -> None:
    assert entries(said(("(1, 1)", 5), ("(2, 1)", 8), ("(3, 1)", 4))) == [
        ("5", "confirmed"),
        ("8", "confirmed"),
        ("4", "refuted"),
    ]


def test_counting_from_nought() -> None:
    assert entries(said(("(0, 1)", 6), ("(1, 0)", 8), ("(2, 2)", 1))) == [
        ("6", "confirmed"),
        ("8", "confirmed"),
        ("1", "refuted"),
    ]


def test_column_first() -> None:
    assert entries(said(("(2, 1)", 6), ("(3, 1)", 7), ("(1, 3)", 12))) == [
        ("6", "confirmed"),
        ("7", "confirmed"),
        ("12", "refuted"),
    ]


def test_without_a_reading_that_others_support_nothing_is_decided() -> None:
    assert entries(said(("(1, 1)", 5))) == [("5", "untested")]
    assert entries(said(("(1, 1)", 77), ("(1, 2)", 78))) == [("77", "untested"), ("78", "untested")]


def test_one_other_entry_confirms_but_does_not_refute() -> None:
    assert entries(said(("(1, 2)", 6), ("(2, 1)", 99))) == [("6", "untested"), ("99", "untested")]


@pytest.mark.parametrize(("stated", "verdict"), [("6", "confirmed"), ("5", "refuted")])
def test_an_index_reads_as_python_does(stated: str, verdict: str) -> None:
    card = make_card(CODE + f"Here `y[0, 1]` is {stated} and done.")
    assert [(e, v) for e, v, _ in verdicts(card, run(card, bound={2: tensor("y", ROWS)}))] == [(stated, verdict)]


def test_an_index_of_another_rank_decides_nothing() -> None:
    card = make_card(CODE + "Here `y[0, 1]` is 6 and done.")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: tensor("y", [[ROWS]])}))] == ["untested"]


@pytest.mark.parametrize(
    "text",
    ["The point (1, 2) is near.", "What is the value at position (1, 2)?", "The value at position (1, 2) matters."],
)
def test_is_left_alone(text: str) -> None:
    assert extract(make_card(CODE + text)) == ()


def test_arithmetic_and_entry_are_two_claims() -> None:
    card = make_card(CODE + r"The value at position (0, 0) of the output is \(2 \times 1 + 3 = 5\)")
    assert [(c.expected, c.kind) for c in extract(card)] == [("5", "number"), ("5", "number")]


@pytest.mark.parametrize(("second", "verdict"), [(4, "confirmed"), (5, "refuted")])
def test_two_entries_in_one_line_are_two_claims(second: int, verdict: str) -> None:
    card = make_card(f"```python\nr = f(2)\n```\nHere `r[0, 1]` is 2 and `r[1][1]` is {second}.")
    repairs = run(card, bound={2: tensor("r", [[1.0, 2.0], [3.0, 4.0]])})
    assert [v for _, v, _ in verdicts(card, repairs)] == ["confirmed", verdict]
