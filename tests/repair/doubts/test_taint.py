"""What rests on an assumption: what is made from it, however indirectly, and nothing else."""

from __future__ import annotations

import ast

import pytest

from deckbuild.repair.doubts.taint import tainted
from tests.repair.conftest import Mend
from tests.repair.making import card


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("a = 1\nb = a + 1\nc = 2", {"a", "b"}),
        ("a = 1\nb = c = a", {"a", "b", "c"}),
        ("a = 1\nfor x in range(a):\n    y = 3", {"a", "x", "y"}),
        ("a = 1\nrows = []\nrows.append(a)\nn = len(rows)", {"a", "rows", "n"}),
        ("a = 1\nbox = {}\nbox['k'] = a", {"a", "box"}),
        ("a = 1\ndef f():\n    return a\nb = f()", {"a", "f", "b"}),
        ("a = 1\ntotal = 0\ntotal += a", {"a", "total"}),
        ("a = 1\nwith open(a) as h:\n    t = h.read()", {"a", "h", "t"}),
        ("a = 1\nif a:\n    b = 2", {"a", "b"}),
        ("a = [1]\nk = 2\nfor i in range(len(a)):\n    a[i] = a[i] * k", {"a", "i"}),
        ("a = [1]\nk = []\nfor x in a:\n    k.append(x)", {"a", "x", "k"}),
        ("a = [1]\nk = []\nfor x in a:\n    use(x, k)", {"a", "x", "k", "use"}),
        ("a = 1\nb = a\nb = 5\nc = b", {"a"}),
        ("a = 1\nprint(a)\nb = 2", {"a"}),
    ],
)
def test_tainted(code: str, names: set[str]) -> None:
    assert tainted(ast.parse(code), {1}) == names


def test_without_assumptions_nothing_is() -> None:
    assert tainted(ast.parse("a = 1\nb = a"), set()) == frozenset()


def test_a_repair_names_what_rests_on_its_assumptions(mend: Mend) -> None:
    (repair,) = mend(card("far = speed * 2\nfixed = 7\nprint(far, fixed)"))
    assert repair.assumed == {"speed", "far"}
