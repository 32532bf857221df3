"""Answers of an outside program, kept for later builds. In and out: a text of JSON Lines, one answer each, sorted, without times.

An answer stands under the hash of its request, in which the card's place does not count: a card that is moved keeps its answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deckbuild.errors import UsageError
from deckbuild.model import Answer, Json

from .answer import answer_json, read_answer

PLACE = frozenset({"path", "line"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer, and for people the title of the card that it was given for."""

    title: str
    answer: Answer


def key_of(request: Mapping[str, Json]) -> str:
    """The hash of what the program was asked."""
    asked = {name: value for name, value in request.items() if name not in PLACE}
    text = json.dumps(asked, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parse_record(text: str, path: Path) -> dict[str, Recorded]:
    """The answers by the hashes of their requests. Raises UsageError for a line that is none."""
    found = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            found[str(entry["request"])] = Recorded(str(entry["title"]), read_answer(entry["answer"]))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise UsageError(f"{path}:{number}: no recorded answer: {error} · remove the line") from error
    return found


def dump_record(recorded: Mapping[str, Recorded]) -> str:
    """One line an answer, in the order of their titles, then of their hashes."""
    rows = sorted(recorded.items(), key=lambda row: (row[1].title, row[0]))
    return "".join(
        json.dumps({"title": r.title, "request": key, "answer": answer_json(r.answer)}, ensure_ascii=False) + "\n"
        for key, r in rows
    )
