"""The times at which equations are solved, and what physics calculates with."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

COOLING = "def cooling(a, b):\n    return -0.5 * {y}\n"


@pytest.mark.parametrize(
    ("code", "name", "value", "out"),
    [
        ("from scipy.integrate import odeint\n" + COOLING.format(y="a") + "print(odeint(cooling, 2.0, moments).shape)", "moments", "np.linspace(0, 10, 50)", "(50, 1)\n"),
        ("from scipy.integrate import odeint\n" + COOLING.format(y="a") + "print(odeint(cooling, 2.0, t=moments).shape)", "moments", "np.linspace(0, 10, 50)", "(50, 1)\n"),
        ("from scipy.integrate import solve_ivp\n" + COOLING.format(y="b") + "print(solve_ivp(cooling, (1, 4), [2.0], t_eval=moments).y.shape)", "moments", "np.linspace(1, 4, 50)", "(1, 50)\n"),
    ],
)  # fmt: skip
def test_a_row_of_times(mend: Mend, code: str, name: str, value: str, out: str) -> None:
    (repair,) = mend(card(code))
    assert (assumed(repair), printed(repair)) == ({name: value}, out)


def test_the_numbers_of_the_text_and_small_ones_else(mend: Mend) -> None:
    (repair,) = mend(card("height = start + speed * t\nprint(height)", prose="The ball has speed = 7.5."))
    assert assumed(repair) == {"start": "2.0", "speed": "7.5", "t": "3.0"}


def test_times_that_are_plotted_are_a_row_where_numpy_is_only_imported(mend: Mend) -> None:
    code = "import numpy as np\nimport matplotlib.pyplot as plt\nplt.plot(t, 3 * t - 2 * t**2)"
    (repair,) = mend(card(code))
    assert assumed(repair) == {"t": "np.linspace(0.1, 10.0, 50)"}


@pytest.mark.parametrize("code", ["print(first + [0] * 3)", "print(first + 'a' * 3)", "print(first + last)"])
def test_what_may_be_joined_is_no_number(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.assumptions == ()


def test_a_span_that_is_not_written_down_gets_no_times_over_it(mend: Mend) -> None:
    code = (
        "from scipy.integrate import solve_ivp\n"
        + COOLING.format(y="b")
        + "print(solve_ivp(cooling, measured(), [2.0], t_eval=moments))"
    )
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())
