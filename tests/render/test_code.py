"""Code: six colours, the marks of corrections, nothing lost."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.model import ShownLine
from deckbuild.render.alignment import find_alignment
from deckbuild.render.code import draw_change, draw_corrected_code, draw_plain_code
from deckbuild.render.highlight import highlight
from deckbuild.render.html import seal

from .wellformed import faults

CODE = st.text(alphabet=st.sampled_from("ab1 \n\t()[]{}'\"#=\\<>&$:,.é"), max_size=120)


def words(drawn: str) -> str:
    """The text of a fragment."""
    return html.unescape(re.sub(r"<[^>]*>", "", drawn))


def numbered(note: int) -> tuple[int, bool]:
    """Note 9 is an assumption."""
    return note + 1, note == 9


@given(CODE, st.sampled_from(["python", "pycon", "bash", "java", "json", "nonsense", None]))
def test_code_keeps_its_text(source: str, language: str | None) -> None:
    drawn = draw_plain_code(source, language)
    assert words(drawn) == source + "\n"
    assert faults(seal(drawn)) == []


@given(CODE, CODE)
def test_a_change_keeps_both_texts(before: str, after: str) -> None:
    drawn = draw_change(before, after, "python")
    old, new = (t.rstrip("\n") for t in (before, after))
    assert words(drawn) == "".join(t + "\n" for t in (old, new) if t)
    assert faults(seal(drawn)) == []


def test_the_six_classes() -> None:
    lines = highlight('@d\ndef f(x):\n    return len("a") + 1  # c', "python")
    assert {t.kind for line in lines for t in line} == {"", "f", "k", "b", "s", "m", "c"}


def test_a_session_is_read_as_python() -> None:
    assert any(t.kind == "k" for line in highlight(">>> import os\n>>> 1", "python") for t in line)


def test_an_added_line_has_bar_and_tint_and_its_number() -> None:
    shown = (ShownLine("import a", None, 0), ShownLine("import b", None, 0), ShownLine("x = 1", 1))
    drawn = draw_corrected_code("x = 1", "python", shown, numbered)
    assert drawn.count('class="l a n"') == 2
    assert drawn.count('<sup class="note">1</sup>') == 1
    assert '<span class="l">x = ' in drawn


def test_in_a_changed_line_only_what_was_put_in_is_marked() -> None:
    drawn = draw_corrected_code("f(2)", "python", (ShownLine("f(2, step=3)", 1, 1),), numbered)
    assert '<ins>, step=<span class="m">3</span></ins>)<sup class="note">2</sup>' in drawn
    assert 'class="l a"' in drawn


def test_what_was_taken_away_is_not_shown() -> None:
    assert "wrong" not in draw_corrected_code("wrong(2)", "python", (ShownLine("right(2)", 1, 0),), numbered)


def test_an_assumed_line_says_so() -> None:
    drawn = draw_corrected_code("f(a)", "python", (ShownLine("a = 1", None, 9), ShownLine("f(a)", 1)), numbered)
    assert 'class="l a as"' in drawn
    assert '<span class="chip">assumed</span>' in drawn


def test_a_line_that_is_as_it_was_has_no_mark() -> None:
    assert "<ins>" not in draw_corrected_code("f(2)", "python", (ShownLine("f(2)", 1),), numbered)


def test_an_empty_added_line_has_no_bar() -> None:
    assert 'class="l"' in draw_corrected_code("a", "python", (ShownLine("", None, 0),), numbered)


@pytest.mark.parametrize(
    ("source", "columns"),
    [
        ("f(a,\n          b)\nc", [(0, 0), (0, 10), (0, 0)]),
        ("if a:\n    f(a,\n                b)", [(0, 0), (0, 0), (4, 16)]),
        ("if a:\n            b", [(0, 0), (0, 0)]),
        ("f(a,\n        b)", [(0, 0), (0, 0)]),
        ("f(a,\n  b)", [(0, 0), (0, 0)]),
        ("f('''a\n            b''')", [(0, 0), (0, 0)]),
    ],
)
def test_only_blanks_that_align_are_folded(source: str, columns: list[tuple[int, int]]) -> None:
    assert list(find_alignment(highlight(source, "python"), "python")) == columns


def test_blocks_of_other_languages_are_left_as_they_are() -> None:
    lines = highlight("class A {\n            int a;\n}", "java")
    assert set(find_alignment(lines, "java")) == {(0, 0)}
