"""When a computed number is the one that is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.claims.agreement.numbers import Slack, agrees, roughly
from deckbuild.prose import Number, numbers


def written(text: str) -> Number:
    return numbers(text)[0]


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("0.5", 0.54),
        ("0.50", 0.504),
        ("3", 3.0),
        ("2.", 2.0),
        ("1e-5", 1.2e-5),
        ("-0.12345678", -0.123456785),
        ("12,000", 12000.0),
    ],
)
def test_agrees(text: str, computed: float) -> None:
    assert agrees(written(f"({text})"), computed)


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("0.5", 0.56),
        ("0.50", 0.51),
        ("3", 3.2),
        ("3", 2.6),
        ("2.", 2.3),
        ("1e-5", 3e-5),
        ("0.5", float("nan")),
        ("1", float("inf")),
    ],
)
def test_does_not_agree(text: str, computed: float) -> None:
    assert not agrees(written(f"({text})"), computed)


def test_double_precision_is_held_to_all_its_digits() -> None:
    assert agrees(written("0.1234567891"), 0.12345678914, single=False)
    assert not agrees(written("0.1234567891"), 0.1234567895, single=False)


@pytest.mark.parametrize(
    ("text", "computed", "fits"), [("0.02", 0.018, True), ("5", 7.0, True), ("5", 20.0, False), ("1", -1.0, False)]
)
def test_roughly_looks_at_sign_and_size(text: str, computed: float, fits: bool) -> None:
    assert roughly(written(text), computed) is fits


@given(st.floats(-1e6, 1e6), st.integers(1, 5))
def test_a_rounded_number_agrees_with_what_it_was_rounded_from(value: float, places: int) -> None:
    assert agrees(written(f"({value:.{places}f})"), value)


@given(st.floats(-99, 99), st.integers(1, 4))
def test_three_units_are_too_much_under_any_rule(value: float, places: int) -> None:
    assert not agrees(written(f"({value:.{places}f})"), value + 3 * 10**-places, Slack.COARSE)
