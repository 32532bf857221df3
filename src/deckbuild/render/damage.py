"""Lines whose breaks were eaten -> the lines they were. The script that moved the dollars of formulas also pulled the next line up
to a closing dollar: two list items became one (`… = 2 $- The next`).
"""

from __future__ import annotations

import re

_GLUED = re.compile(r"\$(?:(?=[-*+] +(?:[A-Z`]|\*\*))|(?=(\d+)\. +[A-Z`*]))")
_ITEM = re.compile(r"\s*(?:[-*+]|(\d+)[.)])\s+")


def restore_lines(line: str) -> list[str]:
    """The line cut before each list item that was glued to a formula, with the indentation of the line."""
    cuts, number = [0], _number(line)
    for match in _GLUED.finditer(line) if "$" in line else ():
        before = line[: match.end()]
        if before.count("$") % 2 or before.count("`") % 2:
            continue  # the dollar opens a formula, or stands in code
        if match[1] is None:
            cuts.append(match.end())
        elif number is not None and int(match[1]) == number + 1:
            cuts.append(match.end())
            number += 1
    indent = line[: len(line) - len(line.lstrip())]
    pieces = [line[a:b] for a, b in zip(cuts, [*cuts[1:], len(line)], strict=True)]
    return [pieces[0], *(indent + p for p in pieces[1:])]


def _number(line: str) -> int | None:
    """The number of the list item that the line is."""
    match = _ITEM.match(line)
    return int(match[1]) if match and match[1] else None
