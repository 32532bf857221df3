"""Values of functions written out."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract

from ..build import make_card, verdicts


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The loss is ln(2) = 0.693.", "confirmed"),
        (r"Here $\ln 3 \approx 1.0986$.", "confirmed"),
        ("We get $\\sqrt{5} = 2.236$.", "confirmed"),
        ("It is √16 = 4.", "confirmed"),
        ("So $1/\\sqrt{4} = 0.5$.", "confirmed"),
        ("The value is $e^{-2} = 0.1353$.", "confirmed"),
        ("It needs log2(32) = 5 bits.", "confirmed"),
        (r"With $\log_{10}(1000) = 3$.", "confirmed"),
        (r"With $\log_2(10) = 3.32$.", "confirmed"),
        ("We know that exp(-0.5) ≈ 0.6065.", "confirmed"),
        ("There cos(0) = 1, of course.", "confirmed"),
        ("The loss is ln(3) = 1.0886.", "refuted"),
        ("It is sqrt(16) = 8.", "refuted"),
        ("There cos(1) = 0.8415.", "refuted"),
        ("There sin(30) = 0.5.", "untested"),
        ("Here sqrt(3) = 1.73205080.", "untested"),
        ("It is sqrt(3) ≈ 2.", "untested"),
    ],
)
def test_is_worked_out(text: str, verdict: str) -> None:
    assert [v for _, v, _ in verdicts(make_card(text), ())] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Here 2 sqrt(4) = 4.",
        "Here 2 * sqrt(4) = 4.",
        "Here x + ln(2) = 5.",
        "Here sqrt(4) = 2 * 1.",
        "Here sqrt(4) = 2x.",
        "Here ln(x) = 0.5.",
        "Here log(100) = 2.",
        "Here sqrt(-1) = 3.",
        "It is not sqrt(4) = 3.",
        "Here sin(30°) = 0.5.",
        "The name asin(1) = 2 is another.",
        "Here 3e^2 = 22.",
    ],
)
def test_is_left_alone(text: str) -> None:
    assert extract(make_card(text)) == ()
