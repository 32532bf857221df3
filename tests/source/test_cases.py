"""Sources and what is read from them, as text: `cases/*.txt`.

Each case is a title, a source and, behind `>>>>>>>>>>`, what comes out. With DECKBUILD_REWRITE=1 in the environment the
files are rewritten with what came out; look at the difference before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deckbuild.model import Card, Diagnostic
from deckbuild.source.chapter import read_chapter

FILES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
TITLE, RESULT = "========== ", ">>>>>>>>>>\n"


def cases(path: Path) -> list[tuple[str, str, str]]:
    """Title, source and result of each case."""
    found = []
    for case in path.read_text(encoding="utf-8").split(TITLE)[1:]:
        head, result = case.split(RESULT)
        title, source = head.split("\n", 1)
        found.append((title, source, result))
    return found


def drawn(source: str) -> str:
    """What is read from a source, as text."""
    chapter = read_chapter(source.encode(), "notes.md")
    assert not isinstance(chapter, Diagnostic)
    lines = [line for card in chapter.cards for line in card_lines(card)]
    lines += [f"{d.severity} {d.line} {d.code}: {d.message}" for d in chapter.diagnostics]
    return "".join(f"{line}\n" for line in lines)


def card_lines(card: Card) -> list[str]:
    """A card as text."""
    lines = [f"card {card.line} {card.title!r} (line {card.title_line}, rating {card.rating})"]
    for where, passage in card.passages:
        if passage.text:
            lines.append(f"  {where}: " + passage.text.replace("\n", " ⏎ "))
            lines += [f"    prose {p.line}" for p in passage.prose[1:]]
    for s in card.snippets:
        source = s.source.replace("\n", " ⏎ ")
        rest = f" | {s.rest}" if s.rest else ""
        lines.append(f"  {s.language} {s.line}–{s.end_line} in the {s.where}, indent {s.indent}: {source}{rest}")
    return lines + [f"  accepts {accept}" for accept in card.accepts]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_what_is_read_is_what_the_case_says(path: Path) -> None:
    found = cases(path)
    got = [(title, source, drawn(source)) for title, source, _ in found]
    if os.environ.get("DECKBUILD_REWRITE"):
        path.write_text("".join(f"{TITLE}{t}\n{s}{RESULT}{r}" for t, s, r in got), encoding="utf-8")
    assert len(found) > 2
    assert got == found
