"""Rule `api-drift`: names, methods and arguments that have another name today, and what is no such thing."""

from __future__ import annotations

import pydoc

import pytest

from deckbuild.model import SnippetVerdict
from deckbuild.repair.rules.drift_table import TABLE
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, card, edits, printed

NUMPY = "import numpy as np\n"
PANDAS = "import pandas as pd\nt = pd.DataFrame({'a': [1, 2]})\n"


@pytest.mark.parametrize(
    ("before", "line", "after", "out"),
    [
        (NUMPY, "print(np.array([1], dtype=np.float))", "print(np.array([1], dtype=float))", "[1.]\n"),
        (NUMPY, "print(np.in1d([1, 2], [2]))", "print(np.isin([1, 2], [2]))", "[False  True]\n"),
        (NUMPY, "print(min(np.Inf, 3))", "print(min(np.inf, 3))", "3\n"),
        (NUMPY, "print(np.math.floor(2.5))", "print(math.floor(2.5))", "2\n"),
        (NUMPY, "print(np.array([1, 5]).ptp())", "print(np.ptp(np.array([1, 5])))", "4\n"),
        ("", "from collections import Mapping, deque", "from collections import deque\nfrom collections.abc import Mapping", ""),
        ("", "from fractions import gcd", "from math import gcd", ""),
        ("", "from scipy.integrate import simps as area", "from scipy.integrate import simpson as area", ""),
        ("import fractions\n", "print(fractions.gcd(4, 6))", "print(math.gcd(4, 6))", "2\n"),
        ("", "import cPickle", "import pickle as cPickle", ""),
        ("", "from StringIO import StringIO", "from io import StringIO", ""),
        ("", "print(list(xrange(3)))", "print(list(range(3)))", "[0, 1, 2]\n"),
        ("d = {1: 2}\n", "print(d.has_key(1))", "print((1 in d))", "True\n"),
        ("it = iter([7])\n", "print(it.next())", "print(next(it))", "7\n"),
        (PANDAS, "print([k for k, _ in t.iteritems()])", "print([k for k, _ in t.items()])", "['a']\n"),
        (PANDAS, "print(len(t.append(t)))", "print(len(pd.concat([t, t])))", "4\n"),
        (PANDAS, "print(len(t.append({'a': 3}, ignore_index=True)))", "print(len(pd.concat([t, pd.DataFrame([{'a': 3}])], ignore_index=True)))", "3\n"),
        (PANDAS, "print(len(t.fillna(method='pad', limit=1)))", "print(len(t.ffill(limit=1)))", "2\n"),
        (PANDAS, "print(len(pd.date_range('2020', periods=2, freq='M')))", "print(len(pd.date_range('2020', periods=2, freq='ME')))", "2\n"),
        ("import matplotlib.pyplot as plt\n", "plt.style.use('seaborn-dark')", "plt.style.use('seaborn-v0_8-dark')", ""),
        ("import numpy as np\n", "print(np.histogram([1, 2], 2, normed=True)[0])", "print(np.histogram([1, 2], 2, density=True)[0])", "[1. 1.]\n"),
        (TORCH + "loss = torch.tensor(2.0)\n", "print(loss.data[0])", "print(loss.item())", "2.0\n"),
    ],
)  # fmt: skip
def test_what_has_another_name_today(mend: Mend, before: str, line: str, after: str, out: str) -> None:
    (repair,) = mend(card(before + line))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert ("api-drift", line, after) in edits(repair)
    assert printed(repair) == out
    assert {rule for rule, *_ in edits(repair)} <= {"api-drift", "missing-import"}


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        (NUMPY + "print(np.float(1))", "The alias was deprecated long ago."),
        ("print(xrange(3))", "In Python 2 this is no list."),
        ("from collections import Mapper", ""),
        (NUMPY + "int = 3\nprint(np.int(2.5))", ""),
        (PANDAS + "print(len(t.append({'a': 3})))", ""),
        (PANDAS + "print(t.append({'a': 3}, sort=True))", ""),
        (PANDAS + "print(t.fillna(method='guess'))", ""),
        (PANDAS + "s = t['a']\nprint(t.append(s))", ""),
        ("class Cup:\n    pass\nCup().next()", ""),
        ("def f(a):\n    return a\nf(1, verbose=True)", ""),
        ("import matplotlib.pyplot as plt\nplt.style.use('no-such-style')", ""),
    ],
)
def test_what_is_left_alone(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.FAILED, ())


def test_a_name_that_moved_is_no_missing_package(mend: Mend) -> None:
    (repair,) = mend(card("from collections import Mapper"))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.FAILED, None)


@pytest.mark.parametrize("new", sorted({*TABLE["names"].values(), *TABLE["modules"].values()}))
def test_what_a_name_has_become_is_there(new: str) -> None:
    root = new.split(".")[0]
    if root not in ("builtins", "pandas"):
        pytest.importorskip(root)
    assert pydoc.locate(new) is not None
