"""What the deck defines, where. In: the deck; out: for a missing name the places that bind it, nearest first.

A chunk is all the Python of a card in the order in which it runs; slices are cut from chunks.
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from deckbuild.model import Card, Deck, Snippet

from ..damage import clean
from ..draft import parse
from ..program.names import bound, changed, first_line
from ..program.needs import free

NEAR_CARDS = 12
"""So far a short name, or one that says nothing, still speaks of the same thing."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A top-level statement of a card."""

    snippet: Snippet
    text: str
    node: ast.stmt
    binds: frozenset[str]
    changes: frozenset[str]
    uses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chunk:
    """The statements of a card, and where the card stands."""

    book: str
    path: str
    order: int
    """Position of the card in its book."""
    line: int
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A card that binds a name."""

    name: str
    chunk: Chunk
    index: int
    """Of the last statement that binds it."""

    @property
    def statement(self) -> Statement:
        """The binding statement."""
        return self.chunk.statements[self.index]

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"the card “{self.chunk.title}”, {self.chunk.path}:{self.statement.snippet.line}"


@dataclass(frozen=True, slots=True)
class Book:
    """What the cards of one book define and import."""

    definitions: Mapping[str, tuple[Definition, ...]]
    """By name, in the book's order; imports are not among them."""
    imports: Mapping[str, Counter[tuple[str, str]]]
    """By name: (path, import line) with the number of its occurrences."""
    inner: Mapping[str, tuple[Definition, ...]] = field(default_factory=dict)
    """By name: the functions and classes inside of which it is set, where no card can read it."""


@dataclass(frozen=True, slots=True)
class Library:
    """All books of the build."""

    books: Mapping[str, Book]
    chunks: Mapping[tuple[str, int], Chunk]
    """By path and line of the card."""
    cards: Mapping[tuple[str, int], Card]
    """The same way."""

    def book(self, card: Card) -> Book:
        """The book that a card belongs to."""
        return self.books.get(card.source.book, Book({}, {}))

    def chunk(self, card: Card) -> Chunk | None:
        """The statements of a card."""
        return self.chunks.get((card.path, card.line))


def build_library(deck: Deck) -> Library:
    """Everything that the deck's cards, and the cards read only for definitions, bind and import."""
    by_book: dict[str, list[Card]] = defaultdict(list)
    for card in (*deck.cards, *deck.background):
        by_book[card.source.book].append(card)
    chunks: dict[tuple[str, int], Chunk] = {}
    books = {}
    for book, cards in by_book.items():
        cards.sort(key=lambda c: (c.source.part if c.source.part is not None else -1, c.path, c.line))
        own = [_read_chunk(book, order, card) for order, card in enumerate(cards)]
        chunks |= {(c.path, c.line): c for c in own}
        books[book] = _index(own)
    return Library(books, chunks, {(c.path, c.line): c for cards in by_book.values() for c in cards})


def _read_chunk(book: str, order: int, card: Card) -> Chunk:
    shared = set(card.context.snippets) if card.shares_context else set()
    statements = tuple(
        s for snippet in card.snippets if snippet.is_python and snippet not in shared for s in read_statements(snippet)
    )
    return Chunk(book, card.path, order, card.line, card.title, statements)


def read_statements(snippet: Snippet) -> tuple[Statement, ...]:
    """The top-level statements of a snippet, text damage undone; none where it does not parse."""
    code = clean(snippet).text
    tree = parse(code)
    if tree is None:
        return ()
    lines = code.split("\n")
    return tuple(_statement(snippet, lines, node) for node in tree.body)


def _statement(snippet: Snippet, lines: list[str], node: ast.stmt) -> Statement:
    first = first_line(node)
    text = "\n".join(lines[first - 1 : node.end_lineno])
    if text.count("\n") == 0 and ";" in text:
        text = ast.unparse(node)  # several statements on a line: this one alone
    return Statement(snippet, text, node, bound(node), changed(node), free(node))


def _index(chunks: list[Chunk]) -> Book:
    definitions: dict[str, list[Definition]] = defaultdict(list)
    imports: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    inner: dict[str, list[Definition]] = defaultdict(list)
    for chunk in chunks:
        last: dict[str, int] = {}
        for index, statement in enumerate(chunk.statements):
            for name in _inside(statement.node):
                inner[name].append(Definition(name, chunk, index))
            if isinstance(statement.node, ast.Import | ast.ImportFrom):
                for name, line in import_lines(statement.node):
                    imports[name][chunk.path, line] += 1
            else:
                last |= dict.fromkeys(statement.binds, index)
        for name, index in last.items():
            definitions[name].append(Definition(name, chunk, index))
    return Book({k: tuple(v) for k, v in definitions.items()}, dict(imports), {k: tuple(v) for k, v in inner.items()})


def _inside(node: ast.stmt) -> frozenset[str]:
    """The names that the functions of a definition set for themselves."""
    functions = [n for n in ast.walk(node) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return frozenset(n for function in functions for s in function.body for n in bound(s))


def import_lines(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """(bound name, an import statement that binds just it); all names of a module go by the name `*`."""
    for alias in node.names:
        said = alias.name + (f" as {alias.asname}" if alias.asname else "")
        if isinstance(node, ast.Import):
            yield alias.asname or alias.name.split(".")[0], f"import {said}"
        else:
            yield alias.asname or alias.name, f"from {'.' * node.level}{node.module or ''} import {said}"
