"""What stands under a snippet: printed text once, tensors in the place of their brackets."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from deckbuild.model import Outcome, Printed, Repair, SnippetVerdict, Value
from deckbuild.render.output import MAX_LINES, draw_output, draw_why

from ..sample import ran, snippet
from .tensor.arrays import value

ONE = replace(value([[1.0, 2.0]], "one"), text="tensor([[1., 2.]])")
TWO = replace(value([5, 6], "two"), type="numpy.ndarray", text="array([5, 6])")


def printing(*prints: tuple[int, str], own: tuple[int, int] = (2, 4), line_map: tuple[int | None, ...] = ()) -> Repair:
    """A repair whose program printed these texts."""
    outcome = Outcome(None, prints=tuple(Printed(n, t) for n, t in prints))
    return replace(ran(snippet("a\nb\nc")), own=own, outcome=outcome, line_map=line_map)


def sequence(html: str) -> list[str]:
    """The texts printed and the names drawn, in order."""
    return [a or b for a, b in re.findall(r'<pre class="out">([^<]*)</pre>|<figcaption><b>(\w+)</b>', html)]


def test_only_what_the_own_lines_printed() -> None:
    assert sequence(draw_output(printing((1, "before\n"), (2, "own\n"), (3, "too\n")), ()).html) == ["own\ntoo"]


def test_tensors_are_drawn_where_they_were_printed_whatever_the_order() -> None:
    repair = printing((2, "a [5 6]\n"), (3, "b tensor([[1., 2.]]) c\n"))
    assert sequence(draw_output(repair, (ONE, TWO)).html) == ["a ", "two", "b ", "one", " c"]


def test_blanks_of_the_printed_tensor_do_not_matter() -> None:
    assert sequence(draw_output(printing((2, "tensor([[1.,\n        2.]])\n")), (ONE,)).html) == ["one"]


def test_another_tensor_is_not_taken_for_it() -> None:
    assert sequence(draw_output(printing((2, "tensor([[1., 3.]])\n")), (ONE,)).html) == ["tensor([[1., 3.]])", "one"]


def test_what_the_text_states_is_not_repeated() -> None:
    repair = printing((2, "a\n"), (3, "b\n"), line_map=(None, 10, 11, 12))
    assert sequence(draw_output(repair, (), {10}).html) == ["b"]


def test_long_output_is_cut_and_counted() -> None:
    drawn = draw_output(printing((2, "x\n" * (MAX_LINES + 5))), ()).html
    assert "… 5 more lines" in drawn
    assert drawn.count("x") == MAX_LINES


def test_long_lines_are_cut() -> None:
    assert len(draw_output(printing((2, "x" * 10_000)), ()).html) < 1000


@pytest.mark.parametrize(
    "repair", [printing(), replace(printing((2, "a\n")), own=None), replace(printing(), outcome=None)]
)
def test_nothing_printed_is_nothing(repair: Repair) -> None:
    assert draw_output(repair, ()).html == ""


def test_what_rests_on_an_assumption_says_so() -> None:
    drawn = draw_output(
        replace(printing(), assumed=frozenset({"one"})), (ONE, Value("n", "int", data=1, text="1"))
    ).html
    assert drawn.count("from assumed values") == 1


@pytest.mark.parametrize(("language", "told"), [(None, ""), ("text", ""), ("output", ""), ("java", "not run")])
def test_a_block_that_nobody_takes_for_code_is_not_told_as_not_run(language: str | None, told: str) -> None:
    repair = Repair(snippet("3 4", language=language), SnippetVerdict.SKIPPED, "language", "only Python is run")
    assert told in draw_why(repair).lower()
    assert bool(draw_why(repair)) == bool(told)
