"""Cards, runs and values by hand: what the source and the runner would have made of a few lines of text."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias, cast

from deckbuild.claims import extract, judge
from deckbuild.model import (
    Assumption,
    Binding,
    Card,
    Edit,
    Fault,
    Json,
    Judgement,
    LayerCall,
    Outcome,
    Part,
    Passage,
    Printed,
    Prose,
    Repair,
    Snippet,
    SnippetVerdict,
    Source,
    Stats,
    Value,
    Where,
)

Nested: TypeAlias = "Sequence[Nested] | float"
PATH = "deck/notes.md"
FENCE = re.compile(r"^```(\w*)$")


def make_card(answer: str, *, title: str = "", context: str = "", question: str = "What?") -> Card:
    """A card whose answer starts on line 1, its question on line 101, its context on line 201; fences become snippets."""
    return Card(
        Source(PATH, "Book", "Book", 1, None),
        1,
        title,
        context=cut(context, 201, "context"),
        question=cut(question, 101, "question"),
        answer=cut(answer, 1, "answer"),
    )


def cut(text: str, line: int, where: Where) -> Passage:
    """The passage, cut at its fences."""
    parts: list[Part] = []
    inside: str | None = None
    lines: list[str] = []
    for number, row in enumerate(text.split("\n"), line):
        if fence := FENCE.match(row):
            start = number - len(lines)
            if inside is not None:
                parts.append(Snippet(PATH, start, number - 1, where, inside or None, "\n".join(lines)))
            elif lines:
                parts.append(Prose(start, "\n".join(lines)))
            inside, lines = (None if inside is not None else fence[1]), []
        else:
            lines.append(row)
    if lines:
        parts.append(Prose(line + text.count("\n") + 1 - len(lines), "\n".join(lines)))
    return Passage(text, tuple(parts))


def code_of(card: Card, snippet: Snippet) -> tuple[str, tuple[int | None, ...]]:
    """The Python of the card up to a snippet, and the file line of each of its lines."""
    python = [s for s in card.snippets if s.is_python]
    before = python[: python.index(snippet) + 1]
    rows = [(text, s.line + i) for s in before for i, text in enumerate(s.source.split("\n"))]
    return "\n".join(t for t, _ in rows) + "\n", tuple(n for _, n in rows)


def run(
    card: Card,
    *,
    printed: dict[int, str] | None = None,
    bound: dict[int, Value] | None = None,
    calls: Sequence[LayerCall] = (),
    other_calls: Sequence[LayerCall] = (),
    assumptions: Sequence[Assumption] = (),
    assumed: Sequence[str] = (),
    setup: Sequence[str] = (),
    setup_values: Sequence[Value] = (),
    edits: Sequence[Edit] = (),
    tried: int | None = None,
    fault: Fault | None = None,
    verdict: SnippetVerdict = SnippetVerdict.RAN,
) -> tuple[Repair, ...]:
    """A repair per snippet. `printed` and `bound` are keyed by lines of the file, calls carry lines of the file; `setup` stands before all."""
    repairs = []
    for snippet in card.snippets:
        if not snippet.is_python:
            repairs.append(Repair(snippet, SnippetVerdict.SKIPPED, reason="language"))
            continue
        code, lines = code_of(card, snippet)
        shift = len(setup)
        at = {n: i + shift for i, n in enumerate(lines, 1) if n is not None}
        named = [Binding(i, i, v) for i, v in enumerate(setup_values, 1)]
        named += [Binding(at[n], at[n], v) for n, v in (bound or {}).items() if n in at]
        outcome = Outcome(
            fault=fault,
            stdout="".join((printed or {}).values()),
            prints=tuple(Printed(at[n], t) for n, t in (printed or {}).items() if n in at),
            bindings=tuple(named),
            values=tuple({b.value.name: b.value for b in named if b.value.name}.values()),
            calls=tuple(replace(c, line=at[c.line]) for c in calls if c.line in at),
            lines_run=tuple(range(1, shift + len(lines) + 1)),
        )
        other = replace(outcome, calls=tuple(replace(c, line=at[c.line]) for c in other_calls if c.line in at))
        own = (at[snippet.line], at[snippet.line] + snippet.source.count("\n"))
        repairs.append(
            Repair(
                snippet,
                verdict,
                code="".join(f"{s}\n" for s in setup) + code,
                line_map=(*([None] * shift), *lines),
                own=own,
                outcome=outcome,
                alternates=(other,) if other_calls else (),
                assumptions=tuple(assumptions),
                assumed=frozenset(assumed),
                edits=tuple(edits),
                tried=tried,
            )
        )
    return tuple(repairs)


def failed(repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """The same, each of them failed by its fault: what it did before is all that is known."""
    return tuple(
        replace(
            r,
            verdict=SnippetVerdict.FAILED,
            outcome=None,
            aside=replace(r, verdict=SnippetVerdict.FAILED),
            error=replace(r.outcome.fault, line=None),
        )
        if r.outcome is not None and r.outcome.fault is not None
        else r
        for r in repairs
    )


def verdicts(card: Card, repairs: Sequence[Repair]) -> list[tuple[str, str, str | None]]:
    """What each claim of the card says, its verdict, and what was computed."""
    return [(j.claim.expected, j.verdict.value, j.computed) for j in judgements(card, repairs)]


def judgements(card: Card, repairs: Sequence[Repair]) -> tuple[Judgement, ...]:
    """Of all claims of the card."""
    return judge(card, extract(card), repairs)


def tensor(name: str, data: Nested, *, dtype: str = "float32", text: str | None = None) -> Value:
    """A torch tensor."""
    flat = list(numbers_in(data))
    stats = (
        Stats(statistics.fmean(flat), statistics.stdev(flat), min(flat), max(flat), 0, len(flat))
        if len(flat) > 1
        else None
    )
    return Value(name, "torch.Tensor", dtype, shape_of(data), cast(Json, data), text or f"tensor({data})", stats=stats)


def plain(name: str, data: object) -> Value:
    """A number, string, list, … of Python."""
    return Value(
        name,
        type(data).__name__,
        data=cast(Json, data),
        text=repr(data),
        length=len(data) if isinstance(data, list | str) else None,
    )


def module(name: str, kind: str, text: str, **settings: Json) -> Value:
    """A layer or model."""
    return Value(name, f"torch.nn.modules.{kind}", text=text, settings=tuple(settings.items()))


def call(
    line: int,
    layer: str,
    taken: tuple[int, ...],
    gave: tuple[int, ...],
    *,
    padded: tuple[int, ...] | None = None,
    **settings: Json,
) -> LayerCall:
    """A layer applied on a line of the file."""
    return LayerCall(line, layer, tuple(settings.items()), (taken,), gave, padded)


def numbers_in(data: object) -> list[float]:
    """All numbers of nested lists."""
    if isinstance(data, list):
        return [n for item in data for n in numbers_in(item)]
    return [float(data)] if isinstance(data, int | float) else []


def shape_of(data: object) -> tuple[int, ...]:
    """The shape of nested lists."""
    return (len(data), *shape_of(data[0])) if isinstance(data, list) and data else ()
