"""Drafts of the snippets of a card, and the program that they make. Drafts are frozen; a correction makes a new one.

Draft   = additions before, the snippet's own lines, additions after
State   = the drafts of a card's Python snippets, up to the one that is being repaired
Program = their text, one after the other, and where each of its lines comes from
"""

from __future__ import annotations

import ast
import enum
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from deckbuild.model import Snippet
from deckbuild.syntax import parse_module


@dataclass(frozen=True, slots=True)
class Change:
    """Why something was changed."""

    rule: str
    why: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a draft's own text."""

    text: str
    first: int
    """First line of the source (1-based) that it stands for; 0 for an inserted line."""
    last: int
    changes: tuple[Change, ...] = ()


class Origin(enum.Enum):
    """Where the statements of an addition come from."""

    NEW = "made by deckbuild"
    SAME = "this card"
    EARLIER = "an earlier card of the file"
    LATER = "a later card of the file"
    AFAR = "another file of the book"


FOREIGN = (Origin.EARLIER, Origin.LATER, Origin.AFAR)
"""What other cards give."""


@dataclass(frozen=True, slots=True)
class Addition:
    """Statements that deckbuild puts before or after a snippet's own text."""

    text: str
    change: Change
    binds: frozenset[str]
    need: str
    """The missing name that it was brought in for; "" for none."""
    rank: int = 0
    """Its place among the providers of that name."""
    assumption: bool = False
    """Whether it is a stand-in of the form `name = value` for what the deck nowhere defines."""
    alternates: tuple[str, ...] = ()
    """Other values of an assumption that fit as well, sizes that deckbuild chose being different."""
    at: int = 0
    """Index of the draft's own line that it stands before."""
    origin: Origin = Origin.NEW
    copied: tuple[str, ...] = ()
    """Texts of the card that the value was taken from."""
    partial: bool = False
    """Whether an assumption is only the part that the deck shows of something longer."""
    unlike: bool = False
    """Whether the deck shows some entries of what a stand-in stands for: its own entries are then none to be shown."""
    distance: int = 0
    """How many cards lie between it and the card that it comes from."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A snippet on its way to a program that runs."""

    snippet: Snippet
    lines: tuple[Line, ...]
    before: tuple[Addition, ...] = ()
    after: tuple[Addition, ...] = ()
    expects: str | None = None
    """The error that the snippet is shown for."""
    chained: int | None = None
    """How many of its own lines the programs of later snippets run first: those above what raises; None for all."""

    @property
    def text(self) -> str:
        """Its own text as it stands now."""
        return "\n".join(line.text for line in self.lines)

    def origin(self, index: int) -> int:
        """The line of the source (1-based) that its line of that index stands for; for an inserted one the line above."""
        return next((line.first for line in reversed(self.lines[: index + 1]) if line.first), 1)

    def file_line(self, index: int) -> int:
        """The line of the file that its line of that index stands for."""
        return self.snippet.line + self.origin(index) - 1

    @property
    def handed_on(self) -> tuple[Addition, ...]:
        """The additions before its text that the programs of later snippets run, too."""
        return tuple(a for a in self.before if self.chained is None or a.at < self.chained)

    @property
    def additions(self) -> tuple[Addition, ...]:
        """All additions."""
        return self.before + self.after


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of a program comes from: a draft's own line, or the line of an addition."""

    draft: int
    line: int | None = None
    """Index into the draft's lines."""
    before: int | None = None
    """Index into the draft's additions before its text."""
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """The text of drafts in their order."""

    code: str
    places: tuple[Place, ...]
    """One per line of `code`."""

    def place(self, line: int | None) -> Place | None:
        """Where line `line` (1-based) comes from."""
        return self.places[line - 1] if line is not None and 0 < line <= len(self.places) else None

    def tree(self) -> ast.Module | None:
        """Its syntax tree; None where it does not parse."""
        return parse(self.code)


@dataclass(frozen=True, slots=True)
class State:
    """The drafts of a card so far, the last of them being repaired, and what the corrections cost."""

    drafts: tuple[Draft, ...]
    cost: float = 0.0
    tried: int | None = None
    """Candidates among which a claim chose."""
    foreign: frozenset[str] = field(default_factory=frozenset)
    """Names whose definitions on other cards are not what this card speaks of: they are as good as not there."""
    spent: frozenset[str] = field(default_factory=frozenset)
    """Names that only functions read and that nothing provides for without a fault: left as they are."""

    def program(self) -> Program:
        """The last draft's program: the chained drafts before it, then itself."""
        return assemble(self.drafts)

    def assumes(self, name: str) -> bool:
        """Whether a stand-in gives the name its value."""
        return any(a.assumption and name in a.binds for draft in self.drafts for a in draft.additions)

    def with_draft(self, index: int, draft: Draft, cost: float = 0.0) -> State:
        """The state with one draft replaced."""
        return replace(self, drafts=(*self.drafts[:index], draft, *self.drafts[index + 1 :]), cost=self.cost + cost)


