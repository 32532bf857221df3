"""Files, and what a check of them would have found, made from short texts and drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from deckbuild.fix import read_alone
from deckbuild.fixing.file import FixedFile, fix_file
from deckbuild.model import CheckedCard, Deck, Judgement, Repair, Snippet, SnippetVerdict
from deckbuild.repair.damage import clean
from deckbuild.repair.draft import Addition, Change, Draft, Line, start_draft
from deckbuild.repair.edits import notes_of

PATH = "notes/book.md"
WHY = Change("rule", "why", "evidence")
Mend: TypeAlias = Callable[[Draft], Draft]


def added(text: str, *, assumption: bool = False) -> Addition:
    """Statements put before or after a snippet."""
    return Addition(text, WHY, frozenset({text.partition(" ")[0]}), "", assumption=assumption)


def repaired(snippet: Snippet, mend: Mend, assumed: frozenset[str] = frozenset(), tried: int | None = None) -> Repair:
    """The repair of a snippet whose draft was mended so."""
    draft = mend(clean(snippet) if snippet.is_python else start_draft(snippet))
    notes = notes_of(draft)
    verdict = SnippetVerdict.CORRECTED if notes.edits else SnippetVerdict.RAN
    if notes.assumptions or assumed:
        verdict = SnippetVerdict.COMPLETED
    assumed |= {a.name for a in notes.assumptions}
    return Repair(
        snippet,
        verdict,
        edits=notes.edits,
        assumptions=notes.assumptions,
        shown=notes.shown,
        assumed=assumed,
        tried=tried,
    )


def renamed(old: str, new: str) -> Mend:
    """Puts a text in place of another in every line."""

    def mend(draft: Draft) -> Draft:
        lines = (Line(x.text.replace(old, new), x.first, x.last, (WHY,)) if old in x.text else x for x in draft.lines)
        return Draft(draft.snippet, tuple(lines), draft.before, draft.after)

    return mend


def with_additions(*before: Addition, after: Sequence[Addition] = ()) -> Mend:
    """Puts statements before and after."""
    return lambda draft: Draft(draft.snippet, draft.lines, (*before, *draft.before), (*draft.after, *after))


def read(data: bytes) -> Deck:
    """The cards of a file's bytes."""
    return read_alone(PATH, data)


def checked(data: bytes, mend: Mend, *judgements: Judgement) -> tuple[CheckedCard, ...]:
    """The file's cards, every Python snippet mended in the same way, with the same judgements."""
    return tuple(
        CheckedCard(
            f"id{n}",
            card,
            tuple(
                repaired(s, mend) if s.is_python else Repair(s, SnippetVerdict.SKIPPED, "language")
                for s in card.snippets
            ),
            judgements,
            "Book",
            (),
        )
        for n, card in enumerate(read(data).cards)
    )


def fixed(text: str | bytes, mend: Mend, *judgements: Judgement, claims: bool = True) -> FixedFile:
    """The file with its snippets mended and its refuted numbers rewritten."""
    data = text.encode() if isinstance(text, str) else text
    return fix_file(data, PATH, checked(data, mend, *judgements), read, claims=claims)
