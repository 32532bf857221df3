"""Lines that their own comment marks as wrong are shown because they raise."""

from __future__ import annotations

import pytest

from deckbuild.model import Fault, SnippetVerdict
from deckbuild.repair.marked import is_marked
from tests.repair.conftest import Judged, Mend
from tests.repair.making import card, printed

SHAPES = Fault("raised", "RuntimeError", "mat1 and mat2 shapes cannot be multiplied (2x3 and 5x4)", 1)
MISSING = Fault("raised", "NameError", "name 'low' is not defined", 1, name="low")


@pytest.mark.parametrize(
    ("comment", "fault"),
    [
        ("# error", SHAPES),
        ("# the error of the fit", SHAPES),
        ("# no error here", SHAPES),
        ("# gives the error rate", SHAPES),
        ("# causes error accumulation", SHAPES),
        ("# fails if low is empty", SHAPES),
        ("# ERROR: index out of range", SHAPES),
        ("# TypeError", SHAPES),
        ("# Error: what is left over", SHAPES),
        ("# Error!", MISSING),
        ("# ERROR: shapes do not match", MISSING),
        ("'# ERROR'", SHAPES),
    ],
)
def test_comments_that_speak_of_no_error_or_of_another_mark_nothing(comment: str, fault: Fault) -> None:
    assert not is_marked([f"top = high - low  {comment}"], 0, fault)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["top = high @ low  # ERROR: the sizes differ"], SHAPES),
        (["top = high @ low  # Error!"], SHAPES),
        (["top = high @ low  # this will fail"], SHAPES),
        (["top = high @ low  # doesn't work"], SHAPES),
        (["top = high @ low  # raises a RuntimeError"], SHAPES),
        (["top = high @ low  # throws a dimension mismatch error"], SHAPES),
        (["# This fails:", "top = high @ low"], SHAPES),
        (["top = high @ low  # ERROR: low is not defined yet"], MISSING),
    ],
)
def test_comments_that_fit_the_error_mark_the_line(lines: list[str], fault: Fault) -> None:
    assert is_marked(lines, len(lines) - 1, fault)


PAIR = "import torch\nup = torch.ones(2, 3)\ndown = torch.ones(2, 3)\n"
WRONG, RIGHT = "both = up @ down  # ERROR: shapes do not match\n", "both = up @ down.T\n"


@pytest.mark.parametrize(
    "code",
    [
        PAIR + "both = up @ down  # the product",
        PAIR + "both = up @ down  # ERROR: index out of range",
        PAIR + WRONG + "both = up.T @ down.T",
        PAIR + WRONG + "print(down.nothing)",
        "both = up @ down  # ERROR: shapes do not match",
    ],
)
def test_errors_that_are_not_marked_or_stand_before_others_have_failed(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


@pytest.mark.parametrize("more", ["", "print(both)\n", RIGHT, WRONG + RIGHT + "print(both.shape)"])
def test_a_marked_line_is_shown_because_it_raises(mend: Mend, more: str) -> None:
    (repair,) = mend(card(PAIR + WRONG + more))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.RAN, ())
    assert repair.error is not None
    assert (repair.error.type, repair.error.line) == ("RuntimeError", 12)


def test_what_is_said_of_the_code_behind_it_is_not_tested(judged: Judged) -> None:
    _, claims = judged(card(PAIR + WRONG + RIGHT + "print(both.shape)  # torch.Size([2, 3])"))
    assert [c.verdict.value for c in claims] == ["untested"]


def test_a_name_that_is_marked_as_missing_is_not_made_up(mend: Mend) -> None:
    (repair,) = mend(
        card("def fill():\n    inner = [1]\nfill()\nprint(sum(inner))  # ERROR: inner is not defined here")
    )
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.RAN, ())
    assert repair.error is not None
    assert repair.error.type == "NameError"


def test_the_next_block_goes_on_above_what_raises(mend: Mend) -> None:
    first, second = mend(card("d = {1: 'a'}\nd[2]\nd = None", "d[2] = 'b'\nprint(d)", prose="It raises `KeyError`."))
    assert (first.verdict, second.verdict) == (SnippetVerdict.RAN, SnippetVerdict.RAN)
    assert first.error is not None
    assert first.error.type == "KeyError"
    assert printed(second) == "{1: 'a', 2: 'b'}\n"


def test_the_next_block_has_nothing_of_what_failed(mend: Mend) -> None:
    first, second = mend(card("d = {1: 'a'}\ne = d[2]", "print(e)", prose="The value is shown."))
    assert (first.verdict, second.verdict) == (SnippetVerdict.FAILED, SnippetVerdict.FAILED)
