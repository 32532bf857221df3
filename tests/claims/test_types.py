"""Types stated in words."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract
from deckbuild.model import Assumption

from .build import make_card, plain, run, tensor, verdicts

CODE = "```python\nx = make()\n```\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Here `x` has dtype torch.float64.", "float64"),
        ("The data type of `x` is `torch.int64`.", "int64"),
        ("Now `x` is a list.", "list"),
        ("Now `x` is a PyTorch tensor of ones; `x` is a torch.Tensor.", "torch.Tensor"),
    ],
)
def test_is_recognised(text: str, expected: str) -> None:
    assert [c.expected for c in extract(make_card(CODE + text))] == [expected]


@pytest.mark.parametrize(
    "text", ["`x` can be a list.", "x is a list.", "`x` is a listing.", "`x` is a list-like thing."]
)
def test_is_left_alone(text: str) -> None:
    assert extract(make_card(CODE + text)) == ()


def test_is_held_against_the_value() -> None:
    card = make_card(CODE + "Here `x` has dtype torch.float64.")
    assert verdicts(card, run(card, bound={2: tensor("x", [1.0], dtype="float64")})) == [
        ("float64", "confirmed", "float64")
    ]
    assert verdicts(card, run(card, bound={2: tensor("x", [1.0])})) == [("float64", "refuted", "float32")]
    assert verdicts(card, run(card)) == [("float64", "untested", None)]


def test_a_stand_in_has_no_type_of_its_own() -> None:
    card = make_card(CODE + "Now `x` is a list.")
    repairs = run(card, bound={2: plain("x", "text")}, assumptions=[Assumption("x", "'text'", "")], assumed=["x"])
    assert verdicts(card, repairs)[0][1] == "untested"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Now `z` is a list.", "assumed"),
        ("Here `x` has dtype torch.float32.", "assumed"),
        ("Now `x` is a Tensor.", "confirmed"),
    ],
)
def test_what_follows_from_a_stand_in_is_a_type_but_no_dtype(text: str, verdict: str) -> None:
    card = make_card(CODE.replace("x = make()", "x = make(z)") + text)
    repairs = run(
        card,
        bound={2: tensor("x", [1.0])},
        setup=["z = [1]"],
        setup_values=[plain("z", [1])],
        assumptions=[Assumption("z", "[1]", "")],
        assumed=["x", "z"],
    )
    assert verdicts(card, repairs)[0][1] == verdict
