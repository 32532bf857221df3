"""What other cards define, and which statements of theirs are needed for it."""

from __future__ import annotations

import ast

import pytest

from deckbuild.repair.lending.fits import fits
from deckbuild.repair.lending.slices import slice_of
from deckbuild.repair.program.needs import needs
from deckbuild.repair.program.usage import usage_of
from deckbuild.repair.resolve import providers
from tests.repair.making import card, scene


def test_a_slice_holds_what_later_changes_the_object_and_nothing_else() -> None:
    other = card(
        "n = 3\nunused = 9\nrows = [0] * n\nprint(rows)\nfor i in range(n):\n    rows[i] = i\nother = rows[0]", line=5
    )
    this = card("print(rows)", line=40)
    (definition,) = scene(this, other).book.definitions["rows"]
    assert [s.text for s in slice_of(definition)] == ["n = 3", "rows = [0] * n", "for i in range(n):\n    rows[i] = i"]


@pytest.mark.parametrize(("comment", "kept"), [("# TypeError: no", 1), ("# fails", 1), ("# no error", 2), ("# [9]", 2)])
def test_a_slice_holds_no_change_that_is_said_to_raise(comment: str, kept: int) -> None:
    other = card(f"t = (1, [2])\nt[1][0] = 9  {comment}", line=5)
    (definition,) = scene(card("print(t)", line=40), other).book.definitions["t"]
    assert len(slice_of(definition)) == kept


def test_a_slice_starts_at_the_last_fresh_binding() -> None:
    other = card("x = 1\nx = 2\nx += 3", line=5)
    (definition,) = scene(card("x", line=40), other).book.definitions["x"]
    assert [s.text for s in slice_of(definition)] == ["x = 2", "x += 3"]


def test_a_slice_holds_what_is_registered_with_a_function() -> None:
    other = card(
        "@singledispatch\ndef say(x):\n    return 'it'\n@say.register\ndef _(x: int):\n    return 'number'\n"
        "@say.register(str)\ndef _(x):\n    return 'text'\n@wraps(say)\ndef same(x):\n    return say(x)",
        line=5,
    )
    (definition,) = scene(card("say(3)", line=40), other).book.definitions["say"]
    assert ["same" in s.binds for s in slice_of(definition)] == [False, False, False]


def offered(code: str, *others: str) -> list[str]:
    """The texts of the providers of the first missing name of a card among others."""
    this = card(code, line=100)
    cards = [card(o, line=10 * n) for n, o in enumerate(others, 1)]
    tree = ast.parse(code)
    return [p.additions[0].text for p in providers(needs(tree)[0], tree, scene(this, *cards))]


def test_the_decks_own_import_comes_before_any_convention() -> None:
    assert offered("np.ones(2)", "import numpy.ma as np") == ["import numpy.ma as np"]
    assert offered("np.ones(2)")[0] == "import numpy as np"


def test_a_name_that_the_deck_defines_is_never_imported() -> None:
    assert offered("Counter([1])", "class Counter:\n    def __init__(self, x):\n        self.x = x") == [
        "class Counter:\n    def __init__(self, x):\n        self.x = x"
    ]


def test_the_nearest_definition_comes_first() -> None:
    assert offered("print(v)", "v = 1", "v = 2")[:2] == ["v = 2", "v = 1"]


def test_what_only_changes_a_name_makes_none() -> None:
    assert offered("print(total + 1)", "total -= 2") == offered("print(total + 1)")
    assert offered("print(total + 1)", "total = 5\ntotal -= 2")[0] == "total = 5\ntotal -= 2"


def test_a_slice_must_fit_the_uses_of_all_that_it_binds() -> None:
    pairs = "rows = [1, 2, 3]\npairs = list(enumerate(rows))"
    assert offered("print(pairs, len(rows) - 3)", pairs) == [pairs]
    assert offered("print(pairs, len(rows) - 10)", pairs) == []


@pytest.mark.parametrize(
    ("definition", "use", "fit"),
    [
        ("def f(a, b): return a", "f(1, 2)", True),
        ("def f(a, b): return a", "f(1)", False),
        ("def f(a, b=2): return a", "f(1)", True),
        ("def f(*a): return a", "f(1, 2, 3)", True),
        ("def f(a, *, k): return a", "f(1)", False),
        ("def f(a): pass", "f(1)", False),
        ("def f(a):\n    '''Doc.'''\n    raise NotImplementedError", "f(1)", False),
        ("f = [1, 2]", "f(1)", False),
        ("f = [1, 2]", "f[2]", False),
        ("f = [1, 2]", "f[1]", True),
        ("f = {'a': 1}", "f['b']", False),
        ("f = {'a': 1}", "f['a']", True),
        ("f = 3", "f[0]", False),
        ("f = [1, 2, 3]", "len(f) - 2", True),
        ("f = [1, 2, 3]", "len(f) - 4", False),
        ("f = Net(3).to(device)", "f(1)", True),
        ("f = nn.Sequential(nn.Linear(1, 2)).to(device).eval()", "f(1)", True),
        ("f = build()", "f(1)", True),
        ("f = g", "f(1)", True),
        ("f = torch.ones(2).to(device)", "f(1)", False),
        ("f = open('a').read()", "f(1)", False),
        ("f = 3 * g", "f(1)", False),
        ("f = ...", "print(f)", False),
        ("class f:\n    def __init__(self, a): self.a = a", "f()", False),
        ("class f:\n    def __init__(self, a): self.a = a", "f(2)", True),
    ],
)
def test_kind_arity_and_range_must_fit(definition: str, use: str, fit: bool) -> None:
    assert fits(ast.parse(definition).body[0], usage_of(ast.parse(use), "f")) is fit
