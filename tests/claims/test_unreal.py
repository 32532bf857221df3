"""Statements that the words around them take out of the facts."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract
from deckbuild.claims.unreal import is_supposed, is_unreal

from .build import make_card, plain, run, verdicts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It is not 1 + 2 = 13.", "1 + 2"),
        ("Wrong: 4 + 4 = 9.", "4 + 4"),
        ("A common mistake is 2 + 2 = 5, they say.", "2 + 2"),
        ("You might expect 3 × 3 = 6.", "3 × 3"),
        ("(a) The sum is 7. (b) The sum is 8.", "sum is 8"),
        ("A) 5 + 5 = 12\nB) 5 + 5 = 10", "5 + 5 = 12"),
    ],
)
def test_denied_and_optional(text: str, said: str) -> None:
    assert is_unreal(text, text.index(said))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It is 1 + 2 = 3.", "1 + 2"),
        ("This is not hard. The sum 4 + 4 = 8 shows it.", "4 + 4"),
        ("It is not 13, but 1 + 2 = 3.", "1 + 2"),
        ("(a) Add them: 4 + 4 = 8.", "4 + 4"),
    ],
)
def test_stated(text: str, said: str) -> None:
    assert not is_unreal(text, text.index(said))


@pytest.mark.parametrize(
    "text",
    [
        "With n = 5 the output would be:",
        "If n were 5, it prints:",
        "After changing the last line it shows:",
        "When n is 5, this gives:",
    ],
)
def test_the_output_of_other_code(text: str) -> None:
    assert is_supposed(text, "n = 3\nprint(n)")


@pytest.mark.parametrize(
    "text",
    [
        "The output would be:",
        "With n = 3 this prints:",
        "If you run this, you will see:",
        "When the code is run, it prints:",
    ],
)
def test_the_output_of_this_code(text: str) -> None:
    assert not is_supposed(text, "n = 3\nprint(n)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The output is:", [("9", "confirmed", "9")]),
        ("The output will be:", [("9", "confirmed", "9")]),
        ("With n = 5 the output would be:", []),
    ],
)
def test_a_fence_behind_a_condition_is_no_output_of_the_code(text: str, expected: list[tuple[str, str, str]]) -> None:
    card = make_card(f"```python\nn = 3\nprint(n * n)\n```\n{text}\n```\n9\n```")
    assert verdicts(card, run(card, printed={3: "9\n"})) == expected


def test_wrong_answers_to_choose_from_are_no_claims() -> None:
    card = make_card("```python\ntotal = f(x)\n```\n(a) The sum is 12. (b) The sum is 13. (c) The sum is 14.")
    assert extract(card) == ()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The sum is 13.", "confirmed"),
        ("The sum is 12.", "refuted"),
        ("The sum of the residuals is 0.", "untested"),
        ("The sum of `x` is 13.", "confirmed"),
        ("The sum of `w` is 13.", "untested"),
    ],
)
def test_a_sum_is_that_of_what_is_named(text: str, verdict: str) -> None:
    card = make_card(f"```python\nw = 2\nx = [6, 7]\ntotal = sum(x)\n```\n{text}")
    repairs = run(card, bound={2: plain("w", 2), 3: plain("x", [6, 7]), 4: plain("total", 13)})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]
