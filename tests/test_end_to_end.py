"""The program as a user runs it: a deck of our own, real torch, a real import into Anki."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deckbuild.cli.commands import removed

DECK = Path(__file__).parent / "deck.md"


@dataclass(frozen=True)
class Build:
    """What a build left."""

    folder: Path
    report: dict[str, Any]
    done: subprocess.CompletedProcess[str]


def deckbuild(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deckbuild", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("build")
    report = folder / "report.json"
    cache = ("--cache-dir", str(folder / "cache"))
    done = deckbuild(str(DECK), "-o", str(folder / "deck.apkg"), "--report", str(report), "--min-rating", "8", *cache)
    return Build(folder, json.loads(report.read_text()), done)


def test_it_builds_and_says_what_is_wrong(build: Build) -> None:
    assert build.done.returncode == 0, build.done.stderr
    assert "Traceback" not in build.done.stderr
    (refuted,) = [line for line in build.done.stdout.splitlines() if ": refuted: " in line]
    assert refuted.startswith(f"{DECK}:44: refuted: the card says 15, computed is 14")


def test_the_report_tells_what_happened(build: Build) -> None:
    snippets = {s["line"]: s for s in build.report["snippets"]}
    assert {line: s["verdict"] for line, s in snippets.items()} == {14: "ran", 29: "corrected", 43: "ran"}
    assert [e["rule"] for e in snippets[29]["edits"]] == ["missing-import"]
    (rows,) = [v for v in snippets[14]["values"] if v["name"] == "rows"]
    assert (rows["shown"], rows["shape"], rows["data"]) == (True, [2], [3.0, 7.0])
    assert [(c["rating"], c["deck"], c["tags"]) for c in build.report["cards"]] == [
        (rating, "Little Tensors::1.2 Rows and columns", [f"rating::{rating}"]) for rating in (9, 8, 8)
    ]


def test_anki_shows_every_card_and_the_refuted_number(build: Build, tmp_path: Path) -> None:
    pytest.importorskip("anki", reason="the wheel `anki` is not installed (extra `verify`)")
    import anki.lang
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    anki.lang.set_lang("en_US")
    collection = Collection(str(tmp_path / "collection.anki2"))
    request = ImportAnkiPackageRequest(package_path=str(build.folder / "deck.apkg"), options=ImportAnkiPackageOptions())
    assert len(collection.import_anki_package(request).log.new) == 3
    again = collection.import_anki_package(request).log
    assert (len(again.duplicate), len(again.updated), len(again.conflicting)) == (3, 0, 0)
    assert collection.db is not None
    assert {g for (g,) in collection.db.all("select guid from notes")} == {c["id"] for c in build.report["cards"]}
    for card in build.report["cards"]:
        assert len(collection.find_notes(removed([card["id"]]).partition("search for ")[2])) == 1
    assert (
        len(collection.find_notes(removed([c["id"] for c in build.report["cards"]]).partition("search for ")[2])) == 3
    )
    backs = [collection.get_card(c).render_output().answer_text for c in collection.find_cards("")]
    assert not [back for back in backs if "template has a problem" in back or not back.strip()]
    (refuted,) = [back for back in backs if 'class="refuted' in back]
    assert "15" in refuted
    assert "14" in refuted
    media = collection.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    collection.close()


def test_check_fails_on_the_refuted_number(build: Build) -> None:
    done = deckbuild("check", str(DECK), "-q", "--cache-dir", str(build.folder / "cache"))
    assert done.returncode == 1, done.stderr
    assert [line.split(": ")[1] for line in done.stdout.splitlines()] == ["refuted"]


def test_fix_leaves_nothing_to_fix_and_nothing_refuted(build: Build, tmp_path: Path) -> None:
    cache = ("--cache-dir", str(build.folder / "cache"))
    copy = tmp_path / "deck.md"
    copy.write_bytes(DECK.read_bytes())
    shown = deckbuild("fix", str(copy), "--fix-claims", "--diff", *cache)
    assert (shown.returncode, copy.read_bytes()) == (1, DECK.read_bytes()), shown.stderr
    changed = [
        line for line in shown.stdout.splitlines() if line.startswith(("+", "-")) and line[:3] not in {"+++", "---"}
    ]
    assert changed == ["+import torch.nn as nn", "-print(total)  # Output: 15", "+print(total)  # Output: 14"]
    assert deckbuild("fix", str(copy), "--fix-claims", *cache).returncode == 0
    done = deckbuild("check", str(copy), "--fail-on", "failed,refuted,corrected,completed", *cache)
    assert done.returncode == 0, done.stdout
    fixed = copy.read_bytes()
    again = deckbuild("fix", str(copy), "--fix-claims", "--diff", *cache)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "nothing to fix\n")
    assert copy.read_bytes() == fixed
