"""Slips of the pen between two words. In: what is written and what may be meant; out: whether they are one stroke apart.

Source: the interpreter's own “Did you mean”, held to one stroke.
"""

from __future__ import annotations

import re


def is_near(wrong: str, right: str) -> bool:
    """Whether one letter was left out, put in, mistaken, or two were swapped; digits and a final `s` are no strokes."""
    if re.sub(r"\D", "", wrong) != re.sub(r"\D", "", right) or wrong.rstrip("s") == right.rstrip("s"):
        return False
    if len(wrong) == len(right):
        return sum(a != b for a, b in zip(wrong, right, strict=True)) == 1 or is_swapped(wrong, right)
    long, short = sorted((wrong, right), key=len, reverse=True)
    return len(long) == len(short) + 1 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def is_swapped(wrong: str, right: str) -> bool:
    """Whether two letters that stand next to each other changed places."""
    places = [n for n, (a, b) in enumerate(zip(wrong, right, strict=False)) if a != b]
    return (
        len(wrong) == len(right)
        and len(places) == 2
        and places[1] == places[0] + 1
        and wrong[places[0]] == right[places[1]]
        and wrong[places[1]] == right[places[0]]
    )
