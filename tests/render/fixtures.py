"""Reads the text fixtures: a title, the input and what is expected, each closed by a line with a dot."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    """One fixture."""

    title: str
    source: str
    expected: str


def read_cases(name: str) -> list[Case]:
    """The fixtures of a file of `cases/`."""
    blocks = (CASES / name).read_text(encoding="utf-8").split("\n.\n")
    return [Case(*(part.strip("\n") for part in blocks[i : i + 3])) for i in range(0, len(blocks) - 1, 3)]
