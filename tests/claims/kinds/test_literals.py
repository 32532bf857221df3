"""Tensors given as results."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.claims import extract
from deckbuild.model import Assumption

from ..build import call, judgements, make_card, run, tensor, verdicts

DATA = [[2.0, 4.0], [6.0, 8.0]]
GIVEN = "```python\ny = layer(x)\n```\nThis gives us:\n```python\nz = torch.tensor([[2., 4.], [6., 8.]])\n```"


def literals(text: str) -> list[str]:
    return [c.text for c in extract(make_card(text)) if c.kind == "tensor"]


@pytest.mark.parametrize(
    "text",
    [
        GIVEN,
        "```python\ny = layer(x)\n```\nFor example:\n```python\ny = torch.tensor([[2., 4.], [6., 8.]])\n```",
        "```python\ny = layer(x)\n```\nThe output is `tensor([[2., 4.], [6., 8.]])`.",
        "```python\ny = layer(x)\n```\nThis results in [[2, 4], [6, 8]].",
    ],
)
def test_is_recognised(text: str) -> None:
    assert len(literals(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "```python\nx = torch.tensor([[2., 4.], [6., 8.]])\ny = layer(x)\n```",
        "Take this input:\n```python\nx = torch.tensor([[2., 4.], [6., 8.]])\n```",
        "```python\ny = layer(x)\n```\nWe use the weights [[2, 4], [6, 8]].",
        "The output is [[2, 4], [6, 8]].",
    ],
)
def test_inputs_and_texts_without_code_are_left_alone(text: str) -> None:
    assert literals(text) == []


def test_is_met_by_what_the_layer_gave() -> None:
    card = make_card(GIVEN)
    for data, verdict in ((DATA, "confirmed"), ([[2.0, 4.0], [6.0, 9.0]], "refuted")):
        repairs = run(
            card, bound={2: tensor("y", data), 6: tensor("z", DATA)}, calls=[call(2, "Conv2d", (1, 2, 2), (2, 2))]
        )
        assert verdicts(card, repairs)[0][1] == verdict


def test_its_own_execution_proves_nothing() -> None:
    card = make_card(GIVEN)
    assert verdicts(card, run(card, bound={6: tensor("z", DATA)}))[0][1] == "untested"


def test_what_is_computed_from_the_literal_proves_nothing() -> None:
    card = make_card(
        "```python\ny = layer(x)\n```\nThis gives us:\n```python\nz = torch.tensor([[2., 4.], [6., 8.]])\n```\nand then\n```python\nw = z * 1\n```"
    )
    assert verdicts(card, run(card, bound={6: tensor("z", DATA), 10: tensor("w", DATA)}))[0][1] == "untested"


def test_leading_dimensions_of_one_do_not_matter_others_do() -> None:
    card = make_card(GIVEN)
    calls = [call(2, "Conv2d", (1, 2, 2), (1, 1, 2, 2))]
    assert verdicts(card, run(card, bound={2: tensor("y", [[DATA]])}, calls=calls))[0][1] == "confirmed"
    calls = [call(2, "Conv2d", (1, 2, 2), (4,))]
    assert verdicts(card, run(card, bound={2: tensor("y", [2.0, 4.0, 6.0, 8.0])}, calls=calls))[0][1] == "refuted"


def test_a_result_of_a_stand_in_proves_nothing() -> None:
    card = make_card(GIVEN)
    repairs = run(
        card, bound={2: tensor("y", DATA)}, assumptions=[Assumption("x", "torch.ones(2, 2)", "")], assumed=["x", "y"]
    )
    assert verdicts(card, repairs)[0][1] == "untested"


def test_a_literal_that_chose_the_set_up_says_what_it_proves_beyond() -> None:
    card = make_card(GIVEN.replace("2., 4.", "2.125, 4.375").replace("6., 8.", "6.125, 8.5"))
    data = [[2.125, 4.375], [6.125, 8.5]]
    (judgement,) = judgements(
        card, run(card, bound={2: tensor("y", data)}, calls=[call(2, "Linear", (2, 2), (2, 2))], tried=64)
    )
    assert judgement.verdict == "confirmed"
    assert judgement.tried == 64
    assert judgement.bits == pytest.approx(14 * 3.32 - 6, abs=0.05)
    assert judgement.shows == ((2, "y"),)


def test_a_literal_that_says_less_than_the_choice_cost_is_assumed() -> None:
    card = make_card(GIVEN)
    repairs = run(card, bound={2: tensor("y", DATA)}, calls=[call(2, "Linear", (2, 2), (2, 2))], tried=4096)
    assert verdicts(card, repairs)[0][1] == "assumed"


PRINTED = "```python\ny = layer(x)\n```\nThe result would be:\n```python\ntensor([[2., 4.], [6., 8.]], dtype=torch.float64)\n```"
LAYER = [call(2, "Conv2d", (1, 2, 2), (2, 2))]


@pytest.mark.parametrize("said", ["The result would be:\n", "In the form of a table\n", ""])
def test_a_printed_form_fenced_as_python_is_a_claim(said: str) -> None:
    assert len(literals(PRINTED.replace("The result would be:\n", said))) == 1


def test_a_bare_literal_that_was_run_proves_nothing_of_itself() -> None:
    card = make_card(PRINTED)
    assert verdicts(card, run(card, bound={6: tensor("", DATA)}))[0][1] == "untested"
    card = make_card(PRINTED.replace("tensor([[2., 4.]", "torch.tensor([[2., 4.]"))
    assert verdicts(card, run(card, bound={6: tensor("", DATA)}))[0][1] == "untested"


def test_a_printed_form_is_held_against_the_value_before_it_with_its_dtype() -> None:
    card = make_card(PRINTED)
    single, double = tensor("y", DATA), replace(tensor("y", DATA), dtype="float64")
    for value, verdict in ((double, "confirmed"), (single, "refuted")):
        assert verdicts(card, run(card, bound={2: value}, calls=LAYER))[0][1] == verdict
    card = make_card(PRINTED.replace(", dtype=torch.float64", ""))
    assert verdicts(card, run(card, bound={2: single}, calls=LAYER))[0][1] == "confirmed"


def test_a_value_that_only_takes_another_form_at_the_end_of_a_snippet_is_still_a_result() -> None:
    card = make_card("```python\ny = layer(x)\ny.reshape(2, 2)\n```\nThe output is `tensor([[2., 4.], [6., 8.]])`.")
    assert verdicts(card, run(card, bound={3: tensor("", DATA)}))[0][1] == "confirmed"


@pytest.mark.parametrize(
    ("literal", "quoted"),
    [
        ("tensor([0.5, 1.5])", "tensor([0.5, 1.5])"),
        ("tensor([0.5, 1.5], dtype=torch.float64)", "tensor([0.5, 1.5], dtype=torch.float64)"),
        ("[0.5, 1.5])", "[0.5, 1.5]"),
    ],
)
def test_a_literal_is_quoted_to_its_last_bracket(literal: str, quoted: str) -> None:
    card = make_card(f"```python\ny = f(2)\nprint(y + 1)\n```\nThe output is {literal}.")
    assert [c.text for c in extract(card)] == [quoted]
