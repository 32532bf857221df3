"""What stands around a place of a text, as far as it can belong to the sentence there: a text and a place in, text out.

Who looks at all that stands before each of many places takes the square of steps.
"""

from __future__ import annotations

LONGEST_SENTENCE = 1000
"""Characters."""


def words_before(text: str, place: int) -> str:
    """The characters before a place."""
    return text[max(0, place - LONGEST_SENTENCE) : place]


def words_behind(text: str, place: int) -> str:
    """The characters from a place on."""
    return text[place : place + LONGEST_SENTENCE]
