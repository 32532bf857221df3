"""Entries: "the value at position (1, 2) of the output is … = 13", recognised, and held against the output in the reading that the text establishes.

A text may count from 0 or 1, rows or columns first. Which of the four it means is what its other statements tell.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Json, Prose, Value
from deckbuild.prose import Number, numbers

from ..agreement.numbers import agrees, weight
from ..facts.evidence import Evidence
from ..facts.results import data_shape, results_of
from ..facts.trace import Trace
from ..findings import Finding, confirmed, refuted, untested
from ..grounds import rule_for
from ..text.near import words_before
from ..text.statements import last_sentence
from ..text.unreal import is_passing, is_unreal


@dataclass(frozen=True, slots=True)
class Entry:
    """A place and the number that is said to stand there."""

    place: tuple[int, int]
    value: Number


@dataclass(frozen=True, slots=True)
class EntryTest:
    """The output has this entry; `list` are all entries that the same passage states."""

    entry: Entry
    list: tuple[Entry, ...]
    python: bool
    """Whether the place is written as an index, `y[0, 1]`, which counts from 0 and gives the row first."""
    name: str | None = None

    @property
    def expected(self) -> str:
        """The number as the text writes it."""
        return self.entry.value.text


@dataclass(frozen=True, slots=True)
class Reading:
    """How places are meant."""

    base: int
    row_first: bool


READINGS = tuple(Reading(base, row_first) for base, row_first in itertools.product((0, 1), (True, False)))
INDEX = Reading(0, True)
PLACE = r"[(\[]\s*(?P<i>\d{1,6})\s*,\s*(?P<j>\d{1,6})\s*[)\]]"
SAID = re.compile(
    rf"\b(?:value|entry|element|output|pixel|number|result|cell)s?\b[^.\n()\[\]]{{0,40}}?\b(?:at|in|for|of)\s+(?:(?:the\s+)?(?:position|index|location|coordinates?|cell|place|entry)\s*)?[`$\\(]*{PLACE}[`$\\)]*(?=(?P<rest>[^\n]*))",
    re.IGNORECASE,
)
SUBSCRIPT = re.compile(r"`(?P<name>[A-Za-z_]\w*)\[(?P<i>\d{1,6})(?:,\s*|\]\[)(?P<j>\d{1,6})\]`(?=(?P<rest>[^\n]*))")
NEXT = re.compile(PLACE.replace("?P<i>", "").replace("?P<j>", "") + r"|`\w+\[\d")
RESULT = re.compile(
    r"(?:=|\bis\b|\bequals\b|\bbecomes\b|\bgives\b)\s*[`$\\(]*\s*(?P<v>[-−]?\d+(?:\.\d+)?)(?![\w(^]|\.\d|\s*(?:\\times|\\cdot|[-+*/×·]))"
)


def recognise_entries(card: Card) -> Iterator[Claim]:
    """The entries that context, answer and trailing text state; those of one passage establish each other's reading."""
    for where, passage in card.passages:
        if where == "question":
            continue
        found = [
            (p, m, e)
            for p in passage.prose
            for m in (*SAID.finditer(p.text), *SUBSCRIPT.finditer(p.text))
            if (e := entry(m))
            and not (is_unreal(p.text, m.start()) or is_passing(last_sentence(words_before(p.text, m.start()))))
        ]
        stated = tuple(e for _, m, e in found if m.re is SAID)
        for prose, match, one in found:
            python = match.re is SUBSCRIPT
            name = match["name"] if python else None
            yield claim(card, prose, match, EntryTest(one, (one,) if python else stated, python, name))


def entry(match: re.Match[str]) -> Entry | None:
    """The place and the first whole result that is said to stand there; None where the line names none before the next place."""
    found = result_in(match)
    if found is None:
        return None
    (number,) = numbers(found["v"] + " ")
    return Entry((int(match["i"]), int(match["j"])), number)


def result_in(match: re.Match[str]) -> re.Match[str] | None:
    """Where the number stands, up to the next place that is spoken of."""
    rest = match["rest"]
    following = NEXT.search(rest)
    return RESULT.search(rest, 0, following.start() if following else len(rest))


