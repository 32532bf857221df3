"""Made-up rows are as long as the program reaches into them."""

from __future__ import annotations

import ast

import pytest

from deckbuild.model import SnippetVerdict
from deckbuild.repair.program.usage import usage_of
from deckbuild.repair.stand_ins.fitting.reached import reached
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("[1, 2, 3]", "row[2], row[:3], row[-3]"),
        ("[1, 2, 3]", "row[place], row[start:]"),
        ("[1, 2, 3]", "row[700]"),
        ("[1, 2, 3]", "row[8:2]"),
        ("[9, 10]", "row[20]"),
        ("[0.5, 1.5]", "row[4]"),
        ("[[1, 2], [3, 4]]", "row[4]"),
        ("'abc'", "row[7]"),
        ("torch.arange(3.)", "row[7]"),
        ("{'a': 1}", "row['b']"),
    ],
)
def test_rows_that_are_long_enough_or_cannot_be_continued_stay(value: str, code: str) -> None:
    tree = ast.parse(code)
    assert reached(value, usage_of(tree, "row"), tree) == value


@pytest.mark.parametrize(
    ("value", "code", "longer"),
    [
        ("[1, 2, 3]", "row[4]", "[1, 2, 3, 4, 5]"),
        ("[4, 5, 6]", "row[1:5]", "[4, 5, 6, 7, 8]"),
        ("[1, 2, 3]", "row[3:]", "[1, 2, 3, 4]"),
        ("[1, 2, 3]", "row[-5]", "[1, 2, 3, 4, 5]"),
        ("[1, 2, 3]", "start = 4\nrow[start - 1:start + 1]", "[1, 2, 3, 4, 5]"),
        ("['first', 'second']", "row[2]", "['first', 'second', 'third']"),
        ("'some text'", "row[5:14]", "'some text that is long enough for pieces of it to be cut out'"),
    ],
)
def test_rows_are_continued_to_the_last_place(value: str, code: str, longer: str) -> None:
    tree = ast.parse(code)
    assert reached(value, usage_of(tree, "row"), tree) == longer


def test_a_place_in_a_later_block_counts(mend: Mend) -> None:
    first, second = mend(card("print(sum(readings))", "print(readings[2:6])"))
    assert assumed(first) == assumed(second) == {"readings": "[1, 2, 3, 4, 5, 6]"}
    assert printed(second) == "21\n[3, 4, 5, 6]\n"


def test_a_place_that_the_card_says_is_out_of_range_stays_so(mend: Mend) -> None:
    _, second = mend(card("print(sum(readings))", "print(readings[9])", prose="The last line raises an `IndexError`."))
    assert second.verdict is SnippetVerdict.FAILED


@pytest.mark.parametrize(
    ("codes", "value"),
    [
        (("print(arr.reshape(2, 6).shape)", "print(arr[0, 4])"), "np.arange(12.).reshape(2, 6)"),
        (("print(arr.reshape(2, 6).shape)", "print(arr[4])"), "np.arange(12.)"),
        (("print(arr.ndim)", "print(arr[1:3, 2:4])"), "np.arange(16.).reshape(4, 4)"),
        (("print(arr.ndim)", "print(arr[0, 1:3])"), "np.array([[1, 2, 3], [4, 5, 6]])"),
    ],
)
def test_an_array_has_the_places_that_any_block_asks_for(mend: Mend, codes: tuple[str, str], value: str) -> None:
    repairs = mend(card(*(f"import numpy as np\n{code}" for code in codes)))
    assert [assumed(r) for r in repairs] == [{"arr": value}, {"arr": value}]
