"""Values that the text of a card writes out for a name of its code."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import assumed, card, printed


@pytest.mark.parametrize(
    "prose",
    [
        "After two passes `steps = [4, 9, 6]`.",
        "Take `steps = [4, 9, ...]`.",
        "Take `steps = [4, 9]`, and then try `big_steps = [4, 9, 6]`; also `steps = [8, 7]`.",
        "The list `big_steps = [4, 9, 6]` is another one.",
        "The call returns `steps = [4, 6, 9]`.",
        "Here `steps = []` at first.",
    ],
)
def test_what_comes_out_or_is_not_all_there_is_not_taken(mend: Mend, prose: str) -> None:
    (repair,) = mend(card("print(sum(steps))", prose=prose))
    assert assumed(repair) == {"steps": "[1, 2, 3]"}


@pytest.mark.parametrize(
    ("prose", "value", "total"),
    [
        ("Take `steps = [4, 9, 6]` and two at a time.", "[4, 9, 6]", "19\n"),
        ("Given steps=[4, 9, 6], what is the sum?", "[4, 9, 6]", "19\n"),
        ("We have $steps = [4, 9]$ (again: `steps = [4, 9]`).", "[4, 9]", "13\n"),
    ],
)
def test_what_the_text_writes_out_is_taken(mend: Mend, prose: str, value: str, total: str) -> None:
    (repair,) = mend(card("print(sum(steps))", prose=prose))
    assert (repair.verdict, assumed(repair), printed(repair)) == (SnippetVerdict.COMPLETED, {"steps": value}, total)


def test_rows_of_rows_and_arrays_are_taken_as_they_are_written(mend: Mend) -> None:
    code = "import numpy as np\nprint(len(grid), table.sum())"
    (repair,) = mend(card(code, prose="Let `grid = [[1, 2], [3, 4]]` and `table = np.array([[5, 6], [7, 8]])`."))
    assert assumed(repair) == {"grid": "[[1, 2], [3, 4]]", "table": "np.array([[5, 6], [7, 8]])"}
    assert printed(repair) == "2 26\n"


@pytest.mark.parametrize(
    ("prose", "value"),
    [
        ("where `grid = np.arange(6).reshape(2, 3)`.", "np.arange(6).reshape(2, 3)"),
        ("with `grid = {'a': 1, 'b': 2}`", "{'a': 1, 'b': 2}"),
    ],
)
def test_an_assignment_that_the_text_quotes_is_taken(mend: Mend, prose: str, value: str) -> None:
    (repair,) = mend(card("import numpy as np\nprint(len(grid))", prose=prose))
    assert (assumed(repair), printed(repair)) == ({"grid": value}, "2\n")


@pytest.mark.parametrize(
    "prose",
    [
        "It returns `grid = np.arange(6)`.",
        "Do not write `grid = np.arange(6)`.",
        "where `grid = make(6)`.",
        "where `grid = np.arange(6)` or `grid = np.arange(8)`.",
        "with `grid = np.array([1, ...])`",
        "where `grid == np.arange(6)`.",
    ],
)
def test_nothing_is_taken_of_what_is_not_to_be_written_or_cannot_be_made(mend: Mend, prose: str) -> None:
    (repair,) = mend(card("import numpy as np\nprint(len(grid))", prose=prose))
    assert not any("np.a" in value for value in assumed(repair).values())


def test_what_the_deck_defines_goes_before_it(mend: Mend) -> None:
    (repair,) = mend(card("steps = [1]\nprint(steps)", prose="Take `steps = [4, 9, 6]`."))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.RAN, "[1]\n")


def test_a_value_stated_of_it_proves_nothing(judged: Judged) -> None:
    (repair,), claims = judged(card("print(sum(steps))  # 19", prose="Take `steps = [4, 9, 6]`."))
    assert (assumed(repair), [c.verdict.value for c in claims]) == ({"steps": "[4, 9, 6]"}, ["untested"])
