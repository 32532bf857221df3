"""HTML fragments: plain text goes in through one door, well-formed fragments come out. Everything on a card is made here.

Two things of Anki are kept asleep. A field's `[sound:…]`, `[latex]`, `[$]` and the like act wherever they stand, in code too:
`seal` writes their bracket as an entity. `\\(` and `\\[` are formulas for MathJax: only `math.py` writes them live.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import NewType

Html = NewType("Html", str)
"""A well-formed fragment: tags closed, text escaped."""

NOTHING = Html("")

_ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}
_CONTROLS = dict.fromkeys([*range(9), 11, 12, 13, *range(14, 32), 127])
"""Anki drops control characters but for tab and newline; so does the card, so that a note equals its import."""
_DELIMITER = re.compile(r"\\(?=[()\[\]])")
_LIVE = re.compile(r"\[(?=/?latex\]|/?\$\$?\]|sound:|anki:|\[?type:)", re.IGNORECASE)
_VOID = frozenset({"br", "hr", "img"})


def text(plain: str) -> Html:
    """The text, escaped: nothing in it is markup, a formula or a command. For prose."""
    return Html(_DELIMITER.sub("<span>&#92;</span>", escaped(plain)))


def code_text(plain: str) -> Html:
    """The text, escaped, for what stands within `<code>` or `<pre>`, where MathJax looks away but editors do not."""
    return Html(_DELIMITER.sub("&#92;", escaped(plain)))


def sentence(plain: str) -> Html:
    """A sentence of deckbuild's own, what stands in backticks as code, white space folded."""
    pieces = " ".join(plain.split()).split("`")
    code = len(pieces) % 2 == 1
    return join(element("code", code_text(p)) if i % 2 and code else text(p) for i, p in enumerate(pieces))


def escaped(plain: str) -> str:
    """The text with its markup characters as entities; a `\\(` in it stays live. For formulas and attributes."""
    return plain.translate(_CONTROLS).translate(_ENTITIES)


def element(tag: str, *inside: Html, classes: str = "", **attributes: str | int) -> Html:
    """`<tag class="classes" …>inside</tag>`; trailing underscores of attribute names are cut (`for_`)."""
    named = {"class": classes, **attributes} if classes else attributes
    head = "".join(f' {name.rstrip("_")}="{escaped(str(value))}"' for name, value in named.items())
    return Html(f"<{tag}{head}>" if tag in _VOID else f"<{tag}{head}>{''.join(inside)}</{tag}>")


def join(parts: Iterable[Html], by: str = "") -> Html:
    """The fragments that hold something, one after the other; `by` is plain text between them."""
    return Html(text(by).join(p for p in parts if p))


def rows(*parts: Html) -> Html:
    """The fragments that hold something, each on a line of its own: tools that read fields line by line stay fast."""
    return join(parts, by="\n")


def seal(fragment: Html) -> Html:
    """The fragment as a field: no command of Anki's in it is live, wherever its pieces came from."""
    return Html(_LIVE.sub("&#91;", fragment))


def plain(fragment: Html) -> str:
    """The fragment's text without its tags, white space folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", fragment)).split())
