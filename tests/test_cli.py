"""The command line: what is printed where, what is written, and the exit codes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from deckbuild.cli import main
from deckbuild.model import Outcome
from deckbuild.options import RunOptions
from deckbuild.run import open_cache
from tests.stages import QuietRunner, quieten
from tests.test_pipeline import chapter


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a clean chapter in `notes`."""
    quieten(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    Path("notes").mkdir()
    Path("notes/p1.md").write_text(chapter("Why?", "How?"))
    return tmp_path


@pytest.fixture
def failing(folder: Path) -> Path:
    """The same, and its code fails."""
    Path("notes/p1.md").write_text(chapter("Why?", code="fail"))
    return folder


def exit_code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code


def test_build_is_the_default_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("notes", "-o", "out/deck.apkg") == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[1:] == ["2 snippets: 2 ran", "0 claims", "no findings"]
    assert told.err.splitlines() == [
        "wrote out/deck.apkg: 2 notes, 2 new, 0 changed",
        "found no ledger and no earlier package: all notes are dated now",
    ]
    assert exit_code("-o", "out/deck.apkg", "notes") == 0
    assert exit_code("build", "notes", "-o", "out/deck.apkg") == 0
    assert "found no ledger" not in capsys.readouterr().err
    Path("out/deck.ledger.json").unlink()
    assert exit_code("notes", "-o", "out/deck.apkg") == 0
    assert "taken from the package that stood there" in capsys.readouterr().err


def test_check_writes_no_package(folder: Path) -> None:
    assert exit_code("check", "notes") == 0
    assert sorted(p.name for p in folder.iterdir()) == ["notes"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "notes"], 1),
        (["check", "notes", "--fail-on", "warning"], 0),
        (["check", "notes", "--fail-on", "warning,failed"], 1),
        (["check", "notes", "--strict"], 1),
        (["notes", "-o", "deck.apkg"], 0),
        (["notes", "-o", "deck.apkg", "--strict"], 1),
        (["notes", "-o", "deck.apkg", "--fail-on", "failed"], 1),
        (["notes", "-o", "deck.apkg", "--fail-on", "refuted"], 0),
    ],
)
def test_findings_and_the_exit_code(failing: Path, arguments: list[str], code: int) -> None:
    assert exit_code(*arguments) == code
    assert Path("deck.apkg").exists() == ("-o" in arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing to read"),
        (["build"], "nothing to read"),
        (["notes"], "as in: deckbuild notes/ch1.md -o out/ch1.apkg"),
        (["gone.md", "-o", "deck.apkg"], "gone.md"),
        (["chekc", "notes"], "did you mean 'deckbuild check'?"),
        (["check", "notes", "--jobs", "0"], "--jobs"),
        (["check", "notes", "--timeout", "0"], "--timeout"),
        (["check", "notes", "--fail-on", "faild"], "did you mean 'failed'?"),
        (["check", "notes", "--allow", "everything"], "expected network, processes, read=DIR or write=DIR"),
        (["check", "notes", "--sandbox", "maybe"], "'maybe' is not one of"),
        (["check", "notes", "--update-baseline"], "expected --baseline FILE"),
        (["check", "notes", "--baseline", "gone.json"], "write it with --update-baseline"),
        (["notes", "-o", "notes"], "it is a folder"),
        (["notes", "-o", "notes/p1.md/deck.apkg"], "is not a folder"),
        (["notes/p1.md", "-o", "notes/p1.md"], "is a source"),
        (["notes", "-o", "notes/new.md"], "is a source"),
        (["notes", "-o", "deck.apkg", "--report", "notes"], "it is a folder"),
        (["notes", "-o", "deck.apkg", "--ledger", "notes"], "it is a folder"),
    ],
)
def test_wrong_usage_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert exit_code(*arguments) == 2
    told = capsys.readouterr()
    assert message in told.err
    assert "Traceback" not in told.err
    assert Path("notes/p1.md").read_text() == chapter("Why?", "How?")


