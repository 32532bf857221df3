"""Calls that lack something: brackets, a flattened batch, the right type, memory in one piece; and those that lack nothing."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, card, edits, printed

NUMPY = "import numpy as np\n"
LINEAR = TORCH + "fc = nn.Linear(12, 2)\n"

MODULE = (
    TORCH
    + "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(12, 2)\n\n"
    "    def forward(self, x):\n{}\n\nprint(Net()(torch.ones(5, 1, {}, 4)).shape)"
)
PICTURES = "net = nn.Sequential(nn.ReLU(), nn.{}, nn.Linear(12, 2))"


@pytest.mark.parametrize(
    ("before", "line", "after", "out"),
    [
        (NUMPY, "print(np.zeros(2, 1))", "print(np.zeros((2, 1)))", "[[0.]\n [0.]]\n"),
        (NUMPY + "a = np.ones(1)\n", "print(np.vstack(a, a).shape)", "print(np.vstack((a, a)).shape)", "(2, 1)\n"),
        (NUMPY + "a = np.ones(2)\n", "print(np.concatenate(a, a).shape)", "print(np.concatenate((a, a)).shape)", "(4,)\n"),
        (TORCH + "a = torch.ones(2)\n", "print(torch.cat(a, a).shape)", "print(torch.cat((a, a)).shape)", "torch.Size([4])\n"),
        (LINEAR + "x = torch.ones(5, 1, 3, 4)\n", "print(fc(x).shape)", "print(fc(x.flatten(1)).shape)", "torch.Size([5, 2])\n"),
        (LINEAR + "x = torch.ones(3, 4)\n", "print(fc(x).shape)", "print(fc(x.flatten()).shape)", "torch.Size([2])\n"),
        (TORCH + "x = torch.ones(2, 3).t()\n", "print(x.view(6).shape)", "print(x.reshape(6).shape)", "torch.Size([6])\n"),
        (TORCH, "x = torch.tensor([1, 2], requires_grad=True)", "x = torch.tensor([1, 2], requires_grad=True, dtype=torch.float32)", ""),
        (
            TORCH + "p = torch.zeros(2, 3)\nt = torch.tensor([0., 1.])\nprint(t)\n",
            "print(nn.CrossEntropyLoss()(p, t).ndim)",
            "print(nn.CrossEntropyLoss()(p, t.long()).ndim)",
            "tensor([0., 1.])\n0\n",
        ),
        (
            TORCH + "p = torch.full((2,), 0.5)\nt = torch.tensor([0, 1])\nprint(t)\n",
            "print(nn.BCELoss()(p, t).ndim)",
            "print(nn.BCELoss()(p, t.float()).ndim)",
            "tensor([0, 1])\n0\n",
        ),
        (
            TORCH + NUMPY + "x = torch.from_numpy(np.ones((1, 2)))\nprint(x.dtype)\n",
            "print(nn.Linear(2, 1)(x).dtype)",
            "print(nn.Linear(2, 1)(x.float()).dtype)",
            "torch.float64\ntorch.float32\n",
        ),
    ],
)  # fmt: skip
def test_what_a_call_lacks(mend: Mend, before: str, line: str, after: str, out: str) -> None:
    (repair,) = mend(card(before + line))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert [(b, a) for _, b, a in edits(repair)] == [(line, after)]
    assert printed(repair) == out


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        (NUMPY + "n = 2\nprint(np.zeros(n, n))", ""),
        (TORCH + "a = torch.ones(2)\nprint(torch.cat(a, 0))", ""),
        (LINEAR + "x = torch.ones(5, 3, 3)\nprint(fc(x).shape)", ""),
        (LINEAR + "x = torch.ones(5, 3, 4)\nprint(fc(x).shape)", "The sizes do not match."),
        (TORCH + "x = torch.ones(2, 3).t()\nx.view(6)", "A view needs contiguous memory."),
        (TORCH + "print(torch.cat(torch.ones(2), 1))", ""),
    ],
)
def test_what_is_left_alone(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.FAILED, ())


def test_a_batch_is_flattened_in_a_method(mend: Mend) -> None:
    (repair,) = mend(card(MODULE.format("        return self.fc(x)", 3)))
    assert edits(repair) == [("flatten", "        return self.fc(x)", "        return self.fc(x.flatten(1))")]
    assert printed(repair) == "torch.Size([5, 2])\n"


def test_a_batch_is_flattened_in_a_sequence(mend: Mend) -> None:
    line = PICTURES.format("MaxPool2d(1)")
    (repair,) = mend(card(TORCH + line + "\nprint(net(torch.ones(5, 1, 3, 4)).shape)"))
    assert edits(repair) == [("flatten", line, line.replace("nn.Linear", "nn.Flatten(), nn.Linear"))]
    assert printed(repair) == "torch.Size([5, 2])\n"


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        (MODULE.format("        return self.fc(x)", 5), ""),
        (MODULE.format("        return self.fc(x)", 3), "Without `flatten` an error is raised."),
        (MODULE.format("        y = self.fc(x)\n        return x", 5), ""),
        (TORCH + PICTURES.format("MaxPool2d(1)") + "\nprint(net(torch.ones(5, 1, 4, 4)).shape)", ""),
        (TORCH + PICTURES.format("Tanh()") + "\nprint(net(torch.ones(5, 1, 3, 4)).shape)", ""),
    ],
)
def test_what_is_not_flattened(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert "flatten" not in {e.rule for e in repair.edits}
    assert repair.verdict is not SnippetVerdict.CORRECTED
