"""A target of another shape than the outputs is stretched over them: a loss of made-up data must not rest on that."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed

NET = "net = nn.Linear(4, 1)\n"
MADE = "def make():\n    return nn.Linear(4, 1)\nnet = make()\n"
ALIAS = "for rows, labels in loader:\n    wanted = labels.float()\n    lost = nn.MSELoss()(net(rows), wanted)\nprint(lost.dim())"


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        (NET + "lost = nn.MSELoss()(net(torch.ones(3, 4)), torch.ones(3))\nprint(lost.dim())", ""),
        (
            NET + "near = nn.MSELoss()(torch.ones(3, 1), torch.ones(3))\nprint(near.dim())\nprint(rows.reshape(2, 2))",
            "",
        ),
        (NET + ALIAS, "Here torch warns, and nobody minds."),
    ],
)
def test_the_cards_own_shapes_and_what_it_speaks_of_stay(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(TORCH + code, prose=prose))
    assert repair.verdict in (SnippetVerdict.RAN, SnippetVerdict.COMPLETED)
    assert printed(repair).startswith("0\n")


def test_a_made_up_target_that_would_be_stretched_is_refused(mend: Mend) -> None:
    (repair,) = mend(card(TORCH + NET + ALIAS))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())
    assert "`loader`" in repair.why or "'loader'" in repair.why


@pytest.mark.parametrize(
    ("code", "name", "value"),
    [
        (MADE + "lost = nn.functional.mse_loss(net(torch.ones(5, 4)), wanted)", "wanted", "torch.rand(5, 1)"),
        (
            NET + "for rows, y in loader:\n    lost = nn.functional.mse_loss(net(rows), y.float())",
            "loader",
            "[(torch.arange(8.).reshape(2, 4), torch.rand(2, 1)), (torch.arange(8.).reshape(2, 4), torch.rand(2, 1))]",
        ),
    ],
)
def test_a_made_up_target_has_the_shape_of_the_outputs(mend: Mend, code: str, name: str, value: str) -> None:
    (repair,) = mend(card(f"{TORCH}{code}\nprint(lost.dim())"))
    assert (assumed(repair), printed(repair)) == ({name: value}, "0\n")
