"""A second build from what the first one kept: the same in every respect, without running, correcting or drawing anything."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import pytest

from deckbuild.fix import fix
from deckbuild.model import Checked, Note
from deckbuild.options import CardOptions, Options, RunOptions
from deckbuild.package import Ledger, pack, record
from deckbuild.pipeline import build, check
from deckbuild.render import draw_note, note_style
from deckbuild.render.note import ContextSide
from deckbuild.report import (
    DEFAULT_KINDS,
    console_text,
    counted,
    find,
    github_annotations,
    github_summary,
    junit_xml,
    report_json,
    sarif_json,
)
from deckbuild.store import FILE

ROOT = Path(__file__).parent
UNHURRIED_S = 600.0
"""A time limit that no program here meets, however busy the machine: one that does is not kept, and is found out again."""
SOURCES = (ROOT / "deck.md", ROOT / "forms.md", ROOT.parent / "source" / "ch4.md")
NOTHING_RUNS = """
import sys
from deckbuild.run import workers, zygote
def fails(life, *more): raise AssertionError("a worker was started to run something")
zygote.Life.wait_ready = zygote.Life.ask = fails
from deckbuild.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
heavy = {"torch", "numpy", "genanki", "markdown_it", "pygments", "deckbuild.repair", "deckbuild.claims", "deckbuild.render.note"}
print(code, sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


@dataclass(frozen=True)
class Twice:
    """The same deck, checked twice."""

    folder: Path
    options: Options
    cold: Checked
    warm: Checked


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    folder = tmp_path_factory.mktemp("warm")
    (folder / "deck").mkdir()
    for source in SOURCES:
        shutil.copy(source, folder / "deck")
    options = Options(RunOptions(cache_dir=str(folder / "cache"), timeout_s=UNHURRIED_S))
    cold, warm = (replace(check([str(folder / "deck")], options), seconds=1.0) for _ in range(2))
    return Twice(folder, options, cold, warm)


def report(checked: Checked) -> dict[str, Any]:
    """Without what may differ, as the contract has it."""
    found = report_json(replace(checked, seconds=0.0))
    for told in found["snippets"]:
        del told["seconds"], told["cached"]
    return found


def notes(checked: Checked, context: ContextSide) -> list[Note]:
    return [draw_note(card, checked.versions, checked.seed, context=context) for card in checked.cards]


def test_the_deck_is_varied(twice: Twice) -> None:
    summary = report(twice.cold)["summary"]
    assert sum(number > 0 for number in summary["snippets"].values()) >= 4
    assert sum(number > 0 for number in summary["claims"].values()) >= 4


def test_the_report_is_the_same_and_everything_is_told_to_be_cached(twice: Twice) -> None:
    assert report(twice.warm) == report(twice.cold)
    outcomes = [r.outcome for card in twice.warm.cards for r in card.repairs if r.outcome]
    assert outcomes
    assert all(outcome.cached for outcome in outcomes)


def test_all_other_reports_are_the_same(twice: Twice) -> None:
    found, again = find(twice.cold), find(twice.warm)
    assert again == found
    counts = counted(found, DEFAULT_KINDS)
    assert counts
    for verbosity in (-1, 0, 1):
        texts = [console_text(c, found, counts, verbosity) for c in (twice.cold, twice.warm)]
        assert texts[0] == texts[1]
    assert github_annotations(twice.warm, found, counts) == github_annotations(twice.cold, found, counts)
    assert github_summary(twice.warm, counts) == github_summary(twice.cold, counts)
    assert sarif_json(twice.warm, found, counts) == sarif_json(twice.cold, found, counts)
    assert junit_xml(twice.warm, counts) == junit_xml(twice.cold, counts)


@pytest.mark.parametrize("context", get_args(ContextSide))
def test_notes_drawn_of_what_was_kept_are_the_same(twice: Twice, context: ContextSide) -> None:
    assert notes(twice.warm, context) == notes(twice.cold, context)


def test_a_package_of_what_was_kept_is_the_same_and_is_left_alone(
    twice: Twice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000")
    drawn, style = notes(twice.cold, "hint"), note_style()
    after = record(Ledger(), [c.card for c in twice.cold.cards], drawn, style, 1000)
    expected = pack(drawn, style, after)
    outs = [tmp_path / "a.apkg", tmp_path / "b.apkg"]  # the second of kept notes
    for out in outs:
        build([str(twice.folder / "deck")], out, twice.options)
        assert out.read_bytes() == expected
    before = outs[1].stat()
    command = [sys.executable, "-c", NOTHING_RUNS, str(twice.folder / "deck"), "-o", str(outs[1]), "-q"]
    command += ["--cache-dir", str(twice.folder / "cache"), "--timeout", f"{UNHURRIED_S:g}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines() == ["0 []"]
    assert (outs[1].stat().st_ino, outs[1].stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    outs[1].write_bytes(b"")
    build([str(twice.folder / "deck")], outs[1], twice.options)
    assert outs[1].read_bytes() == expected


def test_options_change_what_they_should(twice: Twice, tmp_path: Path) -> None:
    built = []
    for cards in (CardOptions(), CardOptions(tags=("new",), deck="Root"), CardOptions(context="front")):
        out = tmp_path / "deck.apkg"
        built.append(build([str(twice.folder / "deck")], out, replace(twice.options, cards=cards)))
    assert built[0].new == len(twice.cold.cards)
    assert built[1].changed == len(twice.cold.cards)
    assert all("new" in card.tags and card.deck.startswith("Root") for card in built[1].checked.cards)
    with_context = sum(bool(card.card.context.text) for card in twice.cold.cards)
    assert with_context > 0
    assert built[2].changed == len(twice.cold.cards)  # the tag is gone


def test_corrections_are_the_same(twice: Twice) -> None:
    paths = [str(twice.folder / "deck")]
    kept = fix(paths, twice.options, claims=True)
    with closing(sqlite3.connect(twice.folder / "cache" / FILE)) as database, database:
        assert database.execute("DELETE FROM cards").rowcount > 0
    anew = fix(paths, twice.options, claims=True)
    assert any(fixed.after != fixed.before for fixed in anew)
    assert kept == anew


def test_what_a_card_accepts_is_accepted_at_once(twice: Twice, tmp_path: Path) -> None:
    copy = tmp_path / "deck.md"
    text = (twice.folder / "deck" / "deck.md").read_text()
    copy.write_text(text)
    before = find(check([str(copy)], twice.options))
    (refuted,) = [f for f in before if f.kind == "refuted"]
    assert refuted.accepted is None
    copy.write_text(text.replace("x??", "<!-- deckbuild: accept refuted -->\nx??"))
    (accepted,) = [f for f in find(check([str(copy)], twice.options)) if f.kind == "refuted"]
    assert accepted.accepted == "card"


HEAD = "# Flashcards: Lending_processed (Part {part})\n\n---\n\n"
CARD = "#### {title}\n:p {title}?\n??x\n{told}\n```python\n{code}\n```\nx??\n\n---\n\n"


def lending(near: str, far: str) -> dict[str, str]:
    """A book whose last card takes one function from another card of its file, and one from another file."""
    return {
        "Lending_processed (Part 1).md": HEAD.format(part=1)
        + CARD.format(title="Near", told="A function.", code=f"def near_by(v):\n    return v + {near}")
        + CARD.format(title="Alone", told="It prints 5.", code="print(5)")
        + CARD.format(title="Both", told="A sum.", code="print(near_by(1) + far_off(1))  # Output: 33"),
        "Lending_processed (Part 2).md": HEAD.format(part=2)
        + CARD.format(title="Far", told="A function.", code=f"def far_off(v):\n    return v + {far}"),
    }


def test_what_a_card_borrows_is_never_taken_from_an_earlier_build(tmp_path: Path) -> None:
    """33 = (1 + 10) + (1 + 21): once the one function changes, once the other, in another file, then both are back."""
    found, ran = [], []
    options = Options(RunOptions(cache_dir=str(tmp_path / "cache"), timeout_s=UNHURRIED_S))
    for near, far in (("10", "21"), ("11", "21"), ("10", "22"), ("10", "21")):
        for name, text in lending(near, far).items():
            (tmp_path / name).write_text(text)
        checked = check([str(tmp_path / name) for name in lending(near, far)], options)
        cards = {card.card.title: card for card in checked.cards}
        (outcome,) = [r.outcome for r in cards["Both"].repairs]
        assert outcome is not None
        found.append((outcome.stdout, [j.verdict.value == "confirmed" for j in cards["Both"].judgements]))
        ran.append([t for t, c in cards.items() for r in c.repairs if r.outcome and not r.outcome.cached])
    assert found == [
        ("33\n", [True]),
        ("34\n", [False]),
        ("34\n", [False]),
        ("33\n", [True]),
    ]
    assert [sorted(titles) for titles in ran] == [
        ["Alone", "Both", "Far", "Near"],
        ["Both", "Near"],
        ["Both", "Far"],
        [],
    ]


@pytest.mark.parametrize(
    ("code", "limit_s", "fault"),
    [
        ("while True:\n    pass", 1.0, "Timeout"),
        ("import time\ntime.sleep(1000)", 1.0, "Timeout"),
        ("x = bytearray(1 << 40)", UNHURRIED_S, "MemoryError"),
        ("import os\nos.kill(os.getpid(), 9)", UNHURRIED_S, "Killed"),
    ],
)
def test_what_was_cut_short_is_tried_again(tmp_path: Path, code: str, limit_s: float, fault: str) -> None:
    """A card that ran into a limit is not kept, nor is its outcome."""
    (tmp_path / "deck.md").write_text(CARD.format(title="Cut", told="It does not end.", code=code))
    for _ in range(2):
        assert faults(tmp_path, limit_s) == [fault]
    assert kept(tmp_path) == 0


def test_the_others_are_kept(tmp_path: Path) -> None:
    """Beside one that is killed, which takes no time that the machine's other work could change."""
    (tmp_path / "deck.md").write_text(
        CARD.format(title="Cut", told="It is killed.", code="import os\nos.kill(os.getpid(), 9)")
        + CARD.format(title="Whole", told="It prints 5.", code="print(5)")
    )
    assert faults(tmp_path, UNHURRIED_S) == ["Killed"]
    assert kept(tmp_path) == 1


def faults(folder: Path, limit_s: float) -> list[str]:
    """What went wrong in the deck of a folder."""
    options = Options(RunOptions(cache_dir=str(folder / "cache"), timeout_s=limit_s))
    checked = check([str(folder / "deck.md")], options)
    return [r.error.type for c in checked.cards for r in c.repairs if r.error]


def kept(folder: Path) -> int:
    """How many checks of cards are kept there."""
    with closing(sqlite3.connect(folder / "cache" / FILE)) as database:
        (count,) = database.execute("SELECT count(*) FROM cards").fetchone()
    return int(count)
