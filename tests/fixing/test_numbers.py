"""Refuted numbers: rewritten where only one reading is possible, and otherwise left with the reason."""

from __future__ import annotations

import pytest

from deckbuild.model import Claim, ClaimVerdict, Judgement
from tests.fixing.making import PATH, fixed
from tests.sample import Says

FRAME = "#### Sums\n:p What is it?\n??x\n{}\nx??\n"
LINE = 4


def judged(
    text: str, expected: str, computed: str | None, line: int = LINE, verdict: ClaimVerdict = ClaimVerdict.REFUTED
) -> Judgement:
    """What was found out about a statement on the answer's first line."""
    return Judgement(Claim(PATH, line, text, "number", expected, None, Says(expected)), verdict, computed)


def answer(before: str, *judgements: Judgement) -> str:
    """The answer afterwards; nothing is refused."""
    found = fixed(FRAME.format(before), lambda d: d, *judgements)
    assert found.refusals == ()
    head, tail = FRAME.split("{}")
    return found.data.decode().removeprefix(head).removesuffix(tail)


def refusal(before: str, *judgements: Judgement) -> str:
    """Why nothing is written."""
    data = FRAME.format(before).encode()
    found = fixed(data, lambda d: d, *judgements)
    assert found.data == data
    (refused,) = found.refusals
    assert (refused.path, refused.line) == (PATH, LINE)
    return refused.why


@pytest.mark.parametrize(
    ("expected", "computed", "new"),
    [
        ("13", "3", "3"),
        ("13", "-3", "-3"),
        ("13", "3.0", "3"),
        ("−13", "-3", "−3"),
        ("0.25", "0.5", "0.50"),
        ("0.25", "0.123456", "0.12"),
        ("0.25", "0.125", "0.12"),
        ("1.0", "0.333333", "0.3"),
        ("1,200", "34567", "34,567"),
        ("0.2500", "0.123", "0.1230"),
        ("0.5", "-0.04", "-0.0"),
    ],
)
def test_the_computed_number_has_the_places_of_the_old_one(expected: str, computed: str, new: str) -> None:
    before = f"The sum of these is $s = {expected}$, since 7 is in it."
    assert answer(before, judged(f"s = {expected}", expected, computed)) == before.replace(expected, new)


@pytest.mark.parametrize(
    ("expected", "computed"),
    [
        ("13", "3.5"),
        ("0.25000000", "0.123456"),
        ("13", "3.01e-07"),
        ("1e-3", "0.5"),
        ("13", "nan"),
        ("13", "≈ 3"),
        ("13", "12…"),
        ("13", None),
        ("4×4", "3×3"),
        ("one", "2"),
        ("0.250", "0.25000001"),
    ],
)
def test_places_are_neither_made_up_nor_lost(expected: str, computed: str | None) -> None:
    before = f"The sum is {expected}."
    why = refusal(before, judged(f"The sum is {expected}", expected, computed))
    assert why == f"what was computed, {computed}, cannot be written in place of {expected}"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("It is 13, and 13 again.", "It is 13, and 13 again"),
        ("It is 13. It is 13.", "It is 13"),
        ("It is thirteen.", "It is thirteen"),
        ("It is 13.", "It is not there: 13"),
        ("It is 13.5 or 131.", "It is 13.5 or 131"),
    ],
)
def test_the_number_must_stand_in_one_place(before: str, text: str) -> None:
    assert refusal(before, judged(text, "13", "3")) == "13 does not stand in one place only"


def test_other_numbers_of_the_line_stay() -> None:
    assert answer("Of 13 sums the sum is 13.", judged("the sum is 13", "13", "3")) == "Of 13 sums the sum is 3."


def test_a_statement_over_two_lines() -> None:
    assert answer("So the sum\nis 13 here.", judged("the sum\nis 13", "13", "3")) == "So the sum\nis 3 here."


def test_a_number_that_another_statement_needs_stays() -> None:
    before = "The entry is 2 × 5 + 3 = 13."
    needed = judged("2 × 5 + 3 = 13", "13", "13", verdict=ClaimVerdict.CONFIRMED)
    assert "13 is right by itself there" in refusal(before, judged("The entry is 2 × 5 + 3 = 13", "13", "3"), needed)
    elsewhere = judged("2 × 5 + 3 = 13", "13", "13", line=40, verdict=ClaimVerdict.CONFIRMED)
    assert answer(before, judged("The entry is 2 × 5 + 3 = 13", "13", "3"), elsewhere).endswith("= 3.")


@pytest.mark.parametrize("verdict", [ClaimVerdict.CONFIRMED, ClaimVerdict.ASSUMED, ClaimVerdict.UNTESTED])
def test_only_what_is_refuted_is_rewritten(verdict: ClaimVerdict) -> None:
    assert answer("It is 13.", judged("It is 13", "13", "3", verdict=verdict)) == "It is 13."


def test_in_code_only_comments_are_text() -> None:
    code = "```python\nx = 13  # gives 13\n```"
    assert answer(code, judged("gives 13", "13", "3", line=5)) == code.replace("gives 13", "gives 3")
    found = fixed(FRAME.format(code), lambda d: d, judged("x = 13", "13", "3", line=5))
    assert [r.why for r in found.refusals] == ["it stands in code"]


def test_output_in_a_fence_is_text() -> None:
    block = "```\n13\n```"
    assert answer(block, judged("13", "13", "3", line=5)) == block.replace("13", "3")


def test_a_question_that_changes_is_told() -> None:
    data = "#### Sums\n:p Why is it 13?\n??x\nIt is 13.\nx??\n"
    question, reply = judged("Why is it 13", "13", "3", line=2), judged("It is 13", "13", "3", line=4)
    found = fixed(data, lambda d: d, question, reply)
    assert found.data.decode() == data.replace("13", "3")
    assert [change.asked for change in found.changes] == [True, False]
    assert fixed(data, lambda d: d, question, claims=False).data.decode() == data
