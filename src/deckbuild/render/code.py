"""Code -> HTML. The right version is what one sees: an added line has a green bar and tint, in a changed one what was put in is
underlined, a number leads to the note below; what was taken away is not shown here.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from deckbuild.model import ClaimVerdict, ShownLine

from .alignment import Columns, depth_class, find_alignment
from .highlight import Line, highlight
from .html import NOTHING, Html, code_text, element, join, text

NoteNumber = Callable[[int], tuple[int, bool]]
"""From the index of a repair's note to its number on the card, and whether it is an assumption."""

Verdicts: TypeAlias = Mapping[int, ClaimVerdict]
"""By the line of the snippet (1-based) that states something."""

_NONE: Verdicts = {}
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def draw_plain_code(source: str, language: str | None, verdicts: Verdicts = _NONE) -> Html:
    """Code as it was written; `language` may be a fence's whole info line. `verdicts` are marked at the ends of their lines."""
    name = (language or "").partition(" ")[0] or None
    lines = highlight(source, name)
    drawn = zip(lines, find_alignment(lines, name), strict=True)
    return _block(
        _line(join([_tokens(line, (), blanks), _verdict(verdicts.get(i))]), depth_class(line, blanks))
        for i, (line, blanks) in enumerate(drawn, 1)
    )


def draw_corrected_code(
    source: str, language: str | None, shown: Sequence[ShownLine], number: NoteNumber, verdicts: Verdicts = _NONE
) -> Html:
    """The corrected code of a snippet with the marks of its corrections and of its statements."""
    before = source.split("\n")
    lines = highlight("\n".join(line.text for line in shown), language)
    drawn = []
    for i, (tokens, blanks) in enumerate(zip(lines, find_alignment(lines, language), strict=True)):
        original = _original(shown[i], before)
        marked = _differences(original, shown[i].text)[1] if original is not None else ()
        note, assumed = _reference(shown, i, number)
        chip = element("span", text("assumed"), classes="chip") if assumed else NOTHING
        changed = original is not None and original != shown[i].text
        inside = [_tokens(tokens, marked, blanks), note, chip, _verdict(verdicts.get(shown[i].source_line or 0))]
        drawn.append(
            _line(join(inside), depth_class(tokens, blanks), _kind(shown[i], assumed=assumed, changed=changed))
        )
    return _block(drawn)


def draw_change(before: str, after: str, language: str | None) -> Html:
    """The lines before and after a correction, one under the other, with what differs marked."""
    old, new = before.rstrip("\n"), after.rstrip("\n")
    taken, put = _differences(old, new) if old and new else ((), ())
    return element(
        "pre",
        *_diff_lines("del", old, taken, language),
        *_diff_lines("ins", new, put, language),
        classes="diff",
    )


def _block(lines: Iterable[Html]) -> Html:
    return element("pre", element("code", *lines), classes="code")


def _verdict(verdict: ClaimVerdict | None) -> Html:
    """The mark at the end of a line whose comment or literal states what was computed, or something else."""
    match verdict:
        case ClaimVerdict.CONFIRMED:
            return element("b", text("✓"), classes="tick")
        case ClaimVerdict.REFUTED:
            return element("b", text("✗"), classes="cross")
        case _:
            return NOTHING


def _line(inside: Html, *classes: str) -> Html:
    """One line, its newline inside: the lines are blocks of their own, and text taken from the card keeps its lines."""
    return element("span", inside, Html("\n"), classes=" ".join(("l", *filter(None, classes))))


def _kind(line: ShownLine, *, assumed: bool, changed: bool) -> str:
    """a: the bar of what is not as in the source; n: a new line; as: one that is assumed."""
    if assumed:
        return "a as"
    if line.source_line is None:
        return "a n" if line.text.strip() else ""
    return "a" if changed else ""


def _original(line: ShownLine, before: Sequence[str]) -> str | None:
    """The line of the source that a changed line came from."""
    if line.note is None or line.source_line is None or line.source_line > len(before):
        return None
    return before[line.source_line - 1]


def _reference(shown: Sequence[ShownLine], i: int, number: NoteNumber) -> tuple[Html, bool]:
    """The number behind a line, at the last of the lines that one note covers; and whether that note is an assumption."""
    note = shown[i].note
    if note is None:
        return NOTHING, False
    value, assumed = number(note)
    last = i + 1 == len(shown) or shown[i + 1].note != note
    return element("sup", text(str(value)), classes="note") if last else NOTHING, assumed


def _tokens(line: Line, marked: Sequence[Columns], blanks: Columns = (0, 0), tag: str = "ins") -> Html:
    """A line's tokens; the marked columns within `tag`, blanks that only align within a span that folds on a phone."""
    start, column = blanks[1], 0
    drawn = [(code_text(" " * blanks[0]), False)] if blanks[0] else []
    drawn += [(element("span", code_text(" " * (start - blanks[0])), classes="i"), False)] if start > blanks[0] else []
    for kind, piece in line:
        for a, b, inside in _cut(max(start, column), column + len(piece), marked):
            fragment = code_text(piece[a - column : b - column])
            drawn.append((element("span", fragment, classes=kind) if kind else fragment, inside))
        column += len(piece)
    return _grouped(drawn, tag)


def _cut(start: int, end: int, marked: Sequence[Columns]) -> list[tuple[int, int, bool]]:
    """The pieces of a token between its ends and the borders within it, and whether each is marked."""
    if start >= end:
        return []
    borders = sorted({start, end, *(b for pair in marked for b in pair if start < b < end)})
    return [(a, b, any(m <= a and b <= n for m, n in marked)) for a, b in itertools.pairwise(borders)]


def _grouped(drawn: Sequence[tuple[Html, bool]], tag: str) -> Html:
    """The fragments, neighbours that are inside in one element of that tag."""
    return join(
        element(tag, *(f for f, _ in group)) if inside else join(f for f, _ in group)
        for inside, group in itertools.groupby(drawn, key=lambda pair: pair[1])
    )


def _differences(old: str, new: str) -> tuple[tuple[Columns, ...], tuple[Columns, ...]]:
    """The ranges of characters that only the old and only the new text have, compared word by word."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    at, bt = _offsets(a), _offsets(b)
    taken, put = [], []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            taken.append((at[i1], at[i2]))
            put.append((bt[j1], bt[j2]))
    return tuple(r for r in taken if r[0] < r[1]), tuple(r for r in put if r[0] < r[1])


def _offsets(words: Sequence[str]) -> list[int]:
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word))
    return offsets


def _diff_lines(tag: str, block: str, marked: Sequence[Columns], language: str | None) -> list[Html]:
    """Each line within `<del>` or `<ins>`; nothing for an empty block."""
    if not block:
        return []
    lines = highlight(block, language)
    out, offset = [], 0
    for line, blanks in zip(lines, find_alignment(lines, language), strict=True):
        length = sum(len(token.text) for token in line)
        inside = [
            (max(0, a - offset), min(length, b - offset)) for a, b in marked if a < offset + length and b > offset
        ]
        classes = f"l {depth_class(line, blanks)}".strip()
        out.append(element(tag, _tokens(line, inside, blanks, "b"), Html("\n"), classes=classes))
        offset += length + 1
    return out