def claim(card: Card, prose: Prose, match: re.Match[str], test: EntryTest) -> Claim:
    """The claim, quoted up to the number."""
    found = result_in(match)
    end = match.start("rest") + (found.end() if found else 0)
    while prose.text[end : end + 2] == "\\)" or prose.text[end : end + 1] in ("`", "$"):
        end += 2 if prose.text[end] == "\\" else 1
    line = prose.line_at(match.start())
    return Claim(card.path, line, prose.text[match.start() : end], "number", test.expected, None, test)


def judge_entry(test: EntryTest, claim: Claim, evidence: Evidence) -> Finding:
    """In the one reading that makes most of the list true; it must make another entry true, two others to contradict this one."""
    found = output_matrix(test.name, evidence)
    if found is None:
        return untested()
    trace, value, rows = found
    if test.python:
        return settled(test.entry, INDEX, rows, trace, value, sure=True)
    scores = {
        r: sum(stands(e, r, rows, trace) is True for e in test.list if e is not test.entry) for r in possible(test.list)
    }
    best = max(scores.values(), default=0)
    readings = [r for r, n in scores.items() if n == best]
    if best >= 1 and len(readings) > 1:
        own = [r for r in readings if stands(test.entry, r, rows, trace)]
        readings = own if len(own) == 1 else readings
    if best == 0 or len({at(test.entry, r, rows) for r in readings}) != 1:
        return untested(repair=trace.repair)
    return settled(test.entry, readings[0], rows, trace, value, sure=best >= 2)


def possible(entries: tuple[Entry, ...]) -> tuple[Reading, ...]:
    """The readings that the places leave: a 0 among them counts from 0."""
    zero = any(0 in e.place for e in entries)
    return tuple(r for r in READINGS if not (zero and r.base == 1))


def output_matrix(name: str | None, evidence: Evidence) -> tuple[Trace, Value, list[list[float]]] | None:
    """The one matrix that the text can mean: the value of the name, or else what the layer gave."""
    for trace in reversed(evidence.runs):
        named = [v for v in trace.outcome.values if v.name == name and len(v.shape or data_shape(v.data)) == 2]
        values = results_of(trace) if name is None else named
        matrices = [(v, m) for v in values if (m := matrix(v.data)) is not None]
        if (
            matrices
            and not trace.rests_on(
                *(b.line for b in trace.outcome.bindings if b.value.name == matrices[-1][0].name)
            ).assumption
        ):
            return trace, *matrices[-1]
    return None


def matrix(data: Json) -> list[list[float]] | None:
    """The rows of a matrix, leading dimensions of one dropped."""
    while isinstance(data, list) and len(data) == 1 and isinstance(data[0], list):
        data = data[0]
    if not isinstance(data, list) or not data or not all(isinstance(r, list) for r in data):
        return None
    rows = [[float(v) for v in r if isinstance(v, int | float)] for r in data if isinstance(r, list)]
    return rows if len({len(r) for r in rows}) == 1 and rows[0] else None


def at(entry: Entry, reading: Reading, rows: list[list[float]]) -> float | None:
    """The number at a place, None outside."""
    i, j = (p - reading.base for p in (entry.place if reading.row_first else entry.place[::-1]))
    return rows[i][j] if 0 <= i < len(rows) and 0 <= j < len(rows[0]) else None


def stands(entry: Entry, reading: Reading, rows: list[list[float]], trace: Trace) -> bool | None:
    """Whether the stated number stands there; None outside the matrix."""
    have = at(entry, reading, rows)
    rule = rule_for(trace.code)
    return None if have is None else agrees(entry.value, have, rule.slack, single=rule.single)


def settled(
    entry: Entry, reading: Reading, rows: list[list[float]], trace: Trace, value: Value, *, sure: bool
) -> Finding:
    """The verdict in one reading."""
    have = at(entry, reading, rows)
    if have is None:
        return untested(repair=trace.repair)
    shows = ((trace.line, value.name),)
    if stands(entry, reading, rows, trace):
        return confirmed(f"{have:.6g}", trace.repair, digits=weight(entry.value), shows=shows)
    return (
        refuted(f"{have:.6g}", trace.repair, digits=weight(entry.value), shows=shows)
        if sure
        else untested(f"{have:.6g}", trace.repair)
    )
