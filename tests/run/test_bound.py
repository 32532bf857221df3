"""The names that a statement binds or changes."""

from __future__ import annotations

import ast

import pytest

from deckbuild.run.worker.bound import bound_names, imported_names, touched_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a = b = 1", "a b"),
        ("a, (b, *c) = f()", "a b c"),
        ("a += 1", "a"),
        ("a: int = 1", "a"),
        ("x.weight.data = 1", "x"),
        ("x[0][1] = y", "x"),
        ("f(x)[0] = y", "f"),
        ("del x[0]", "x"),
        ("for i in r:\n    s = i", "i s"),
        ("with f() as g:\n    h = 1", "g h"),
        ("if (n := 1):\n    pass", "n"),
        ("y = [z for z in r]", "y"),
        ("y = [last := z for z in r]", "y last"),
        ("def f(a):\n    b = a", "f"),
        ("class C:\n    a = 1", "C"),
        ("y = lambda q: q", "y"),
        ("try:\n    a = 1\nexcept E as e:\n    b = 2", "a b"),
        ("match v:\n    case [p, *q]:\n        r = 1\n    case {'k': s, **t}:\n        pass", "p q r s t"),
        ("print(x)", ""),
    ],
)
def test_bound(text: str, names: str) -> None:
    assert sorted(bound_names(ast.parse(text).body[0])) == sorted(names.split())


def test_imported() -> None:
    assert imported_names(ast.parse("import a.b, c as d").body[0]) == ("a", "d")
    assert imported_names(ast.parse("try:\n    from e import f as g, h\nexcept I:\n    g = None").body[0]) == ("g", "h")
    assert imported_names(ast.parse("from a import *").body[0]) == ("*",)


def test_touched() -> None:
    assert touched_names(ast.parse("items.append(1)").body[0]) == ("items",)
    assert touched_names(ast.parse("for i in r:\n    model.layer[0].zero_()").body[0]) == ("model",)
    assert touched_names(ast.parse("x = items.pop()").body[0]) == ()
