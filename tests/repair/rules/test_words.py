"""Words of other languages and libraries, names asked of the wrong module, brackets of calls: what is put right, what stays."""

from __future__ import annotations

import importlib
import inspect

import pytest

from deckbuild.model import SnippetVerdict
from deckbuild.repair.rules import namespaces, other_words, torch_names
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, card, edits, printed

NUMPY = "import numpy as np\n"
F = "import torch\nimport torch.nn.functional as F\n"
AXES = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n"
OWN = "class Disc:\n    def __init__(self, r):\n        self.r = r\n\n    @property\n    def square(self):\n        return self.r ** 2\n"
LAYER = TORCH + "layer = nn.TransformerEncoderLayer(d_model=8, nhead=2)\n"


@pytest.mark.parametrize(
    ("rule", "before", "line", "after", "out"),
    [
        ("other-language", "a = [1, 2]\n", "print(a.length)", "print(len(a))", "2\n"),
        ("other-language", "a = 'bc'\n", "print(a.length())", "print(len(a))", "2\n"),
        ("other-language", "a = 'bc'\n", "print(f'{a.toUpperCase()}!')", "print(f'{a.upper()}!')", "BC!\n"),
        ("other-language", "a = 'bc'\n", "print(a.contains('b'))", "print(('b' in a))", "True\n"),
        ("other-language", "a = []\n", "a.push(1)", "a.append(1)", ""),
        ("other-language", "", "a = {'on': true}", "a = {'on': True}", ""),
        ("other-library", NUMPY + "a = np.ones(2)\n", "print(a.clone())", "print(a.copy())", "[1. 1.]\n"),
        ("other-library", NUMPY + "a = np.ones(2)\n", "print((-a).abs())", "print(np.abs((-a)))", "[1. 1.]\n"),
        ("other-library", TORCH + "a = torch.ones(2)\n", "print(a.astype(torch.int64))", "print(a.to(torch.int64))", "tensor([1, 1])\n"),
        ("other-library", "loss = 0.5\n", "print(loss.item())", "print(loss)", "0.5\n"),
        ("other-library", NUMPY + "rng = np.random.default_rng(0)\n", "n = rng.randint(0, 5, 3)", "n = rng.integers(0, 5, 3)", ""),
        ("other-namespace", TORCH, "print(torch.array([1]))", "print(torch.tensor([1]))", "tensor([1])\n"),
        ("import-path", "", "from torch.utils import DataLoader", "from torch.utils.data import DataLoader", ""),
        ("import-path", "", "from collection import Counter", "from collections import Counter", ""),
        ("import-path", "", "import matplotlib as plt; plt.plot([1])", "import matplotlib.pyplot as plt; plt.plot([1])", ""),
        ("other-namespace", F, "print(F.ReLU(torch.tensor([-1., 2.])))", "print(F.relu(torch.tensor([-1., 2.])))", "tensor([0., 2.])\n"),
        ("other-namespace", F, "layer = F.ReLU()", "layer = torch.nn.ReLU()", ""),
        ("other-namespace", TORCH, "print(nn.relu(torch.ones(1)))", "print(nn.functional.relu(torch.ones(1)))", "tensor([1.])\n"),
        ("other-namespace", TORCH, "layer = torch.Linear(2, 1)", "layer = torch.nn.Linear(2, 1)", ""),
        ("other-namespace", TORCH, "layer = nn.Relu()", "layer = nn.ReLU()", ""),
        ("other-namespace", NUMPY, "print(np.norm([3., 4.]))", "print(np.linalg.norm([3., 4.]))", "5.0\n"),
        ("other-namespace", "import math\n", "print(math.ln(1))", "print(math.log(1))", "0.0\n"),
        ("other-namespace", "import math\n", "print(math.abs(-1))", "print(abs(-1))", "1\n"),
        ("other-namespace", AXES, "ax.xlabel('t')", "ax.set_xlabel('t')", ""),
        ("other-namespace", AXES, "ax.title('t')", "ax.set_title('t')", ""),
        ("other-namespace", AXES, "plt.set_title('t')", "plt.title('t')", ""),
        ("torch-name", TORCH, "layer = nn.Linear(in_dim=2, out_features=1)", "layer = nn.Linear(in_features=2, out_features=1)", ""),
        ("torch-name", TORCH, "layer = nn.Dropout(rate=0.5)", "layer = nn.Dropout(p=0.5)", ""),
        ("torch-name", TORCH, "layer = nn.Linear(n_inputs=2, out_features=1)", "layer = nn.Linear(in_features=2, out_features=1)", ""),
        ("torch-name", LAYER, "print(layer.size)", "print(layer.self_attn.embed_dim)", "8\n"),
        ("torch-name", NUMPY, "print(np.ones((2, 1)).sum(dim=0))", "print(np.ones((2, 1)).sum(axis=0))", "[2.]\n"),
        ("call-brackets", NUMPY, "print(np.ones(2).shape())", "print(np.ones(2).shape)", "(2,)\n"),
        ("call-brackets", TORCH, "print(torch.ones(2, 3).size[1])", "print(torch.ones(2, 3).shape[1])", "3\n"),
        ("call-brackets", OWN, "print(Disc(3).square())", "print(Disc(3).square)", "9\n"),
        ("call-brackets", "d = {'a': 1}\n", "print(list(d.items))", "print(list(d.items()))", "[('a', 1)]\n"),
        ("call-brackets", "d = {'a': 1}\n", "for k, v in d: print(k, v)", "for k, v in d.items(): print(k, v)", "a 1\n"),
        (
            "call-brackets",
            TORCH + "model = nn.Linear(2, 1)\n",
            "torch.optim.SGD(model, lr=0.1)",
            "torch.optim.SGD(model.parameters(), lr=0.1)",
            "",
        ),
    ],
)  # fmt: skip
def test_put_right(mend: Mend, rule: str, before: str, line: str, after: str, out: str) -> None:
    (repair,) = mend(card(before + line))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert edits(repair) == [(rule, line, after)]
    assert printed(repair) == out


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        ("a = [1, 2]\nprint(a.length)", "JavaScript writes it so."),
        ("a = [1, 2]\nprint(a.length)", "Lists have no `length`."),
        ("a = {1}\na.append(2)", "A set does not have `append`."),
        ("a = (1, 2)\na.append(3)", ""),
        ('{"on": true, "id": 3}', ""),
        (NUMPY + "print(np.ones(1).clone())", "Arrays have no `clone`."),
        (NUMPY + "print(np.ones(1).nothing())", ""),
        ("from torch.utils import Nothing", ""),
        ("from torch.utils import DataLoader", "This import fails."),
        (NUMPY + "print(np.nothing(1))", ""),
        (NUMPY + "print(np.norm([1.]))", "There is no `np.norm`."),
        (NUMPY + "print(np.norm([1.]))", "This raises an error."),
        (AXES + "ax.nothing('t')", ""),
        ("class Linear:\n    def __init__(self, size):\n        self.n = size\nprint(Linear(in_dim=2))", ""),
        (TORCH + "print(nn.Linear(2, 1).in_dim)", "A layer keeps `in_dim` nowhere."),
        (TORCH + "print(nn.Linear(2, 1).nothing)", ""),
        (TORCH + "print(nn.Linear(2, 1).use_bias)", ""),
        (NUMPY + "print(np.ones(2).size())", ""),
        ("x = 3\nprint(x())", ""),
        ("d = ['abc']\nfor k, v in d:\n    print(k)", ""),
        ("d = {'a': 1}\nfor k, v in d:\n    print(k)", "This loop fails."),
        ("d = {'a': 1}\nfor k, v in d:\n    print(k)", "A dict gives its keys, which cannot be unpacked."),
        (OWN + "print(Disc(3).r())", ""),
    ],
)
def test_left(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.FAILED, ())


