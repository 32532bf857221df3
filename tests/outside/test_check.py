"""The whole program with an outside one: a card is corrected, and corrected again from the record alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from deckbuild.cli.main import main
from tests.test_cli import exit_code

CARD = """# Flashcards: Sums (Part 1)

---

#### Sums of columns
:p How are the columns of a matrix added?
??x
```python
import torch
x = torch.arange(12.).reshape(3, 4)
print(x.sums(dim=0))
```
This prints:
```
tensor([12., 15., 18., 21.])
```
x??

---
"""
PROGRAM = """import json, sys
asked = json.load(sys.stdin)
line = asked["fault"]["line"]
before = asked["source"].split("\\n")[line - 1]
edit = {"line": line, "before": before, "after": before.replace("sums", "sum"), "why": "tensors have `sum`"}
print(json.dumps({"edits": [edit]}))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/sums.md").write_text(CARD)
    (tmp_path / "mend.py").write_text(PROGRAM)
    return tmp_path


def report(path: Path) -> object:
    """Without what may differ between two runs."""
    told = json.loads(path.read_text())
    told["summary"]["seconds"] = 0
    for snippet in told["snippets"]:
        snippet["seconds"], snippet["cached"] = 0, False
    return told


def test_a_card_is_corrected_and_replayed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notes/deckbuild.toml").write_text('cache-dir = "../cache"\nrepair-record = "repairs.jsonl"\n')
    assert exit_code("check", "notes", "--report", "a.json") == 1
    asked = ("--repair-command", f"{sys.executable} mend.py")
    assert exit_code("check", "notes", "--report", "b.json", *asked) == 0
    assert (folder / "notes/repairs.jsonl").is_file()
    (folder / "mend.py").unlink()
    assert exit_code("check", "notes", "--report", "c.json") == 0
    assert exit_code("check", "notes", "--report", "d.json", "--frozen", *asked) == 0
    assert report(folder / "b.json") == report(folder / "c.json") == report(folder / "d.json")
    told = json.loads((folder / "b.json").read_text())
    assert [s["verdict"] for s in told["snippets"] if s["language"] == "python"] == ["corrected"]
    assert [(c["verdict"], c["tried"] > 1) for c in told["claims"]] == [("confirmed", True)]
    capsys.readouterr()


def test_a_program_named_in_a_file_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = f"{sys.executable} {folder / 'mend.py'}"
    (folder / "notes/deckbuild.toml").write_text(f'cache-dir = "../cache"\nrepair-command = "{command}"\n')
    assert exit_code("fix", "notes") == 0
    assert "print(x.sum(dim=0))" in (folder / "notes/sums.md").read_text()
    assert f"sets repair-command = '{command}'" in capsys.readouterr().err


def test_a_program_that_fails_does_not_stop_the_build(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mend.py").write_text("raise SystemExit('no credit')")
    asked = ("--repair-command", f"{sys.executable} mend.py", "--cache-dir", "cache")
    assert exit_code("build", "notes", "-o", "deck.apkg", "--report", "a.json", *asked) == 0
    told = json.loads((folder / "a.json").read_text())
    found = [d for d in told["diagnostics"] if d["code"] == "repair-command-failed"]
    assert [(d["severity"], "no credit" in d["message"]) for d in found] == [("warning", True)]
    capsys.readouterr()


def test_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    assert "--repair-command CMD" in capsys.readouterr().out
