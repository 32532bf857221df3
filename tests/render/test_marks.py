"""Where the marks of statements stand."""

from __future__ import annotations

from dataclasses import replace

from deckbuild.model import Claim, ClaimKind, ClaimVerdict, Judgement, ShownLine
from deckbuild.render.claims import draw_judgements
from deckbuild.render.marks import place_marks

from ..sample import BOOK, Says, ran, snippet

CODE = snippet("a = 1\nprint(a)  # 1\nprint(b)\n# 2\nprint(c)", line=10)


def said(
    line: int,
    verdict: ClaimVerdict,
    text: str = "it is 1",
    expected: str = "1",
    kind: ClaimKind = "printed",
    computed: str | None = "1",
) -> Judgement:
    """A judged statement."""
    return Judgement(Claim(BOOK.path, line, text, kind, expected, 10, Says(expected)), verdict, computed)


def test_what_code_states_rightly_is_ticked_in_the_code_alone() -> None:
    marks = place_marks([said(11, ClaimVerdict.CONFIRMED)], [ran(CODE)], {})
    assert (marks.in_code, marks.below, marks.stated) == ({11: ClaimVerdict.CONFIRMED}, {}, frozenset({11}))


def test_a_comment_of_its_own_states_what_the_line_above_prints() -> None:
    assert place_marks([said(13, ClaimVerdict.CONFIRMED)], [ran(CODE)], {}).stated == {12}


def test_what_code_states_wrongly_is_marked_there_and_told_below() -> None:
    marks = place_marks([said(11, ClaimVerdict.REFUTED), said(11, ClaimVerdict.CONFIRMED, "x", "y")], [ran(CODE)], {})
    assert marks.in_code == {11: ClaimVerdict.REFUTED}
    assert "the text says" in marks.below[11]


def test_only_a_printed_text_is_stated() -> None:
    assert place_marks([said(11, ClaimVerdict.CONFIRMED, kind="shape")], [ran(CODE)], {}).stated == frozenset()


def test_a_line_that_the_card_does_not_show_has_its_mark_below() -> None:
    repair = replace(ran(CODE), shown=(ShownLine("a = 1", 1),))
    marks = place_marks([said(11, ClaimVerdict.CONFIRMED)], [repair], {})
    assert (marks.in_code, list(marks.below)) == ({}, [11])


def test_code_of_the_question_is_not_marked() -> None:
    marks = place_marks([said(11, ClaimVerdict.CONFIRMED)], [], {})
    assert (marks.in_code, list(marks.below)) == ({}, [11])


def test_untested_and_assumed_statements_have_no_mark() -> None:
    both = [said(11, ClaimVerdict.ASSUMED), said(3, ClaimVerdict.UNTESTED)]
    marks = place_marks(both, [ran(CODE)], {3: "it is 1"})
    assert (marks.in_code, marks.below) == ({}, {})


def test_a_statement_that_is_its_whole_line_is_not_quoted_again() -> None:
    judged = [said(3, ClaimVerdict.CONFIRMED)]
    assert "<q>" not in draw_judgements(judged, code=False, line="- it is 1.")
    assert "<q>it is 1</q>" in draw_judgements(judged, code=False, line="after all that was said before, it is 1.")


def test_several_statements_of_a_line_are_quoted() -> None:
    judged = [said(3, ClaimVerdict.CONFIRMED), said(3, ClaimVerdict.REFUTED, "it is 2", "2")]
    drawn = draw_judgements(judged, code=False, line="it is 1")
    assert drawn.count("<q>") == 2


def test_a_statement_made_twice_is_marked_once() -> None:
    assert draw_judgements([said(3, ClaimVerdict.CONFIRMED)] * 2, code=False).count("<li") == 1


def test_formulas_of_a_quotation_are_drawn() -> None:
    drawn = draw_judgements([said(3, ClaimVerdict.REFUTED, "- so $n $is 1", "1", computed="2")], code=False)
    assert "<q>so \\(n\\) is 1</q>" in drawn


def test_a_calculation_is_said_to_be_right_by_itself() -> None:
    drawn = draw_judgements([said(3, ClaimVerdict.CONFIRMED, "2 \\times 3 = 6", "6", "number", "6")], code=False)
    assert "<q>\\(2 \\times 3 = 6\\)</q>" in drawn
    assert "arithmetic alone gives <span>6</span>" in drawn


def test_a_printed_array_is_no_calculation() -> None:
    drawn = draw_judgements(
        [said(3, ClaimVerdict.CONFIRMED, "[[0 1] [1 3]]", "[[0 1] [1 3]]", "printed", "x")], code=True
    )
    assert "computed <span>x</span>" in drawn
    assert "arithmetic" not in drawn


def test_a_calculation_within_a_statement_of_the_same_verdict_is_not_told_apart() -> None:
    entry, sum_ = "the entry is 2 * 3 = 6", "2 * 3 = 6"
    both = [
        said(3, ClaimVerdict.CONFIRMED, sum_, "6", "number", "6"),
        said(3, ClaimVerdict.CONFIRMED, entry, "6", "number", "6"),
    ]
    assert draw_judgements(both, code=False, line=entry).count("✓") == 1
    other = [both[0], said(3, ClaimVerdict.REFUTED, entry, "6", "number", "5")]
    assert draw_judgements(other, code=False, line=entry).count("✓") == 1


def test_what_is_refuted_comes_first() -> None:
    judged = [said(3, ClaimVerdict.CONFIRMED, "b"), said(3, ClaimVerdict.REFUTED, "a")]
    assert draw_judgements(judged, code=False).index("✗") < draw_judgements(judged, code=False).index("✓")


def test_a_statement_of_several_lines_has_its_mark_at_the_last() -> None:
    marks = place_marks([said(10, ClaimVerdict.CONFIRMED, "a = 1\nprint(a)")], [ran(CODE)], {})
    assert marks.in_code == {11: ClaimVerdict.CONFIRMED}


def test_a_long_literal_is_not_told_twice() -> None:
    literal = "torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])"
    drawn = draw_judgements([said(11, ClaimVerdict.REFUTED, f"x = {literal}", literal, "tensor")], code=True)
    assert drawn.count("1.0, 2.0") == 1


def test_a_long_value_is_cut() -> None:
    assert "…" in draw_judgements([said(3, ClaimVerdict.REFUTED, expected="1" * 500)], code=False)
