"""Which dollars of a line belong together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.render.damage import restore_lines
from deckbuild.render.formula import is_bare_tex, to_anki
from deckbuild.render.math import find_math


@pytest.mark.parametrize(
    ("line", "formulas"),
    [
        ("$a$ and $b$", ["a", "b"]),
        ("$a $and$ b$", ["a ", " b"]),
        ("5$ or $a$", ["a"]),
        ("$5 or $a$", ["a"]),
        ("$5 = $a$", ["a"]),
        ("only $a = 1", []),
        ("$a = 1\nb$", []),
        ("\\$5 and $a$", ["a"]),
        ("$p$-value of $0.05$", ["p", "0.05"]),
        ("$100 for two people or $90", []),
        ("$a\\$b_1$", ["a\\$b_1"]),
        ("`$a` and $b$", ["b"]),
        ("``a ` $b`` and $c$", ["c"]),
    ],
)
def test_pairs_of_dollars(line: str, formulas: list[str]) -> None:
    assert [f.tex for f in find_math(line).values()] == formulas


@given(st.text(alphabet="$\\()[]{}`x =5a\n", max_size=80))
def test_formulas_do_not_overlap_and_lie_within_the_text(text: str) -> None:
    ends = 0
    for start, formula in sorted(find_math(text).items()):
        assert ends <= start == formula.start < formula.end <= len(text)
        assert formula.tex in text[formula.start : formula.end]
        ends = formula.end


def test_a_formula_stands_on_one_line_escaped() -> None:
    assert to_anki(" a <\n  b & c ", display=True) == r"\[a &lt; b &amp; c\]"


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("- size $n = 2 $- The width", ["- size $n = 2 $", "- The width"]),
        ("  - a $k$- `b`", ["  - a $k$", "  - `b`"]),
        ("1. Find $a$2. Then $b$3. Last", ["1. Find $a$", "2. Then $b$", "3. Last"]),
        ("costs $2. Then", ["costs $2. Then"]),
        ("from $1 to $2. Then", ["from $1 to $2. Then"]),
        ("- with $u = 1$4. **Then**", ["- with $u = 1$", "4. **Then**"]),
        ("1. $u$2.$v$3.$w$", ["1. $u$", "2. $v$", "3. $w$"]),
        ("- $u = 1 $-$ v = 2$", ["- $u = 1 $", "- $v = 2$"]),
        ("  -$\\u$ is", ["  - $\\u$ is"]),
        ("the $a$-$b$ plane", ["the $a$-$b$ plane"]),
        ("-$5 off", ["-$5 off"]),
        ("from $a $- b", ["from $a $- b"]),
        ("`$a$- B`", ["`$a$- B`"]),
        ("the $- A", ["the $- A"]),
        ("no dollar - A", ["no dollar - A"]),
    ],
)
def test_items_that_were_glued_to_a_formula_are_cut_off(line: str, lines: list[str]) -> None:
    assert restore_lines(line) == lines


@pytest.mark.parametrize(
    ("text", "bare"), [(r"2 \times 3", True), ("2 * 3", False), (r"so \alpha is that", False), (r"$\pi$", False)]
)
def test_a_formula_without_its_delimiters(text: str, bare: bool) -> None:
    assert is_bare_tex(text) is bare


@given(st.text(alphabet="$- 1.2AB`a", max_size=40))
def test_restoring_lines_loses_nothing(line: str) -> None:
    assert "".join(restore_lines(line)).replace(" ", "") == line.replace(" ", "")
