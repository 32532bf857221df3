"""Outputs that the program rounds itself agree to the place."""

from __future__ import annotations

import ast

import pytest

from deckbuild.claims.facts.rounding import chooses_places

from ..build import make_card, run, verdicts


@pytest.mark.parametrize(
    "code",
    [
        "print(round(x, 3))",
        "print(f'{x:.2f}')",
        "print('mean {:.1f}'.format(x))",
        "print('%.3f' % x)",
        "y = round(x, 3)\nprint(y)",
        "y = np.around(x, 2)\ny",
    ],
)
def test_the_program_chooses_the_places(code: str) -> None:
    assert chooses_places(ast.parse(code).body[-1], code)


@pytest.mark.parametrize(
    "code",
    [
        "print(x)",
        "y = round(x, 3)\nprint(y / 3)",
        "y = round(x, 3)\ny = x\nprint(y)",
        "print(f'{x:>8}')",
        "print('{}'.format(x))",
    ],
)
def test_the_places_are_those_of_the_number(code: str) -> None:
    assert not chooses_places(ast.parse(code).body[-1], code)


@pytest.mark.parametrize(
    ("code", "printed", "verdict"),
    [
        ("print(round(x, 3))  # Output: 0.667", "0.667\n", "confirmed"),
        ("print(round(x, 4))  # Output: 0.667", "0.6667\n", "untested"),
        ("print(f'{x:.2f}')  # Output: 0.6667", "0.67\n", "untested"),
        ("print(f'{x:.4f}')  # Output: 0.25", "0.2500\n", "confirmed"),
        ("print(round(x, 2))  # Output: 0.71", "0.67\n", "refuted"),
        ("print(x)  # Output: 0.667", "0.6666666666666666\n", "confirmed"),
    ],
)
def test_another_count_of_places_confirms_nothing(code: str, printed: str, verdict: str) -> None:
    card = make_card(f"```python\n{code}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: printed}))] == [verdict]
