"""Inputs of layers: their shape follows from the layer, their sides from the text or else from us."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed

NET = """class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(width, 2)
    def forward(self, given):
        return self.first(given)
net = Net(7)
"""


@pytest.mark.parametrize(
    ("code", "value", "shape"),
    [
        ("lin = nn.Linear(5, 2)\nprint(lin(x).shape)", "torch.arange(10.).reshape(2, 5)", "[2, 2]"),
        ("emb = nn.Embedding(3, 2)\nprint(emb(x).shape)", "torch.tensor([[0, 1, 2], [2, 1, 0]])", "[2, 3, 2]"),
        ("bn = nn.BatchNorm2d(3)\nprint(bn(x).shape)", "torch.arange(192.).reshape(4, 3, 4, 4)", "[4, 3, 4, 4]"),
        ("norm = nn.LayerNorm(6)\nprint(norm(x).shape)", "torch.arange(12.).reshape(2, 6)", "[2, 6]"),
        (
            "rnn = nn.LSTM(input_size=5, hidden_size=2, batch_first=True)\nprint(rnn(x)[0].shape)",
            "torch.arange(30.).reshape(2, 3, 5)",
            "[2, 3, 2]",
        ),
        (
            "net = nn.Sequential(nn.ReLU(), nn.Linear(6, 2))\nprint(net(x).shape)",
            "torch.arange(12.).reshape(2, 6)",
            "[2, 2]",
        ),
        (NET + "print(net(x).shape)", "torch.arange(14.).reshape(2, 7)", "[2, 2]"),
        ("width = 3\nlin = nn.Linear(width * 2, 1)\nprint(lin(x).shape)", "torch.arange(12.).reshape(2, 6)", "[2, 1]"),
        ("print(nn.MaxPool2d(2)(x).shape)", "torch.arange(36.).reshape(1, 1, 6, 6)", "[1, 1, 3, 3]"),
        ("up = nn.ConvTranspose1d(2, 1, 2)\nprint(up(x).shape)", "torch.arange(12.).reshape(1, 2, 6)", "[1, 1, 7]"),
    ],
)
def test_the_shape_that_the_layer_wants(mend: Mend, code: str, value: str, shape: str) -> None:
    (repair,) = mend(card(TORCH + code))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair) == {"x": value}
    assert printed(repair) == f"torch.Size({shape})\n"


CONV = TORCH + "conv = nn.Conv2d(1, 4, 3)\nprint(conv(photo).shape)"


@pytest.mark.parametrize(
    ("prose", "shape"),
    [
        ("The input image is 12x10.", "[1, 4, 10, 8]"),
        ("The input is a batch of 5 images of 12x10.", "[5, 4, 10, 8]"),
        ("The input is a batch of 5 images of 12x10, later a batch of 7.", "[1, 4, 10, 8]"),
        ("A batch of 9000 pictures, each input 12x10.", "[1, 4, 10, 8]"),
        ("It takes an input of shape (1, 9, 9).", "[1, 4, 7, 7]"),
        ("The output is 12x10.", "[1, 4, 4, 4]"),
        ("The kernel is 3x3.", "[1, 4, 4, 4]"),
        ("", "[1, 4, 4, 4]"),
    ],
)
def test_the_sides_that_the_text_gives_the_input(mend: Mend, prose: str, shape: str) -> None:
    (repair,) = mend(card(CONV, prose=prose))
    assert printed(repair) == f"torch.Size({shape})\n"


def test_sides_of_our_own_are_tried_even_and_odd_and_all_different(mend: Mend) -> None:
    (chosen,) = mend(card(CONV))
    shapes = [[1, 4, 5, 5], [1, 4, 6, 6], [3, 4, 5, 9]]
    assert [o.stdout for o in chosen.alternates] == [f"torch.Size({shape})\n" for shape in shapes]
    (stated,) = mend(card(CONV, prose="The input image is 12x10."))
    assert [o.stdout for o in stated.alternates] == ["torch.Size([3, 4, 10, 8])\n"]
    (with_batch,) = mend(card(CONV, prose="The input is a batch of 5 images of 12x10."))
    assert with_batch.alternates == ()
    assert with_batch.assumptions[0].copied == ("12x10", "batch of 5")


@pytest.mark.parametrize(
    "code",
    ["lin = nn.Linear(unknown_width.q, 2)\nprint(lin(x).shape)", "lin = nn.Linear(5, 2)\nx = torch.ones(1, 4)\nlin(x)"],
)
def test_no_input_is_made_up_for_a_layer_of_unknown_size_or_one_that_has_its_input(mend: Mend, code: str) -> None:
    (repair,) = mend(card(TORCH + code))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.assumptions == ()


PICTURES = (
    TORCH
    + """import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 5)
        self.fc = nn.Linear(4 * 12 * 12, 3)
    def forward(self, x):
        x = F.max_pool2d(self.conv(x), 2)
        return self.fc(x.flatten(1))
