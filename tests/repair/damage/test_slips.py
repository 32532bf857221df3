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
    ],
)
def test_one_edit(code: str, text: str) -> None:
    assert [d.text for d in one_edit_away(start_draft(snippet(code)))] == [text]


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        "print 'old'",
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


def test_a_forced_edit_is_made_and_told(mend: Mend) -> None:
    (repair,) = mend(card("def add(a, b)\n    return a + b\nprint(add(1, 2))"))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert edits(repair) == [("syntax-slip", "def add(a, b)", "def add(a, b):")]
    assert repair.edits[0].evidence == "SyntaxError: expected ':'"
    assert printed(repair) == "3\n"


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
    ],
)
def test_nothing_is_chosen_without_evidence(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert repair.edits == ()
    assert repair.verdict in (SnippetVerdict.FAILED, SnippetVerdict.SKIPPED)
