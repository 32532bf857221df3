"""The folder that a build works in, and what dead builds left."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from deckbuild.run.scratch import PREFIX, YOUNG_S, Scratch

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no folder is held there, and none that was left removed"
)
HOLD = """
import os, sys
from deckbuild.run.scratch import Scratch
scratch = Scratch()
print(scratch.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def age(path: Path) -> None:
    then = time.time() - 2 * YOUNG_S
    os.utime(path, (then, then), follow_symlinks=False)


def test_a_folder_is_there_until_it_is_cleared(folder: Path) -> None:
    scratch = Scratch()
    (Path(scratch.path) / "deep").mkdir()
    assert names(folder) == [Path(scratch.path).name]
    scratch.clear()
    assert names(folder) == []


def test_what_a_dead_build_left_is_removed_and_what_a_living_one_holds_is_not(folder: Path) -> None:
    builds = [
        subprocess.Popen(
            [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(folder)}
        )
        for _ in range(2)
    ]  # fmt: skip
    held = [Path(build.stdout.readline().decode().strip()) for build in builds if build.stdout]
    try:
        for path in held:
            (path / "left").write_text("")
            age(path)
        builds[0].kill()
        builds[0].wait()
        Scratch().clear()
        assert names(folder) == [held[1].name]
    finally:
        for build in builds:
            build.communicate()


def test_young_folders_others_and_links_are_left(folder: Path) -> None:
    (folder / f"{PREFIX}young").mkdir()
    (folder / "another").mkdir()
    (folder / "another" / "kept").write_text("")
    (folder / f"{PREFIX}link").symlink_to(folder / "another")
    (folder / f"{PREFIX}file").write_text("")
    for name in ("another", f"{PREFIX}link", f"{PREFIX}file"):
        age(folder / name)
    before = names(folder)
    Scratch().clear()
    assert names(folder) == before
    age(folder / f"{PREFIX}young")
    Scratch().clear()
    assert names(folder) == [n for n in before if not n.endswith("young")]
    assert (folder / "another" / "kept").exists()
