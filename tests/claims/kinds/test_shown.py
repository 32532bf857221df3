"""Quantities of which the code prints nothing else."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract
from deckbuild.model import Assumption

from ..build import make_card, run, verdicts

CODE = "```python\nprint(np.linalg.det(A))\n```\n"


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("print(np.linalg.det(A))", "The determinant is -2.", "-2"),
        ("print(A.sum())", "We add them up, so the sum is 12.", "12"),
        ("print(round(x.std(), 2))", "Here the standard deviation of `x` is 1.25.", None),
        ("print(round(x.std(), 2))", "The standard deviation of `x` is 1.25.", "1.25"),
        ("print(x.mean().item())", "The mean of the values is 4.5.", "4.5"),
    ],
)
def test_is_recognised(code: str, text: str, expected: str | None) -> None:
    assert [c.expected for c in extract(make_card(f"```python\n{code}\n```\n{text}"))] == (
        [expected] if expected else []
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("print(np.linalg.det(A))", "The trace is 5."),
        ("print(np.linalg.det(A))", "The determinant of B is 5."),
        ("print(np.linalg.det(A))", "If the rows are equal, the determinant is 0."),
        ("print(np.linalg.det(A))", "The determinant is not 0, and the determinant is 5 times as large."),
        ("print(np.linalg.det(A))\nprint(np.linalg.det(B))", "The determinant is 5."),
        ("for A in As:\n    print(np.linalg.det(A))", "The determinant is 5."),
        ("print(f(np.linalg.det(A)))", "The determinant is 5."),
        ("print(f'{A.sum()} 1')", "The sum is 5."),
    ],
)
def test_is_left_alone(code: str, text: str) -> None:
    assert [c for c in extract(make_card(f"```python\n{code}\n```\n{text}")) if c.kind == "number"] == []


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("7.0", "confirmed"),
        ("7.000000000000001", "confirmed"),
        ("6.9", "refuted"),
        ("7.0 8.0", "untested"),
        ("", "untested"),
    ],
)
def test_is_held_against_the_print(printed: str, verdict: str) -> None:
    card = make_card(CODE + "The determinant is 7.")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: printed + "\n"} if printed else {}))] == [verdict]


def test_of_a_stand_in_it_proves_nothing() -> None:
    card = make_card(CODE + "The determinant is 7.")
    stand_in = [Assumption("A", "torch.eye(2)", "")]
    repairs = run(card, printed={2: "7.0\n"}, assumptions=stand_in, assumed=["A"], setup=["A = torch.eye(2)"])
    assert [v for _, v, _ in verdicts(card, repairs)] == ["untested"]


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        ("print(len(word))", "refuted"),
        ("print(len(set(word)))", "untested"),
        ("print(len([1, 2]))", "refuted"),
    ],
)
def test_what_is_made_on_the_way_has_another_length(code: str, verdict: str) -> None:
    card = make_card(f"```python\n{code}\n```\nThe length is 12.")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: "9\n"}))] == [verdict]


@pytest.mark.parametrize("where", ["After one more step", "For the transposed matrix", "In the first case"])
def test_of_other_circumstances_it_is_not_refuted(where: str) -> None:
    card = make_card(CODE + f"{where}, the determinant is 7.")
    assert "refuted" not in [v for _, v, _ in verdicts(card, run(card, printed={2: "5.0\n"}))]


@pytest.mark.parametrize(
    ("code", "printed", "verdict"),
    [
        ("print(x.mean(), x.var())", "2.5 7.0", "confirmed"),
        ("print('Variance:', x.var())", "Variance: 7.0", "confirmed"),
        ("print(x.mean(), x.var())", "2.5 6.0", "untested"),
        ("print(x.mean(), x.var())", "2.5 6.0 7.0", "untested"),
        ("print(x.shape)\nprint(x.var())", "7.0", "confirmed"),
        ("print(x.shape)\nprint(x.var())", "6.0", "untested"),
    ],
)
def test_of_several_prints_one_may_confirm_it(code: str, printed: str, verdict: str) -> None:
    card = make_card(f"```python\n{code}\n```\nThe variance is 7.")
    repairs = run(card, printed={2 + code.count("\n"): f"{printed}\n"})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]
