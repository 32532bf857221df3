"""What stands in for a network keeps the rows of a batch apart: a row that comes out depends on the row that goes in, and on no other."""

from __future__ import annotations

import pytest

from deckbuild.model import Job, Run, SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card

PROBE = """
before = {call}
{rows}[1] = {rows}[2]
after = {call}
moved = [not torch.equal(a, b) for a, b in zip(before, after, strict=True)]
"""


@pytest.mark.parametrize(
    ("code", "rows", "call"),
    [
        ("x = torch.rand(3, 4)\nprint(model(x).shape)", "x", "model(x)"),
        ("images = torch.rand(3, 1, 6, 6)\nprint(net(images).shape)", "images", "net(images)"),
        ("x = torch.rand(3, 4)\nloss = nn.BCELoss()(disc(x), torch.ones(3, 1))", "x", "disc(x)"),
        ("noise = torch.randn(3, 9, 1, 1)\nprint(netG(noise).permute(0, 2, 3, 1).shape)", "noise", "netG(noise)"),
        ("ids = torch.tensor([[1, 2], [3, 4], [5, 6]])\nprint(model(ids).shape)", "ids", "model(ids)"),
        ("z = torch.randn(3, 5)\nprint(vae.decoder(z).shape)", "z", "vae.decoder(z)"),
        ("x = torch.rand(3, 5)\nh = ae.encoder(x)\ny = ae.decoder(h)", "x", "ae.decoder(ae.encoder(x))"),
    ],
)
def test_a_row_moves_no_other(code: str, rows: str, call: str, mend: Mend, run: Run) -> None:
    (repair,) = mend(card(TORCH + code))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert any("nn." in value for value in assumed(repair).values())
    (outcome,) = run.confirm([Job(f"{repair.code}{PROBE.format(call=call, rows=rows)}")])
    moved = outcome.value("moved")
    assert moved is not None
    assert moved.data == [False, True, False]


def test_a_decoder_of_pictures(mend: Mend, run: Run) -> None:
    (repair,) = mend(card(TORCH + "z = torch.randn(3, 5)\nout = vae.decoder(z)", prose="It paints a picture."))
    assert repair.verdict is SnippetVerdict.COMPLETED
    (outcome,) = run.confirm([Job(f"{repair.code}{PROBE.format(call='vae.decoder(z)', rows='z')}")])
    assert (moved := outcome.value("moved")) is not None
    assert moved.data == [False, True, False]
