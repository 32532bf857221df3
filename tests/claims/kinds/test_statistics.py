"""Numbers stated of a computed quantity, and what normalization does to any data."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract
from deckbuild.model import Assumption

from ..build import make_card, plain, run, tensor, verdicts

CARD = "```python\nmean = x.mean().item()\n```\nFor example:\n```python\nmean = 0.48251\nz = x - mean\n```"


def test_a_number_written_down_later_is_held_against_what_was_computed() -> None:
    card = make_card(CARD)
    for computed, verdict in ((0.482509, "confirmed"), (0.4826, "refuted")):
        repairs = run(card, bound={2: plain("mean", computed), 6: plain("mean", 0.48251)})
        assert [(e, v) for e, v, _ in verdicts(card, repairs)] == [("0.48251", verdict)]


def test_its_own_assignment_proves_nothing() -> None:
    card = make_card(CARD)
    assert verdicts(card, run(card, bound={6: plain("mean", 0.48251)})) == [("0.48251", "untested", None)]


def test_a_full_repr_may_differ_in_the_last_bits_of_single_precision() -> None:
    card = make_card(CARD.replace("0.48251", "0.4825109839439392").replace("x.mean()", "torch.mean(x)"))
    for computed, verdict in ((0.4825110137462616, "confirmed"), (0.48252, "refuted")):
        assert verdicts(card, run(card, bound={2: plain("mean", computed)}))[0][1] == verdict


def test_a_statistic_of_a_stand_in_is_untested() -> None:
    card = make_card(CARD)
    repairs = run(
        card,
        bound={2: plain("mean", 0.48251)},
        assumptions=[Assumption("x", "torch.rand(9)", "")],
        assumed=["x", "mean"],
    )
    assert verdicts(card, repairs)[0][1] == "untested"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mean is 2.5.", "2.5"),
        ("Here `total` equals 10.", "10"),
        ("The sum of the squares is 14, then.", "14"),
        ("Here `total` comes to 10.", "10"),
        ("And `total` is still 12.", "12"),
    ],
)
def test_prose_is_recognised(text: str, expected: str) -> None:
    card = make_card(f"```python\nmean = f(x)\ntotal = g(x)\nsum = h(x)\n```\n{text}")
    assert [c.expected for c in extract(card)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "If the mean is 2.5, stop.",
        "The mean can be 2.5.",
        "The mean is 50% of it.",
        "The mean is 2 x 3.",
        "The median is 4.",
        "The total is large.",
    ],
)
def test_prose_is_left_alone(text: str) -> None:
    assert extract(make_card(f"```python\nmean = f(x)\ntotal = g(x)\n```\n{text}")) == ()


@pytest.mark.parametrize("code", ["lr = 0.125", "x = f()\nlr = 0.125"])
def test_ordinary_assignments_are_left_alone(code: str) -> None:
    assert extract(make_card(f"```python\n{code}\n```\nand\n```python\nlr = 0.125\n```")) == ()


NORMALIZED = "```python\nnormed = (x - m) / s\n```\nThe normalized values have a mean close to 0 and a standard deviation of about 1."


def test_normalized_values_are_confirmed_whatever_the_data() -> None:
    card = make_card(NORMALIZED)
    values = {2: tensor("normed", [-1.0, 0.0, 1.0])}
    stand_in = [Assumption("x", "torch.rand(3)", "")]
    for repairs in (run(card, bound=values), run(card, bound=values, assumptions=stand_in, assumed=["x", "normed"])):
        assert [(e, v) for e, v, _ in verdicts(card, repairs)] == [("0", "confirmed"), ("1", "confirmed")]


def test_values_that_are_not_normalized_refute_it() -> None:
    card = make_card(NORMALIZED)
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: tensor("normed", [3.0, 5.0, 9.0])}))] == [
        "refuted",
        "refuted",
    ]


def test_normalization_of_nothing_is_untested() -> None:
    card = make_card(NORMALIZED)
    assert [v for _, v, _ in verdicts(card, run(card))] == ["untested", "untested"]


@pytest.mark.parametrize("text", ["The noise has mean 0 and standard deviation 1.", "Normalized values are small."])
def test_other_sentences_are_left_alone(text: str) -> None:
    assert extract(make_card(f"```python\nnormed = (x - m) / s\n```\n{text}")) == ()


@pytest.mark.parametrize(
    ("text", "verdict"), [("`n` is 3", "untested"), ("`n` is 8", "confirmed"), ("`n` is 9", "untested")]
)
def test_of_a_name_with_several_values_only_the_last_is_certain(text: str, verdict: str) -> None:
    card = make_card(f"```python\nn = f(1)\nn = f(n)\n```\nThen {text}.")
    repairs = run(card, bound={2: plain("n", 3), 3: plain("n", 8)})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The loss is 1.0.", "confirmed"),
        ("The loss is 0.25.", "refuted"),
        ("The first loss is 0.25.", "untested"),
        ("The validation loss is 0.25.", "untested"),
        ("Before training, the loss is 0.25.", "untested"),
        ("The loss is 0.25 after one epoch.", "untested"),
        ("The loss is 0.9.", "refuted"),
    ],
)
def test_another_loss_is_not_this_one(text: str, verdict: str) -> None:
    card = make_card(f"```python\nloss = f(x)\n```\n{text}")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: plain("loss", 1.0)}))] == [verdict]


def test_a_number_in_the_middle_is_not_surely_rounded() -> None:
    card = make_card("```python\naccuracy = f(x)\n```\nThe accuracy is 0.8.")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: plain("accuracy", 0.75)}))] == ["untested"]
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: plain("accuracy", 0.79)}))] == ["confirmed"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The sum is 6.", ["refuted"]),
        ("The total is 14. The sum is 6.", ["confirmed", "untested"]),
    ],
)
def test_a_name_that_another_quantity_may_have_refutes_nothing(text: str, said: list[str]) -> None:
    card = make_card(f"```python\ntotal = sum(v * v for v in vs)\n```\n{text}")
    repairs = run(card, bound={2: plain("total", 14)})
    assert sorted(v for _, v, _ in verdicts(card, repairs)) == said


@pytest.mark.parametrize(("said", "verdict"), [("3", "confirmed"), ("4", "untested")])
def test_a_name_that_a_loop_changes_has_its_last_value(said: str, verdict: str) -> None:
    card = make_card(f"```python\nn = 0\nwhile n < 3:\n    n += 1\n```\nHere `n` is {said}.")
    repairs = run(card, bound={2: plain("n", 0), 3: plain("n", 3)})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize("rest", ["times as large", "or 4", "to 5", "more than before"])
def test_a_number_that_compares_is_left_alone(rest: str) -> None:
    assert extract(make_card(f"```python\nmean = x.mean()\n```\nThe mean is 3 {rest}.")) == ()


@pytest.mark.parametrize(
    ("said", "have", "verdict"),
    [
        ("75%", 0.75, "confirmed"),
        ("75 percent", 75.0, "confirmed"),
        ("80%", 0.75, "refuted"),
        ("66.7%", 2 / 3, "confirmed"),
        ("0.75%", 0.75, "refuted"),
    ],
)
def test_a_share_in_percent(said: str, have: float, verdict: str) -> None:
    card = make_card(f"```python\naccuracy = hits / n\n```\nThe accuracy is {said}.")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: plain("accuracy", have)}))] == [verdict]
