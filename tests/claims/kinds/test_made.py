"""What comments say that their statement makes."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract, judge
from deckbuild.model import Assumption, Value

from ..build import make_card, plain, run, verdicts


def found(code: str) -> list[str]:
    return [c.expected for c in extract(make_card(f"```python\n{code}\n```"))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("y = f(x)  # a 3x4 matrix of ones", "3x4"),
        ("# Reshape it into a 3x4 matrix\ny = f(x)", "3x4"),
        ("y = f(x)  # tensor of shape (3, 4)", "(3, 4)"),
        ("# Create an array with 12 elements from 0 to 11\ny = f(x)", "12"),
        ("y = f(x)  # list of three numbers", "three"),
        ("y = f(x)  # the last five elements", "five"),
        ("# batch of 8 images\ny = f(x)", "8"),
    ],
)
def test_is_recognised(code: str, expected: str) -> None:
    assert found(code) == [expected]


@pytest.mark.parametrize(
    "code",
    [
        "# a 3x4 matrix\n\ny = f(x)",
        "# a 3x4 matrix\nf(x)",
        "y = f(x)  # from a 3x4 matrix to a 4x3 matrix",
        "y = f(x)  # not a list of three numbers",
        "y = f(x)  # a list of 3 or 4 numbers",
        "y = f(x)  # the third of 12 elements",
        "y = f(x)  # each list of three numbers",
        "y = f(x)  # multiply a 2x3 matrix by a 3x2 matrix",
        "y = f(x)  # the upper half of the 4x4 matrix",
        "y = f(x)  # assuming x is a list of three numbers",
        "y = f(x)  # here x is a list of three numbers",
        "def f(x):  # list of three numbers\n    return x",
    ],
)
def test_is_left_alone(code: str) -> None:
    assert found(code) == []


def judged(comment: str, value: Value, *, stand_in: bool = False) -> list[str]:
    card = make_card(f"```python\ny = f(x)  # {comment}\n```")
    assumptions = [Assumption("x", "make()", "")] if stand_in else []
    return [
        v
        for _, v, _ in verdicts(
            card, run(card, bound={2: value}, assumptions=assumptions, assumed=["x", "y"] if stand_in else [])
        )
    ]


def array(*shape: int) -> Value:
    return Value("y", "numpy.ndarray", "float64", shape)


@pytest.mark.parametrize(
    ("comment", "value", "verdict"),
    [
        ("a 3x4 matrix", array(3, 4), "confirmed"),
        ("a 3x4 matrix", array(1, 1, 3, 4), "confirmed"),
        ("a 3x4 matrix", array(4, 3), "refuted"),
        ("a 3x4 matrix", array(2, 4, 3), "untested"),
        ("a 3x4 matrix", plain("y", "no array"), "untested"),
        ("array with 12 elements", array(3, 4), "confirmed"),
        ("array with 12 elements", array(3, 3), "refuted"),
        ("list of three numbers", plain("y", [1, 2, 3]), "confirmed"),
        ("list of three numbers", plain("y", [1, 2]), "refuted"),
        ("list of three numbers", plain("y", "abc"), "untested"),
    ],
)
def test_is_held_against_the_value(comment: str, value: Value, verdict: str) -> None:
    assert judged(comment, value) == [verdict]


@pytest.mark.parametrize("value", [array(3, 4), array(4, 3)])
def test_what_a_stand_in_made_is_never_refuted(value: Value) -> None:
    assert judged("a 3x4 matrix", value, stand_in=True) != ["refuted"]


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        ("[x, x * 2, x + 1]", "confirmed"),
        ("(x, x, x)", "confirmed"),
        ("{'a': x, 'b': x, 'c': x}", "confirmed"),
        ("[x, *x]", "assumed"),
        ("[n for n in x]", "assumed"),
        ("list(x)", "assumed"),
    ],
)
def test_the_number_of_entries_that_are_written_rests_on_no_stand_in(made: str, verdict: str) -> None:
    card = make_card(f"```python\ny = {made}  # list of three numbers\n```")
    given = [Assumption("x", "nn.Linear(3, 3)", "")]
    repairs = run(card, bound={2: plain("y", [0, 0, 0])}, assumptions=given, assumed=["x", "y"])
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


def test_too_few_entries_that_are_written_refute_it() -> None:
    card = make_card("```python\ny = [x, x]  # list of three numbers\n```")
    given = [Assumption("x", "make(3, 8)", "")]
    repairs = run(card, bound={2: plain("y", [0, 0])}, assumptions=given, assumed=["x", "y"])
    assert [v for _, v, _ in verdicts(card, repairs)] == ["refuted"]


@pytest.mark.parametrize(("assumed", "shown"), [([], [(2, "y")]), (["x", "y"], [])])
def test_a_list_of_what_stands_in_is_not_shown_for_its_length(assumed: list[str], shown: list[tuple[int, str]]) -> None:
    card = make_card("```python\ny = [x, x, x]  # list of three numbers\n```")
    given = [Assumption("x", "make(2, 8)", "")] if assumed else []
    repairs = run(card, bound={2: plain("y", [0, 0, 0])}, assumptions=given, assumed=assumed)
    (found,) = judge(card, extract(card), repairs)
    assert (found.verdict, list(found.shows)) == ("confirmed", shown)
