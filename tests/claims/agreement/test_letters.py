"""Shapes written in letters."""

from __future__ import annotations

import pytest

from deckbuild.claims.agreement.letters import Dimension, Fit, fit, learn
from deckbuild.model import Assumption, Outcome, Value

from ..build import call, make_card, plain, run, tensor, verdicts

NONE = Outcome(None)


def shaped(name: str, *shape: int) -> Value:
    return Value(name, "torch.Tensor", "float32", shape)


@pytest.mark.parametrize(
    ("dims", "shape", "letters", "expected"),
    [
        (("B", "T", 16), (2, 5, 16), {}, Fit.SAME),
        (("B", "T", "C"), (2, 5, 7), {}, Fit.OPEN),
        (("B", "T", "C"), (2, 5, 7), {"B": 2, "T": 5, "C": 7}, Fit.SAME),
        (("B", "T", "C"), (2, 7, 5), {"B": 2, "T": 5, "C": 7}, Fit.SWAPPED),
        (("B", "T", "C"), (2, 3, 7), {"B": 2, "T": 5, "C": 7}, Fit.OPEN),
        (("B", "T", "C"), (4, 4, 7), {"B": 4, "T": 4, "C": 7}, Fit.OPEN),
        (("B", "T", 16), (2, 5, 8), {}, Fit.DIFFERENT),
        (("B", "T", "T"), (2, 5, 5), {}, Fit.SAME),
        (("B", "T", "T"), (2, 5, 3), {}, Fit.DIFFERENT),
        (("B", "T"), (2, 5, 3), {"B": 2}, Fit.DIFFERENT),
        ((None, 3), (2, 5, 3), {}, Fit.OPEN),
        (("N", "H/2"), (2, 3), {"N": 2, "H": 7}, Fit.SAME),
        (("N", "H/2"), (2, 4), {"N": 2, "H": 7}, Fit.SAME),
        (("N", "H/2"), (2, 5), {"N": 2, "H": 7}, Fit.OPEN),
        (("N", "C*H*W"), (2, 30), {"N": 2, "C": 5, "H": 3, "W": 2}, Fit.SAME),
        (("N", "T+1"), (2, 4), {"N": 2, "T": 3}, Fit.SAME),
        (("see", "1/0"), (2, 4), {}, Fit.OPEN),
    ],
)
def test_fit(dims: tuple[Dimension, ...], shape: tuple[int, ...], letters: dict[str, int], expected: Fit) -> None:
    assert fit(dims, shape, NONE, letters) is expected


def test_a_variable_of_the_program_is_certain_and_a_single_letter_is_not() -> None:
    outcome = Outcome(None, values=(plain("seq_len", 5), plain("T", 5)))
    assert fit(("B", "seq_len"), (2, 6), outcome, {}) is Fit.DIFFERENT
    assert fit(("B", "T"), (2, 6), outcome, {}) is Fit.OPEN


def test_only_the_first_number_of_a_letter_is_learnt() -> None:
    letters: dict[str, int] = {}
    learn(("B", "T", 3), (2, 5, 3), NONE, letters)
    learn(("B", "C"), (4, 7), NONE, letters)
    learn(("N", "T", 8), (2, 5, 3), NONE, letters)
    assert letters == {"B": 2, "T": 5, "C": 7}


CODE = "```python\nx = f(2)  # (B, T, C)\ny = g(x)  # (B, C, T)\n```"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((2, 3, 5), (2, 5, 3), ["untested", "confirmed"]),
        ((2, 3, 5), (2, 3, 5), ["untested", "refuted"]),
        ((2, 3, 5), (2, 3, 7), ["untested", "untested"]),
        ((4, 4, 4), (4, 4, 4), ["untested", "untested"]),
    ],
)
def test_a_letter_means_what_it_meant_above(
    first: tuple[int, ...], second: tuple[int, ...], expected: list[str]
) -> None:
    card = make_card(CODE)
    repairs = run(card, bound={2: shaped("x", *first), 3: shaped("y", *second)})
    assert [v for _, v, _ in verdicts(card, repairs)] == expected


@pytest.mark.parametrize(
    ("dims", "verdict"),
    [("(N, 8, H/2, W/2)", "confirmed"), ("(N, 8, H, W)", "confirmed"), ("(N, 4, H/2, W/2)", "refuted")],
)  # fmt: skip
def test_the_letters_of_a_layers_output_mean_its_input(dims: str, verdict: str) -> None:
    card = make_card(f"```python\ny = conv(x)  # {dims}\n```")
    repairs = run(card, bound={2: shaped("y", 2, 8, 3, 5)}, calls=[call(2, "Conv2d", (2, 3, 6, 10), (2, 8, 3, 5))])
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


def test_sizes_of_our_own_that_cannot_be_told_apart_are_tried_with_others() -> None:
    card = make_card("```python\ny = conv(x)  # (N, 8, H/2, W/2)\n```")
    square = call(2, "Conv2d", (1, 3, 6, 6), (1, 8, 3, 3))
    told_apart = call(2, "Conv2d", (3, 3, 7, 11), (3, 8, 4, 6))
    stand_in = Assumption("x", "make()", "")
    alone = run(card, calls=[square], setup=["x = make()"], assumptions=[stand_in], assumed=["x", "y"])
    twice = run(
        card, calls=[square], other_calls=[told_apart], setup=["x = make()"], assumptions=[stand_in], assumed=["x", "y"]
    )
    assert [v for _, v, _ in verdicts(card, alone)] == ["untested"]
    assert [v for _, v, _ in verdicts(card, twice)] == ["confirmed"]


@pytest.mark.parametrize(
    ("comment", "verdict"),
    [("(1, 2)", "confirmed"), ("(2, 1)", "refuted"), ("[1, 2]", "confirmed"), ("=> (1, 2, 1)", "refuted")],
)
def test_a_tuple_behind_an_array_is_its_shape(comment: str, verdict: str) -> None:
    card = make_card(f"```python\ny = f(2)  # {comment}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: tensor("y", [[1.0, 2.0]])}))] == [verdict]


@pytest.mark.parametrize(("data", "verdict"), [([1, 2], "confirmed"), ([1, 3], "refuted")])
def test_a_list_behind_a_list_is_its_entries(data: list[int], verdict: str) -> None:
    card = make_card("```python\ny = f(2)  # [1, 2]\n```")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: plain("y", data)}))] == [verdict]


@pytest.mark.parametrize(("comment", "verdict"), [("[3]", "confirmed"), ("(1, 2, 3)", "confirmed"), ("[4]", "refuted")])
def test_of_one_dimension_it_may_be_the_shape_or_the_entries(comment: str, verdict: str) -> None:
    card = make_card(f"```python\ny = f(2)  # {comment}\n```")
    assert [
        v for _, v, _ in verdicts(card, run(card, bound={2: tensor("y", [1.0, 2.0, 3.0], text="tensor([1, 2, 3])")}))
    ] == [verdict]
