"""Lines whose breaks were eaten -> the lines they were. The script that moved the dollars of formulas also pulled the next line up
to a closing dollar: list items became one line (`… = 2 $- The next`, `… = 0$2. **Then**`), and took the blank behind a dash (`-$ x$`).
"""

from __future__ import annotations

import re

_GLUED = re.compile(
    r"(?<!\\)\$(?:(?=(?P<dash>[-*+] +(?:[A-Z`]|\*\*)))|(?=(?P<minus>-\$))|(?=(?P<number>\d{1,6})\. *(?:[A-Z`$]|\*\*)))"
)
_TEX = re.compile(r"[\\^_=]")
_ITEM = re.compile(r"\s*(\d{1,6})[.)]\s+")
_DASH = re.compile(r"^(\s*)-\$(?: *)(?=[ \\]|[^$\d\s][^$]*\$)")
_NUMBER = re.compile(r"^(\s*\d+\.)(?=[^\s\d])")


def restore_lines(line: str) -> list[str]:
    """The line cut before each list item that was glued to a formula, each with the indentation of the line and a blank
    behind its mark."""
    if "$" not in line:
        return [line]
    cuts, number = [0], _number(line)
    for match in _GLUED.finditer(line):
        before = line[: match.start()]
        if before.replace(r"\$", "").count("$") % 2 == 0 or before.count("`") % 2:
            continue  # the dollar opens a formula, or stands in code
        formula = before.rpartition("$")[2]
        following = int(match["number"]) if match["number"] else None
        if _begins_item(match, formula, line) or (
            following is not None and number is not None and following == number + 1
        ):
            cuts.append(match.end())
            number = following if following is not None else number
    indent = line[: len(line) - len(line.lstrip())]
    pieces = [line[a:b] for a, b in zip(cuts, [*cuts[1:], len(line)], strict=True)]
    return [_spaced(pieces[0]), *(_spaced(indent + p) for p in pieces[1:])]


def _begins_item(match: re.Match[str], formula: str, line: str) -> bool:
    """Whether an item begins behind the formula: a price is no formula, and nothing is taken from an equation."""
    if match["minus"]:
        return "=" in formula or line.startswith("-$ ", match.end())
    return match["dash"] is not None or _TEX.search(formula) is not None


def _number(line: str) -> int | None:
    """The number of the list item that the line is."""
    match = _ITEM.match(line)
    return int(match[1]) if match else None


def _spaced(line: str) -> str:
    """The item with the blank behind its mark, where a dollar took it."""
    return _NUMBER.sub(r"\1 ", _DASH.sub(r"\1- $", line)) if "$" in line else line
