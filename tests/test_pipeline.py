"""The whole program, its stages that run code replaced."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from deckbuild.errors import NothingToBuild, UsageError
from deckbuild.options import CardOptions, Options, ReportOptions, RunOptions
from deckbuild.pipeline import build, check, default_ledger
from tests.stages import quieten

CARD = """#### {title}
:p {question}
??x
{answer}
```python
{code}
```
x??

---

"""
HEADER = "# Flashcards: Small-Sums_processed (Part {part})\n\n**Starting Chapter:** 1.1 Adding\n\n---\n\n"


def chapter(*questions: str, part: int = 1, answer: str = "So.", code: str = "x = 1", rating: int | None = None) -> str:
    rated = f"**Rating: {rating}/10**\n" if rating is not None else ""
    cards = (rated + CARD.format(title=q.rstrip("?"), question=q, answer=answer, code=code) for q in questions)
    return HEADER.format(part=part) + "".join(cards)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a chapter of two cards in `notes`."""
    quieten(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000")
    Path("notes").mkdir()
    Path("notes/p1.md").write_text(chapter("Why?", "How?"))
    return tmp_path


OUT = Path("out/deck.apkg")


def test_a_build_leaves_a_package_and_a_ledger(folder: Path) -> None:
    built = build(["notes"], OUT, Options())
    assert (built.new, built.changed, built.memory) == (2, 0, "nothing")
    assert sorted(p.name for p in Path("out").iterdir()) == ["deck.apkg", "deck.ledger.json"]
    assert [(c.card.question.text, c.deck) for c in built.checked.cards] == [
        ("Why?", "Small Sums::1.1 Adding"),
        ("How?", "Small Sums::1.1 Adding"),
    ]
    assert zipfile.is_zipfile(OUT)


def test_a_rebuild_gives_the_same_bytes_and_a_change_one_later_note(folder: Path) -> None:
    build(["notes"], OUT, Options())
    first = OUT.read_bytes()
    built = build(["notes"], OUT, Options())
    assert (built.new, built.changed, built.memory) == (0, 0, "ledger")
    assert OUT.read_bytes() == first
    Path("notes/p1.md").write_text(chapter("Why?", "How?").replace("So.", "So!", 1))
    built = build(["notes"], OUT, Options())
    assert (built.new, built.changed) == (0, 1)
    times = [note["mod_s"] for note in json.loads(default_ledger(OUT).read_text())["notes"].values()]
    assert times == [1001, 1000]


def test_without_a_ledger_the_times_come_from_the_package(folder: Path) -> None:
    build(["notes"], OUT, Options())
    first = OUT.read_bytes()
    default_ledger(OUT).unlink()
    built = build(["notes"], OUT, Options())
    assert (built.new, built.changed, built.memory) == (0, 0, "package")
    assert OUT.read_bytes() == first


def test_a_ledger_may_lie_elsewhere(folder: Path) -> None:
    build(["notes"], OUT, Options(cards=CardOptions(ledger="ledgers/mine.json")))
    assert Path("ledgers/mine.json").exists()
    assert not default_ledger(OUT).exists()


def test_a_broken_ledger_stops_the_build_before_anything_is_written(folder: Path) -> None:
    build(["notes"], OUT, Options())
    first = OUT.read_bytes()
    default_ledger(OUT).write_text("{")
    with pytest.raises(UsageError, match=r"deck\.ledger\.json: the ledger is broken"):
        build(["notes"], OUT, Options())
    assert OUT.read_bytes() == first


def test_guids_depend_neither_on_what_is_built_nor_on_ratings(folder: Path) -> None:
    Path("notes/p1.md").write_text(chapter("Same?", rating=5))
    Path("notes/p2.md").write_text(chapter("Same?", part=2, answer="Otherwise.", rating=9))
    both = [c.id for c in check(["notes"], Options()).cards]
    assert len({*both}) == 2
    assert [c.id for c in check(["notes/p2.md"], Options()).cards] == both[1:]
    good = Options(cards=CardOptions(min_rating=8))
    assert [c.id for c in check(["notes"], good).cards] == both[1:]


def test_cards_without_a_rating_are_not_rated_lower(folder: Path) -> None:
    assert len(check(["notes"], Options(cards=CardOptions(min_rating=8))).cards) == 2
    Path("notes/p1.md").write_text(chapter("Why?", rating=7))
    with pytest.raises(NothingToBuild, match="is rated lower than 8"):
        check(["notes"], Options(cards=CardOptions(min_rating=8)))


def test_cards_keep_their_order_whatever_the_threads_do(folder: Path) -> None:
    questions = [f"Question {n}?" for n in range(40)]
    Path("notes/p1.md").write_text(chapter(*questions))
    told: list[tuple[int, int]] = []
    checked = check(["notes"], Options(run=RunOptions(jobs=8)), lambda done, total: told.append((done, total)))
    assert [c.card.question.text for c in checked.cards] == questions
    assert told == [(n, 40) for n in range(1, 41)]


def test_nothing_to_build_says_what_was_found(folder: Path) -> None:
    Path("notes/p1.md").write_text("#### Title\n:p Question without an answer?\n")
    with pytest.raises(NothingToBuild, match=r"no card could be read(.|\n)*p1\.md:2: "):
        check(["notes"], Options())


def test_an_error_of_the_program_costs_one_card(folder: Path) -> None:
    sh = "```sh\nls\n```\n"
    Path("notes/p1.md").write_text(chapter("Why?", code="bug", answer=sh) + chapter("How?").partition("---\n\n")[2])
    checked = build(["notes"], OUT, Options()).checked
    broken, fine = checked.cards
    assert [(r.verdict.value, r.reason, r.error and r.error.type) for r in broken.repairs] == [
        ("skipped", "language", None),
        ("failed", None, "InternalError"),
    ]
    error = broken.repairs[1].error
    assert error is not None
    assert (error.message, error.line) == ("RuntimeError: a bug of two lines", broken.card.snippets[1].line)
    assert [r.verdict.value for r in fine.repairs] == ["ran"]
    assert fine.broken == ""
    assert [(d.path, d.line, d.code, d.severity) for d in checked.diagnostics] == [
        ("notes/p1.md", broken.card.line, "internal-error", "error")
    ]
    assert "RuntimeError: a bug of two lines · please report it" in checked.diagnostics[0].message
    assert checked.notes == ()


def test_a_traceback_is_told_to_who_wants_to_know(folder: Path) -> None:
    Path("notes/p1.md").write_text(chapter("Why?", code="bug"))
    (note,) = check(["notes"], Options(report=ReportOptions(verbosity=1))).notes
    assert note.startswith("RuntimeError: a bug of two lines\nTraceback (most recent call last):\n")


def test_an_error_that_stops_the_build_is_none_of_a_card(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(card: object) -> tuple[()]:
        raise UsageError("no sandbox here")

    monkeypatch.setattr("deckbuild.checking.extract", refused)
    with pytest.raises(UsageError, match="no sandbox here"):
        check(["notes"], Options())


def test_near_repeats_are_told_to_who_wants_to_know(folder: Path) -> None:
    words = "Every sum of two even numbers is even, since each of them has a factor of two to give."
    Path("notes/p1.md").write_text(
        chapter("Why?", answer=words) + chapter("Why, then?", answer=words).partition("---\n\n")[2]
    )
    assert check(["notes"], Options()).diagnostics == ()
    (told,) = check(["notes"], Options(report=ReportOptions(verbosity=1))).diagnostics
    assert (told.code, told.severity, told.line) == ("near-repeat", "info", 19)


def test_notes_that_are_no_longer_built_are_named(folder: Path) -> None:
    first = build(["notes"], OUT, Options())
    assert first.removed == ()
    why, how = (c.id for c in first.checked.cards)
    Path("notes/p1.md").write_text(chapter("How?"))
    assert build(["notes"], OUT, Options()).removed == (why,)
    default_ledger(OUT).unlink()
    Path("notes/p1.md").write_text(chapter("Why?"))
    assert build(["notes"], OUT, Options()).removed == (how,)


def test_two_checks_differ_in_time_only(folder: Path) -> None:
    first, second = check(["notes"], Options()), check(["notes"], Options())
    assert replace(first, seconds=0) == replace(second, seconds=0)


def test_the_build_date_must_be_a_number(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH is 'yesterday'"):
        build(["notes"], OUT, Options())