"""
)


def test_pictures_of_our_own_have_the_sides_that_the_layers_are_made_for(mend: Mend) -> None:
    (repair,) = mend(card(PICTURES + "net = Net()\nprint(net(pixels).shape)"))
    assert assumed(repair) == {"pixels": "torch.rand(1, 1, 28, 28)"}
    assert "pictures of 28x28" in repair.assumptions[0].why
    assert [o.stdout for o in repair.alternates] == ["torch.Size([2, 3])\n"]
    loop = "net = Net()\nlost = nn.CrossEntropyLoss()\nfor given, wanted in loader:\n    lost(net(given), wanted).backward()"
    (trained,) = mend(card(PICTURES + loop))
    assert assumed(trained)["loader"].startswith("[(torch.rand(2, 1, 28, 28), torch.tensor([0, 1]))")


@pytest.mark.parametrize(
    ("last", "prose"),
    [
        ("net = Net()\nprint(net(torch.rand(1, 1, 20, 20)).shape)", ""),
        ("net = Net()\nprint(net(pixels).shape)", "The input is an image of 20x20."),
    ],
)
def test_sides_that_the_card_gives_are_the_cards(mend: Mend, last: str, prose: str) -> None:
    (repair,) = mend(card(PICTURES + last, prose=prose))
    assert repair.verdict is not SnippetVerdict.RAN
    assert "28, 28" not in str(assumed(repair))


def test_a_layer_behind_the_first_does_not_tell_the_input(mend: Mend) -> None:
    narrow = NET.replace("self.first(given)", "self.last(given)").replace(
        "def forward(self, given):", "def forward(self, given):\n        given = self.first(given)"
    )
    code = narrow.replace("width, 2)", "width, 2)\n        self.last = nn.Linear(2, 5)")
    (repair,) = mend(card(TORCH + code + "print(net(x).shape)"))
    assert assumed(repair) == {"x": "torch.arange(14.).reshape(2, 7)"}


@pytest.mark.parametrize("flat", ["torch.flatten(x, 1)", "x.flatten(1)", "x.view(x.size(0), -1)", "x.reshape(-1, 6)"])
def test_rows_that_are_made_flat_are_as_wide_as_the_layer_behind_takes(mend: Mend, flat: str) -> None:
    net = f"class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(6, 2)\n    def forward(self, x):\n        x = {flat}\n        return self.fc(x)\n"
    loop = "net = Net()\nfor given, wanted in loader:\n    print(net(given).shape, wanted)"
    (repair,) = mend(card(TORCH + net + loop))
    assert ".reshape(2, 6), torch.tensor([0, 1])" in assumed(repair)["loader"]


def test_rows_that_become_something_else_are_not(mend: Mend) -> None:
    net = "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(6, 2)\n    def forward(self, x):\n        x = x.view(-1, 3, 2)\n        x = x.flatten(1)\n        return self.fc(x)\n"
    (repair,) = mend(
        card(TORCH + net + "net = Net()\nfor given, wanted in loader:\n    print(net(given).shape, wanted)")
    )
    assert "(2, 6)" not in str(assumed(repair))
