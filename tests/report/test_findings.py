"""Findings, and what is accepted of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deckbuild.errors import UsageError
from deckbuild.model import ClaimVerdict, Diagnostic
from deckbuild.report import DEFAULT_KINDS, STRICT_KINDS, accept, counted, dump_baseline, find, parse_baseline
from tests.sample import BOOK, card, checked, checked_card, failed, judgement, ran, snippet

HERE = Path("baseline.json")
WARNING = Diagnostic(BOOK.path, 8, "answer-not-closed", "warning", "answer opened at line 6 is closed by '---'")


def test_what_is_found_stands_in_the_order_of_lines() -> None:
    of = card("Q?", "A.", snippet("img"))
    result = checked(
        checked_card(of, (failed(of.snippets[0]),), judgement(ClaimVerdict.REFUTED)), diagnostics=(WARNING,)
    )
    assert [(f.line, f.kind, f.code, f.message) for f in find(result)] == [
        (7, "refuted", "refuted", "the card says 13, computed is 12: “the sum is 13”"),
        (8, "warning", "answer-not-closed", "answer opened at line 6 is closed by '---'"),
        (10, "failed", "failed", "NameError: name 'img' is not defined"),
    ]


def test_kinds_decide_what_counts() -> None:
    result = find(checked(checked_card(card(), (), judgement(ClaimVerdict.UNTESTED)), diagnostics=(WARNING,)))
    assert counted(result, DEFAULT_KINDS) == ()
    assert [f.kind for f in counted(result, STRICT_KINDS)] == ["warning"]
    assert [f.kind for f in counted(result, {"untested"})] == ["untested"]


def test_a_clean_card_is_no_finding() -> None:
    of = card("Q?", "A.", snippet())
    assert find(checked(checked_card(of, (ran(of.snippets[0]),), judgement(ClaimVerdict.CONFIRMED)))) == ()


@pytest.mark.parametrize(
    ("accepts", "accepted"),
    [
        ("refuted 13", True),
        ("refuted", True),
        ("refuted the sum", True),
        ("refuted 1", False),
        ("refuted 12", False),
        ("failed", False),
        ("13", False),
    ],
)
def test_a_card_accepts_what_it_names(accepts: str, accepted: bool) -> None:
    of = replace(card(), accepts=(accepts,))
    (finding,) = find(checked(checked_card(of, (), judgement(ClaimVerdict.REFUTED))))
    assert finding.accepted == ("card" if accepted else None)


def test_13_is_not_a_part_of_another_number() -> None:
    of = replace(card(), accepts=("refuted 13",))
    for number in ("13.5", "2.13", "-13", "130"):
        (finding,) = find(checked(checked_card(of, (), judgement(ClaimVerdict.REFUTED, expected=number))))
        assert finding.accepted is None, number


def test_a_card_accepts_a_diagnostic_by_its_code() -> None:
    accepting, other = replace(card(), accepts=("answer-not-closed",)), card("Q2?", line=50)
    second = replace(WARNING, line=60)
    result = checked(checked_card(accepting), checked_card(other, id="id2"), diagnostics=(WARNING, second))
    assert [f.accepted for f in find(result)] == ["card", None]


def test_only_what_is_new_counts_against_a_baseline() -> None:
    refuted = judgement(ClaimVerdict.REFUTED)
    before = find(checked(checked_card(card(), (), refuted), diagnostics=(WARNING,)))
    baseline = parse_baseline(dump_baseline(before), HERE)
    moved = replace(WARNING, line=90, message=WARNING.message.replace("6", "88"))
    again = replace(refuted, claim=replace(refuted.claim, line=77))
    after = find(checked(checked_card(card(), (), again, again), diagnostics=(moved,)))
    assert [(f.line, f.accepted) for f in accept(after, baseline)] == [(77, "baseline"), (77, None), (90, "baseline")]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "findings": [{}]}'])
def test_a_broken_baseline_says_what_to_do(text: str) -> None:
    with pytest.raises(UsageError, match="--update-baseline"):
        parse_baseline(text, HERE)
