"""The rules that answer to a fault: dimensions, types, devices, renamed and removed names, modules that are called, folders."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, card, edits, printed, rules


@pytest.mark.parametrize(
    ("code", "edit", "out"),
    [
        (
            TORCH + "conv = nn.Conv2d(1, 1, 2)\nx = torch.ones(3, 3)\nprint(conv(x).shape)",
            ("add-dimensions", "x = torch.ones(3, 3)", "x = torch.ones(3, 3).reshape(1, 1, 3, 3)"),
            "torch.Size([1, 1, 2, 2])\n",
        ),
        (
            TORCH + "conv = nn.Conv2d(1, 1, 1)\nx = torch.ones(2, 2)\nx = x * 2\nprint(conv(x).shape)",
            ("add-dimensions", "print(conv(x).shape)", "print(conv(x.reshape(1, 1, 2, 2)).shape)"),
            "torch.Size([1, 1, 2, 2])\n",
        ),
        (
            TORCH + "x = torch.tensor([[1, 2]])\nprint(nn.Linear(2, 1)(x).shape)",
            ("dtype", "x = torch.tensor([[1, 2]])", "x = torch.tensor([[1, 2]]).float()"),
            "torch.Size([1, 1])\n",
        ),
        (
            "import torch\nx = torch.tensor([1, 2, 3])\nprint(x.mean())",
            ("dtype", "x = torch.tensor([1, 2, 3])", "x = torch.tensor([1, 2, 3]).float()"),
            "tensor(2.)\n",
        ),
        (
            TORCH + "ids = torch.tensor([0., 1.])\nprint(nn.Embedding(2, 3)(ids).shape)",
            ("dtype", "ids = torch.tensor([0., 1.])", "ids = torch.tensor([0., 1.]).long()"),
            "torch.Size([2, 3])\n",
        ),
        (
            "import torch\nx = torch.ones(2, requires_grad=True)\nprint(x.numpy())",
            ("dtype", "print(x.numpy())", "print(x.detach().numpy())"),
            "[1. 1.]\n",
        ),
        (
            "import torch\nprint(torch.ones(2, device='cuda:0'))",
            ("device", "print(torch.ones(2, device='cuda:0'))", "print(torch.ones(2, device='cpu'))"),
            "tensor([1., 1.])\n",
        ),
        (
            "import torch\nx = torch.ones(2).cuda()\nprint(x)",
            ("device", "x = torch.ones(2).cuda()", "x = torch.ones(2).cpu()"),
            "tensor([1., 1.])\n",
        ),
        (
            "import numpy as np\nprint(np.trapz([1.0, 2.0]))",
            ("api-drift", "print(np.trapz([1.0, 2.0]))", "print(np.trapezoid([1.0, 2.0]))"),
            "1.5\n",
        ),
        (
            "import collections\nprint(isinstance([], collections.Sequence))",
            (
                "api-drift",
                "print(isinstance([], collections.Sequence))",
                "print(isinstance([], collections.abc.Sequence))",
            ),
            "True\n",
        ),
        (
            "import datetime\nprint(datetime(2020, 1, 2).year)",
            ("module-called", "import datetime", "from datetime import datetime"),
            "2020\n",
        ),
        (
            "with open('out/a.txt', 'w') as h:\n    print(h.write('abc'))",
            ("missing-folder", "", "import os\nos.makedirs('out', exist_ok=True)"),
            "3\n",
        ),
        (
            "import torch\ntorch.save({}, 'kept/weights.pt')\nprint('saved')",
            ("missing-folder", "", "import os\nos.makedirs('kept', exist_ok=True)"),
            "saved\n",
        ),
    ],
)
def test_corrected(mend: Mend, code: str, edit: tuple[str, str, str], out: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert edits(repair) == [edit]
    assert printed(repair) == out


@pytest.mark.parametrize(
    ("code", "question", "fault"),
    [
        (TORCH + "conv = nn.Conv2d(2, 1, 2)\nx = torch.ones(3, 3)\nconv(x)", "", "RuntimeError"),
        (TORCH + "conv = nn.Conv2d(1, 1, 2)\nx = torch.ones(1, 1, 1, 3, 3)\nconv(x)", "", "RuntimeError"),
        ("import torch\nx = torch.tensor([1, 2])\nprint(x.mean())", "Which dtype does `mean` want?", "RuntimeError"),
        ("import torch\nx = torch.ones(2).cuda()", "How does a tensor get to the GPU?", "AssertionError"),
        ("import numpy as np\nprint(np.no_such_thing)", "", "AttributeError"),
        ("import copy\na = copy([1])\nb = copy.deepcopy([1])", "", "TypeError"),
        ("import math\nprint(math(2))", "", "TypeError"),
        ("import torch\na, b = torch.ones(2, 3), torch.ones(2, 3)\nprint(a @ b)", "", "RuntimeError"),
    ],
)
def test_left_alone(mend: Mend, code: str, question: str, fault: str) -> None:
    (repair,) = mend(card(code, question=question))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.edits == ()
    assert repair.error is not None
    assert repair.error.type == fault


def test_a_folder_of_a_file_that_is_read_is_not_made(mend: Mend) -> None:
    (repair,) = mend(card("with open('out/a.txt') as h:\n    h.read()"))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "needs-file")


def test_what_runs_is_not_touched(mend: Mend) -> None:
    code = (
        TORCH
        + "d = torch.device('cuda' if torch.cuda.is_available() else 'cpu')\nprint(nn.Linear(2, 1).to(d).bias.device)"
    )
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.RAN
    assert (rules(repair), printed(repair)) == (set(), "cpu\n")
