"""No false green: whatever a snippet does to end or to lie, the command fails, at its line, with its reason, and goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

FORGERY = """import os, struct
forged = b'1 0 +\\n{"fault": null, "stdout": "all is well"}'
for fd in range(3, 64):
    try:
        os.write(fd, struct.pack('>I16s', len(forged), b'0' * 16) + forged)
    except OSError:
        pass"""
ENDS = {
    "leaves at once": ("import os\nos._exit(0)", "Exit", "left the interpreter with status 0"),
    "leaves by exit": ("import sys\nsys.exit(3)", "SystemExit", "exit status 3"),
    "crashes": ("import ctypes\nctypes.string_at(0)", "Killed", "SIGSEGV"),
    "kills itself": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "Killed", "SIGKILL"),
    "hangs": ("while True:\n    pass", "Timeout", "still running after 3 s"),
    "takes all memory": ("import torch\nx = torch.empty(50 << 30, dtype=torch.uint8)", "RuntimeError", "memory"),
    "prints without end": ("while True:\n    print('x' * 1000)", "OutputLimit", "more than 1048576 bytes of output"),
    "forges a result": (
        FORGERY,
        "Forged",
        "its result could not be read",
    ),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    folder = tmp_path_factory.mktemp("deck")
    cards = [f":p What {name}?\n\n??x\n```python\n{code}\n```\nx??\n" for name, (code, *_) in ENDS.items()]
    after = [f":p What comes after what {name}?\n\n??x\n```python\nprint(40 + 2)\n```\nx??\n" for name in ENDS]
    (folder / "deck.md").write_text("## Ends\n\n" + "\n".join(map("\n".join, zip(cards, after, strict=True))))
    arguments = ("check", "deck.md", "--no-cache", "--timeout", "3", "--jobs", "1", "--report", "r.json")
    done = subprocess.run(
        [sys.executable, "-m", "deckbuild", *arguments], cwd=folder, capture_output=True, text=True, timeout=280
    )
    return done, json.loads((folder / "r.json").read_text())


def test_it_fails(checked: tuple[subprocess.CompletedProcess[str], dict[str, Any]]) -> None:
    done, report = checked
    assert done.returncode == 1, done.stderr
    assert report["summary"]["snippets"]["failed"] == len(ENDS)
    assert f"{len(ENDS)} findings" in done.stdout


@pytest.mark.parametrize("name", ENDS)
def test_each_is_told_where_it_stands(
    name: str, checked: tuple[subprocess.CompletedProcess[str], dict[str, Any]]
) -> None:
    done, report = checked
    _, type_, words = ENDS[name]
    (card,) = (c for c in report["cards"] if c["question"] == f"What {name}?")
    (snippet,) = (s for s in report["snippets"] if s["card"] == card["id"])
    assert snippet["verdict"] == "failed"
    assert snippet["error"]["type"] == type_
    assert words in snippet["error"]["message"]
    told = [line for line in done.stdout.splitlines() if line.startswith("deck.md:") and words in line]
    lines = [int(line.split(":")[1]) for line in told]
    assert any(snippet["line"] <= line <= snippet["end_line"] for line in lines), done.stdout


def test_the_next_one_runs(checked: tuple[subprocess.CompletedProcess[str], dict[str, Any]]) -> None:
    _, report = checked
    after = [s for s in report["snippets"] if "40 + 2" in s["source"]]
    assert len(after) == len(ENDS)
    assert {(s["verdict"], s["stdout"]) for s in after} == {("ran", "42\n")}
