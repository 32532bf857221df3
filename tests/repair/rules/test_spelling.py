"""Rule `misspelt-name`: one stroke from the only name there is, and what is no slip."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, card, edits, printed

NUMPY = "import numpy as np\n"


@pytest.mark.parametrize(
    ("before", "line", "after", "out"),
    [
        ("x = 3\n", "pritn(x)", "print(x)", "3\n"),
        ("total = 3\n", "print(toatl)", "print(total)", "3\n"),
        ("", "print(len(rnage(3)))", "print(len(range(3)))", "3\n"),
        (NUMPY, "print(np.linspce(0, 1, 3))", "print(np.linspace(0, 1, 3))", "[0.  0.5 1. ]\n"),
        (TORCH + "x = torch.ones(4)\n", "print(x.rehsape(2, 2).shape)", "print(x.reshape(2, 2).shape)", "torch.Size([2, 2])\n"),
        ("words = []\n", "words.apend('a')", "words.append('a')", ""),
        ("try:\n    int('a')\n", "except ValuError: print(1)", "except ValueError: print(1)", "1\n"),
        ("try:\n    int('a')\n", "except valueError: print(1)", "except ValueError: print(1)", "1\n"),
    ],
)  # fmt: skip
def test_one_stroke(mend: Mend, before: str, line: str, after: str, out: str) -> None:
    (repair,) = mend(card(before + line))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert edits(repair) == [("misspelt-name", line, after)]
    assert printed(repair) == out


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        ("x = 3\npritn(x)", "The function `pritn` is our own."),
        ("image = 3\nprint(images + 1 - f(images))", ""),
        ("data1 = 3\ngo(data2)", ""),
        (NUMPY + "print(np.log3(8))", ""),
        (NUMPY + "print(np.cosx(1))", ""),
        ("class Box:\n    item = 3\nprint(Box().items)", ""),
        ("summ([1, 2])\nsumm([3])", ""),
        ("try:\n    int('a')\nexcept NumberError:\n    print(1)", ""),
    ],
)
def test_no_slip(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.FAILED, ())


def test_an_error_that_the_card_speaks_of_stays(mend: Mend) -> None:
    (repair,) = mend(card("x = 'a'\nx.uper()", prose="A misspelt method raises an `AttributeError`."))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.RAN, ())


@pytest.mark.parametrize(
    "prose",
    [
        "Pairs have no such method, so an error occurs.",
        "The second line fails.",
        "This causes an error.",
        "There is no method called `uper`.",
        "What is wrong here?",
        "The name contains a typo.",
    ],
)
def test_a_slip_that_the_card_says_to_fail_stays(mend: Mend, prose: str) -> None:
    (repair,) = mend(card("x = 'a'\nx.uper()", prose=prose))
    assert repair.edits == ()
    assert repair.error is not None
    assert repair.error.type == "AttributeError"


@pytest.mark.parametrize("prose", ["Training reduces the error of the output gate.", "It gives an error of 0.1."])
def test_an_error_that_is_a_size_is_no_failure(mend: Mend, prose: str) -> None:
    (repair,) = mend(card("x = 'a'\nprint(x.uper())", prose=prose))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.CORRECTED, "A\n")


def test_a_name_that_the_deck_binds_is_not_misspelt(mend: Mend) -> None:
    (repair,) = mend(card("print(4)\npritn(4)"), card("pritn = 7", line=50))
    assert repair.edits == ()
