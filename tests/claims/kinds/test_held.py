"""Values said of a name."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract
from deckbuild.model import Value

from ..build import make_card, plain, run, tensor, verdicts

CODE = "```python\nxs = [2, 1]\nxs.sort()\n```\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Now `xs` is `[1, 2]`.", ["[1, 2]"]),
        ("So `xs` becomes `[1, 2]`, and `ys` is `[3]`.", ["[1, 2]"]),
        ("`xs` is `True`.", ["True"]),
        ("Yet `xs` is still `[1, 2]`, and so `xs` remains `[2]`.", ["[1, 2]", "[2]"]),
        ("`xs` is False, and not True.", ["False"]),
        ("`ys` is `False`, `xs` is True.", ["True"]),
        ("`xs` is Trueish.", []),
        ("`xs` is `a list`.", []),
        ("`xs` is `sorted`.", []),
        ("If it is empty, `xs` is `[]`.", []),
        ("`xs` is `[]` by default.", []),
        ("`xs` is not `[1, 2]`.", []),
        ("Here `xs` can be `[1, 2]`.", []),
    ],
)
def test_is_recognised_of_names_that_the_code_binds(text: str, expected: list[str]) -> None:
    assert [c.expected for c in extract(make_card(CODE + text))] == expected


def test_a_name_that_a_function_binds_too_is_left_alone() -> None:
    card = make_card("```python\ndef f(xs=None):\n    return xs\nxs = f([1])\n```\n`xs` is `None`.")
    assert extract(card) == ()


@pytest.mark.parametrize(
    ("bound", "text", "verdict"),
    [
        ({2: plain("xs", [2, 1]), 3: plain("xs", [1, 2])}, "`xs` is `[1, 2]`.", "confirmed"),
        ({2: plain("xs", [2, 1]), 3: plain("xs", [1, 2])}, "`xs` is `[2, 1]`.", "untested"),
        ({2: plain("xs", [2, 1]), 3: plain("xs", [1, 2])}, "At first `xs` is `[2, 1]`.", "confirmed"),
        ({2: plain("xs", [2, 1]), 3: plain("xs", [1, 2])}, "`xs` is `[1, 3]`.", "refuted"),
        ({3: plain("xs", [1, 2])}, "`xs` is `[1, 3]`.", "refuted"),
        ({3: plain("xs", [1, 2])}, "After the first step `xs` is `[1, 3]`.", "untested"),
        ({}, "`xs` is `[1, 3]`.", "untested"),
    ],
)
def test_all_values_that_it_had_decide(bound: dict[int, Value], text: str, verdict: str) -> None:
    card = make_card(CODE + text)
    assert [v for _, v, _ in verdicts(card, run(card, bound=bound))] == [verdict]


def test_what_another_card_gave_refutes_nothing() -> None:
    card = make_card("```python\nprint(xs)\nxs = f(2)\n```\n`xs` is `[1, 3]`.")
    repairs = run(card, setup=["f = list"], bound={3: plain("xs", [1, 2])})
    assert [v for _, v, _ in verdicts(card, repairs)] == ["untested"]


def test_in_a_loop_a_name_may_have_had_other_values() -> None:
    card = make_card("```python\nxs = []\nfor i in range(2):\n    xs.append(i)\n```\n`xs` is `[0]`.")
    repairs = run(card, bound={2: plain("xs", []), 3: plain("xs", [0, 1])})
    assert [v for _, v, _ in verdicts(card, repairs)] == ["untested"]


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        ("[[1, 2], [3, 4]]", "confirmed"),
        ("[[2, 1], [4, 3]]", "refuted"),
        ("[2, 2]", "untested"),
        ("[[1, 2]]", "untested"),
    ],
)
def test_an_array_is_refuted_by_all_of_its_entries_only(stated: str, verdict: str) -> None:
    card = make_card(f"```python\nc = a @ b\n```\nNow `c` is `{stated}`.")
    value = tensor("c", [[1, 2], [3, 4]], dtype="int64", text="tensor([[1, 2],\n        [3, 4]])")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: value}))] == [verdict]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The scores are [3, 1].", ["[3, 1]"]),
        ("We see that the scores are tensor([3, 1]).", ["tensor([3, 1])"]),
        ("The others are [3, 1].", []),
        ("The scores are [3].", []),
        ("The scores can be [3, 1].", []),
        ("If the scores are [3, 1], they are high.", []),
        ("The scores are [high, low].", []),
    ],
)
def test_without_backticks_a_name_and_its_row_are_recognised(text: str, expected: list[str]) -> None:
    assert [c.expected for c in extract(make_card(f"```python\nscores = f(2)\n```\n{text}"))] == expected


@pytest.mark.parametrize(("row", "verdict"), [("[3, 1]", "confirmed"), ("[3, 2]", "untested")])
def test_without_backticks_another_value_refutes_nothing(row: str, verdict: str) -> None:
    card = make_card(f"```python\nscores = f(2)\n```\nThe scores are {row}.")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: plain("scores", [3, 1])}))] == [verdict]
