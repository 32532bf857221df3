"""Numbers: exact within the printed precision, aligned on the point."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.render.tensor.numbers import Scalar, choose_format, write_number

BLANKS = "\u2007\u2008"


def written(values: list[Scalar], dtype: str = "float32", digits: int = 4) -> list[str]:
    """The numbers as one tensor prints them."""
    format_ = choose_format(values, dtype, digits)
    return [format_.write(v) for v in values]


@pytest.mark.parametrize(
    ("values", "dtype", "texts"),
    [
        ([1.0, 0.0, 2.0], "float32", ["1", "0", "2"]),
        ([5.9999995, 1.0], "float32", ["6", "1"]),
        ([0.5, 0.25], "float32", ["0.50", "0.25"]),
        ([0.1, 0.5], "float64", ["0.1", "0.5"]),
        ([0.4, -2.89, -1243.15], "float32", ["0.40", "−2.89", "−1243.15"]),
        ([0.5, 0.0], "float32", ["0.5", "0\u2008\u2007"]),
        ([1.0, 2e-8, -3.0], "float32", ["1", "≈0", "−3"]),
        ([1.5e-5, 2.0], "float32", ["1.50e−5", "2.00e0"]),
        ([123456.5, 1.0], "float32", ["1.23e5", "1.00e0"]),
        ([999999.0, 1.0], "float32", ["999999", "1"]),
        ([2e6], "float32", ["2.00e6"]),
        ([0.30078125], "bfloat16", ["0.3"]),
        ([-0.0], "float32", ["0"]),
        ([math.nan, math.inf, -math.inf, 1.5], "float32", ["nan", "inf", "−inf", "1.5"]),
        ([True, False], "bool", ["True", "False"]),
        ([-3, 12345678901234567890], "uint64", ["−3", "12345678901234567890"]),
        ([1 + 2j, 3.5 - 1j], "complex64", ["1.0+2.0j", "3.5−1.0j"]),
        ([0.123456, 2.0], "float32", ["0.123", "2.000"]),
        ([], "float32", []),
    ],
)
def test_one_format_for_all(values: list[Scalar], dtype: str, texts: list[str]) -> None:
    assert written(values, dtype) == texts


@given(st.lists(st.floats(allow_subnormal=False), min_size=1, max_size=30), st.sampled_from([4, 3, 2]))
def test_what_is_printed_is_true_within_its_precision(values: list[float], digits: int) -> None:
    format_ = choose_format(values, "float64", digits)
    largest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    for value in values:
        text = format_.write(value).strip(BLANKS).replace("−", "-")
        if not math.isfinite(value):
            assert text == str(value)
        elif text == "≈0":
            assert 0 < abs(value) < max(0.5 * 10.0**-format_.decimals * (1 + 1e-9), 1e-6 * largest)
        else:
            mantissa, _, exponent = text.partition("e")
            unit = Decimal(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
            error = abs(Decimal(text) - Decimal(value))
            assert error <= unit / 2 + abs(Decimal(value)) * Decimal("1e-15")


@given(st.lists(st.floats(-1000, 1000, allow_subnormal=False), min_size=2, max_size=20))
def test_points_stand_below_each_other(values: list[float]) -> None:
    format_ = choose_format(values, "float64")
    if format_.kind == "fixed" and format_.decimals:
        tails = {len(t) - max(t.find("."), t.find("\u2008")) for t in map(format_.write, values)}
        assert len(tails) == 1


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0"),
        (9.5, "9.50"),
        (-0.376678, "−0.377"),
        (254.0, "254"),
        (127.4, "127"),
        (1e-9, "1.00e−9"),
        (3.2e8, "3.20e8"),
        (math.nan, "nan"),
        (-math.inf, "−inf"),
    ],
)
def test_a_number_alone(x: float, text: str) -> None:
    assert write_number(x) == text
