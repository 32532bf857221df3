"""What modules of the card's own classes are fed."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card


def own(parts: str, body: str, made: str = "part = Part(6)") -> str:
    """A program with a class of its own, and a use of it."""
    start = f"    def __init__(self, wide, more=1):\n        super().__init__()\n        {parts}\n"
    lines = "".join(f"        {line}\n" for line in body.split("; "))
    return f"{TORCH}class Part(nn.Module):\n{start}    def forward(self, x):\n{lines}{made}\nprint(part(given).shape)"


WEIGHT = "self.weight = nn.Parameter(torch.ones(wide))"
LAYER = "self.first = nn.Linear(wide, 2)"


@pytest.mark.parametrize(
    ("code", "value"),
    [
        (own(WEIGHT, "return self.weight * x"), "torch.arange(12.).reshape(2, 6)"),
        (
            own(WEIGHT, "return x.mean(-1, keepdim=True) * self.weight", "part = Part(wide=6).to('cpu')"),
            "torch.arange(12.).reshape(2, 6)",
        ),
        (own(LAYER, "b, t, c = x.shape; return self.first(x).view(b, t, 2)"), "torch.arange(36.).reshape(2, 3, 6)"),
        (own(LAYER, "b, t, c = x.size(); return self.first(x).view(b, t, 2)"), "torch.arange(36.).reshape(2, 3, 6)"),
        (own("pass", "return x * torch.sigmoid(x)", "part = Part(None)"), "torch.arange(8.).reshape(2, 4)"),
    ],
)
def test_as_wide_as_the_class_and_of_as_many_dimensions_as_it_unpacks(mend: Mend, code: str, value: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair) == {"given": value}
    assert repair.alternates


@pytest.mark.parametrize(
    ("code", "value"),
    [
        (
            own("self.first = nn.Conv2d(wide, 1, 2)", "b, c, h, w = x.shape; return self.first(x)"),
            "torch.arange(216.).reshape(1, 6, 6, 6)",
        ),
        (
            own("self.first = nn.Embedding(wide, 2)", "b, t = x.shape; return self.first(x)"),
            "torch.tensor([[0, 1, 2, 3], [3, 2, 1, 0]])",
        ),
        (own(LAYER, "return self.first(x)"), "torch.arange(12.).reshape(2, 6)"),
    ],
)
def test_layers_that_tell_their_inputs_come_first(mend: Mend, code: str, value: str) -> None:
    (repair,) = mend(card(code))
    assert assumed(repair) == {"given": value}


@pytest.mark.parametrize("body", ["return x.lookup(3)", "return x['first']", "return 1"])
def test_what_is_no_tensor_is_left_alone(mend: Mend, body: str) -> None:
    (repair,) = mend(card(own("pass", body)))
    assert "reshape" not in str(assumed(repair))
