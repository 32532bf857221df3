"""Judgements -> marks on the card. A refuted statement shows the text's value struck and the computed one beside it; a confirmed one
a tick; what proves nothing has no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckbuild.model import ClaimVerdict, Judgement

from .html import NOTHING, Html, code_text, element, join, rows, text
from .markdown import draw_inline

_MARKED = (ClaimVerdict.CONFIRMED, ClaimVerdict.REFUTED)
_LONGEST = 300
_LIST_MARK = re.compile(r"^(?:[-*+>]|\d+[.)]|#{1,6})\s+")


def draw_judgements(judgements: Iterable[Judgement], *, code: bool) -> Html:
    """A list of the confirmed and refuted statements, each once; nothing if there is none. `code`: they are quoted from code."""
    marked = {(j.claim.text, j.claim.expected, j.verdict): j for j in judgements if j.verdict in _MARKED}
    items = [_draw(j, code) for j in marked.values()]
    return element("ul", Html("\n"), rows(*items), Html("\n"), classes="claims") if items else NOTHING


def draw_quote(quoted: str, *, code: bool) -> Html:
    """The text that a statement was read from, its formulas and code as on the card."""
    folded = " ".join(line.strip() for line in quoted.strip().split("\n"))
    cut = folded if len(folded) <= _LONGEST else folded[:_LONGEST] + "…"
    return element("code", code_text(cut)) if code else draw_inline(_LIST_MARK.sub("", cut))


def _draw(judgement: Judgement, code: bool) -> Html:
    quote = element("q", draw_quote(judgement.claim.text, code=code))
    if judgement.verdict is ClaimVerdict.REFUTED:
        values = join(
            [
                join([text("the text says"), element("del", text(_short(judgement.claim.expected)))], by=" "),
                join([text("computed"), element("b", text(_short(judgement.computed or "something else")))], by=" "),
            ],
            by=" · ",
        )
        return element(
            "li", _mark("✗"), element("div", quote, element("div", values, classes="values")), classes="refuted"
        )
    if not judgement.computed:
        return element("li", _mark("✓"), element("div", quote), classes="confirmed")
    computed = element("span", text(f" · computed {_short(judgement.computed)}"), classes="values")
    return element("li", _mark("✓"), element("div", quote, computed), classes="confirmed")


def _mark(glyph: str) -> Html:
    return element("b", text(glyph), classes="mark")


def _short(value: str) -> str:
    folded = " ".join(value.split())
    return folded if len(folded) <= 160 else folded[:160] + "…"
