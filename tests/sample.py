"""Small values of the model, to test with."""

from __future__ import annotations

from deckbuild.model import FIELDS, Card, Media, Note, NoteStyle, Passage, Prose, Snippet, Source, Where

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
