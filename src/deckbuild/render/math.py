"""Text of one paragraph -> where its formulas stand. Reads `\\( \\)`, `\\[ \\]` (also with doubled backslashes), `$ $`, `$$ $$` and
bare environments; leaves prices, escaped brackets and shell variables alone.

Decks come with their dollars damaged: a script pulled the closing dollar from its formula (`$x $`), glued words to it
(`and$x$`, `$$where`) and left gaps that look like formulas (`$x $and$ y$`). So the dollars of a line are not taken as they come:
of all ways to pair neighbours the one is chosen that gives the most convincing formulas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .html import Html, escaped


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula's place in its text, delimiters included, and what stands between them."""

    start: int
    end: int
    tex: str
    display: bool
    before: str = ""
    after: str = ""
    """The blanks that the formula had around it before its dollars were moved: `and$x$`, `$x $is`."""


MAX_LINES = 40
"""Of a display formula: an unclosed `\\[` must not search the rest of the text for its end."""

_TEX = re.compile(r"[\\^_={}]|^\s*[A-Za-z]'?\s*$|^\s*\w+\s*[-+*/<>×]\s*\w+\s*$")
_WORDS = re.compile(r"[A-Za-z]{2,} +[A-Za-z]{2,}")
_MACRO_TEXT = re.compile(r"\\(?:text|mathrm|operatorname|mbox|textbf|textit)\s*\{[^{}]*\}")
_DELIMITER_INSIDE = re.compile(r"(?<!\\)(?:\\\\)*\\[()\[\]]")
_ENVIRONMENT = re.compile(
    r"\\begin\{((?:align|equation|gather|multline|cases|[bpvBV]?matrix|split|aligned|array|eqnarray|flalign)\*?)\}"
)
_OPENERS = re.compile(r"`+|\\\\?[(\[]|\\begin\{|\\.|\$+|\n", re.DOTALL)
_MACRO = re.compile(r"\\[A-Za-z]+")
_NUMBER = re.compile(r"-?\d[\d.,]*\s*\\?%?")
_PRICE = re.compile(r"\d[\d.,]*(?:[kKMB]\b)?[^A-Za-z\\]*[A-Za-z]{3,}")
_CUT_OFF = re.compile(r"""(?<![\^_\\])[-+*/<>:;(\["]$|\s'$|"|^[)\]]""")
"""What ends or begins like this was cut out of something else: `$a/$b`, `"$a" and "$b"`."""


@lru_cache(maxsize=64)
def find_math(text: str) -> dict[int, Formula]:
    """The formulas of a paragraph's text by the place where they start; none overlap, none reach into a code span."""
    found: list[Formula] = []
    dollars: list[int] = []
    ticks = _closing_ticks(text)
    position = 0
    while match := _OPENERS.search(text, position):
        formula: Formula | None = None
        opener, start, position = match.group(), match.start(), match.end()
        if opener[0] == "`":
            position = ticks.get(start, position)
        elif opener[0] == "$":
            if len(opener) in (1, 3):  # `$x$$$y$$`: a formula's end, then a display
                dollars.append(start)
            if len(opener) > 1:
                formula = display_dollars(text, start + (len(opener) == 3))
        elif opener == "\\begin{":
            formula = environment(text, start)
        elif opener[-1] in "([":
            formula = bracketed(text, start, opener)
        if formula is not None or opener == "\n":
            found += _pair(text, dollars)
            dollars = []
        if formula is not None:
            found.append(formula)
            position = formula.end
    found += _pair(text, dollars)
    return {f.start: f for f in found}


def to_anki(tex: str, *, display: bool) -> Html:
    """The formula between the delimiters that Anki's MathJax knows, on one line."""
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return Html(left + escaped(re.sub(r"\s*\n\s*", " ", tex.strip())) + right)


def bracketed(text: str, start: int, opener: str) -> Formula | None:
    """The formula that `\\(`, `\\[`, `\\\\(` or `\\\\[` at `start` opens, if it is closed and looks like one."""
    display = opener[-1] == "["
    closer = opener[:-1] + ("]" if display else ")")
    after = start + len(opener)
    end = _find_closer(text, closer, after)
    if end is None:
        return None
    body = text[after:end]
    if not _whole(body) or (not looks_like_tex(body) if display else reads_as_prose(body)):
        return None
    if text.startswith("(", end + len(closer)):  # `\[a\](u)`: an escaped link
        return None
    return Formula(start, end + len(closer), body, display)


