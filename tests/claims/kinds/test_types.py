"""Types stated in words."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract
from deckbuild.model import Assumption, Value

from ..build import make_card, plain, run, tensor, verdicts

CODE = "```python\nx = make()\n```\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Here `x` has dtype torch.float64.", "float64"),
        ("The data type of `x` is `torch.int64`.", "int64"),
        ("Now `x` is a list.", "list"),
        ("- `x` is a `list`\n- another thing", "list"),
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


@pytest.mark.parametrize(
    "text",
    [
        "`x` is a string method.",
        "`x` is an integer array.",
        "`x` is a list comprehension.",
        "`x` is a list or a tuple.",
        "`x` is a list, tuple, or set.",
    ],
)
def test_a_type_that_only_describes_or_is_one_of_several_is_left_alone(text: str) -> None:
    assert extract(make_card(CODE + text)) == ()


@pytest.mark.parametrize(
    ("text", "value", "verdict"),
    [
        ("`x` is an integer.", plain("x", 3), "confirmed"),
        ("`x` is an integer.", plain("x", 3.0), "refuted"),
        ("`x` is an integer.", plain("x", True), "untested"),
        ("`x` is a string, and `y` a number.", plain("x", "a"), "confirmed"),
        ("`x` is a dictionary of lists.", plain("x", [1]), "refuted"),
        ("`x` is a dict.", Value("x", "collections.defaultdict"), "untested"),
        ("`x` is a tuple.", Value("x", "__main__.Point"), "untested"),
        ("`x` is a float.", Value("x", "numpy.float64"), "untested"),
        ("`x` is a Tensor.", Value("x", "torch.nn.parameter.Parameter"), "untested"),
        ("`x` is a list.", Value("x", "numpy.ndarray"), "refuted"),
        ("`x` keeps the dtype `int64`.", tensor("x", [1.0]), "refuted"),
        ("`x` is an array of dtype float32.", tensor("x", [1.0]), "confirmed"),
    ],
)
def test_a_value_of_a_kind_of_it_is_not_contradicted(text: str, value: Value, verdict: str) -> None:
    card = make_card(CODE + text)
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: value}))] == [verdict]
