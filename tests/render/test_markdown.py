"""Markdown: what CommonMark says, the little that is added, and nothing that acts."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from deckbuild.render.html import Html, seal
from deckbuild.render.markdown import draw_inline, draw_markdown, parser, placeholder

from .fixtures import Case, read_cases
from .wellformed import faults

PIECES = st.sampled_from(
    [
        *"abc 12\n\n*_`#->|()[]!~+.:&\"'",
        "    ",
        "**",
        "```",
        "- ",
        "1. ",
        "> ",
        "[a](b)",
        "![a](b)",
        "| a | b |\n|---|---|\n",
        "\t",
    ]
)
PRODUCT = re.compile(r"[\w)\]}]\*\*?[\w(\[{−-]")
"""What is read as a product, and no emphasis: `a*b`, `2**3`."""
MATH = st.sampled_from(
    [
        "$",
        "$$",
        "\\",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "\\begin{align}",
        "\\end{align}",
        "{",
        "}",
        "=",
        "x",
        "^2",
        "\n",
        "5",
        " and ",
    ]
)
TAGS = st.sampled_from(
    ["<sub>", "</sub>", "<br>", "<kbd>", "</kbd>", "<!--", "-->", "<b>", "<", "[sound:", "[latex]", "]", "[$]"]
)


@pytest.mark.parametrize("case", [*read_cases("markdown.txt"), *read_cases("math.txt")], ids=lambda c: c.title)
def test_what_is_drawn(case: Case) -> None:
    assert draw_markdown(case.source) == case.expected


@given(st.lists(PIECES, max_size=60).map("".join).filter(lambda source: not PRODUCT.search(source)))
def test_it_is_commonmark_where_nothing_is_added(source: str) -> None:
    plain = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    assert [t.as_dict() for t in parser().parse(source)] == [t.as_dict() for t in plain.parse(source)]


@given(st.lists(PIECES | MATH | TAGS, max_size=60).map("".join))
def test_whatever_is_written_comes_out_well_formed_and_asleep(source: str) -> None:
    assert faults(seal(draw_markdown(source))) == []
    assert faults(seal(draw_inline(source))) == []


@given(st.text(max_size=200))
def test_any_text_comes_out_well_formed(source: str) -> None:
    assert faults(seal(draw_markdown(source))) == []


@pytest.mark.parametrize(
    "piece",
    [
        "$",
        "$x ",
        "$$\n",
        "\\[\n",
        "\\(a ",
        "\\begin{align}\n",
        "`$",
        "<sub>",
        "<!--\n",
        "[$x$](",
        "{$",
        "- $$\n  a\n",
        "$x,$ $y",
        "> $$\n",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    draw_markdown(piece)
    started = time.process_time()
    draw_markdown(piece * 4000)
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    "written",
    ["[sound:a.mp3]", "[latex]x[/latex]", "[$]x[/$]", "[$$]x[/$$]", "[anki:play:q:0]", "[[type:Front]]", "[SOUND:b]"],
)
def test_commands_of_anki_are_asleep_in_prose_and_code(written: str) -> None:
    source = f"{written} `{written}`\n\n```\n{written}\n```\n"
    assert faults(draw_markdown(source)) != []
    assert faults(seal(draw_markdown(source))) == []


def test_a_placeholder_keeps_its_place_in_a_list() -> None:
    source = f"1. one\n{placeholder(0, 3)}\n2. two\n{placeholder(1)}"
    drawn = draw_markdown(source, lambda number: Html(f"<p>{'ab'[number]}</p>"))
    assert drawn == "<ol>\n<li>one<p>a</p>\n</li>\n<li>two</li>\n</ol>\n<p>b</p>"


def test_a_remark_stands_below_the_block_of_its_line() -> None:
    source = "one\ntwo\n\n- three\n- four\n\n| a |\n|---|\n| b |"
    drawn = draw_markdown(source, after={1: Html("<p>R</p>"), 3: Html("<p>S</p>"), 8: Html("<p>T</p>")})
    assert "two</p>\n<p>R</p>" in drawn
    assert "<li>three<p>S</p>\n</li>" in drawn
    assert drawn.endswith("</div>\n<p>T</p>")
