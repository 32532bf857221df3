"""One line in; what its fence characters can be out, whatever the lines around it say."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import lru_cache


class Role(enum.Enum):
    """What a line with fence characters can do."""

    OPENS = enum.auto()
    """Opens a block, closed or not."""
    MAY_OPEN = enum.auto()
    """Opens a block if a close follows; else it is text."""
    BARE = enum.auto()
    """Closes a block; outside one, opens one if a close follows."""
    CLOSES = enum.auto()
    """Closes a block, with the card's closing mark behind it."""
    MAY_CLOSE = enum.auto()
    """Closes a block that nothing better closes."""
    SPACED = enum.auto()
    """A blank and one word behind it: MAY_OPEN or MAY_CLOSE."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """The fence characters of a line, from column `start` to `end`."""

    role: Role
    run: str
    start: int
    end: int
    glued: bool = False
    """Whether text or code shares the line."""
    language: str | None = None
    code_col: int | None = None
    """Where code starts on the opening line."""


_LANGUAGE = r"\{?\.?(?P<language>[A-Za-z0-9][^\s`~${}]*)\}?"
_WHOLE = re.compile(
    rf"""
    (?P<indent>\s*+) (?P<run>`{{3,}}+|~{{3,}}+)
    (?: (?P<bare> \s*+\Z )
      | (?P<mark> \s++:?x\?\?++(?=\s|\Z) )
      | (?P<blank>\ ?) {_LANGUAGE}
        (?: \s*+\Z
          | \ ?(?P<shell>\$)
          | \s++(?:\{{[^`]*\}}|[\w-]+=["'][^`]*["'])\s*+\Z
          | \s++(?P<code>[^\s`])[^`]*+\Z
        )
      | (?P<prose> [^`]*+\Z )
    )
    """,
    re.VERBOSE,
)
_SHORT = 24
"""Most fences are one of a few short lines, which are read once."""
_BEHIND = re.compile(rf"(?<!`)(?P<run>```)(?:{_LANGUAGE})?\s*\Z")


def read_ticks(line: str) -> Ticks | None:
    """What the line is as far as fences go; None where it has nothing to do with them."""
    return _read_short(line) if len(line) <= _SHORT else _read(line)


def _read(line: str) -> Ticks | None:
    """What the line is, read anew."""
    if "```" not in line and "~~~" not in line:
        return None
    found = _WHOLE.match(line)
    return _behind(line) if found is None else _whole(found)


_read_short = lru_cache(maxsize=1024)(_read)


def _whole(found: re.Match[str]) -> Ticks:
    """A line that starts with the fence."""
    run, start, end = found["run"], found.start("run"), found.end("run")
    if found["bare"] is not None:
        return Ticks(Role.BARE, run, start, end)
    if found["mark"] is not None:
        return Ticks(Role.CLOSES, run, start, end, glued=True)
    if found["prose"] is not None:
        return Ticks(Role.MAY_CLOSE, run, start, end, glued=True)
    language = found["language"].lower()
    if found["shell"]:
        return Ticks(Role.OPENS, run, start, end, True, language, found.start("shell"))
    if found["code"]:
        role = Role.MAY_CLOSE if found["blank"] else Role.MAY_OPEN
        return Ticks(role, run, start, end, True, language, found.start("code"))
    return Ticks(Role.SPACED if found["blank"] else Role.OPENS, run, start, end, bool(found["blank"]), language)


def _behind(line: str) -> Ticks | None:
    """A line with text before its fence."""
    found = _BEHIND.search(line, max(0, line.rfind("```")))
    if found is None:
        return None
    start, end = found.span("run")
    if found["language"] is None:
        return Ticks(Role.MAY_CLOSE, "```", start, end, glued=True)
    if line.count("`", 0, start) % 2:
        return None
    role = Role.OPENS if line[:start].endswith("$") else Role.MAY_OPEN
    return Ticks(role, "```", start, end, True, found["language"].lower())
