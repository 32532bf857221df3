"""Shapes in tables."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract

from ..build import make_card, run, tensor, verdicts

CODE = "```python\ny = f(2)\nz = g(y)\n```\n"


def test_rows_below_a_head_are_held_against_their_names() -> None:
    card = make_card(
        CODE + "| Tensor | Shape |\n|---|:--|\n| `y` | (2, 3) |\n| `z.shape` | `(3, 1)` |\n| other | (4, 4) |"
    )
    bound = {2: tensor("y", [[1.0] * 3] * 2), 3: tensor("z", [[1.0] * 3])}
    assert verdicts(card, run(card, bound=bound)) == [
        ("(2, 3)", "confirmed", "y: (2, 3)"),
        ("(3, 1)", "refuted", "z: (1, 3)"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Tensor | Position |\n|---|---|\n| `y` | (2, 3) |",
        "| Tensor | Shape before |\n|---|---|\n| `y` | (2, 3) |",
        "| Tensor | Shape |\n| `y` | (2, 3) |",
        "| Tensor | Shape |\n|---|---|\n| `other` | (2, 3) |",
        "| Tensor | Shape |\n|---|---|\n| `y` | (2, 3) to (3, 2) |",
        "| Tensor | Shape |\n|---|---|\n\n| `y` | (2, 3) |",
    ],
)
def test_other_tables_are_left_alone(table: str) -> None:
    assert extract(make_card(CODE + table)) == ()
