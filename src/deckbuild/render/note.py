"""A checked card -> its note: thirteen fields of HTML in Anki's terms, and the pictures that they need."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from deckbuild.model import (
    FIELDS,
    Card,
    CheckedCard,
    Judgement,
    Media,
    Note,
    Repair,
    Snippet,
    SnippetVerdict,
    Versions,
)
from deckbuild.showing import shown_values

from .claims import draw_judgements
from .code import draw_corrected_code, draw_plain_code
from .corrections import draw_corrections, number_notes
from .html import NOTHING, Html, element, escaped, join, plain, rows, seal, text
from .markdown import draw_inline
from .output import draw_output, draw_why
from .passage import draw_passage, holds
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
    output = {line: draw_output(r, shown_values(r, checked.judgements)) for line, r in repairs.items()}
    remarks = _remarks(checked.judgements, card)
    ask = {s.line: _draw_snippet(s, repairs.get(s.line), checked.repairs) for s in card.snippets}
    tell = {line: rows(code, output[line].html if line in output else NOTHING) for line, code in ask.items()}
    answer = rows(
        draw_passage(card.answer, tell, remarks), _wrapped(draw_passage(card.trailing, tell, remarks), "trailing")
    )
    fields = {
        "Key": _key(checked),
        "Title": draw_inline(card.title),
        "Context": _draw_context(draw_passage(card.context, ask, {}), context),
        "Question": draw_passage(card.question, ask, {}),
        "Answer": answer,
        "Computed": _draw_computed(checked, output, remarks),
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


def _draw_snippet(snippet: Snippet, repair: Repair | None, repairs: Sequence[Repair]) -> Html:
    """The snippet's code with the marks of its corrections, and why it did not run."""
    if repair is None:
        return draw_plain_code(snippet.source, snippet.language)
    if not repair.shown:
        return rows(draw_plain_code(snippet.source, snippet.language), draw_why(repair))
    number = number_notes(repairs)[snippet.line]
    return rows(draw_corrected_code(snippet.source, snippet.language, repair.shown, number), draw_why(repair))


def _remarks(judgements: Sequence[Judgement], card: Card) -> dict[int, Html]:
    """The marks of the statements, by the line where their quotation begins."""
    by_line: dict[int, list[Judgement]] = {}
    for judgement in judgements:
        by_line.setdefault(judgement.claim.line, []).append(judgement)
    code = {line for s in card.snippets for line in range(s.line, s.end_line + 1)}
    prose = {
        p.line + i: said
        for _, passage in card.passages
        for p in passage.prose
        for i, said in enumerate(p.text.split("\n"))
    }
    drawn = {n: draw_judgements(found, code=n in code, line=prose.get(n, "")) for n, found in by_line.items()}
    return {line: fragment for line, fragment in drawn.items() if fragment}


def _draw_computed(checked: CheckedCard, output: dict[int, Drawing], remarks: dict[int, Html]) -> Html:
    """What the question's and the context's code gave, and the marks of statements outside the answer."""
    card = checked.card
    front = [s.line for passage in (card.context, card.question) for s in passage.snippets]
    given = rows(*(output[line].html for line in front if line in output))
    told = [r for line, r in sorted(remarks.items()) if not holds(card.answer, line) and not holds(card.trailing, line)]
    return rows(element("p", text("What the code above gives"), classes="label") if given else NOTHING, given, *told)


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
    ran = any(r.verdict in _EXECUTED for r in checked.repairs)
    machine = f"run with torch {versions.torch}, CPU, seed {seed}" if versions.torch else f"run with seed {seed}"
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
