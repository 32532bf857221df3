"""Things used as what they are not: texts, whole numbers, lists, one number for many, losses, classes without a part."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import TORCH, card, edits, printed, rules

NUMPY = "import numpy as np\n"
NET = (
    TORCH
    + "class Net(nn.Module):\n    def __init__(self):\n{}        self.layer = nn.Linear(2, 1)\n\n    def forward({}):\n        return self.layer(x)\n\n"
)
BOTH = "import math\nimport numpy as np\n"


@pytest.mark.parametrize(
    ("rule", "before", "line", "after", "out"),
    [
        ("text", "n = 3\n", "print('n = ' + n)", "print('n = ' + str(n))", "n = 3\n"),
        ("text", "n = 3\n", "print(n + 0.5 + ' m')", "print(str(n + 0.5) + ' m')", "3.5 m\n"),
        ("text", "", "print('-'.join([1, 2]))", "print('-'.join(map(str, [1, 2])))", "1-2\n"),
        ("whole-number", "n = 4\n", "print(list(range(n / 2)))", "print(list(range(n // 2)))", "[0, 1]\n"),
        ("whole-number", "n = 4\n", "print([0] * ((n + 2) / 2))", "print([0] * ((n + 2) // 2))", "[0, 0, 0]\n"),
        ("whole-number", NUMPY + "d = 0.5\n", "print(np.zeros(1 / d + 1))", "print(np.zeros(int(1 / d + 1)))", "[0. 0. 0.]\n"),
        ("older-python", "d = {'a': 1}\n", "print(d.keys()[0])", "print(list(d.keys())[0])", "a\n"),
        ("older-python", "", "print(len(map(str, [1, 2])))", "print(len(list(map(str, [1, 2]))))", "2\n"),
        ("older-python", "", "print(range(2) + [5])", "print(list(range(2)) + [5])", "[0, 1, 5]\n"),
        ("math-of-arrays", BOTH, "print(math.cos(np.zeros(2)))", "print(np.cos(np.zeros(2)))", "[1. 1.]\n"),
        ("math-of-arrays", "import math\n" + TORCH, "print(math.exp(torch.zeros(2)))", "print(torch.exp(torch.zeros(2)))", "tensor([1., 1.])\n"),
        ("loss-made", TORCH, "print(nn.MSELoss(torch.ones(2), torch.zeros(2)))", "print(nn.MSELoss()(torch.ones(2), torch.zeros(2)))", "tensor(1.)\n"),
        ("surplus-brackets", TORCH, "net = nn.Sequential([nn.ReLU(), nn.Tanh()])", "net = nn.Sequential(*[nn.ReLU(), nn.Tanh()])", ""),
        ("missing-brackets", TORCH, "print(torch.tensor(1, 2))", "print(torch.tensor([1, 2]))", "tensor([1, 2])\n"),
        ("missing-brackets", NUMPY, "print(np.array(1, 2, 3))", "print(np.array([1, 2, 3]))", "[1 2 3]\n"),
        ("dtype", TORCH, "print(nn.Linear(2, 1)(torch.tensor([[1, 2]])).shape)", "print(nn.Linear(2, 1)(torch.tensor([[1, 2]]).float()).shape)", "torch.Size([1, 1])\n"),
        ("dtype", TORCH + "w = torch.ones(2, requires_grad=True)\n", "print((w * 2).numpy())", "print((w * 2).detach().numpy())", "[2. 2.]\n"),
        ("missing-super", NET.format("        super.__init__()\n", "self, x"), "print(Net()(torch.ones(1, 2)).shape)", "", "torch.Size([1, 1])\n"),
        ("missing-super", NET.format("", "self, x"), "print(Net()(torch.ones(1, 2)).shape)", "", "torch.Size([1, 1])\n"),
        ("missing-self", NET.format("        super().__init__()\n", "x"), "print(Net()(torch.ones(1, 2)).shape)", "", "torch.Size([1, 1])\n"),
        ("missing-self", "class Box:\n    @classmethod\n    def make():\n        return 3\n", "print(Box.make())", "", "3\n"),
        ("dtype", TORCH + "n = torch.ones(4).size(0)\n", "print(torch.sqrt(n))", "print(torch.sqrt(torch.tensor(n)))", "tensor(2.)\n"),
        ("missing-super", NET.format("        super(Net).__init__()\n", "self, x"), "print(Net()(torch.ones(1, 2)).shape)", "", "torch.Size([1, 1])\n"),
        ("missing-super", NET.format("        super(Old, self).__init__()\n", "self, x"), "print(Net()(torch.ones(1, 2)).shape)", "", "torch.Size([1, 1])\n"),
        ("dunder", "class Box:\n    def init(self, n):\n        self.n = n\n", "print(Box(3).n)", "", "3\n"),
        ("dunder", "class Box:\n    def _init_(self, n):\n        self.n = n\n", "print(Box(3).n)", "", "3\n"),
        ("torch-call", TORCH, "print(torch.from_numpy([1.0]))", "print(torch.tensor([1.0]))", "tensor([1.])\n"),
        ("torch-call", TORCH + "q = torch.ones(2, 5, 8)\n", "print((q @ q.T).shape)", "print((q @ q.transpose(-2, -1)).shape)", "torch.Size([2, 5, 5])\n"),
        ("torch-call", TORCH + "q = torch.ones(2, 5, 8)\n", "print(torch.bmm(q, q.t()).shape)", "print(torch.bmm(q, q.transpose(-2, -1)).shape)", "torch.Size([2, 5, 5])\n"),
        ("torch-call", "from torch.utils.data import DataLoader\nloader = DataLoader([1, 2])\n", "print(next(loader))", "print(next(iter(loader)))", "tensor([1])\n"),
        ("missing-self", "class Box:\n    def side():\n        return 3\n", "print(Box().side())", "", "3\n"),
    ],
)  # fmt: skip
def test_put_right(mend: Mend, rule: str, before: str, line: str, after: str, out: str) -> None:
    (repair,) = mend(card(before + line))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert rules(repair) == {rule}
    assert len(repair.edits) == 1
    if after:
        assert edits(repair) == [(rule, line, after)]
    assert printed(repair) == out


def test_the_parts_of_a_class_are_put_where_they_belong(mend: Mend) -> None:
    (unset,) = mend(card(NET.format("", "self, x") + "Net()"))
    assert [e.after for e in unset.edits] == ["        super().__init__()"]
    (bare,) = mend(card(NET.format("        super().__init__()\n", "x") + "Net()(torch.ones(1, 2))"))
    assert bare.edits[0].after.startswith("    def forward(self, x):")


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        ("n = 3\nprint('n = ' + n)", "Python is strongly typed."),
        ("n = 3\nprint('n = ' + n)", "An f-string does what adding to a string does not."),
        ("class Box:\n    def side():\n        return 3\nprint(Box().side())", "The first argument is the object."),
        ("n = None\nprint('n = ' + n)", ""),
        ("n = 5\nprint(list(range(n / 2)))", ""),
        ("n = 4\nprint(list(range(n / 2)))", "True division gives a float."),
        ("d = {'a': 1}\nprint(d.keys()[0])", "A view follows its dict."),
        ("z = (n for n in [1])\nprint(z[0])", ""),
        (BOTH + "print(math.cos(np.zeros(2)))", "The functions of `math` take one number."),
        (TORCH + "print(nn.Sequential([3]))", ""),
        (TORCH + "q = torch.ones(2, 5, 8)\nprint(q @ q.T)", "Here `.T` turns all dimensions around."),
        (TORCH + "print(torch.ones(2, 5) @ torch.ones(2, 5))", ""),
        (
            "class Box:\n    def init(self, n):\n        self.n = n\nBox(3)",
            "Without its underscores it is a method like others.",
        ),
        ("class Box:\n    def make(self, n):\n        self.n = n\nBox(3)", ""),
        ("print(next([1, 2]))", ""),
        (NET.format("", "self, x") + "Net()", "`super().__init__()` sets up the module."),
        (NET.format("        super().__init__()\n", "x") + "Net()(torch.ones(1, 2))", "Each method takes `self`."),
        ("class Box:\n    @staticmethod\n    def side():\n        return 3\nprint(Box().side(2))", ""),
        ("class Box:\n    def side(self):\n        return 3\nprint(Box().side(2))", ""),
    ],
)
def test_left(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.FAILED, ())


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("n = 3\nprint('n = ' + n)", "TypeError"),
        ("d = {'a': 1}\nprint(d.keys()[0])", "TypeError"),
        (BOTH + "print(math.cos(np.zeros(2)))", "TypeError"),
        ("rows = [[1, 2], [3, 4]]\nprint(rows[:, 1])  # [2 4]", "TypeError"),
        (NET.format("", "self, x") + "Net()", "AttributeError"),
    ],
)
def test_an_error_that_is_the_lesson_is_expected(mend: Mend, code: str, error: str) -> None:
    (repair,) = mend(card(code, prose=f"The last line raises a `{error}`."))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.RAN, ())
    assert repair.error is not None
    assert repair.error.type == error


@pytest.mark.parametrize(
    ("before", "line", "edit"),
    [
        ("rows = [[1, 2], [3, 4]]", "print(rows[:, 1])  # [2 4]", ("rows = [[1, 2], [3, 4]]", "rows = np.array([[1, 2], [3, 4]])")),
        ("rows = [[1, 2], [3, 4]]\nprint(rows[0])", "print(rows[:, 1])  # [2 4]", ("print(rows[:, 1])  # [2 4]", "print(np.array(rows)[:, 1])  # [2 4]")),
        ("a = [1, 2, 6]", "print(a.mean())  # 3.0", ("a = [1, 2, 6]", "a = np.array([1, 2, 6])")),
        ("a = [1, 2, 6]", "print(a * 0.5)  # [0.5 1.  3. ]", ("a = [1, 2, 6]", "a = np.array([1, 2, 6])")),
    ],
)  # fmt: skip
def test_a_claim_tells_that_a_list_is_an_array(judged: Judged, before: str, line: str, edit: tuple[str, str]) -> None:
    (repair,), judgements = judged(card(NUMPY + before + "\n" + line))
    assert edits(repair) == [("array-meant", *edit)]
    assert [j.verdict for j in judgements] == ["assumed"]  # so few digits are hardly more than the choice cost


def test_a_claim_that_says_far_more_than_the_choice_cost_is_confirmed_with_it(judged: Judged) -> None:
    code = "rows = [[1, 25], [3, 475]]\nprint(rows[:, 1])  # [25 475]"
    _, (found,) = judged(card(NUMPY + code))
    assert (found.verdict, found.tried, found.bits) == ("confirmed", 2, 15.6)


def test_the_array_is_the_library_s_that_the_card_imports(mend: Mend) -> None:
    (repair,) = mend(card("import torch\nrows = [[1, 2], [3, 4]]\nprint(rows[:, 1])  # tensor([2, 4])"))
    assert edits(repair) == [("array-meant", "rows = [[1, 2], [3, 4]]", "rows = torch.tensor([[1, 2], [3, 4]])")]


@pytest.mark.parametrize(
    "code",
    [
        "rows = [[1, 2], [3, 4]]\nprint(rows[:, 1])",
        "rows = [[1, 2], [3, 4]]\nprint(rows[:, 1])  # [1 4]",
        "rows = [[1, 2], [3]]\nprint(rows[:, 1])  # [2 4]",
        "rows = [['a', 'b'], ['c', 'd']]\nprint(rows[:, 1])  # ['b' 'd']",
        "a = [1, 2]\nprint(a)  # [1, 2]\nprint(a * 0.5)",
    ],
)
def test_without_a_claim_a_list_stays_a_list(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.FAILED, ())
