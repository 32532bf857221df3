"""Text of one paragraph -> where its formulas stand. Reads `\\( \\)`, `\\[ \\]` (also with doubled backslashes), `$ $`, `$$ $$` and
bare environments; leaves prices, escaped brackets and shell variables alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .dollars import pair_dollars
from .formula import Formula, is_whole, looks_like_tex, reads_as_prose

MAX_LINES = 40
"""Of a display formula: an unclosed `\\[` must not search the rest of the text for its end."""

_ENVIRONMENT = re.compile(
    r"\\begin\{((?:align|equation|gather|multline|cases|[bpvBV]?matrix|split|aligned|array|eqnarray|flalign)\*?)\}"
)
_OPENERS = re.compile(r"`+|\\\\?[(\[]|\\begin\{|\\.|\$+|\n", re.DOTALL)


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
            if formula is not None and _is_within_dollars(text, dollars, formula):
                position = formula.end
                formula = None
        elif opener[-1] in "([":
            formula = bracketed(text, start, opener)
        if formula is not None or opener == "\n":
            found += pair_dollars(text, dollars)
            dollars = []
        if formula is not None:
            found.append(formula)
            position = formula.end
    found += pair_dollars(text, dollars)
    return {f.start: f for f in found}


def _is_within_dollars(text: str, dollars: list[int], formula: Formula) -> bool:
    """Whether a dollar is open before the environment, and one stands behind it on its line: `$A = \\begin{…}…\\end{…}$`."""
    return len(dollars) % 2 == 1 and "$" in text[formula.end :].partition("\n")[0]


def bracketed(text: str, start: int, opener: str) -> Formula | None:
    """The formula that `\\(`, `\\[`, `\\\\(` or `\\\\[` at `start` opens, if it is closed and looks like one."""
    display = opener[-1] == "["
    closer = opener[:-1] + ("]" if display else ")")
    after = start + len(opener)
    end = _find_closer(text, closer, after)
    if end is None:
        return None
    body = text[after:end]
    if not is_whole(body) or (not looks_like_tex(body) if display else reads_as_prose(body)):
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
    return Formula(start, start + len(body), body, True) if is_whole(body) else None


def display_dollars(text: str, start: int) -> Formula | None:
    """The formula that `$$` at `start` opens."""
    end = _find_closer(text, "$$", start + 2)
    if end is None:
        return None
    body = text[start + 2 : end]
    if "$" in body.replace(r"\$", "") or not is_whole(body) or reads_as_prose(body):
        return None
    return Formula(start, end + 2, body, True)


def _find_closer(text: str, closer: str, start: int) -> int | None:
    """Where the closer stands, within MAX_LINES lines and 4,000 characters, not as the second half of `\\\\`."""
    limit = min(len(text), start + 4000)
    end = text.find(closer, start, limit)
    while end > 0 and closer[0] == "\\" and closer[1] != "\\" and text[end - 1] == "\\":
        end = text.find(closer, end + 1, limit)
    return end if end >= 0 and text.count("\n", start, end) < MAX_LINES else None


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
