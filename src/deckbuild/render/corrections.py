"""Edits, assumptions and what was assumed of the text -> the folded list under the card, with the numbers that its code refers to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckbuild.model import Assumption, ClaimVerdict, Edit, Judgement, Repair

from .claims import draw_quote
from .code import NoteNumber, draw_change
from .html import NOTHING, Html, code_text, element, join, rows, sentence, text


def number_notes(repairs: Sequence[Repair]) -> dict[int, NoteNumber]:
    """For each repair, by the line of its snippet, the numbers of its notes on the card: corrections first, then assumptions;
    each in the order in which the code shows them. What several snippets assume alike has one number."""
    edits = sum(len(r.edits) for r in repairs)
    assumed = {key: n for n, key in enumerate(_different(repairs), edits)}
    numbers: dict[int, NoteNumber] = {}
    edits_before = 0
    for r in repairs:
        order = _order(r)
        ranks = {note: i + edits_before for i, note in enumerate(n for n in order if n < len(r.edits))}
        ranks |= {n: assumed[_key(r.assumptions[n - len(r.edits)])] for n in order if n >= len(r.edits)}
        numbers[r.snippet.line] = _numbering(ranks, len(r.edits))
        edits_before += len(r.edits)
    return numbers


def draw_corrections(repairs: Sequence[Repair], judgements: Sequence[Judgement]) -> Html:
    """What was corrected, what was assumed, and which statements prove nothing for that; nothing where there is none of them."""
    edits = [(r.edits[n], r.snippet.language) for r in repairs for n in _order(r) if n < len(r.edits)]
    assumptions = list(_different(repairs).values())
    unproven = list({j.claim.text: j for j in judgements if j.verdict is ClaimVerdict.ASSUMED}.values())
    if not edits and not assumptions and not unproven:
        return NOTHING
    told = [_count(len(edits), "correction"), _count(len(assumptions), "assumption")]
    if not edits and not assumptions:
        told = [_count(len(unproven), "statement") + " taken on trust"]
    summary = element("summary", text(" · ".join(t for t in told if t)), classes="tappable")
    lists = [*_edits(edits), *_assumptions(assumptions, len(edits) + 1), *_unproven(unproven)]
    return element("details", Html("\n"), rows(summary, *lists), Html("\n"), classes="fix tappable")


def _numbering(ranks: dict[int, int], edits: int) -> NoteNumber:
    return lambda note: (ranks[note] + 1, note >= edits)


def _order(repair: Repair) -> list[int]:
    """The indices of a repair's notes in the order in which the code shows them, the others behind."""
    seen = dict.fromkeys(line.note for line in repair.shown if line.note is not None)
    return list(seen | dict.fromkeys(range(len(repair.edits) + len(repair.assumptions))))


def _different(repairs: Sequence[Repair]) -> dict[tuple[str, str], Assumption]:
    """The assumptions of a card, each once."""
    told = [r.assumptions[n - len(r.edits)] for r in repairs for n in _order(r) if n >= len(r.edits)]
    found: dict[tuple[str, str], Assumption] = {}
    for assumption in told:
        found.setdefault(_key(assumption), assumption)
    return found


def _key(assumption: Assumption) -> tuple[str, str]:
    return (assumption.name, assumption.value)


def _edits(edits: Sequence[tuple[Edit, str | None]]) -> Iterator[Html]:
    if edits:
        yield element("ol", Html("\n"), rows(*(_edit(e, language) for e, language in edits)), Html("\n"))


def _edit(edit: Edit, language: str | None) -> Html:
    """What · why · the evidence, then the lines before and after."""
    evidence = element("div", sentence(edit.evidence), classes="evidence") if edit.evidence else NOTHING
    what = element("b", text(edit.rule.replace("-", " ")))
    return element(
        "li", join([what, sentence(edit.why)], by=" · "), evidence, draw_change(edit.before, edit.after, language)
    )


def _assumptions(assumptions: Sequence[Assumption], first: int) -> Iterator[Html]:
    if assumptions:
        items = [
            element(
                "li",
                element("code", code_text(f"{a.name} = {a.value}")),
                element("div", sentence(a.why), classes="evidence"),
            )
            for a in assumptions
        ]
        yield element("p", text("Assumed, since nothing that the deck defines could be taken:"), classes="label")
        yield element("ol", Html("\n"), rows(*items), Html("\n"), classes="assumptions", start=first)


def _unproven(judgements: Sequence[Judgement]) -> Iterator[Html]:
    if judgements:
        items = [element("li", draw_quote(j.claim.text, code=False)) for j in judgements]
        yield element("p", text("Assumed, not proven: the set-up was built from these words."), classes="label")
        yield element("ul", Html("\n"), rows(*items), Html("\n"))


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'s' * (n != 1)}" if n else ""
