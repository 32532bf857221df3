"""Bounds and signs of computed values: "`peak` is at least 10", "`len(xs)` is less than 5", "`v` is negative", "`n` is not 3"; recognised as
comparisons to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuild.model import Card, Claim, Prose, Snippet

from ..agreement.written import is_literal, read_written
from ..facts.scopes import inner_names
from ..text.near import words_before
from ..text.statements import last_sentence
from .asked import BY_NOW, END, NUMBER, AskedTest, expression, is_question, is_stated, places
from .literals import computed_names
from .statistics import TIME

AT, LOW, HIGH = (rf"(?:`(?P<{name}>[^`\n]+)`|(?P<{name}_plain>{NUMBER}))" for name in ("at", "low", "high"))
SAID = re.compile(
    rf"`(?P<asked>[^`\n]+)`\s+{BY_NOW}(?:is|stays|remains)\s+{BY_NOW}(?P<said>"
    rf"(?P<relation>at\s+least|at\s+most|(?:greater|larger|bigger|higher|more|less|smaller|lower|fewer)\s+than|not(?:\s+equal\s+to)?)\s+{AT}"
    rf"|between\s+{LOW}\s+and\s+{HIGH}"
    rf"|(?P<kind>positive|negative|even|odd)){END}"
)
RELATIONS = {"at least": ">=", "at most": "<=", "not": "!=", "not equal to": "!="}
MORE = frozenset({"greater", "larger", "bigger", "higher", "more"})
KINDS = {"positive": "> 0", "negative": "< 0", "even": "% 2 == 0", "odd": "% 2 == 1"}


def recognise_compared(card: Card) -> Iterator[Claim]:
    """The comparisons in prose behind code, and before the only code of a card."""
    for prose, code in places(card):
        yield from in_prose(card, prose, code)


def in_prose(card: Card, prose: Prose, code: Snippet) -> Iterator[Claim]:
    """The comparisons in a piece of prose."""
    sources = [s.source for s in card.snippets if s.is_python]
    for match in SAID.finditer(prose.text):
        asked, relation = match["asked"].strip(), relation_of(match)
        if relation is None or not (is_question(asked, sources) or is_computed(asked, sources)):
            continue
        test = f"({asked}) {relation}"
        if expression(test) is None or not is_stated(prose.text, match, code.source):
            continue
        surely = TIME.search(last_sentence(words_before(prose.text, match.start()))) is None
        line = prose.line_at(match.start())
        stated = AskedTest(test, "True", surely=surely, of=asked, said=match["said"])
        yield Claim(card.path, line, match[0], "number", match["said"], code.line, stated)


def is_computed(name: str, sources: list[str]) -> bool:
    """Whether a text is a name that the card computes, and that no function binds, too."""
    return any(name in computed_names(s) for s in sources) and not any(name in inner_names(s) for s in sources)


def relation_of(match: re.Match[str]) -> str | None:
    """The comparison in Python, without its left side; None where what stands on the right is no value."""
    if match["kind"]:
        return KINDS[match["kind"]]
    if match["relation"] is None:
        low, high = bound(match, "low"), bound(match, "high")
        return f">= ({low}) and ({match['asked']}) <= ({high})" if low and high else None
    words = " ".join(match["relation"].split())
    sign = RELATIONS.get(words) or (">" if words.split()[0] in MORE else "<")
    at = bound(match, "at")
    literal = at is not None and is_literal(read_written(at))
    return f"{sign} ({at})" if at is not None and (literal or sign != "!=") else None


def bound(match: re.Match[str], name: str) -> str | None:
    """A bound in Python; None where it is no expression."""
    text = match[name] or match[f"{name}_plain"].replace(",", "").replace("−", "-")
    return text if expression(text) is not None else None
