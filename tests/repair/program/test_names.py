"""What a program needs, binds and changes."""

from __future__ import annotations

import ast

import pytest

from deckbuild.repair.program.names import bound, changed
from deckbuild.repair.program.needs import needs


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("y = x + 1", ["x"]),
        ("x = 1\ny = x", []),
        ("y = x\nx = 1", ["x"]),
        ("def f(a, *b, c=d, **e): return a + b + c + e + g", ["d", "g"]),
        ("def f(): return g()\ndef g(): return 1", []),
        ("[i * k for i in rows if i > low]", ["rows", "low", "k"]),
        ("for i in range(3):\n    total += i", ["total"]),
        ("import a.b as c\nfrom d import e\nc(e)", []),
        ("with open('f') as f:\n    f.read()", []),
        ("try:\n    q()\nexcept E as err:\n    print(err)", ["q", "E"]),
        ("class A(B):\n    k = 1\n    def m(self): return self.k + z", ["B", "z"]),
        ("f = lambda x: x + w", ["w"]),
        ("if (n := len(data)) > 3:\n    print(n)", ["data"]),
        ("match p:\n    case [a, *rest] if a > lim:\n        print(a, rest)", ["p", "lim"]),
        ("conv(input)", ["conv", "input"]),
        ("print(3 * max)\nx = [0][:max]", ["max"]),
        ("iter.shape", ["iter"]),
        ("print(max)\nlist(map(max, [[1]]))\nsorted([1], key=max)", []),
        ("y = max(1, 2)\nz = 3 * max", []),
        ("isinstance(1, input)", []),
        ("x[0] = 1", ["x"]),
        ("def f(a: T) -> U: ...", ["T", "U"]),
        ("def outer():\n    v = 1\n    def inner(): return v + u\n    return inner", ["u"]),
    ],
)
def test_needs(code: str, expected: list[str]) -> None:
    assert [n.name for n in needs(ast.parse(code))] == expected


def test_a_name_used_only_in_a_function_is_deferred() -> None:
    assert [(n.name, n.deferred) for n in needs(ast.parse("def f(): return q\nr"))] == [("q", True), ("r", False)]


def test_what_a_function_that_is_called_reads_is_needed_at_once() -> None:
    code = "def f(): return g() + q\ndef g(): return r\ndef h(): return s\nf()"
    assert [(n.name, n.deferred) for n in needs(ast.parse(code))] == [("q", False), ("r", False), ("s", True)]


def test_a_star_import_may_bind_anything() -> None:
    assert needs(ast.parse("from math import *\ncos(1)")) == ()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a, (b, *c) = 1, (2, 3)", {"a", "b", "c"}),
        ("for i in x:\n    j = i", {"i", "j"}),
        ("def f():\n    k = 1", {"f"}),
        ("y = [q for q in z]", {"y"}),
        ("import torch.nn as nn, os.path", {"nn", "os"}),
    ],
)
def test_bound(code: str, expected: set[str]) -> None:
    assert bound(ast.parse(code).body[0]) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x[0] = 1", {"x"}),
        ("x.append(2)", {"x"}),
        ("x += 1", {"x"}),
        ("for k in sd:\n    sd[k].copy_(w[k])", {"sd"}),
        ("x.a.b = 3", {"x"}),
        ("nn.init.ones_(x.weight)", {"x"}),
        ("torch.manual_seed(1)", set()),
        ("scale.fit(rows)", {"scale"}),
        ("y = scale.transform(rows)", set()),
        ("y = x.mean()", set()),
        ("print(x)", set()),
    ],
)
def test_changed(code: str, expected: set[str]) -> None:
    assert changed(ast.parse(code).body[0]) == expected
