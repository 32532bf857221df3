"""Rule `missing-import`: which import is added, and which names must not be imported."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from deckbuild.repair.rules.conventions import CONSTANTS, FUNCTIONS, HOMES, MODULES, WITH_AFFINITY
from tests.repair.conftest import Mend
from tests.repair.making import card, edits, printed, rules


@pytest.mark.parametrize(
    ("code", "line", "out"),
    [
        ("print(np.zeros(2))", "import numpy as np", "[0. 0.]\n"),
        ("print(json.dumps([1]))", "import json", "[1]\n"),
        ("print(Path('a/b').name)", "from pathlib import Path", "b\n"),
        ("print(sqrt(16))", "from math import sqrt", "4.0\n"),
        ("print(Counter('aab')['a'])", "from collections import Counter", "2\n"),
        ("def two():\n    return np.ones(2)\nprint(two())", "import numpy as np", "[1. 1.]\n"),
        ("@dataclass\nclass P:\n    x: int\nprint(P(3))", "from dataclasses import dataclass", "P(x=3)\n"),
        ("print(array('d', [1.5]))", "from array import array", "array('d', [1.5])\n"),
        ("print(GELU())", "from torch.nn import GELU", "GELU(approximate='none')\n"),
        ("print(array([1, 2]).sum())", "from numpy import array", "3\n"),
        ("print(isinstance([], abc.Sized))", "from collections import abc", "True\n"),
        ("print(futures.ThreadPoolExecutor(1)._max_workers)", "from concurrent import futures", "1\n"),
        (
            "class A(abc.ABC):\n    @abc.abstractmethod\n    def f(self): ...\nprint(A.__bases__[0].__name__)",
            "import abc",
            "ABC\n",
        ),
    ],
)
def test_a_conventional_import(mend: Mend, code: str, line: str, out: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert edits(repair) == [("missing-import", "", line)]
    assert printed(repair) == out


def test_a_function_comes_from_the_library_that_the_snippet_uses(mend: Mend) -> None:
    (repair,) = mend(card("from sympy import symbols\nx = symbols('x')\nprint(sin(x))"))
    assert edits(repair) == [("missing-import", "", "from sympy import sin")]
    assert printed(repair) == "sin(x)\n"


def test_the_decks_own_import_outranks_the_convention(mend: Mend) -> None:
    (repair,) = mend(card("print(np.__name__)"), card("import numpy.linalg as np", line=50))
    assert edits(repair) == [("missing-import", "", "import numpy.linalg as np")]
    assert "1 time" in repair.edits[0].evidence


def test_the_most_frequent_import_of_the_deck_is_taken(mend: Mend) -> None:
    others = [card(f"import {m} as m", line=50 + 10 * n) for n, m in enumerate(["math", "cmath", "cmath"])]
    (repair,) = mend(card("print(m.__name__)"), *others)
    assert printed(repair) == "cmath\n"


def test_a_name_that_the_deck_binds_is_not_imported(mend: Mend) -> None:
    own = "class Counter:\n    def __init__(self, x):\n        self.x = x\n    def __str__(self):\n        return 'our own'"
    (repair,) = mend(card("print(Counter('aab'))"), card(own, line=50))
    assert edits(repair) == [("deck-definition", "", own)]
    assert printed(repair) == "our own\n"


@pytest.mark.parametrize(
    "code",
    [
        "print(T.shape[0] + T)",
        "print(json([1]))",
        "print(Q)",
        "print(np(2))",
        "transmogrify(3)",
        "print(futures.near)",
    ],
)
def test_no_import_where_none_is_meant(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert "missing-import" not in rules(repair)
    assert repair.verdict is SnippetVerdict.FAILED


def test_what_the_snippet_imports_itself_is_left_alone(mend: Mend) -> None:
    (repair,) = mend(card("import math as np\nprint(np.floor(2.5))"), card("import numpy as np", line=50))
    assert repair.verdict is SnippetVerdict.RAN
    assert printed(repair) == "2\n"


@pytest.mark.parametrize(
    ("code", "lines", "out"),
    [
        ("print(StepLR(SGD([torch.zeros(1)], 1.0), 3).step_size)", {"torch", "torch.optim", "torch.optim.lr_scheduler"}, "3\n"),
        ("print(brentq(lambda x: x - 2, 0, 5))", {"scipy.optimize"}, "2.0\n"),
        ("print(quad(lambda x: x, 0, 2)[0])", {"scipy.integrate"}, "2.0\n"),
        ("x = symbols('x')\nprint(diff(x**2, x))", {"sympy"}, "2*x\n"),
        ("print(sum(map(sqrt, [4, 9])))", {"math"}, "5.0\n"),
        ("x = linspace(0, 1, 3)\nprint(sin(x).shape)", {"numpy"}, "(3,)\n"),
        ("print(det(array([[2.0, 0.0], [0.0, 3.0]])))", {"numpy", "numpy.linalg"}, "6.0\n"),
        ("print(array('d', [1.0]))", {"array"}, "array('d', [1.0])\n"),
        ("print(reduce(lambda a, b: a + b, [1, 2]))", {"functools"}, "3\n"),
        ("print(min([3, inf]), cos(pi))", {"math"}, "3 -1.0\n"),
        ("print(DataFrame({'a': [1]}).shape)", {"pandas"}, "(1, 1)\n"),
        ("import torch\nprint(exp(torch.zeros(2)))", {"torch"}, "tensor([1., 1.])\n"),
        ("import torch\nprint(ones(2))", {"torch"}, "tensor([1., 1.])\n"),
        ("print(norm([3.0, 4.0]))", {"numpy.linalg"}, "5.0\n"),
        ("print(norm.cdf(0.0))", {"scipy.stats"}, "0.5\n"),
        ("from numpy.linalg import norm\nprint(eig([[2.0]])[0])", {"numpy.linalg"}, "[2.]\n"),
    ],
)  # fmt: skip
def test_the_module_that_the_program_speaks_of(mend: Mend, code: str, lines: set[str], out: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert {after.split()[1] for _, _, after in edits(repair)} == lines
    assert printed(repair) == out


@pytest.mark.parametrize(("other", "module"), [("import torch", "torch"), ("import math", "math")])
def test_beside_a_name_that_only_torch_has_the_others_are_its_own(mend: Mend, other: str, module: str) -> None:
    code = "def gate(g):\n    return sigmoid(g) * exp(-g)"
    (repair,) = mend(card(code, line=60), card(other, line=20))
    assert ("missing-import", "", f"from {module} import exp") in edits(repair)


def test_a_deck_that_takes_all_names_of_a_module_tells_whose_they_are(mend: Mend) -> None:
    (repair,) = mend(card("print(identity(2).shape)"), card("from pylab import *", line=50))
    assert edits(repair) == [("missing-import", "", "from numpy import identity")]


@pytest.mark.parametrize("said", ["from sympy import *", "from sympy import sqrt, symbols"])
def test_symbolic_functions_come_only_where_something_is_symbolic(mend: Mend, said: str) -> None:
    others = [card(said, line=50), card("import numpy as np\nimport math", line=60)]
    (plain,) = mend(card("print(sqrt(16))"), *others)
    assert printed(plain) == "4.0\n"
    (symbolic,) = mend(card("x = symbols('x')\nprint(sqrt(x**2 * 16))"), *others)
    assert printed(symbolic) == "4*sqrt(x**2)\n"


@pytest.mark.parametrize(
    "code",
    [
        "print(identity(2))",
        "print(std([1.0, 2.0]))",
        "print(solve([1, 2], 3))",
        "show('x')",
        "print(name('a'))",
        "print(eig([[2.0, 0.0], [0.0, 3.0]]))",
        "lock = Lock()\nprint(lock)",
        "print(relu(-1.0))",
        "print(sleep(0))",
    ],
)
def test_what_is_everybodys_word_is_no_import(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.FAILED, ())


def names() -> list[tuple[str, str]]:
    """(module, name) of each name in the table of conventions."""
    tables = (FUNCTIONS, CONSTANTS, WITH_AFFINITY)
    return [*((m, n) for n, m in HOMES.items()), *((m, n) for t in tables for n, modules in t.items() for m in modules)]


@pytest.mark.parametrize("module", sorted({m for m, _ in names()}))
def test_every_name_of_the_table_is_in_its_module(module: str) -> None:
    there = pytest.importorskip(module)
    assert [n for m, n in names() if m == module and not hasattr(there, n)] == []


def test_a_name_has_one_meaning_or_is_left_to_what_the_program_says() -> None:
    assert HOMES.keys() & FUNCTIONS.keys() == {"array"}
    assert HOMES.keys() & MODULES.keys() == set()
