"""Calculations written out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.claims import extract
from deckbuild.claims.kinds.arithmetic import worked_out

from ..build import make_card, verdicts


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"so \(4 \times 2 + 5 \times 1 = 13\)", "confirmed"),
        (r"so \(4 \times 2 + 5 \times 1 = 14\)", "refuted"),
        ("that is 3 + 4 = 7.", "confirmed"),
        ("that is 3 + 4 = 8.", "refuted"),
        ("we get $7 / 3 = 2.33$", "confirmed"),
        ("we get $7 / 3 = 2.34$", "untested"),
        ("we get $7 / 3 = 2.4$", "untested"),
        ("we get $7 / 3 = 2.5$", "refuted"),
        ("we get $17 / 5 = 3$", "untested"),
        (r"area: $5^2 \cdot 3 = 75$", "confirmed"),
        ("sum: (2 + 3) × 4 = 20", "confirmed"),
        ("cost: 1,200 × 2 = 2,400", "confirmed"),
    ],
)
def test_is_worked_out(text: str, verdict: str) -> None:
    assert [v for _, v, _ in verdicts(make_card(text), ())] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "x + 2 + 3 = 7",
        "f(2) + 3 = 9",
        r"\(7 + 8 = 3 \pmod{12}\)",
        "in binary, 10 + 11 = 101",
        "1010 + 11 = 1101",
        "3 + 4 = 7x",
        "3 + 4 = 7 + a",
        "10 * 20 = 200%",
        "pages 3-4 = the middle",
        r"\(2 \times 3 = 6n\)",
        "n = 3",
    ],
)
def test_is_left_alone(text: str) -> None:
    assert extract(make_card(text)) == ()


def test_a_question_states_nothing() -> None:
    assert extract(make_card("yes", question="Is 2 + 2 = 5?")) == ()


@given(st.lists(st.integers(1, 99), min_size=2, max_size=5), st.lists(st.sampled_from("+-*"), min_size=4, max_size=4))
def test_agrees_with_python(values: list[int], signs: list[str]) -> None:
    text = str(values[0]) + "".join(f" {s} {v}" for s, v in zip(signs, values[1:], strict=False))
    assert worked_out(text) == Fraction(eval(text))


@given(st.text(alphabet="0123456789+-*/()= .^\\times", max_size=40))
def test_any_text_can_be_searched(text: str) -> None:
    assert isinstance(extract(make_card(text)), tuple)


def test_entries_of_a_list_are_calculations_of_their_own() -> None:
    text = "- top left: 1*1 + 2*0 = 1\n- 2*1 + 0*3 = 2\n* 2 + 5 = 7\n- in all 3 x 4 + 1 = 13"
    assert [(e, v) for e, v, _ in verdicts(make_card(text), ())] == [(n, "confirmed") for n in ("1", "2", "7", "13")]


@pytest.mark.parametrize(
    ("text", "expected"), [("Instead of 3 * 4 = 12 we take two.", ["12"]), ("It is not 3 * 4 = 13.", [])]
)
def test_a_calculation_that_is_denied_is_a_claim_only_if_it_is_true(text: str, expected: list[str]) -> None:
    assert [c.expected for c in extract(make_card(text))] == expected
