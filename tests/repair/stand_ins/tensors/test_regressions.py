"""What a line is fitted to, and the algebra that numpy and torch solve."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

ROWS = "np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 5.0], [4.0, 3.0]])"
GOALS = "np.array([3.0, 4.0, 8.0, 7.0])"
NUMPY = "import numpy as np\n"


@pytest.mark.parametrize(
    ("code", "out"),
    [
        ("fit, rest, rank, _ = np.linalg.lstsq(A, b, rcond=None)\nprint(fit.shape, rank)", "(2,) 2\n"),
        ("fit = np.linalg.inv(A.T @ A) @ A.T @ b\nprint(fit.shape)", "(2,)\n"),
        ("fit = np.linalg.solve(A.T @ A, A.T @ b)\nprint(fit.shape)", "(2,)\n"),
        ("B = np.c_[np.ones((len(A), 1)), A]\nprint((np.linalg.inv(B.T.dot(B)).dot(B.T).dot(b)).shape)", "(3,)\n"),
        ("B = np.column_stack([np.ones(4), A])\nprint(np.linalg.lstsq(B, b, rcond=None)[0].shape)", "(3,)\n"),
    ],
)
def test_more_rows_than_features(mend: Mend, code: str, out: str) -> None:
    (repair,) = mend(card(NUMPY + code))
    assert (assumed(repair), printed(repair)) == ({"A": ROWS, "b": GOALS}, out)


def test_as_many_rows_as_the_card_has_targets(mend: Mend) -> None:
    code = "b = np.array([2.0, 4.0, 5.0])\nprint(np.linalg.lstsq(A, b, rcond=None)[0].shape)"
    (repair,) = mend(card(NUMPY + code))
    assert assumed(repair) == {"A": "np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 5.0]])"}


def test_a_program_of_torch_gets_tensors(mend: Mend) -> None:
    fit, system = (
        "print(torch.linalg.lstsq(A, b).solution.shape)",
        "x = torch.linalg.solve(A, b)\nprint(torch.allclose(A @ x, b))",
    )
    (fitted,), (solved,) = mend(card(f"import torch\n{fit}")), mend(card(f"import torch\n{system}"))
    assert assumed(fitted) == {n: v.replace("np.array", "torch.tensor") for n, v in (("A", ROWS), ("b", GOALS))}
    assert (list(assumed(solved)), printed(solved)) == (["A", "b"], "True\n")


@pytest.mark.parametrize("code", ["print((A.T @ b).shape)", "print(np.linalg.inv(A).shape)"])
def test_other_algebra_is_no_fit(mend: Mend, code: str) -> None:
    (repair,) = mend(card(NUMPY + code))
    assert ROWS not in assumed(repair).values()


def test_targets_of_an_unknown_number_get_no_rows(mend: Mend) -> None:
    (repair,) = mend(card(NUMPY + "b = measured()\nprint(np.linalg.lstsq(A, b))"))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())
