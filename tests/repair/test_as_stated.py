"""Sizes of stand-ins that follow from a stated shape; the statement then proves nothing."""

from __future__ import annotations

import pytest

from deckbuild.model import ClaimVerdict, SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import assumed, card, printed


@pytest.mark.parametrize(
    ("code", "values"),
    [
        (
            "import torch\nemb = torch.nn.Embedding(vocab_size, emb_dim)\nout = emb(ids)\nprint(out.shape)  # torch.Size([6, 5, 32])",
            {"vocab_size": "10", "emb_dim": "32", "ids": "torch.arange(30).reshape(6, 5) % 4"},
        ),
        (
            "import torch\nlayer = torch.nn.Linear(16, 2)\nout = layer(x)\nprint(out.shape)  # torch.Size([5, 3, 2])",
            {"x": "torch.arange(240.).reshape(5, 3, 16)"},
        ),
        (
            "import torch\nimages = next(iter(face_loader))\nnoise = torch.zeros(images.shape)\nprint((images + noise).shape)  # torch.Size([5, 3, 4, 4])",
            {"face_loader": "[torch.rand(5, 3, 4, 4), torch.rand(5, 3, 4, 4)]"},
        ),
    ],
)
def test_the_stated_shape_comes_out_and_proves_nothing(judged: Judged, code: str, values: dict[str, str]) -> None:
    (repair,), (judgement,) = judged(card(code))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair) == values
    assert judgement.verdict is ClaimVerdict.ASSUMED


def test_a_setting_that_happens_to_be_as_stated_proves_nothing(judged: Judged) -> None:
    code = "import torch\nlayer = torch.nn.Linear(3, d_out)\nx = torch.ones(6, 3)\nprint(layer(x).shape)  # torch.Size([6, 4])"
    (repair,), (judgement,) = judged(card(code))
    assert (assumed(repair), judgement.verdict) == ({"d_out": "4"}, ClaimVerdict.ASSUMED)


def test_what_the_text_counts_says_nothing_of_the_batches_in_a_row(judged: Judged) -> None:
    code = "import torch\nimages = next(iter(loader))\nnoise = torch.zeros(images.shape)\nprint((images + noise).shape)  # torch.Size([2, 3, 8, 8])"
    _, (judgement,) = judged(card(code, prose="Two images are shown."))
    assert judgement.verdict is ClaimVerdict.ASSUMED


def test_a_shape_that_no_size_gives_is_left_alone(mend: Mend) -> None:
    code = "import torch\nlayer = torch.nn.Linear(16, 2)\nout = layer(x)\nprint(out.shape)  # torch.Size([5, 7])"
    (repair,) = mend(card(code))
    assert printed(repair) == "torch.Size([2, 2])\n"


def test_what_the_card_gives_is_not_changed(mend: Mend) -> None:
    code = "import torch\nx = torch.ones(3, 4)\nprint((x * 2).shape)  # torch.Size([5, 4])"
    (repair,) = mend(card(code))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.RAN, "torch.Size([3, 4])\n")
