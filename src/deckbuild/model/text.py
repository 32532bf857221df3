"""The text of the cards, as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Where: TypeAlias = Literal["context", "question", "answer", "trailing"]
Severity: TypeAlias = Literal["error", "warning", "info"]

PYTHON_LANGUAGES = frozenset({"python", "py", "python3"})

LONGEST_CARD = 100_000
"""Characters: ten times those of an answer that is too long to learn; from here on what compares it would take minutes."""
LONGEST_LINE = 5_000
"""Characters of a line of text, or of a comment, that is read for statements."""
MOST_SNIPPETS = 150
"""Code blocks of a card: each runs with all that stand before it."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding about the text of a file; its code is one of those in docs/format.md."""

    path: str
    line: int
    code: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read, and what its header lines say."""

    path: str
    book: str
    """From the header, or else the folder or the file's name; without `_processed`."""
    title: str
    """The book's name, readable."""
    part: int | None
    chapter: str | None


@dataclass(frozen=True, slots=True)
class Prose:
    """Text between fences; its lines are consecutive lines of the file, the first of them `line`."""

    line: int
    text: str

    def line_at(self, place: int) -> int:
        """The line of the file on which a character of the text stands."""
        return self.line + self.text.count("\n", 0, place)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fenced block of a card."""

    path: str
    line: int
    """First code line; for an empty block the line after the opening fence."""
    end_line: int
    """Last code line."""
    where: Where
    language: str | None
    """Lower case, as written."""
    source: str
    """What stands between the fences, without the fence's indentation, without a final newline."""
    indent: int = 0
    """Blanks before the opening fence."""
    rest: str = ""
    """Code on the row below, where a question in the place of a remark cuts the block off: `x = 1  # :p What is x?`."""

    @property
    def is_python(self) -> bool:
        """Whether the fence says that this is Python."""
        return self.language in PYTHON_LANGUAGES


Part: TypeAlias = Prose | Snippet


@dataclass(frozen=True, slots=True)
class Passage:
    """One field of a card: its text as it stands in the file (marks removed), and the same cut at its fences."""

    text: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The fenced blocks, in order."""
        return tuple(p for p in self.parts if isinstance(p, Snippet))

    @property
    def prose(self) -> tuple[Prose, ...]:
        """The text between the fences, in order."""
        return tuple(p for p in self.parts if isinstance(p, Prose))


@dataclass(frozen=True, slots=True)
class Card:
    """A heading, its context, one question and its answer."""

    source: Source
    line: int
    """Of the `:p`."""
    title: str
    context: Passage
    question: Passage
    answer: Passage
    trailing: Passage = field(default_factory=Passage)
    rating: int | None = None
    title_line: int | None = None
    shares_context: bool = False
    """Whether an earlier card under the same heading already owns the context, so that its snippets are reported there."""
    accepts: tuple[str, ...] = ()
    """Findings accepted in the card: `<!-- deckbuild: accept refuted 13 -->` gives "refuted 13"."""

    @property
    def path(self) -> str:
        """The file that the card stands in."""
        return self.source.path

    @property
    def passages(self) -> tuple[tuple[Where, Passage], ...]:
        """Its fields in reading order."""
        return (
            ("context", self.context),
            ("question", self.question),
            ("answer", self.answer),
            ("trailing", self.trailing),
        )

    @property
    def excess(self) -> str:
        """Of what the card has more than is run and compared, and how much; nothing of almost all cards."""
        characters = sum(len(passage.text) for _, passage in self.passages)
        if characters > LONGEST_CARD:
            return f"{characters:,} characters, and what has more than {LONGEST_CARD:,}"
        if len(self.snippets) > MOST_SNIPPETS:
            return f"{len(self.snippets):,} code blocks, and what has more than {MOST_SNIPPETS:,}"
        return ""

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """All fenced blocks in the order in which they run: context, question, answer, trailing."""
        return tuple(s for _, passage in self.passages for s in passage.snippets)


@dataclass(frozen=True, slots=True)
class Deck:
    """Everything that was read."""

    sources: tuple[Source, ...]
    cards: tuple[Card, ...]
    background: tuple[Card, ...] = ()
    """Cards of the same books' other files: read for definitions, not built."""
    diagnostics: tuple[Diagnostic, ...] = ()