def environment(text: str, start: int) -> Formula | None:
    """The formula that `\\begin{…}` at `start` opens, delimiters and all."""
    match = _ENVIRONMENT.match(text, start)
    if match is None:
        return None
    closer = f"\\end{{{match[1]}}}"
    end = _find_closer(text, closer, match.end())
    if end is None:
        return None
    body = text[start : end + len(closer)]
    return Formula(start, start + len(body), body, True) if _whole(body) else None


def looks_like_tex(body: str) -> bool:
    """Whether the text has a TeX sign in it, or is a lone letter or a small operation."""
    return _TEX.search(body) is not None


def is_bare_tex(text: str) -> bool:
    """Whether the whole text is a piece of a formula whose delimiters stand outside of it."""
    return (
        _MACRO.search(text) is not None and not _WORDS.search(_MACRO.sub("", text)) and "$" not in text and _whole(text)
    )


def reads_as_prose(body: str) -> bool:
    """Whether the text has two words in a row and nothing of TeX."""
    return _WORDS.search(body) is not None and not looks_like_tex(body)


def display_dollars(text: str, start: int) -> Formula | None:
    """The formula that `$$` at `start` opens."""
    end = _find_closer(text, "$$", start + 2)
    if end is None:
        return None
    body = text[start + 2 : end]
    if "$" in body.replace(r"\$", "") or not _whole(body) or reads_as_prose(body):
        return None
    return Formula(start, end + 2, body, True)


def _find_closer(text: str, closer: str, start: int) -> int | None:
    """Where the closer stands, within MAX_LINES lines and 4,000 characters, not as the second half of `\\\\`."""
    limit = min(len(text), start + 4000)
    end = text.find(closer, start, limit)
    while end > 0 and closer[0] == "\\" and closer[1] != "\\" and text[end - 1] == "\\":
        end = text.find(closer, end + 1, limit)
    return end if end >= 0 and text.count("\n", start, end) < MAX_LINES else None


def _pair(text: str, dollars: list[int]) -> list[Formula]:
    """The most convincing pairing of neighbouring single dollars of one line; earlier pairs win a tie."""
    best: list[tuple[float, bool]] = [(0.0, False)] * (len(dollars) + 2)
    for i in range(len(dollars) - 2, -1, -1):
        gain = _conviction(text, dollars[i], dollars[i + 1])
        paired = (gain + best[i + 2][0], True) if gain else (-1.0, False)
        best[i] = max(paired, (best[i + 1][0], False), key=lambda option: option[0])
    found, i = [], 0
    while i < len(dollars) - 1:
        if best[i][1]:
            start, end = dollars[i], dollars[i + 1] + 1
            found.append(_inline(text, start, end))
        i += 2 if best[i][1] else 1
    return found


def _inline(text: str, start: int, end: int) -> Formula:
    body = text[start + 1 : end - 1]
    left = text[max(0, start - 2) : start]
    glued = (
        (len(left) == 2 and left.isalpha())
        or left[-1:] in (",", ";", ":")
        or (body[0].isspace() and left[-1:].isalnum())
    )
    before = " " if glued else ""
    after = " " if body[-1].isspace() and text[end : end + 1].isalnum() else ""
    return Formula(start, end, body, False, before, after)


def _conviction(text: str, start: int, end: int) -> float:
    """How much the text between two dollars looks like a formula; 0: it is none."""
    body, follower = text[start + 1 : end], text[end + 1 : end + 2]
    if not body.strip() or "`" in body or follower.isdigit() or not _whole(body) or _CUT_OFF.search(body):
        return 0
    tex, prose = looks_like_tex(body), _WORDS.findall(_MACRO_TEXT.sub("", body))
    if (prose and (not tex or body[0].isdigit() or len(prose) > 2)) or (not tex and _PRICE.match(body)):
        return 0
    left, right = body[0].isspace(), body[-1].isspace()
    if not left and not right:
        return 4 if tex else 3
    if not tex and (left or not _NUMBER.fullmatch(body.strip())):
        return 0
    return 1 if left and right else 1.5 if left else 2.5


def _whole(body: str) -> bool:
    """Whether the text is one formula to MathJax: not blank, its braces balanced, without a delimiter inside."""
    depth = 0
    for brace in re.findall(r"\\.|[{}]", body, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            return False
    return depth == 0 and bool(body.strip()) and _DELIMITER_INSIDE.search(body) is None


def _closing_ticks(text: str) -> dict[int, int]:
    """For each run of backticks that opens a code span, where the span ends."""
    runs = [(m.start(), m.end()) for m in re.finditer(r"`+", text)]
    following: dict[int, tuple[int, int]] = {}
    ends: dict[int, int] = {}
    for start, end in reversed(runs):
        if (closer := following.get(end - start)) is not None:
            ends[start] = closer[1]
        following[end - start] = (start, end)
    return ends
