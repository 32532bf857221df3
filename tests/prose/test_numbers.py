"""Numbers as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.prose import numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the mean is 0.50.", [("0.50", 0.5, 2)]),
        ("we get −2.5 and -7", [("−2.5", -2.5, 1), ("-7", -7.0, 0)]),
        ("a rate of 1e-5", [("1e-5", 1e-5, 5)]),
        ("1.5e-3 or 2e4", [("1.5e-3", 0.0015, 4), ("2e4", 2e4, -4)]),
        ("12,000 rows", [("12,000", 12000.0, 0)]),
        ("[2., 3.]", [("2.", 2.0, 0), ("3.", 3.0, 0)]),
        ("it ends with 3.", [("3", 3.0, 0)]),
        (".25", [(".25", 0.25, 2)]),
        ("f(1,2)", [("1", 1.0, 0), ("2", 2.0, 0)]),
    ],
)
def test_is_read(text: str, expected: list[tuple[str, float, int]]) -> None:
    assert [(n.text, n.value, n.decimals) for n in numbers(text)] == expected


@pytest.mark.parametrize("text", ["conv2d", "x1", "3rd", "release 1.2.3", "0x1F", "3x3"])
def test_is_left_alone(text: str) -> None:
    assert numbers(text) == ()


def test_a_hyphen_is_no_sign() -> None:
    assert [n.value for n in numbers("7 - 3 and top-5")] == [7.0, 3.0, 5.0]


@pytest.mark.parametrize(("text", "digits"), [("0.0123", 3), ("10", 2), ("0", 1), ("1.50e-3", 3), ("0.0", 1)])
def test_significant_digits(text: str, digits: int) -> None:
    assert numbers(text)[0].digits == digits


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_that_python_writes_is_read_back(value: float) -> None:
    (found,) = numbers(f"about {value!r} of it")
    assert found.value == value
    assert found.text == repr(value)


@given(st.text(alphabet="0123456789.,eE-−+ x()[]`a\\", max_size=40))
def test_places_are_those_of_the_text(text: str) -> None:
    assert all(text[n.start : n.end] == n.text for n in numbers(text))
