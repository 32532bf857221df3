"""Shapes that the text behind code gives to what the code prints."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract
from deckbuild.claims.kinds.printed_shapes import PrintedShapeTest
from deckbuild.model import Assumption, Value

from ..build import make_card, run, verdicts

CODE = "print(f(x).shape)"


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (CODE, "The output's shape is `torch.Size([2, 6, 4])`.", ["torch.Size([2, 6, 4])"]),
        (CODE, "The result is torch.Size([8, 32]).", ["torch.Size([8, 32])"]),
        (CODE, "The middle has 30 units and the output is torch.Size([2, 3]).", ["torch.Size([2, 3])"]),
        ("print(f(x))", "The result is a 6 x 2 tensor.", ["6 x 2"]),
        (f"{CODE}\nprint(w.size())", "The shapes are (1, 8) and (1, 9).", ["(1, 8)", "(1, 9)"]),
    ],
)
def test_is_recognised(code: str, text: str, expected: list[str]) -> None:
    found = extract(make_card(f"```python\n{code}\n```\n{text}"))
    assert [c.expected for c in found if isinstance(c.test, PrintedShapeTest)] == expected


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (CODE, "If x has one row, the output's shape is (1, 4)."),
        (CODE, "The output would not be large, and the mask is (1, 4)."),
        (CODE, "The result is a 6 x 2 tensor."),
        (CODE, "The output is 4x4."),
        (CODE, "For each row the output's shape is (32, 1)."),
        (CODE, "The shapes are (1, 8) and (1, 9)."),
        (f"{CODE}\nprint(w.shape)", "The result is torch.Size([8, 32])."),
        ("print(f(x))\nprint(w)", "The result is a 6 x 2 tensor."),
        (f"for x in xs:\n    {CODE}", "The result is torch.Size([8, 32])."),
        ("print(f(x))", "The result is (6, 2)."),
    ],
)
def test_is_left_alone(code: str, text: str) -> None:
    found = extract(make_card(f"```python\n{code}\n```\n{text}"))
    assert [c for c in found if isinstance(c.test, PrintedShapeTest)] == []


@pytest.mark.parametrize(
    ("text", "printed", "verdict"),
    [
        ("The result is torch.Size([8, 32]).", "torch.Size([8, 32])", "confirmed"),
        ("The output's shape is (8, 32).", "torch.Size([8, 32])", "confirmed"),
        ("The output's shape is (8, 30).", "torch.Size([8, 32])", "refuted"),
        ("The output's shape is (32, 32).", "torch.Size([8, 32, 32])", "untested"),
        ("The result is torch.Size([8, 32]).", "", "untested"),
    ],
)
def test_is_held_against_the_print(text: str, printed: str, verdict: str) -> None:
    card = make_card(f"```python\n{CODE}\n```\n{text}")
    repairs = run(card, printed={2: f"{printed}\n"} if printed else {})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


def test_a_shape_made_of_a_stand_in_proves_nothing_where_its_size_was_chosen() -> None:
    card = make_card(f"```python\n{CODE}\n```\nThe output's shape is (8, 32).")
    stand_in = [Assumption("x", "torch.rand(8, 32)", "")]
    value = Value("x", "torch.Tensor", dtype="float32", shape=(8, 32))
    repairs = run(
        card,
        printed={2: "torch.Size([8, 32])\n"},
        assumptions=stand_in,
        assumed=["x"],
        setup=["x = torch.rand(8, 32)"],
        setup_values=[value],
    )
    assert [v for _, v, _ in verdicts(card, repairs)] == ["assumed"]
