"""A checked card -> its note: thirteen fields of HTML in Anki's terms, and the pictures that they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from deckbuild.model import (
    FIELDS,
    Card,
    CheckedCard,
    Media,
    Note,
    Repair,
    Snippet,
    SnippetVerdict,
    Versions,
)
from deckbuild.showing import shown_values

from .code import draw_corrected_code, draw_plain_code
from .corrections import draw_corrections, number_notes
from .html import NOTHING, Html, element, escaped, join, plain, rows, seal, text
from .markdown import draw_inline
from .marks import Marks, place_marks
from .output import draw_output, draw_why
from .passage import draw_passage, lines_of
from .tensor import Drawing

ContextSide: TypeAlias = Literal["front", "hint", "back"]
"""Where a card's context stands: open on both sides, behind a tap, or on the back only."""

_KEY_WORDS = 120
_EXECUTED = (SnippetVerdict.RAN, SnippetVerdict.CORRECTED, SnippetVerdict.COMPLETED)


def draw_note(checked: CheckedCard, versions: Versions, seed: int, *, context: ContextSide = "hint") -> Note:
    """The card as Anki keeps it.

    Nothing that was computed stands on the question's side: output of the question's and the context's code is in `Computed`,
    that of the answer's code is under it. Marks of statements stand below the paragraph that they quote.
    """
    card = checked.card
    repairs = {r.snippet.line: r for r in checked.repairs}
    told = {s.line for p in (card.answer, card.trailing) for s in p.snippets}
    marks = place_marks(checked.judgements, [r for r in checked.repairs if r.snippet.line in told], _prose(card))
    output = {n: draw_output(r, shown_values(r, checked.judgements), marks.stated) for n, r in repairs.items()}
    drawn = {s.line: _draw_snippet(s, repairs.get(s.line), checked.repairs, marks) for s in card.snippets}
    results = {n: rows(code, output[n].html if n in output else NOTHING) for n, code in drawn.items()}
    answer, trailing = (draw_passage(p, results, marks.below) for p in (card.answer, card.trailing))
    fields = {
        "Key": _key(checked),
        "Title": draw_inline(card.title),
        "Context": _draw_context(draw_passage(card.context, drawn, {}), context),
        "Question": draw_passage(card.question, drawn, {}),
        "Answer": rows(answer, _wrapped(trailing, "trailing")),
        "Computed": _draw_computed(card, output, marks),
        "Corrections": draw_corrections(checked.repairs, checked.judgements),
        "Source": _draw_source(checked, versions, seed),
    }
    return Note(
        guid=checked.id,
        deck=checked.deck,
        fields=tuple(seal(fields.get(name, NOTHING)) for name in FIELDS),
        tags=checked.tags,
        media=_unique([m for drawing in output.values() for m in drawing.media]),
    )


def _prose(card: Card) -> dict[int, str]:
    """The card's lines that are no code, by their numbers."""
    parts = [p for _, passage in card.passages for p in passage.prose]
    return {p.line + i: line for p in parts for i, line in enumerate(p.text.split("\n"))}


def _draw_snippet(snippet: Snippet, repair: Repair | None, repairs: Sequence[Repair], marks: Marks) -> Html:
    """The snippet's code with the marks of its corrections and statements, and why it did not run."""
    verdicts = {n - snippet.line + 1: v for n, v in marks.in_code.items() if snippet.line <= n <= snippet.end_line}
    if repair is None or not repair.shown:
        code = draw_plain_code(snippet.source, snippet.language, verdicts)
    else:
        number = number_notes(repairs)[snippet.line]
        code = draw_corrected_code(snippet.source, snippet.language, repair.shown, number, verdicts)
    return rows(code, draw_why(repair) if repair is not None else NOTHING)


def _draw_computed(card: Card, output: Mapping[int, Drawing], marks: Marks) -> Html:
    """What the question's and the context's code gave, and the marks of statements outside the answer."""
    front = [s.line for passage in (card.context, card.question) for s in passage.snippets]
    given = rows(*(output[line].html for line in front if line in output))
    label = element("p", text("What the code above gives"), classes="label") if given else NOTHING
    elsewhere = sorted(marks.below.keys() - lines_of(card.answer) - lines_of(card.trailing))
    return rows(label, given, *(marks.below[n] for n in elsewhere))


def _draw_context(drawn: Html, side: ContextSide) -> Html:
    if not drawn:
        return NOTHING
    if side == "hint":
        summary = element("summary", text("Context"), classes="tappable")
        return element("details", Html("\n"), rows(summary, drawn), Html("\n"), classes="hint tappable")
    return _wrapped(drawn, "context" if side == "front" else "context late")


def _draw_source(checked: CheckedCard, versions: Versions, seed: int) -> Html:
    """Where the card comes from, and what its code ran with."""
    source = checked.card.source
    place = [
        source.title or source.book,
        source.chapter or "",
        f"Part {source.part}" if source.part is not None else "",
        PurePosixPath(source.path).name,
    ]
    ran = [r for r in checked.repairs if r.verdict in _EXECUTED]
    tools = [f"Python {'.'.join(versions.python.split('.')[:2])}"]
    if versions.torch and any("torch" in (r.code or "") for r in ran):
        tools += [f"torch {versions.torch}", "CPU"]
    machine = f"run with {', '.join(tools)}, seed {seed}"
    lines = [text(" · ".join(p for p in place if p)), text(machine) if ran else NOTHING]
    return join(lines, by="\n")


def _key(checked: CheckedCard) -> Html:
    """Plain text that sorts by book, part and title; unique by the guid's beginning."""
    card = checked.card
    part = f"{card.source.part:03d}" if card.source.part is not None else ""
    asked = " ".join(p.text for p in card.question.prose) or card.question.text
    words = [card.source.book, part, *(plain(draw_inline(t))[:_KEY_WORDS] for t in (card.title, asked)), checked.id[:8]]
    return Html(escaped(" · ".join(w for w in words if w)))


def _wrapped(fragment: Html, classes: str) -> Html:
    return element("div", Html("\n"), fragment, Html("\n"), classes=classes) if fragment else NOTHING


def _unique(media: Sequence[Media]) -> tuple[Media, ...]:
    return tuple({m.name: m for m in media}.values())
