"""A model that is written to a file as a whole stands in like one that is called."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed


@pytest.mark.parametrize(
    "write", ["torch.jit.script(net_g).save('net.pt')", "torch.jit.trace(net_g, torch.ones(2, 4))"]
)
def test_a_model_that_is_kept_stands_in(mend: Mend, write: str) -> None:
    (repair,) = mend(card(TORCH + write))
    assert (repair.verdict, assumed(repair)) == (SnippetVerdict.COMPLETED, {"net_g": "nn.Linear(4, 3)"})


@pytest.mark.parametrize("code", ["scripted = torch.jit.script(step)", "torch.save(progress, 'net.pt')"])
def test_what_may_be_no_model_does_not(mend: Mend, code: str) -> None:
    (repair,) = mend(card(TORCH + code))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


def test_a_generator_of_pictures_that_is_kept_has_its_parameters_at_once(mend: Mend) -> None:
    code = (
        "torch.save(generator.state_dict(), 'g.pt')\ngenerator.load_state_dict(torch.load('g.pt'))\n"
        "made = generator(torch.randn(2, 16, 1, 1)).detach()\nprint(made[0].permute(1, 2, 0).shape)"
    )
    (repair,) = mend(card(TORCH + code))
    assert assumed(repair) == {"generator": "nn.ConvTranspose2d(16, 3, 8)"}
    assert printed(repair) == "torch.Size([8, 8, 3])\n"
