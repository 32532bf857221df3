"""What a program carries of the blocks before it that deckbuild's own values made run."""

from __future__ import annotations

import pytest

from deckbuild.model import Repair, SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

FIRST = "for n in range(1, len(left) - 1):\n    left[n] = left[n] + right[n - 1]"


def last(mend: Mend, *codes: str) -> Repair:
    return mend(card(*codes))[-1]


@pytest.mark.parametrize(
    "code",
    [
        "print(left[0])",
        "print(n)",
        "def total():\n    return sum(left)",
    ],
)
def test_a_block_that_reads_what_an_earlier_one_made_carries_it_and_tells(code: str, mend: Mend) -> None:
    found = last(mend, FIRST, code)
    assert found.code is not None
    assert FIRST in found.code
    assert set(assumed(found)) == {"left", "right"}
    assert found.verdict is SnippetVerdict.COMPLETED


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("import random\nrandom.seed(int(offset * 2))", "print(7)"),
        ("rate = 0.5\nprint(offset * rate)", "print(rate)"),
        ("w = offset * 2", "print(len(globals()) > 0)"),
        ("box.append(1)", "print(8)"),
    ],
)
def test_a_block_that_acts_or_sets_what_is_read_is_carried_and_told(first: str, code: str, mend: Mend) -> None:
    found = last(mend, first, code)
    assert found.code is not None
    assert first in found.code
    assert assumed(found)


def test_what_a_block_takes_from_one_before_it_is_taken(mend: Mend) -> None:
    found = last(mend, "words = iter('abc')", "print(next(words), offset + 1)", "print(next(words))")
    assert printed(found).endswith("\nb\n")
    assert set(assumed(found)) == {"offset"}


def test_a_block_that_ran_as_written_is_carried(mend: Mend) -> None:
    found = last(mend, "x = 4\nprint(x)", "print(6)")
    assert found.code == "x = 4\nprint(x)\nprint(6)\n"
    assert found.verdict is SnippetVerdict.RAN


@pytest.mark.parametrize(
    "code",
    [
        "print(5)",
        "def add(left, right, n):\n    left[n] += right[n]",
    ],
)
def test_a_block_of_which_nothing_is_read_is_left_out(code: str, mend: Mend) -> None:
    found = last(mend, FIRST, "left[0] = left[-1]", code)
    assert found.code == f"{code}\n"
    assert found.verdict is SnippetVerdict.RAN
    assert found.assumptions == ()


def test_what_was_lent_to_such_a_block_is_not_kept_for_a_function_that_nobody_calls(mend: Mend) -> None:
    code = "def grown(rows):\n    return [scale * r for r in rows]"
    lent = card("scale = 0.25\nprint(scale)", line=200)
    found = mend(card(FIRST + "\nprint(scale * left[0])", code), lent)[-1]
    assert found.code == f"{code}\n"
    assert found.verdict is SnippetVerdict.RAN
