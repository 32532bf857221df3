"""The page: every card and every finding on it, well-formed, and nothing from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from deckbuild.model import Checked, ClaimVerdict, Media, Note, Repair, SnippetVerdict
from deckbuild.report.page import draw_page
from tests.sample import STYLE, card, checked, checked_card, failed, judgement, note, ran, snippet


class Reader(HTMLParser):
    """Collects ids and links, and what does not pair."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name in ("href", "src") if (value := found.get(name))]
        if tag not in {"meta", "link", "input", "br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(result: Checked, *notes: Note, mathjax: str | None = None) -> str:
    return draw_page(result, notes, STYLE, mathjax)["index.html"].decode()


def two_cards() -> Checked:
    first = card("Why <b>?", "A.", snippet("img"), title="Sums & more")
    second = card("How?", "A.", snippet("x = 1", line=20), line=15)
    return checked(
        checked_card(first, (failed(first.snippets[0]),), judgement(ClaimVerdict.REFUTED), id="one"),
        replace(
            checked_card(second, (ran(second.snippets[0]),), id="two"), deck="A Book::2.2 Products", tags=("rating::8",)
        ),
    )


def test_cards_stand_in_their_chapters_with_both_sides() -> None:
    html = page(two_cards(), note("one"), note("two", Answer="<p>Two.</p>"))
    assert re.findall(r'<h2 id="[\w-]+">(.*?)</h2>', html) == ["A Book – 2.1 Sums", "A Book – 2.2 Products"]
    assert re.findall(r'<a href="#deck-\d">(.*?)</a> <span class="count">(\d)</span>', html) == [
        ("2.1 Sums", "1"),
        ("2.2 Products", "1"),
    ]
    assert html.count("<p>A Book</p>") == 1
    assert html.count('<div class="card">') == 4
    assert "<p>Two.</p>" in html
    assert "notes/book.md:15 · rating::8" in html
    assert "Sums &amp; more" in html


def test_findings_lead_to_their_cards_the_worst_first() -> None:
    result = two_cards()
    html = page(result, note("one"), note("two"))
    listed = re.findall(r'<li><a href="#card-(\w+)">([^<]*)</a> <span class="kind (\w+)">', html)
    assert listed == [("one", "notes/book.md:7", "refuted"), ("one", "notes/book.md:10", "failed")]
    assert "the card says 13, computed is 12" in html


def test_what_is_accepted_or_only_corrected_is_no_finding() -> None:
    of = replace(card("Q?", "A.", snippet("img")), accepts=("failed",))
    repair = failed(of.snippets[0])
    assert "Nothing is refuted" in page(checked(checked_card(of, (repair,))), note("a"))
    corrected = Repair(repair.snippet, SnippetVerdict.CORRECTED)
    assert "Nothing is refuted" in page(
        checked(checked_card(card("Q?", "A.", snippet("img")), (corrected,))), note("a")
    )


def test_it_is_well_formed_and_every_link_leads_somewhere() -> None:
    reader = Reader(page(two_cards(), note("one"), note("two")))
    assert len(reader.ids) == len({*reader.ids})
    assert {link for link in reader.links if not link.startswith("#")} == {"page.css"}
    assert {link.removeprefix("#") for link in reader.links if link.startswith("#")} <= {*reader.ids}


def test_formulas_are_shown_as_they_are_written() -> None:
    asked = note("one", Question=r"Is \(a &lt; b\)?", Answer=r"\[ c \]<code>&#92;(d\)</code>")
    html = page(checked(checked_card(card())), asked)
    assert html.count('Is <code class="tex">a &lt; b</code>?') == 2
    assert '<code class="tex block">c</code><code>&#92;(d\\)</code>' in html
    assert "<script" not in html


def test_formulas_are_left_to_a_mathjax() -> None:
    html = page(checked(checked_card(card())), note("one", Question=r"Is \(a\)?"), mathjax="mathjax/tex-svg.js")
    assert r"Is \(a\)?" in html
    assert '<script defer src="mathjax/tex-svg.js"></script>' in html


def test_pictures_and_style_lie_beside_it() -> None:
    picture = Media("deckbuild-1.png", b"png")
    files = draw_page(two_cards(), [note("one", (picture,)), note("two", (picture,))], STYLE)
    assert {*files} == {"index.html", "page.css", "deckbuild-1.png"}
    assert files["deckbuild-1.png"] == b"png"
    assert STYLE.css in files["page.css"].decode()


def test_half_a_character_does_not_stop_it() -> None:
    assert "a?b" in page(checked(checked_card(card())), note("one", Answer="a\ud800b"))
