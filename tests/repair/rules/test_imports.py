"""Rule `missing-import`: which import is added, and which names must not be imported."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
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


def test_a_name_that_is_numpys_only_beside_others_of_numpy(mend: Mend) -> None:
    (repair,) = mend(card("from numpy.linalg import det\nI = array([[2, 0], [0, 3]])\nprint(dot(I, I))"))
    assert [after for _, _, after in edits(repair)] == ["from numpy import array", "from numpy import dot"]
    (repair,) = mend(card("print(dot([1, 2], [3, 4]))"))
    assert repair.verdict is SnippetVerdict.FAILED