def test_an_error_that_is_the_lesson_is_expected(mend: Mend) -> None:
    (repair,) = mend(card("a = [1, 2]\na.push(3)", prose="A list has no such method: an `AttributeError` is raised."))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.RAN, ())
    assert repair.error is not None
    assert repair.error.type == "AttributeError"


def _home(kind: str) -> object:
    return next(
        h for m in ("torch.nn", "torch.optim") if (h := getattr(importlib.import_module(m), kind, None)) is not None
    )


KINDS = [(kind, right) for kind, words in torch_names._TABLE.items() if kind != "read" for right in words]


@pytest.mark.parametrize(("kind", "right"), KINDS)
def test_the_installed_library_has_the_word_and_not_the_others(kind: str, right: str) -> None:
    home = _home(kind)
    arguments = set(inspect.signature(home).parameters)  # type: ignore[arg-type]
    assert right in arguments or right == "weight" or {"args", "kwargs"} <= arguments
    assert not arguments & set(torch_names._TABLE[kind][right])


def test_no_word_means_two_things_of_a_class() -> None:
    for kind, words in torch_names._TABLE.items():
        others = [w for right in words for w in words[right]] if kind != "read" else []
        assert len(others) == len(set(others))


ASKED = {
    "ndarray": "numpy.array([[2.0, 1.0], [1.0, 2.0]])", "Tensor": "torch.ones(2, 2)", "Generator": "numpy.random.default_rng(0)", "float": "0.5", "int": "3",
    "list": "[1]", "str": "'a'", "tuple": "(1,)", "set": "{1}", "dict": "{1: 1}",
}  # fmt: skip
GIVEN = {
    "unsqueeze": "0",
    "expand_dims": "0",
    "permute": "1, 0",
    "multiply": "2",
    "astype": "torch.int64",
    "randint": "3",
    "charAt": "0",
    "matmul": "numpy.eye(2)",
}


@pytest.mark.parametrize("word", [w for part in ("languages", "libraries") for w in other_words._TABLE[part]])
def test_the_type_lacks_the_word_and_has_what_stands_for_it(word: str) -> None:
    kind, _, name = word.partition(".")
    given = GIVEN.get(name, "'a'" if kind == "str" else "1")
    template = {**other_words._TABLE["languages"], **other_words._TABLE["libraries"]}[word]
    names = {m: importlib.import_module(m) for m in ("numpy", "torch")}
    assert not hasattr(eval(ASKED[kind], names), name)
    assert eval(template.format(of=ASKED[kind], given=given), names) is not NotImplemented


@pytest.mark.parametrize("old", sorted(namespaces._CALLED))
def test_mathematical_names_are_the_library_s(old: str) -> None:
    module, _, name = old.rpartition(".")
    assert not hasattr(importlib.import_module(module), name) or module != "math"
    assert hasattr(importlib.import_module(module), namespaces._CALLED[old])


STACK = "class Stack(nn.Module):\n    def __init__(self, layer):\n        super().__init__()\n        self.width = layer.size\n"


def test_what_a_class_asks_of_its_part_is_the_decks_word_where_its_own_classes_have_it(mend: Mend) -> None:
    made = card(TORCH + STACK + "print(Stack(nn.TransformerEncoderLayer(8, 2)).width)", line=60)
    part = "class Part(nn.Module):\n    def __init__(self, size):\n        super().__init__()\n        self.{} = size"
    assert mend(made, card(TORCH + part.format("size"), line=5))[0].verdict is SnippetVerdict.FAILED
    (repair,) = mend(made, card(TORCH + part.format("extent"), line=5))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.CORRECTED, "8\n")
