"""What of a card is read for statements: a card in, the same card without its endless lines out.

Many of the patterns that recognise a statement try each place of a line with the rest of it: its square of steps.
"""

from __future__ import annotations

from dataclasses import replace

from deckbuild.model import LONGEST_LINE, Card, Part, Passage, Prose


def readable(card: Card) -> Card:
    """The card, each line of its prose that is too long left empty: all others keep their places."""
    if all(is_readable(passage.text) for _, passage in card.passages):
        return card
    context, question, answer, trailing = (reduced(passage) for _, passage in card.passages)
    return replace(card, context=context, question=question, answer=answer, trailing=trailing)


def is_readable(text: str) -> bool:
    """Whether none of its lines is too long."""
    return len(text) <= LONGEST_LINE or all(len(line) <= LONGEST_LINE for line in text.split("\n"))


def reduced(passage: Passage) -> Passage:
    """The passage with the prose that is read."""
    return replace(passage, parts=tuple(map(read_of, passage.parts)))


def read_of(part: Part) -> Part:
    """The code as it is; of prose the lines that are read."""
    if not isinstance(part, Prose):
        return part
    lines = (line if len(line) <= LONGEST_LINE else "" for line in part.text.split("\n"))
    return replace(part, text="\n".join(lines))
