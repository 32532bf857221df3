"""The command `fix`: what it writes, what it shows, and its exit codes."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from deckbuild.model import Card, Claim, Judge, Repair, Run
from tests.fixing.making import added, repaired, with_additions
from tests.stages import quieten
from tests.test_cli import exit_code
from tests.test_pipeline import chapter


def import_math(
    card: Card, library: object, claims: Sequence[Claim], run: Run, judge: Judge, ask: object
) -> tuple[Repair, ...]:
    """Every snippet that uses `math` needs its import."""
    mend = with_additions(added("import math"))
    return tuple(
        repaired(s, mend if "math." in s.source and "import math" not in s.source else lambda draft: draft)
        for s in card.snippets
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a chapter that lacks an import, and one that does not."""
    quieten(monkeypatch)
    monkeypatch.setattr("deckbuild.checking.repair_card", import_math)
    monkeypatch.chdir(tmp_path)
    Path("notes").mkdir()
    Path("notes/p1.md").write_text(BEFORE)
    Path("notes/p2.md").write_text(chapter("Who?", part=2))
    return tmp_path


BEFORE = chapter("Why?", code="x = math.pi")
AFTER = BEFORE.replace("x = math.pi", "import math\nx = math.pi")


def test_it_writes_what_is_corrected_and_no_other_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    untouched = Path("notes/p2.md").stat().st_mtime_ns
    Path("notes/p1.md").chmod(0o640)
    assert exit_code("fix", "notes") == 0
    assert Path("notes/p1.md").read_text() == AFTER
    assert Path("notes/p1.md").stat().st_mode & 0o777 == 0o640
    assert Path("notes/p2.md").stat().st_mtime_ns == untouched
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "fixed notes/p1.md: 1 snippet\n")
    assert exit_code("fix", "notes") == 0
    assert capsys.readouterr().err == "nothing to fix\n"
    assert sorted(p.name for p in Path("notes").iterdir()) == ["p1.md", "p2.md"]


def test_a_diff_that_patch_takes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("fix", "notes", "--diff") == 1
    assert Path("notes/p1.md").read_text() == BEFORE
    told = capsys.readouterr()
    assert told.out.startswith("--- notes/p1.md\n+++ notes/p1.md\n@@ ")
    assert [line for line in told.out.splitlines() if line[:1] in "+-"][2:] == ["+import math"]
    assert told.err == "would fix notes/p1.md: 1 snippet\n"
    subprocess.run(["patch", "-p0"], input=told.out, text=True, check=True, capture_output=True)
    assert Path("notes/p1.md").read_text() == AFTER
    assert exit_code("fix", "notes", "--diff") == 0
    assert capsys.readouterr().out == ""


def test_standard_input_is_fixed_to_standard_output(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for text, after in ((BEFORE, AFTER), (AFTER, AFTER)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert exit_code("fix", "-") == 0
        assert capsys.readouterr().out == after


def test_what_a_card_accepts_stays(folder: Path) -> None:
    text = BEFORE.replace("So.", "So.\n<!-- deckbuild: accept corrected -->")
    Path("notes/p1.md").write_text(text)
    assert exit_code("fix", "notes") == 0
    assert Path("notes/p1.md").read_text() == text


def test_repeats_of_a_card_stay_repeats(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes/p1.md").write_text(BEFORE + BEFORE.partition("---\n\n")[2])
    assert exit_code("fix", "notes") == 0
    assert Path("notes/p1.md").read_text() == AFTER + AFTER.partition("---\n\n")[2]


def test_code_of_a_question_makes_a_new_note_which_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "#### Sums\n:p What is it?\n```python\nx = math.pi\n```\n??x\nA number.\nx??\n"
    Path("notes/p1.md").write_text(text)
    assert exit_code("fix", "notes") == 0
    assert Path("notes/p1.md").read_text() == text.replace("x =", "import math\nx =")
    assert capsys.readouterr().err.splitlines() == [
        "notes/p1.md:4: this stands in a question: the card becomes a new note",
        "fixed notes/p1.md: 1 snippet",
    ]


def test_quiet_and_refusals(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes/p1.md").write_bytes(BEFORE.replace("math.pi", "math.pi  # \\").encode().replace(b"\\", b"\xff"))
    assert exit_code("fix", "notes", "-q") == 0
    assert capsys.readouterr().err == ""
    assert exit_code("fix", "notes", "--diff") == 0
    assert capsys.readouterr().err.splitlines() == [
        "notes/p1.md:12: not written: its lines are not found in the file",
        "nothing to fix",
    ]


def test_nothing_is_written_where_nothing_may_be(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK or not str(path).endswith("p1.md"))
    assert exit_code("fix", "notes") == 2
    assert "write-protected" in capsys.readouterr().err
    assert Path("notes/p1.md").read_text() == BEFORE


@pytest.mark.parametrize(("arguments", "code"), [(["fix"], 2), (["fix", "gone.md"], 2), (["fix", "empty"], 3)])
def test_wrong_usage(folder: Path, arguments: list[str], code: int) -> None:
    Path("empty").mkdir()
    assert exit_code(*arguments) == code


def test_the_configuration_may_ask_for_a_diff(folder: Path) -> None:
    Path("deckbuild.toml").write_text("diff = true\nfix-claims = true\nstrict = true\noutput = 'deck.apkg'")
    assert exit_code("fix", "notes") == 1
    assert Path("notes/p1.md").read_text() == BEFORE
