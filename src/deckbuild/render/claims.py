"""Judgements -> marks on the card. A refuted statement shows the text's value struck and the computed one beside it; a confirmed one
a tick; what proves nothing has no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckbuild.model import ClaimVerdict, Judgement

from .formula import is_bare_tex, to_anki
from .html import NOTHING, Html, code_text, element, join, rows, text
from .markdown import draw_inline

_MARKED = (ClaimVerdict.CONFIRMED, ClaimVerdict.REFUTED)
_LONGEST = 300
_SHORT_CODE = 40
_TERM = r"(?:[\d\s.,()\[\]{}^²³]|\\(?:left|right))+"
_OPERATOR = r"(?:[+*/×·÷−-]|\\(?:times|cdot|div))"
_CALCULATION = re.compile(rf"[-−]?{_TERM}(?:{_OPERATOR}[-−]?{_TERM})+(?:[=≈]|\\approx)\s*[-−]?{_TERM}")
_GRAD_FN = re.compile(r",\s*grad_fn=<\w+>")
_LIST_MARK = re.compile(r"^(?:[-*+>]|\d+[.)]|#{1,6})\s+")


def draw_judgements(judgements: Iterable[Judgement], *, code: bool, line: str = "") -> Html:
    """A list of the refuted and confirmed statements, each once; nothing if there is none.

    `code`: they are quoted from code. The only statement that is nearly all of `line`, under which the list stands, is not
    quoted again; nor is one told that is part of another with the same verdict.
    """
    marked = _marked(judgements)
    filling = [] if code else [j for j in marked if _fills(j.claim.text, line)]
    items = [_draw(j, NOTHING if filling == [j] else _quote(j, code)) for j in marked]
    return element("ul", Html("\n"), rows(*items), Html("\n"), classes="claims") if items else NOTHING


def draw_quote(quoted: str, *, code: bool) -> Html:
    """The text that a statement was read from, its formulas and code as on the card."""
    folded = " ".join(line.strip() for line in quoted.strip().split("\n"))
    cut = folded if len(folded) <= _LONGEST else folded[:_LONGEST] + "…"
    if code:
        return element("code", code_text(cut))
    return to_anki(cut, display=False) if is_bare_tex(cut) else draw_inline(_LIST_MARK.sub("", cut))


def _marked(judgements: Iterable[Judgement]) -> list[Judgement]:
    """What has a mark, the refuted first."""
    judged = sorted(judgements, key=lambda j: j.verdict is not ClaimVerdict.REFUTED)
    once = {(j.claim.text, j.claim.expected, j.verdict): j for j in judged if j.verdict in _MARKED}.values()
    return [j for j in once if not any(_is_part(j, of=other) for other in once)]


def _is_part(judgement: Judgement, *, of: Judgement) -> bool:
    small, large = judgement.claim.text.strip(), of.claim.text.strip()
    return judgement.verdict is of.verdict and len(small) < len(large) and small in large and _is_calculation(judgement)


def _is_calculation(judgement: Judgement) -> bool:
    """Whether numbers alone are quoted, and a sum of them: it says nothing of the card's code."""
    return judgement.claim.kind == "number" and _CALCULATION.fullmatch(judgement.claim.text.strip()) is not None


def _draw(judgement: Judgement, quote: Html) -> Html:
    if judgement.verdict is ClaimVerdict.REFUTED:
        says = _told("the text says", "del", judgement.claim.expected)
        computed = _told("computed", "b", judgement.computed or "otherwise")
        told = element("div", join([says, computed], by=" · "), classes="values")
        return element("li", _mark("✗"), element("div", rows(quote, told)), classes="refuted")
    told = _told(_source(judgement), "span", judgement.computed) if judgement.computed else NOTHING
    said = join([quote, element("span", told, classes="values") if told else NOTHING], by=" · ")
    return element("li", _mark("✓"), element("div", said), classes="confirmed")


def _mark(glyph: str) -> Html:
    return element("b", text(glyph), classes="mark")


def _source(judgement: Judgement) -> str:
    """Where the value of a confirmed statement comes from: a calculation is right by itself, whatever the text uses it for."""
    return "arithmetic alone gives" if _is_calculation(judgement) else "computed"


def _quote(judgement: Judgement, code: bool) -> Html:
    """The quotation; none of long code that states the value and little else, since the value itself is told."""
    said, value = ("".join(t.split()) for t in (judgement.claim.text, judgement.claim.expected))
    if code and len(said) > _SHORT_CODE and value in said and len(value) > len(said) / 2:
        return NOTHING
    return element("q", draw_quote(judgement.claim.text, code=code))


def _told(said: str, tag: str, value: str) -> Html:
    shown = _short(value)
    return join([text(said), element(tag, element("code", code_text(shown)) if "[" in shown else text(shown))], by=" ")


def _fills(quoted: str, line: str) -> bool:
    """Whether the quotation is most of its line."""
    return len(" ".join(quoted.split())) >= 0.7 * len(_LIST_MARK.sub("", line.strip())) > 0


def _short(value: str) -> str:
    folded = _GRAD_FN.sub("", " ".join(value.split()))
    return folded if len(folded) <= 160 else folded[:160] + "…"
