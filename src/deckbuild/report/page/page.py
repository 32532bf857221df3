"""Checked cards and their notes -> the files of the page: contents, findings, and each card's sides next to each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from deckbuild.model import Checked, CheckedCard, Note, NoteStyle

from ..findings import Finding, find
from ..totals import totals
from .sides import sides
from .themes import themed

TOLD = ("refuted", "failed", "completed")
_MATH = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
_HERE = files(__package__)


def draw_page(
    checked: Checked, notes: Sequence[Note], style: NoteStyle, mathjax: str | None = None
) -> Mapping[str, bytes]:
    """`index.html`, its style sheet and the notes' pictures. `notes` are those of the checked cards, in their order.

    `mathjax` is where, as seen from the page, the script of a MathJax 3 lies that typesets the formulas.
    """
    findings = [f for f in find(checked) if f.kind in TOLD and f.accepted is None]
    decks = [(deck, list(group)) for deck, group in groupby(zip(checked.cards, notes, strict=True), _deck)]
    # One deck may come twice, if its files lie in different folders.
    anchors = {n: f"deck-{n + 1}" for n in range(len(decks))}
    html = Template((_HERE / "page.html").read_text(encoding="utf-8")).substitute(
        version=escape(checked.versions.deckbuild),
        title=escape(_title(checked)),
        script=f'<script defer src="{escape(mathjax)}"></script>\n' if mathjax else "",
        counts="<br>".join(map(escape, totals(checked))),
        contents=_contents([deck.split("::") for deck, _ in decks], [len(group) for _, group in decks], anchors),
        findings=_findings(findings),
        chapters="\n".join(
            _chapter(anchors[n], deck, group, style, formulas=mathjax is not None)
            for n, (deck, group) in enumerate(decks)
        ),
    )
    css = (_HERE / "page.css").read_text(encoding="utf-8")
    media = {m.name: m.data for note in notes for m in note.media}
    return {**media, "page.css": themed(css + style.css).encode(), "index.html": html.encode("utf-8", "replace")}


def _deck(card_and_note: tuple[CheckedCard, Note]) -> str:
    return card_and_note[0].deck


def _title(checked: Checked) -> str:
    return " · ".join(dict.fromkeys(s.title or s.book for s in checked.deck.sources)) or "Cards"


def _contents(decks: Sequence[Sequence[str]], sizes: Sequence[int], anchors: Mapping[int, str]) -> str:
    """Books, and in each its chapters with the number of their cards."""
    books = []
    for book, group in groupby(enumerate(decks), lambda one: one[1][:-1] or one[1]):
        items = "\n".join(
            f'<li><a href="#{anchors[n]}">{escape(deck[-1])}</a> <span class="count">{sizes[n]}</span></li>'
            for n, deck in group
        )
        books.append(f"<p>{escape(' – '.join(book))}</p>\n<ul>\n{items}\n</ul>")
    return "\n".join(books)


def _findings(findings: Collection[Finding]) -> str:
    """A list of what is refuted, failed or rests on assumptions, each with a link to its card."""
    if not findings:
        return '<p class="none">Nothing is refuted, nothing failed, and nothing rests on assumptions.</p>'
    ordered = sorted(findings, key=lambda f: TOLD.index(f.kind))
    items = (
        f'<li><a href="#card-{escape(f.card or "")}">{escape(f.path)}:{f.line}</a> '
        f'<span class="kind {f.kind}">{f.kind}</span> {escape(f.message)}</li>'
        for f in ordered
    )
    return '<ul class="findings mathjax_ignore">\n' + "\n".join(items) + "\n</ul>"


def _chapter(
    anchor: str, deck: str, cards: Iterable[tuple[CheckedCard, Note]], style: NoteStyle, *, formulas: bool
) -> str:
    drawn = "\n".join(_card(card, note, style, formulas=formulas) for card, note in cards)
    return f'<section>\n<h2 id="{anchor}">{escape(deck.replace("::", " – "))}</h2>\n{drawn}\n</section>'


def _card(checked: CheckedCard, note: Note, style: NoteStyle, *, formulas: bool) -> str:
    card = checked.card
    place = " · ".join([f"{card.path}:{card.line}", *checked.tags])
    drawn = "\n".join(
        f"{_side(name, front)}\n{_side('Answer', back)}"
        for one in sides(note, style)
        for name, front, back in [("Question" if one.name == "Card" else one.name, one.front, one.back)]
    )
    html = drawn if formulas else _MATH.sub(_as_tex, drawn)
    return (
        f'<article id="card-{escape(checked.id)}">\n'
        f'<h3 class="mathjax_ignore"><a href="#card-{escape(checked.id)}">{escape(card.title)}</a></h3>\n'
        f'<p class="place">{escape(place)}</p>\n<div class="sides">\n{html}\n</div>\n</article>'
    )


def _side(name: str, html: str) -> str:
    return f'<div class="side"><p>{escape(name)}</p><div class="card">\n{html}\n</div></div>'


def _as_tex(found: re.Match[str]) -> str:
    """A formula as it is written. In a note only live formulas have these brackets: elsewhere the backslash is an entity."""
    inline, block = found.groups()
    classes = "tex" if inline is not None else "tex block"
    return f'<code class="{classes}">{(inline if inline is not None else block).strip()}</code>'