def test_an_empty_folder_is_nothing_to_build(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    for arguments in (["check", "empty"], ["empty", "-o", "deck.apkg"]):
        assert exit_code(*arguments) == 3
        assert "no card could be read" in capsys.readouterr().err
    assert not Path("deck.apkg").exists()


def test_a_binary_file_among_others_is_an_error_and_the_others_are_built(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("notes/p2.md").write_bytes(bytes(range(256)) * 20)
    assert exit_code("notes", "-o", "deck.apkg") == 0
    assert "notes/p2.md:1: error[" in capsys.readouterr().out
    assert exit_code("check", "notes") == 1
    assert exit_code("check", "notes/p2.md") == 3


def test_links_that_lead_back_are_no_trap(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes/again").symlink_to(folder / "notes")
    Path("loop.md").symlink_to("loop.md")
    assert exit_code("notes", "-o", "deck.apkg", "--report", "r.json") == 0
    assert json.loads(Path("r.json").read_text())["summary"]["cards"] == 2
    assert exit_code("check", "loop.md") == 2
    assert "loop.md: " in capsys.readouterr().err


def test_an_interrupt_leaves_the_old_package(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("deck.apkg").touch()
    Path("notes/p1.md").write_text(chapter("Why?", code="interrupt"))
    assert exit_code("notes", "-o", "deck.apkg") == 130
    assert Path("deck.apkg").read_bytes() == b""
    assert capsys.readouterr().err.strip() == "deckbuild: interrupted"


def test_an_error_of_the_program_is_no_finding(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("deckbuild.pipeline.draw_note", broken)
    assert exit_code("notes", "-o", "deck.apkg") == 2
    told = capsys.readouterr().err
    assert "RuntimeError: a bug\n" in told
    assert "an error of deckbuild itself" in told
    assert not Path("deck.apkg").exists()


def test_an_error_at_one_card_leaves_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes/p2.md").write_text(chapter("Who?", code="bug", part=2))
    assert exit_code("notes", "-o", "deck.apkg") == 0
    assert "wrote deck.apkg: 3 notes" in capsys.readouterr().err
    assert exit_code("check", "notes") == 1
    told = capsys.readouterr()
    assert "notes/p2.md:8: error[internal-error]: deckbuild itself failed here" in told.out
    assert "Traceback" not in told.err
    assert exit_code("check", "notes", "-v") == 1
    assert "Traceback (most recent call last):" in capsys.readouterr().err


def test_notes_that_anki_keeps_are_told_as_a_search(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("notes", "-o", "deck.apkg", "--report", "r.json") == 0
    why, how = (card["id"][:8] for card in json.loads(Path("r.json").read_text())["cards"])
    capsys.readouterr()
    Path("notes/p1.md").write_text(chapter("Who?"))
    assert exit_code("notes", "-o", "deck.apkg") == 0
    assert capsys.readouterr().err.splitlines()[-1] == (
        "2 notes are no longer built, and stay in Anki until you delete them there; "
        f'search for note:Deckbuild (Key:"*{why}" OR Key:"*{how}")'
    )


def test_report_files(failing: Path) -> None:
    assert exit_code("check", "notes", "--report", "r/a.json", "--junit", "r/a.xml", "--sarif", "r/a.sarif") == 1
    assert json.loads(Path("r/a.json").read_text())["summary"]["snippets"]["failed"] == 1
    assert ET.parse("r/a.xml").getroot().get("failures") == "1"
    assert [r["ruleId"] for r in json.loads(Path("r/a.sarif").read_text())["runs"][0]["results"]] == ["failed"]


def test_json_on_standard_output_is_the_report_and_nothing_else(
    failing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exit_code("notes", "-o", "deck.apkg", "--format", "json", "--report", "r.json")
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(Path("r.json").read_text())


def test_github_annotations_and_the_summary_page(
    failing: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    Path("summary.md").write_text("before\n")
    assert exit_code("check", "notes", "--format", "github") == 1
    assert capsys.readouterr().out.startswith("::error title=deckbuild%3A failed,file=notes/p1.md,line=")
    assert Path("summary.md").read_text().startswith("before\n### deckbuild\n")


def test_quiet_and_verbose(failing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code("notes", "-o", "deck.apkg", "-q")
    told = capsys.readouterr()
    assert (told.out, told.err) == ("notes/p1.md:12: failed: NameError: name 'fail' is not defined\n", "")
    Path("notes/p1.md").write_text(chapter("Why?").replace("python", "sh"))
    exit_code("check", "notes", "-v")
    assert "notes/p1.md:12: skipped: language" in capsys.readouterr().out


def test_a_baseline_accepts_what_is_there_and_nothing_new(failing: Path) -> None:
    baseline = ("--baseline", "accepted.json")
    assert exit_code("check", "notes", *baseline, "--update-baseline") == 0
    assert exit_code("check", "notes", *baseline) == 0
    Path("notes/p1.md").write_text(chapter("Well?") + chapter("Why?", code="fail").partition("---\n\n")[2])
    assert exit_code("check", "notes", *baseline) == 0
    Path("notes/p2.md").write_text(chapter("Who?", code="fail", part=2))
    assert exit_code("check", "notes", *baseline) == 1


def test_a_card_accepts_its_finding(failing: Path) -> None:
    text = Path("notes/p1.md").read_text()
    Path("notes/p1.md").write_text(text.replace("So.", "So.\n<!-- deckbuild: accept failed -->"))
    assert exit_code("check", "notes") == 0


def test_standard_input_is_a_source(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = chapter("Why?").encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert exit_code("-", "-o", "deck.apkg", "--report", "r.json") == 0
    assert [c["path"] for c in json.loads(Path("r.json").read_text())["cards"]] == ["-"]


def test_a_configuration_file_sets_options_and_the_command_line_wins(
    failing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("notes/deckbuild.toml").write_text('output = "../out/deck.apkg"\nstrict = true\ntag = ["mine"]\nquiet = true')
    assert exit_code("notes", "--report", "r.json") == 1
    assert Path("out/deck.apkg").exists()
    assert json.loads(Path("r.json").read_text())["cards"][0]["tags"] == ["mine"]
    assert capsys.readouterr().err == ""
    assert exit_code("notes", "-o", "deck.apkg", "--no-strict", "-v") == 0
    assert "wrote deck.apkg" in capsys.readouterr().err


def test_a_wrong_value_in_a_configuration_file_names_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("deckbuild.toml").write_text('sandbox = "maybe"')
    assert exit_code("check", "notes") == 2
    assert f"(set in {folder / 'deckbuild.toml'})" in capsys.readouterr().err


def test_a_file_that_weakens_the_sandbox_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("deckbuild.toml").write_text('sandbox = "off"')
    exit_code("check", "notes")
    assert capsys.readouterr().err == f"{folder / 'deckbuild.toml'} sets sandbox = 'off'\n"


def test_what_is_wrong_with_the_cache_is_told_unless_quiet(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuietRunner, "notes", lambda runner: ("it was made anew",))
    exit_code("check", "notes")
    assert capsys.readouterr().err == "it was made anew\n"
    exit_code("check", "notes", "-q")
    assert capsys.readouterr().err == ""


def test_the_cache_is_shown_and_cleared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_cache(RunOptions(cache_dir="kept")) as cache:
        cache.write([(b"key", Outcome(None, "said"))])
    for command, told in (
        ("info", "1 outcomes"),
        ("prune", "0 outcomes dropped, 1 left"),
        ("clear", "1 outcomes dropped, 0 left"),
    ):
        assert exit_code("cache", command, "--cache-dir", "kept") == 0
        assert told in capsys.readouterr().out
    assert exit_code("cache", "info", "--cache-dir", "notes/p1.md") == 2


def doctor(before: str = "") -> subprocess.CompletedProcess[str]:
    """The doctor in a process of its own, after a line of Python."""
    code = f"from deckbuild.cli import main, doctor\n{before}\nmain(['doctor', '--cache-dir', 'kept'])"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_the_doctor_runs_a_snippet_and_attacks_the_sandbox(folder: Path) -> None:
    done = doctor()
    told = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert (done.returncode, done.stderr) == (0, "")
    assert list(told) == ["deckbuild", "torch", "files", "network", "processes", "disk", "cache", "anki"]
    assert "a snippet ran" in told["torch"]
    assert all(told[layer].startswith(("confined", "open: ")) for layer in ("files", "network", "processes", "disk"))
    assert told["cache"] == "kept/outcomes.sqlite: 0 outcomes, 0 results for cards, 0.0 MB"


def test_the_doctor_says_if_snippets_cannot_run(folder: Path) -> None:
    done = doctor("doctor.TRIAL = doctor.Job('import no_such_torch')")
    assert done.returncode == 1
    assert "cannot run snippets: ModuleNotFoundError" in done.stdout


def test_help_is_quick() -> None:
    """Neither the stages nor what they bring along are imported for it."""
    heavy = {"torch", "numpy", "genanki", "markdown_it", "pygments", "rich", "deckbuild.pipeline", "deckbuild.render"}
    code = (
        "import sys\nfrom deckbuild.cli import main\n"
        "try: main(['check', '--help'])\nexcept SystemExit: pass\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[0].startswith("Usage: deckbuild check")
    assert told.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_no_traceback(failing: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    code = "from deckbuild.cli import main\nmain(['--version'])"
    done = subprocess.run([sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")
