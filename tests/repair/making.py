"""Cards, snippets and scenes for tests, made from short texts, and what of a repair is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuild.model import Card, Deck, Fault, Job, Outcome, Passage, Prose, Repair, Snippet, Source
from deckbuild.repair.lending.library import build_library
from deckbuild.repair.scene import Scene

SOURCE = Source("book/part1.md", "Book", "Book", 1, "1 Start")
AFAR = Source("book/part2.md", "Book", "Book", 2, "2 More")
TORCH = "import torch\nfrom torch import nn\n"


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


def fenced(code: str, language: str | None) -> Card:
    """A card with one block in another language, or in none."""
    one = card(code)
    block = replace(one.snippets[0], language=language)
    return replace(one, answer=Passage(one.answer.text, (one.answer.parts[0], block)))


def with_output(code: str, output: str, question: str = "What?", said: str = "The output is:") -> Card:
    """A card with a block, a line that announces its output, and the output in a fence."""
    one = card(code, question=question)
    at = one.snippets[-1].end_line + 2
    shown = Snippet(one.path, at + 3, at + 3 + output.count("\n"), "answer", None, output)
    text = f"{one.answer.text}\n\n{said}\n\n```\n{output}\n```"
    return replace(one, answer=Passage(text, (*one.answer.parts, Prose(at, said), shown)))


def edits(repair: Repair) -> list[tuple[str, str, str]]:
    """(rule, before, after) of each edit."""
    return [(e.rule, e.before, e.after) for e in repair.edits]


def rules(repair: Repair) -> set[str]:
    """The rules of its edits."""
    return {e.rule for e in repair.edits}


def assumed(repair: Repair) -> dict[str, str]:
    """Its stand-ins by name."""
    return {a.name: a.value for a in repair.assumptions}


def printed(repair: Repair) -> str:
    """What its program printed."""
    assert repair.outcome is not None
    return repair.outcome.stdout


class NoRun:
    """Refuses to run: for what must be decided without."""

    def trial(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        raise AssertionError("nothing was to be run")

    confirm = trial


class NeverEnds(NoRun):
    """Every program runs out of its time, no line being known."""

    def trial(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        return tuple(Outcome(Fault("timeout", "Timeout", "still running after 10 s", None)) for _ in jobs)

    confirm = trial


def scene(this: Card, *others: Card) -> Scene:
    """The card in a deck with others, without claims and without a way to run."""
    deck = Deck(tuple({c.source: None for c in (this, *others)}), (this, *others))
    return Scene(this, build_library(deck), (), NoRun(), lambda card, claims, repairs: ())


def with_prose(this: Card, text: str) -> Card:
    """The card with more text at the end of its answer."""
    at = this.snippets[-1].end_line + 2
    return replace(this, answer=Passage(f"{this.answer.text}\n\n{text}", (*this.answer.parts, Prose(at, text))))


def at_line(this: Card, line: int) -> Card:
    """The card, standing further below in its file."""
    by = line - this.line
    parts = tuple(
        replace(p, line=p.line + by, end_line=p.end_line + by)
        if isinstance(p, Snippet)
        else replace(p, line=p.line + by)
        for p in this.answer.parts
    )
    return replace(this, line=line, answer=replace(this.answer, parts=parts))
