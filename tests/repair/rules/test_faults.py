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


VECTOR = "class Vector:\n    def __init__(self, x):\n        self.x = x\n    def __repr__(self):\n        return f'V({self.x})'"


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("from my_vectors import Vector", VECTOR),
        ("from shapes import Vector", f"# shapes.py\n{VECTOR}"),
        ("from my_vectors import Vector as Arrow", VECTOR),
        ("from vector import Vector", VECTOR),
    ],
)
def test_what_is_imported_from_a_module_of_the_book_is_defined(mend: Mend, line: str, other: str) -> None:
    name = line.split()[-1]
    (repair,) = mend(card(f"{line}\nprint({name}(3))", line=60), card(other, line=20))
    assert (rules(repair), printed(repair)) == ({"own-module"}, "V(3)\n")


def test_what_a_module_needs_for_itself_takes_nothing_from_the_card(mend: Mend) -> None:
    other = card("factor = 2\ndef scaled(x):\n    return x * factor", line=20)
    line = "from my_tools import scaled\nprint(scaled(4))"
    assert printed(mend(card(line, line=60), other)[0]) == "8\n"
    for own in (f"factor = 10\n{line}", f"{line}\nfactor = 10"):
        (repair,) = mend(card(own, line=60), other)
        assert "own-module" not in rules(repair)


@pytest.mark.parametrize(
    ("line", "other", "reason"),
    [
        ("from far_away_package import Vector", VECTOR, "needs-package"),
        ("from vector import Vector, add", VECTOR, "needs-package"),
        ("from my_vectors import Vector, add", VECTOR, "needs-file"),
        ("from my_vectors import Vector", "class Vector:\n    pass", "needs-file"),
    ],
)
def test_packages_and_modules_that_the_deck_does_not_hold_are_left_alone(
    mend: Mend, line: str, other: str, reason: str
) -> None:
    (repair,) = mend(card(f"{line}\nprint(Vector(3))", line=60), card(other, line=20))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, reason)


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("from collections import Mapping\nprint(Mapping)", "from collections.abc import Mapping"),
        (
            "from collections import OrderedDict, Iterable\nprint(Iterable, OrderedDict)",
            "from collections import OrderedDict\nfrom collections.abc import Iterable",
        ),
        ("from numpy import trapz\nprint(trapz([1.0, 2.0]))", "from numpy import trapezoid as trapz"),
    ],
)
def test_an_import_of_a_name_that_has_moved(mend: Mend, code: str, after: str) -> None:
    (repair,) = mend(card(code))
    assert edits(repair) == [("api-drift", code.split("\n")[0], after)]


def test_an_import_of_a_name_that_never_was_fails(mend: Mend) -> None:
    (repair,) = mend(card("from collections import Unheard\nprint(Unheard)"))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.FAILED, None)


def test_a_number_is_made_a_tensor_where_a_layer_takes_nothing_else(mend: Mend) -> None:
    code = TORCH + "table = nn.Embedding(5, 2)\nplace = 3\nprint(table(place).shape)"
    (repair,) = mend(card(code))
    assert edits(repair) == [("dtype", "place = 3", "place = torch.tensor(3)")]
    assert printed(repair) == "torch.Size([2])\n"


LENT = (
    TORCH
    + "class Dice(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.odds = torch.ones(n).cuda()"
)


def test_what_another_card_defines_runs_on_the_processor_too(mend: Mend) -> None:
    (repair,) = mend(card("dice = Dice(6)\nprint(dice.odds.sum())", line=60), card(LENT))
    assert printed(repair) == "tensor(6.)\n"
    (lent,) = [e for e in repair.edits if e.rule == "deck-definition"]
    assert "torch.ones(n).cpu()" in lent.after
    assert "there is no graphics card here" in lent.why


def test_nor_does_it_where_the_card_is_about_devices(mend: Mend) -> None:
    this = card("dice = Dice(6)\nprint(dice.odds.sum())", question="How are the dice moved to the GPU?", line=60)
    (repair,) = mend(this, card(LENT))
    assert repair.verdict is SnippetVerdict.FAILED


@pytest.mark.parametrize("ids", ["torch.tensor([0.5, 1.25])", "torch.rand(2)", "torch.linspace(0, 1, 2) * 1"])
def test_numbers_that_whole_ones_would_not_keep_are_no_ids(mend: Mend, ids: str) -> None:
    (repair,) = mend(card(TORCH + f"ids = {ids}\nprint(nn.Embedding(2, 3)(ids).shape)"))
    assert repair.verdict is SnippetVerdict.FAILED
