"""The names that a statement binds or changes."""

from __future__ import annotations

import ast

import pytest

from deckbuild.run.worker.bound import Names, read_names


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
        ("y = (n := 1) + n", "y n"),
        ("y = f(lambda q: q, *[z for z in r], key=1)", "y"),
        ("def f(a):\n    b = a", "f"),
        ("class C:\n    a = 1", "C"),
        ("y = lambda q: q", "y"),
        ("try:\n    a = 1\nexcept E as e:\n    b = 2", "a b"),
        ("match v:\n    case [p, *q]:\n        r = 1\n    case {'k': s, **t}:\n        pass", "p q r s t"),
        ("print(x)", ""),
    ],
)
def test_bound(text: str, names: str) -> None:
    assert sorted(_read(text).bound) == sorted(names.split())


def test_imported() -> None:
    assert _read("import a.b, c as d").imported == ("a", "d")
    assert _read("try:\n    from e import f as g, h\nexcept I:\n    g = None").imported == ("g", "h")
    assert _read("from a import *").imported == ("*",)


def test_touched() -> None:
    assert _read("items.append(1)").touched == ("items",)
    assert _read("for i in r:\n    model.layer[0].zero_()").touched == ("model",)
    assert _read("x = items.pop()").touched == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("np.pi = 3", "np"),
        ("def f(x):\n    x.a = np.linalg.norm.b = 1", "np x"),
        ("del d['a']", "d"),
        ("x = [setattr(math, 'pi', 3)]", "math"),
        ("x = vars(nn.Module)['a']", "nn"),
        ("x = nn.__dict__", "nn"),
        ("decimal.getcontext().prec = 3", ""),
        ("globals()['n' + 'p'].pi = 3", "?"),
        ("globals()['x'] = vars['y'] = 3", "vars"),
        ("getattr(sys, name)['math'] = 3", "?"),
        ("libraries[0].pi = 3", "libraries libraries[]"),
        ("rows[0][1] = 3", "rows"),
        ("exec(text)", "?"),
        ("put = setattr", "?"),
        ("partial(setattr, np)", "?"),
        ("math.__setattr__('pi', 3)", "math"),
        ("class A:\n    def __setattr__(self, n, v):\n        super().__setattr__(n, v)", "n"),
        ("type(x).f = x.__class__.f = 1", "? x"),
        ("class A:\n    def f(self):\n        type(self).n = self.__class__.n = 1", "self"),
        ("def f():\n    import math\n    math.pi = 3", "?"),
        ("model.eval()", ""),
        ("next(model.parameters()).requires_grad = False", ""),
        ("x = np.pi", ""),
        ("x, y = f(a=1), b[0]", ""),
    ],
)
def test_altered(text: str, names: str) -> None:
    assert sorted(_read(text).altered) == names.split()


def test_statements_of_one_line_and_the_same_line_elsewhere() -> None:
    text = "a = 1; b = 2\nif a:\n    c = 1; b = 2\n"
    assert [n.bound for n in read_names(ast.parse(text).body, text)] == [("a",), ("b",), ("c", "b")]
    assert _read("b = 2; a = 1").bound == ("b",)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line(end: str) -> None:
    text = end.join(["a = 1", 'b = """x', 'y"""', "import c"])
    assert [(*n.bound, *n.imported) for n in read_names(ast.parse(text).body, text)] == [("a",), ("b",), ("c",)]


def _read(text: str) -> Names:
    return read_names(ast.parse(text).body, text)[0]
