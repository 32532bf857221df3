"""Formulas that are the same in other words."""

from __future__ import annotations

import pytest

from deckbuild.claims.agreement.symbolic import is_formula, same_formula

from ..build import make_card, run, verdicts


@pytest.mark.parametrize(
    ("stated", "computed", "same"),
    [
        ("(x + 1)*(x - 1)", "x**2 - 1", True),
        ("2*(30*x**2 + 7)", "60*x**2 + 14", True),
        ("sin(x)^2 + cos(x)^2 + y", "y + 1", None),
        ("exp(a)*exp(b)", "exp(a + b)", True),
        ("x**2 + 1", "x**2 - 1", False),
        ("3*x", "3*y", None),
        ("f(x) + 1", "f(x) + 1", None),
        ("x/0", "x/0", None),
    ],
)
def test_same_formula(stated: str, computed: str, same: bool | None) -> None:
    assert same_formula(stated, computed) is same


@pytest.mark.parametrize(("text", "yes"), [("x**2 + 1", True), ("3*x", True), ("x", False), ("3 * 4", False), ("a-b", False), ("well, x + 1", False)])  # fmt: skip
def test_is_formula(text: str, yes: bool) -> None:
    assert is_formula(text) is yes


@pytest.mark.parametrize(
    ("comment", "verdict"),
    [("(x + 1)*(x - 1)", "confirmed"), ("(x + 1)**2", "refuted"), ("(y + 1)*(y - 1)", "untested")],
)
def test_a_printed_formula_is_met_in_any_form(comment: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(sp.factor(e))  # {comment}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: "x**2 - 1\n"}))] == [verdict]
