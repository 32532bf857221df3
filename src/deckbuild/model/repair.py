"""Snippets, corrected."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .execution import Fault, Outcome, Value
from .text import Diagnostic, Snippet

SkipReason: TypeAlias = Literal[
    "language", "pseudo-code", "needs-package", "needs-network", "needs-file", "fragment", "too-long"
]


class SnippetVerdict(enum.StrEnum):
    """What became of a snippet."""

    RAN = "ran"
    CORRECTED = "corrected"
    COMPLETED = "completed"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Edit:
    """A correction, and what speaks for it."""

    rule: str
    line: int | None
    """First line in the snippet's `source`, 1-based; None for an addition."""
    before: str
    """Whole lines of `source`, "" for an addition."""
    after: str
    """Whole lines of `code`."""
    why: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """A stand-in for what the deck nowhere defines."""

    name: str
    value: str
    """A Python expression."""
    why: str
    copied: tuple[str, ...] = ()
    """What the card states and the value was made from."""
    partial: bool = False
    """Whether it is the part that a card shows of a list, of which the rest was found not to matter here."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the corrected snippet as the card shows it."""

    text: str
    source_line: int | None
    """The line of `source` (1-based) that it came from; None for an addition."""
    note: int | None = None
    """Index into the repair's notes (edits, then assumptions); None where nothing was changed."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A snippet with the program that runs it, and how it was arrived at."""

    snippet: Snippet
    verdict: SnippetVerdict
    reason: SkipReason | None = None
    why: str = ""
    """One line: why it is skipped or failed, with what is missing."""
    code: str | None = None
    """The complete program: set-up, what stands before on the card, the snippet itself; None where nothing was executed."""
    edits: tuple[Edit, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    shown: tuple[ShownLine, ...] = ()
    """The snippet as the card shows it, its own additions first; empty: as `source`."""
    line_map: tuple[int | None, ...] = ()
    """For each line of `code` the line of the file `snippet.path` that it came from; None for set-up."""
    own: tuple[int, int] | None = None
    """First and last line of `code` that belong to this snippet."""
    outcome: Outcome | None = None
    aside: Repair | None = None
    """What only claims are held against, nothing of it shown: of a snippet that failed by an error what its program did before; of a session
    that goes on behind an error, as it shows, the program that does."""
    alternates: tuple[Outcome, ...] = ()
    """The same program with the sizes that deckbuild chose replaced by others: a relation must hold in each."""
    reseeded: tuple[Outcome, ...] = ()
    """The same program begun with other seeds, if it leaves anything to chance: what differs is no fact."""
    asked: tuple[tuple[str, Value | Fault], ...] = ()
    """Expressions that claims speak of, with what they give behind the program, each time they are asked."""
    error: Fault | None = None
    """Of a failed snippet; or the error that it is shown for. Its line is a line of the file."""
    assumed: frozenset[str] = frozenset()
    """Names of the program whose values rest on an assumption."""
    noise: frozenset[str] = frozenset()
    """Those of them that tell a reader nothing: made by an untrained stand-in for a model, of entries unlike those that the deck shows, or losses of chance."""
    lines: int = 0
    lines_run: int = 0
    tried: int | None = None
    """Candidates among which a claim chose the set-up or an argument."""
    diagnostics: tuple[Diagnostic, ...] = ()
