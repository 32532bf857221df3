"""Small values of the model, to test with."""

from __future__ import annotations

from dataclasses import dataclass

from deckbuild.model import (
    FIELDS,
    Card,
    Checked,
    CheckedCard,
    Claim,
    ClaimVerdict,
    Deck,
    Diagnostic,
    Fault,
    Judgement,
    Media,
    Note,
    NoteStyle,
    Outcome,
    Passage,
    Prose,
    Repair,
    Snippet,
    SnippetVerdict,
    Source,
    Value,
    Versions,
    Where,
)

BOOK = Source("notes/book.md", "Book", "A Book", 3, "2.1 Sums")

STYLE = NoteStyle(
    css=".card { text-align: left; }",
    card_front="<h1>{{Title}}</h1>{{Question}}",
    card_back="{{FrontSide}}<hr id=answer>{{Answer}}",
    predict_front="{{#Predict}}{{Predict}}{{/Predict}}",
    predict_back="{{FrontSide}}<hr id=answer>{{PredictAnswer}}",
)


def passage(text: str, *snippets: Snippet) -> Passage:
    """A passage of one run of prose and then its snippets."""
    return Passage(text, (Prose(1, text), *snippets))


def snippet(source: str = "x = 1", line: int = 10, where: Where = "answer", language: str | None = "python") -> Snippet:
    """A snippet of the file of BOOK."""
    return Snippet(BOOK.path, line, line + source.count("\n"), where, language, source)


def card(
    question: str = "What is a sum?",
    answer: str = "An addition.",
    *snippets: Snippet,
    title: str = "Sums",
    source: Source = BOOK,
    line: int = 5,
    rating: int | None = None,
) -> Card:
    """A card whose snippets stand in its answer."""
    return Card(source, line, title, passage(""), passage(question), passage(answer, *snippets), rating=rating)


def note(guid: str, media: tuple[Media, ...] = (), deck: str = "A Book::2.1 Sums", **filled: str) -> Note:
    """A note with the fields that are named, and all that it needs to make a card."""
    texts = {"Key": guid, "Title": "Sums", "Question": f"Question {guid}?", "Answer": "<p>Answer.</p>", **filled}
    return Note(guid, deck, tuple(texts.get(name, "") for name in FIELDS), ("rating::8",), media)


def failed(of: Snippet, name: str = "img") -> Repair:
    """A repair that did not succeed."""
    error = Fault("raised", "NameError", f"name '{name}' is not defined", of.line)
    return Repair(of, SnippetVerdict.FAILED, code=of.source, error=error, lines=1)


def ran(of: Snippet, *values: Value) -> Repair:
    """A repair of a snippet that ran as written and left values."""
    lines = 1 + of.source.count("\n")
    outcome = Outcome(None, values=values, lines_run=tuple(range(1, lines + 1)), seconds=0.01)
    return Repair(of, SnippetVerdict.RAN, code=of.source, own=(1, lines), outcome=outcome, lines=lines, lines_run=lines)


@dataclass(frozen=True)
class Says:
    """What a claim asserts."""

    expected: str


def judgement(
    verdict: ClaimVerdict, expected: str = "13", computed: str | None = "12", line: int = 7, snippet: int | None = 10
) -> Judgement:
    """A judged number of the file of BOOK."""
    text = f"the sum is {expected}"
    return Judgement(Claim(BOOK.path, line, text, "number", expected, snippet, Says(expected)), verdict, computed)


def checked(*cards: CheckedCard, diagnostics: tuple[Diagnostic, ...] = ()) -> Checked:
    """The result of a check of cards of BOOK."""
    deck = Deck((BOOK,), tuple(c.card for c in cards))
    sandbox = dict.fromkeys(("files", "network", "processes", "disk"), "confined")
    return Checked(Versions("0.1.0", "3.11.7", "2.13.0"), 0, sandbox, deck, cards, diagnostics, 1.9)


def checked_card(of: Card, repairs: tuple[Repair, ...] = (), *judgements: Judgement, id: str = "id1") -> CheckedCard:  # noqa: A002
    """A card with what was found out about it."""
    return CheckedCard(id, of, repairs, judgements, "A Book::2.1 Sums", ())
