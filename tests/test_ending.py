"""A build that is told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deckbuild.cli.ending import EndedError, ended_by_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals there")
SLOW = "#### Slow\n:p What?\n??x\n```python\nwhile True:\n    pass\n```\nx??\n"
START_S = 120.0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_build_cleans_up_when_it_is_told_to_end(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "temporary").mkdir()
    (tmp_path / "notes.md").write_text(SLOW)
    (tmp_path / "report.json").write_bytes(b"old")
    command = [
        sys.executable,
        "-m",
        "deckbuild",
        "notes.md",
        "-o",
        "deck.apkg",
        "--no-cache",
        "--timeout",
        "600",
        "--report",
        "report.json",
    ]
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    build = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE)
    wait_for_work(tmp_path / "temporary", build)
    build.send_signal(number)
    _, said = build.communicate()
    assert build.returncode == 128 + number
    assert said.decode().strip() == (
        "deckbuild: interrupted" if number == signal.SIGINT else f"deckbuild: ended by {number.name}"
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["notes.md", "report.json", "temporary"]
    assert list((tmp_path / "temporary").iterdir()) == []
    assert (tmp_path / "report.json").read_bytes() == b"old"


def wait_for_work(folder: Path, build: subprocess.Popen[bytes]) -> None:
    """Until the build has started what runs its programs."""
    until = time.monotonic() + START_S
    while not list(folder.glob("deckbuild-run-*/*")):
        assert build.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_first_signal_ends_and_none_disturbs_what_follows() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGHUP)
    cleaned: list[bool] = []
    with pytest.raises(EndedError, match="SIGTERM") as ended, ended_by_signals():
        work_until_it_ends(cleaned)
    assert (ended.value.exit_code, cleaned) == (143, [True])
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGHUP)) == before


def work_until_it_ends(cleaned: list[bool]) -> None:
    try:
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGHUP)
        cleaned.append(True)


def test_what_the_caller_ignores_stays_ignored() -> None:
    """`nohup deckbuild …`."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_by_signals():
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
