"""The deck of `source/`: it checks clean, shows the tool's worth, and updates in Anki note by note."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.test_end_to_end import deckbuild

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the deck, built once, with its report and cache."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(ROOT / "source", folder / "source")
    done = rebuild(folder)
    assert done.returncode == 0, done.stderr
    return folder


def rebuild(folder: Path) -> subprocess.CompletedProcess[str]:
    paths = ("-o", str(folder / "out" / "ch4.apkg"), "--report", str(folder / "report.json"))
    return deckbuild(
        str(folder / "source"),
        *paths,
        "--fail-on",
        "failed,refuted,error,warning",
        "--cache-dir",
        str(folder / "cache"),
    )


def read_report(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return report


def test_every_snippet_runs_and_no_claim_is_refuted(workplace: Path) -> None:
    summary = read_report(workplace)["summary"]
    assert summary["cards"] == 11
    assert summary["snippets"] == {"ran": 2, "corrected": 8, "completed": 5, "skipped": 0, "failed": 0}
    assert summary["claims"]["refuted"] == 0
    assert summary["claims"]["confirmed"] >= 20


def test_the_deck_shows_what_repairs_there_are(workplace: Path) -> None:
    rules = {e["rule"] for s in read_report(workplace)["snippets"] for e in s["edits"]}
    assert rules == {
        "missing-import",
        "state-dict-alias",
        "state-dict-keys",
        "add-dimensions",
        "apply-layer",
        "missing-argument",
        "described-set-up",
    }


def test_what_a_claim_chose_says_how_many_it_chose_among(workplace: Path) -> None:
    chosen = [c for c in read_report(workplace)["claims"] if (c["tried"] and c["kind"] == "tensor") or c["bits"]]
    assert {c["verdict"] for c in chosen} == {"confirmed"}
    literal = next(c for c in chosen if c["kind"] == "tensor")
    assert literal["tried"] > 10
    assert literal["bits"] > 40


def test_each_program_runs_alone_and_prints_the_same(workplace: Path, tmp_path: Path) -> None:
    start = "import random, numpy, torch\nrandom.seed(0); numpy.random.seed(0); torch.manual_seed(0)\n"
    for snippet in read_report(workplace)["snippets"][:6]:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", start + snippet["code"]],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout == snippet["stdout"]


def test_after_an_edit_just_that_note_is_updated(workplace: Path, tmp_path: Path) -> None:
    pytest.importorskip("anki", reason="the wheel `anki` is not installed (extra `verify`)")
    import anki.lang
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    anki.lang.set_lang("en_US")
    collection = Collection(str(tmp_path / "collection.anki2"))
    package = workplace / "out" / "ch4.apkg"

    def imported() -> tuple[int, int, int]:
        request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
        log = collection.import_anki_package(request).log
        return len(log.new), len(log.updated), len(log.duplicate)

    assert imported() == (11, 0, 0)
    assert imported() == (0, 0, 11)
    assert rebuild(workplace).returncode == 0
    assert imported() == (0, 0, 11)
    deck = workplace / "source" / "ch4.md"
    deck.write_text(deck.read_text().replace("updates jump", "weights jump"))
    assert rebuild(workplace).returncode == 0
    assert imported() == (0, 1, 10)
    collection.close()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real chapter is not next to the project")
def test_the_outside_check_finds_nothing_wrong_with_the_real_chapter(tmp_path: Path) -> None:
    program = f"{sys.executable} -m deckbuild"
    command = [
        str(SHARED / "accept" / "accept.py"),
        str(SHARED / "seed"),
        "--deckbuild",
        program,
        "--python",
        sys.executable,
    ]
    done = subprocess.run(
        [sys.executable, *command, "--work", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert json.loads(done.stdout)["wrong"] == {}
