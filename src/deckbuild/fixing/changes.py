"""What is to be written: values, no text yet. The other modules make them, prove them and put them into the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from deckbuild.model import Snippet

from .text import Splice


@dataclass(frozen=True, slots=True)
class Code:
    """A snippet with its corrections."""

    snippet: Snippet
    source: str
    """What the snippet's `source` will be."""
    splice: Splice
    whole: bool
    """Whether the snippet then runs as it is written; not, if it also rests on assumptions."""

    @property
    def line(self) -> int:
        """Where it is told."""
        return self.snippet.line

    @property
    def asked(self) -> bool:
        """Whether it changes the question, by which a note is known."""
        return self.snippet.where == "question"


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text that something else was computed for."""

    line: int
    """Of the quoted statement."""
    before: str
    """The statement as quoted from the file."""
    after: str
    splice: Splice
    asked: bool
    """Whether it changes the question, by which a note is known."""


Change: TypeAlias = Code | Number


@dataclass(frozen=True, slots=True)
class Refusal:
    """A correction that is not written."""

    path: str
    line: int
    why: str
