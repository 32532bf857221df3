"""Cards, snippets and scenes for tests, made from short texts."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.model import Card, Deck, Job, Outcome, Passage, Prose, Snippet, Source
from deckbuild.repair.library import build_library
from deckbuild.repair.scene import Scene

SOURCE = Source("book/part1.md", "Book", "Book", 1, "1 Start")


def snippet(code: str, line: int = 10, language: str | None = "python") -> Snippet:
    """A block of an answer."""
    return Snippet("book/part1.md", line, line + code.count("\n"), "answer", language, code)


def card(*codes: str, prose: str = "", question: str = "What?", line: int = 5, source: Source = SOURCE) -> Card:
    """A card whose answer holds the text and then the blocks."""
    parts: list[Prose | Snippet] = [Prose(line + 2, prose)]
    at = line + 4
    for code in codes:
        parts.append(Snippet(source.path, at, at + code.count("\n"), "answer", "python", code))
        at += code.count("\n") + 3
    text = prose + "".join(f"\n```python\n{c}\n```" for c in codes)
    return Card(
        source, line, "Title", Passage(), Passage(question, (Prose(line, question),)), Passage(text, tuple(parts))
    )


class NoRun:
    """Refuses to run: for what must be decided without."""

    def trial(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        raise AssertionError("nothing was to be run")

    confirm = trial


def scene(this: Card, *others: Card) -> Scene:
    """The card in a deck with others, without claims and without a way to run."""
    deck = Deck(tuple({c.source: None for c in (this, *others)}), (this, *others))
    return Scene(this, build_library(deck), (), NoRun(), lambda card, claims, repairs: ())
