"""What the HTML of a card may be: balanced, of known tags and attributes, one row a line, asleep for Anki."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"br", "hr", "img"}
TAGS = {
    *(
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "details",
        "div",
        "em",
        "figcaption",
        "figure",
        "hr",
        "img",
        "ins",
        "kbd",
    ),
    *("h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "q", "s", "span", "strong", "sub", "summary", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {"alt", "class", "colspan", "height", "href", "scope", "src", "start", "width"}
LIVE = re.compile(r"\[(?:/?latex|/?\$\$?|\[type:[^\]]*|type:[^\]]*|sound:[^\]]*|anki:[^\]]*)\]", re.IGNORECASE)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        self.faults += [f"{tag} {name}" for name, _ in attrs if name not in ATTRIBUTES]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.faults.append(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


def faults(html: str) -> list[str]:
    """What is wrong with a field; nothing where it is well."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    live = [f"live {m.group()}" for m in LIVE.finditer(html)]
    return reader.faults + [f"open <{tag}>" for tag in reader.open] + live
