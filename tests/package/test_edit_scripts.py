"""Decks that live: whatever is edited between two builds, Anki does what the ledger foretells, and nobody's schedule is lost."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from deckbuild.model import Card, NoteStyle
from deckbuild.package import Ledger, deck_name, identify, pack, record
from tests.sample import BOOK, STYLE, card, note

pytest.importorskip("anki", reason="the wheel `anki` is not installed (extra `verify`)")

FILES = tuple(replace(BOOK, path=f"notes/p{n}.md", part=n, chapter=f"{n} Chapter") for n in range(3))


@dataclass
class Author:
    """Someone who keeps editing; a card is known by its number whatever becomes of it."""

    dice: random.Random
    style: NoteStyle = STYLE
    deck: dict[int, Card] = field(default_factory=dict)
    written: int = 0

    def edit(self) -> None:
        """One thing that authors do."""
        deeds: tuple[Callable[[], None], ...] = (
            self.insert,
            self.insert,
            self.remove,
            self.rewrite,
            self.rewrite,
            self.rename,
            self.move,
            self.shuffle,
            self.paint,
        )
        self.dice.choice(deeds)()

    def insert(self) -> None:
        """A new card on any place; one in three has a question that another has too."""
        self.written += 1
        question = (
            f"Question {self.dice.randrange(2)}?" if self.dice.random() < 0.3 else f"Question no. {self.written}?"
        )
        new = card(question, f"Answer {self.written}", title=f"T{self.written}", source=self.dice.choice(FILES))
        cards = [*self.deck.items()]
        cards.insert(self.dice.randint(0, len(cards)), (self.written, new))
        self.deck = dict(cards)

    def remove(self) -> None:
        if self.deck:
            del self.deck[self.some()]

    def rewrite(self) -> None:
        """Another answer."""
        if self.deck:
            number = self.some()
            self.written += 1
            answer = card(answer=f"Answer {self.written}").answer
            self.deck[number] = replace(self.deck[number], answer=answer)

    def rename(self) -> None:
        if self.deck:
            number = self.some()
            self.deck[number] = replace(self.deck[number], title=f"{self.deck[number].title}!")

    def move(self) -> None:
        if self.deck:
            number = self.some()
            self.deck[number] = replace(self.deck[number], source=self.dice.choice(FILES), line=self.dice.randrange(99))

    def shuffle(self) -> None:
        cards = [*self.deck.items()]
        self.dice.shuffle(cards)
        self.deck = dict(cards)

    def paint(self) -> None:
        self.style = replace(self.style, css=f".card {{ width: {self.dice.randrange(999)}px }}")

    def some(self) -> int:
        return self.dice.choice([*self.deck])


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Any]:
    import anki.lang
    from anki.collection import Collection

    anki.lang.set_lang("en_US")
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def imported(collection: Any, path: Path) -> tuple[int, int, int]:
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
    log = collection.import_anki_package(request).log
    return len(log.new), len(log.updated), len(log.conflicting)


@pytest.mark.parametrize("seed", range(2))
def test_an_import_does_what_the_ledger_foretells(seed: int, collection: Any, tmp_path: Path) -> None:
    author, ledger, guids = Author(random.Random(seed)), Ledger(), dict[int, str]()
    for _ in range(12):
        author.insert()
    for now_s in range(1000, 1030):
        author.edit()
        cards = list(author.deck.values())
        before, known = guids, ledger
        guids = dict(zip(author.deck, identify(cards, ledger), strict=True))
        assert {n: g for n, g in guids.items() if n in before} == {n: g for n, g in before.items() if n in guids}
        notes = [
            note(guid, Title=c.title, Question=c.question.text, Answer=c.answer.text, deck=deck_name(c.source))
            for guid, c in zip(guids.values(), cards, strict=True)
        ]
        ledger = record(ledger, cards, notes, author.style, now_s // 3)
        (path := tmp_path / "deck.apkg").write_bytes(pack(notes, author.style, ledger))
        new = sum(g not in known.notes for g in guids.values())
        changed = sum(g in known.notes and ledger.notes[g].mod_s != known.notes[g].mod_s for g in guids.values())
        assert imported(collection, path) == (new, changed, 0)
        answers = dict(collection.db.all("select guid, flds from notes"))
        assert all(c.answer.text in answers[g].split("\x1f") for g, c in zip(guids.values(), cards, strict=True))
    assert collection.models.by_name("Deckbuild")["css"] == author.style.css
