"""Judgements -> where their marks stand: at the end of the answer's code lines, and in lists below the paragraphs that they quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deckbuild.model import ClaimVerdict, Judgement, Repair, Snippet

from .claims import draw_judgements
from .html import Html


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a card, by lines of its file."""

    below: Mapping[int, Html]
    """Lists that stand below the block of a line."""
    in_code: Mapping[int, ClaimVerdict]
    """What a line of code states was found so, or otherwise."""
    stated: frozenset[int]
    """Lines whose output stands in the text, as was confirmed."""


def place_marks(judgements: Sequence[Judgement], repairs: Sequence[Repair], prose: Mapping[int, str]) -> Marks:
    """Marks in the code of `repairs`, which may show what was computed, and lists for everything else.

    A statement of the code that is as computed has its tick in the code alone. `prose`: the lines of the card that are no code.
    """
    visible = {line: r.snippet for r in repairs for line in _visible(r)}
    in_code: dict[int, ClaimVerdict] = {}
    by_line: dict[int, list[Judgement]] = {}
    stated: set[int] = set()
    for judgement in judgements:
        line, confirmed = judgement.claim.line, judgement.verdict is ClaimVerdict.CONFIRMED
        last = line + judgement.claim.text.strip().count("\n")
        if line in visible and judgement.verdict is ClaimVerdict.REFUTED:
            in_code[last] = ClaimVerdict.REFUTED
        elif line in visible and confirmed:
            in_code.setdefault(last, ClaimVerdict.CONFIRMED)
        if confirmed and line in visible:
            stated |= _printing(visible[line], line) if judgement.claim.kind == "printed" else set()
        else:
            by_line.setdefault(line, []).append(judgement)
    below = {
        line: draw_judgements(found, code=line not in prose, line=prose.get(line, ""))
        for line, found in by_line.items()
    }
    return Marks({n: b for n, b in below.items() if b}, in_code, frozenset(stated))


def _visible(repair: Repair) -> list[int]:
    """The lines of the file that the card shows as code of the snippet."""
    first = repair.snippet.line
    if not repair.shown:
        return list(range(first, repair.snippet.end_line + 1))
    return [first + line.source_line - 1 for line in repair.shown if line.source_line is not None]


def _printing(snippet: Snippet, line: int) -> set[int]:
    """The line that prints what a line states: itself, or the one above where it is a comment of its own."""
    lines = snippet.source.split("\n")
    place = line - snippet.line
    while place > 0 and place < len(lines) and lines[place].lstrip().startswith("#"):
        place -= 1
    return {snippet.line + place}
