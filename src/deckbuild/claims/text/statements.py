"""Sentences that may state something of the card's code: the prose and comments of a card in, sentences with their places out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Prose, Snippet
from deckbuild.prose import sentences

from .comments import comments
from .near import words_before
from .sessions import is_session
from .unreal import is_denied, is_option


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a card's prose, or a comment in its code."""

    text: str
    line: int
    """In the file, of its first character."""
    here: Snippet | None = None
    """The snippet that it is a comment in."""
    code_line: int | None = None
    """For a comment: the file line of the code that it speaks of."""
    introduces: Snippet | None = None
    """The Python snippet that follows at once."""
    explains: Snippet | None = None
    """The Python snippet that stands before it."""

    adjacent: Snippet | None = None
    """The Python snippet right behind the paragraph, or else right before it."""

    @property
    def snippet(self) -> Snippet | None:
        """The snippet that it most likely speaks of."""
        return self.here or self.introduces or self.explains

    def line_at(self, place: int) -> int:
        """The line of the file on which a character of the text stands."""
        return self.line + self.text.count("\n", 0, place)


NEAR = 100
"""Characters before a statement in which a hedge may stand."""
HEDGED = re.compile(
    r"\b(?:to|help(?:s|ing|ed)?|for|by|of|can|may|might|could|should|would|typically|usually|often|sometimes|generally|normally|commonly|tends?|"
    r"allow(?:s|ing)?|enabl\w+|need(?:s|ed)?|wants?|aims?|tries|if|whether|how|not|n't|never|without|more|less|rather|even|instead|ensur\w+)"
    r"(?:\s+(?:us|it|you|to|the|in|significant\w*|\w+ly|be|have|drastic|strong|greater))*\s*[`*]*$",
    re.IGNORECASE,
)


def stating_prose(card: Card) -> Iterator[Prose]:
    """The prose of context, answer and trailing text, in reading order; a question states nothing."""
    return (prose for where, passage in card.passages if where != "question" for prose in passage.prose)


@functools.lru_cache(maxsize=64)
def statements(card: Card) -> tuple[Statement, ...]:
    """The sentences of context, answer and trailing text, and the comments of all Python, in reading order; a question states nothing."""
    return tuple(all_statements(card))


def all_statements(card: Card) -> Iterator[Statement]:
    """The same, one by one."""
    last: Snippet | None = None
    for where, passage in card.passages:
        for index, part in enumerate(passage.parts):
            following = passage.parts[index + 1] if index + 1 < len(passage.parts) else None
            introduced = following if isinstance(following, Snippet) and following.is_python else None
            if isinstance(part, Snippet):
                last = part if part.is_python else last
                yield from said_in_comments(part)
            elif where != "question":
                before = passage.parts[index - 1] if index else None
                follows = before if isinstance(before, Snippet) and before.is_python else None
                yield from said_in_prose(part, introduced, last, introduced or follows)


def said_in_prose(
    prose: Prose, introduced: Snippet | None, last: Snippet | None, adjacent: Snippet | None
) -> Iterator[Statement]:
    """The sentences of a piece of prose; only the last of them introduces the code behind it."""
    places = list(sentences(prose.text))
    for index, (start, end) in enumerate(places):
        text = prose.text[start:end]
        begin = start + len(text) - len(text.lstrip())
        if not text.strip() or text.rstrip().endswith("?") or is_option(prose.text, begin + 1):
            continue
        line = prose.line_at(begin)
        ends = index == len(places) - 1
        yield Statement(text.strip(), line, introduces=introduced if ends else None, explains=last, adjacent=adjacent)


def said_in_comments(snippet: Snippet) -> Iterator[Statement]:
    """The comments of a Python snippet, line by line as they stand there."""
    if snippet.is_python and not is_session(snippet):
        for comment in comments(snippet):
            text = re.sub(r"^#+\s*", "", comment.quote)
            yield Statement(text, comment.line, here=snippet, code_line=comment.last if comment.inline else None)


def last_sentence(text: str) -> str:
    """What stands behind the last end of a sentence or paragraph; the whole of an only sentence, if it is not endless."""
    near = words_before(text, len(text))
    places = list(sentences(near))
    return near[places[-1][0] :] if places else near


def is_hedged(text: str, start: int) -> bool:
    """Whether what starts here is only possible, intended or denied in its clause: "can …", "helps to …", "does not …"."""
    return is_possible(text, start) or is_denied(text, start)


def is_possible(text: str, start: int) -> bool:
    """Whether the words right before only say that it may be, or shall be."""
    return HEDGED.search(text[max(0, start - NEAR) : start]) is not None
