"""Slips of the pen: the one edit that Python's message and, among several, a claim single out."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from deckbuild.repair.damage.slips import one_edit_away
from deckbuild.repair.draft import start_draft
from tests.repair.conftest import Mend
from tests.repair.making import card, edits, printed, snippet


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("def add(a, b)\n    return a + b", "def add(a, b):\n    return a + b"),
        ("for i in range(2)  # twice\n    go(i)", "for i in range(2):  # twice\n    go(i)"),
        ("print('sum' total)", "print('sum', total)"),
        ("x = [1, (2) 3]", "x = [1, (2), 3]"),
        ("x = [1, 2  # two\n     3]", "x = [1, 2,  # two\n     3]"),
        ("deffit(x):\n    return x", "def fit(x):\n    return x"),
        ("3import math", "import math"),
        ("print(x", "print(x)"),
        ("x = [1, 2)", "x = [1, 2]"),
        ("print(x))", "print(x)"),
        ("if a\n    go(a)\nelse  # not a\n    go(1)", "if a:\n    go(a)\nelse:  # not a\n    go(1)"),
        ("x = f(1,\n      2\ny = 3", "x = f(1,\n      2)\ny = 3"),
        ("x = [\n    1\n    2\n    3\n]", "x = [\n    1,\n    2,\n    3\n]"),
        ("import numpy np  # arrays", "import numpy as np  # arrays"),
        ("form math import pi", "from math import pi"),
        ("def f(x):\n    retrun x", "def f(x):\n    return x"),
        ("name = 'Ada", "name = 'Ada'"),
        ("print('Ada)  # a name", "print('Ada')  # a name"),
        ("print(\"Ada')", 'print("Ada")'),
        ("x = [f'{d['a']}', 'b']", "x = [f'{d[\"a\"]}', 'b']"),
        ('print(f"{", ".join(x)} {{}}")', "print(f\"{', '.join(x)} {{}}\")"),
        ("x = 3\nif x = 3:  # three\n    go(x)", "x = 3\nif x == 3:  # three\n    go(x)"),
        ("def f(x):\n    y = x\n     z = y\n    return z", "def f(x):\n    y = x\n    z = y\n    return z"),
        ("def f(x):\n    y = x\n   return y", "def f(x):\n    y = x\n    return y"),
        ("x = 1\n    if x:\n        go(x)\n\n    go(1)", "x = 1\nif x:\n    go(x)\n\ngo(1)"),
        ("if x:\n    go(x)\n\tgo(1)", "if x:\n    go(x)\n    go(1)"),
        ("x = 1\n y = 2\ngo(x)", "x = 1\ny = 2\ngo(x)"),
        ("print 'a, b', x  # both\nprint('c')", "print('a, b', x)  # both\nprint('c')"),
        ("try:\n    go()\nexcept OSError, e:\n    print e", "try:\n    go()\nexcept OSError as e:\n    print(e)"),
        ("raise ValueError, 'no'", "raise ValueError('no')"),
        ("if x <> '<>':\n    go(x)", "if x != '<>':\n    go(x)"),
        ("if x && !y || z == '&&':\n    go(x)", "if x and not y or z == '&&':\n    go(x)"),
        ("if x:\n    go(x)\nelse if y:\n    go(y)", "if x:\n    go(x)\nelif y:\n    go(y)"),
        ("i = 0\ni++;  # next", "i = 0\ni += 1  # next"),
        (
            "x = 7 // 2\ny = 2 // the other one\nz = '// no remark'",
            "x = 7 // 2\ny = 2 # the other one\nz = '// no remark'",
        ),
    ],
)
def test_one_edit(code: str, text: str) -> None:
    assert [d.text for d in one_edit_away(start_draft(snippet(code)))] == [text]


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        "func f(x):\n    return x",
        "end",
        "print 7 / 2",
        "print d.keys()",
        "print x,",
        "if match = find(x):\n    go(match)",
        "if n = 3:\n    go(n)",
        "x = 1\n    y = 2\ngo(x)",
        "for x in rows\n    go(x):\n    go(2)",
        "@mark\n    def f(x):\n        return x",
        "def f(x):\n    y = x\n  return y",
        "print(f'{d['a'] + \"b\"}')",
        "y = f(2 x)",
        "a b",
        "while (x < 3 print(x)",
        "This is a sentence (of some length.",
        "def f(a=1, b):\n    return a",
        "x = = 2",
        "int main() { return 0; }",
    ],
)
def test_no_edit(code: str) -> None:
    assert one_edit_away(start_draft(snippet(code))) == ()


def test_several_edits_are_all_offered() -> None:
    found = [d.text for d in one_edit_away(start_draft(snippet("print(f(x, 2)")))]
    assert found == ["print(f(x, 2))", "print(f(x), 2)", "print(f)(x, 2)"]


def test_a_text_that_is_not_closed_may_end_at_several_places() -> None:
    found = [d.text for d in one_edit_away(start_draft(snippet("print('sum:, x)")))]
    assert found == ["print('sum:, x')", "print('sum:', x)"]


def test_a_text_broken_over_two_lines() -> None:
    found = [d.text for d in one_edit_away(start_draft(snippet("print('one\ntwo')")))]
    assert found == ["print('one\\ntwo')", "print('one two')"]


def test_a_forced_edit_is_made_and_told(mend: Mend) -> None:
    (repair,) = mend(card("def add(a, b)\n    return a + b\nprint(add(1, 2))"))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert edits(repair) == [("syntax-slip", "def add(a, b)", "def add(a, b):")]
    assert repair.edits[0].evidence == "SyntaxError: expected ':'"
    assert printed(repair) == "3\n"


@pytest.mark.parametrize("prose", ["The batch has the shape [N, C, H, W].", "It takes keyword arguments as well."])
def test_a_text_about_other_things_is_no_lesson_in_form(mend: Mend, prose: str) -> None:
    (repair,) = mend(card("def add(a, b)\n    return a + b", prose=prose))
    assert repair.verdict is SnippetVerdict.CORRECTED


SHORT = "import torch\nx = torch.tensor([[1, 2], [3, 4])\nprint(x.sum())"


def test_among_several_edits_a_claim_chooses(mend: Mend) -> None:
    (repair,) = mend(card(SHORT + "  # tensor(10)"))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert edits(repair) == [("syntax-slip", "x = torch.tensor([[1, 2], [3, 4])", "x = torch.tensor([[1, 2], [3, 4]])")]


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        ("print(max(5, abs(-7, 2)", ""),
        ("print(abs(-7)  # -7", ""),
        (SHORT + "  # tensor(11)", ""),
        ("def add(a, b)\n    return a + b", "Without the colon Python raises a SyntaxError."),
        ("def add(a, b)\n    return a + b", "What is wrong here?"),
        ("def add(a, b)\n    return a + b", "A colon ends the head of a function."),
        ("x = 3\nif x = 3:\n    print(x)", "Use `==` to compare."),
        ("x = 3\nif x = 3:\n    print(x)", "An assignment is not allowed in a condition."),
        ("def f(x):\n    y = x\n     return y", "The indentation tells what belongs to a block."),
        ("print 'old'", "In Python 2, `print` was a statement."),
        ("print 'old'", "This is how it stands in older code."),
        ("i = 0\ni++", "Unlike C, there is no such operator."),
        ("def add(a, b)\n    return a + b", "Python calls this illegal."),
        ("x = True\nif x && x:\n    print(x)", "Java writes `&&`."),
        ("x = True\nif x && x:\n    print(x)", "What does C write where Python has words?"),
        ("x = True\nif x && x:\n    print(x)", "Logical operators are signs there."),
        ("form math import pi", "`form` is no keyword."),
        ("name = 'Ada", "Each string stands in quotes."),
    ],
)
def test_nothing_is_chosen_without_evidence(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert repair.edits == ()
    assert repair.verdict in (SnippetVerdict.FAILED, SnippetVerdict.SKIPPED)