def start_draft(snippet: Snippet) -> Draft:
    """The snippet as written."""
    return Draft(snippet, tuple(Line(text, n, n) for n, text in enumerate(snippet.source.split("\n"), 1)))


def replace_lines(draft: Draft, first: int, last: int, texts: Iterable[str], change: Change) -> Draft:
    """The draft with its lines of index first…last replaced; equal numbers of lines keep their places one to one."""
    old, new = draft.lines[first : last + 1], tuple(texts)
    origins = [(x.first, x.last) for x in old if x.first]
    whole = (min(o[0] for o in origins), max(o[1] for o in origins)) if origins else (0, 0)
    kept = tuple(dict.fromkeys(c for x in old for c in x.changes))
    if len(new) == len(old):
        lines = tuple(
            x if x.text == text else Line(text, x.first, x.last, (*x.changes, change))
            for x, text in zip(old, new, strict=True)
        )
    else:
        lines = tuple(Line(text, *whole, (*kept, change)) for text in new)
    return replace(draft, lines=(*draft.lines[:first], *lines, *draft.lines[last + 1 :]))


def insert_line(draft: Draft, index: int, text: str, change: Change) -> Draft:
    """The draft with a line of its own put before the line of that index."""
    return replace(draft, lines=(*draft.lines[:index], Line(text, 0, 0, (change,)), *draft.lines[index:]))


def edit_span(draft: Draft, node: ast.AST, text: str, change: Change, offset: int = 0) -> Draft:
    """The draft with the text of a node (of a tree of its own text, or of a program at line `offset`) replaced."""
    first, last = node.lineno - 1 - offset, (node.end_lineno or node.lineno) - 1 - offset  # type: ignore[attr-defined]
    head = _cut(draft.lines[first].text, node.col_offset)[0]  # type: ignore[attr-defined]
    tail = _cut(draft.lines[last].text, node.end_col_offset)[1]  # type: ignore[attr-defined]
    return replace_lines(draft, first, last, (head + text + tail).split("\n"), change)


def respelt(state: State, program: Program, node: ast.AST, text: str, change: Change, cost: float) -> State | None:
    """The state with the text of a node of its program replaced; None where the node stands in an addition, not in the card."""
    place = program.place(node.lineno)  # type: ignore[attr-defined]
    if place is None or place.line is None:
        return None
    offset = node.lineno - 1 - place.line  # type: ignore[attr-defined]
    return state.with_draft(place.draft, edit_span(state.drafts[place.draft], node, text, change, offset), cost)


def _cut(line: str, byte: int) -> tuple[str, str]:
    data = line.encode()
    return data[:byte].decode(), data[byte:].decode()


def assemble(drafts: tuple[Draft, ...]) -> Program:
    """The program of the last draft: what of the drafts before it is chained, then the draft itself.

    `from __future__` imports are moved to the top, where Python wants them.
    """
    top, body = list[tuple[str, Place]](), list[tuple[str, Place]]()
    for d, draft in enumerate(drafts):
        cut = draft.chained if d < len(drafts) - 1 else None
        for i, line in enumerate(draft.lines[:cut]):
            for b, addition in enumerate(draft.before):
                if addition.at == i:
                    body += [(text, Place(d, before=b)) for text in addition.text.split("\n")]
            (top if line.text.startswith("from __future__ import") else body).append((line.text, Place(d, line=i)))
        for i, addition in enumerate(draft.after if cut is None else ()):
            body += [(text, Place(d, after=i)) for text in addition.text.split("\n")]
    rows = top + body
    return Program("\n".join(text for text, _ in rows) + "\n", tuple(place for _, place in rows))


@lru_cache(maxsize=128)
def parse(code: str) -> ast.Module | None:
    """The syntax tree, None where the text is no Python; shared between callers, so not to be changed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in cards' strings are the cards' affair
        try:
            return parse_module(code)
        except (SyntaxError, ValueError):
            return None
