"""Whatever a program leaves on the disk goes, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from deckbuild.model import Job
from deckbuild.options import RunOptions
from deckbuild.run import Runner
from deckbuild.run.clearing import clear_away
from deckbuild.run.workers import Workers
from tests.run.running import life_of

DEEP = """
import os
here = os.open(".", os.O_RDONLY)
for _ in range(1500):
    os.mkdir("{name}", dir_fd=here)
    inner = os.open("{name}", os.O_RDONLY, dir_fd=here)
    os.close(here)
    here = inner
os.close(os.open("last", os.O_CREAT | os.O_WRONLY, dir_fd=here))
print("deep")
"""
CLOSED = """
import os
os.mkdir("outer", 0o300)
os.mkdir("outer/inner", 0o300)
with open("outer/inner/file", "w") as f:
    print("closed", file=f)
os.mkdir("shut", 0)
print("closed")
"""


def test_a_program_cannot_lose_the_build_in_its_folders() -> None:
    """Where it has no disk of its own: neither the warm process nor the build goes down with it, and nothing stays."""
    with Runner(RunOptions(cache=False, timeout_s=20.0, jobs=1), ("namespaces",)) as runner:
        assert isinstance(runner._workers, Workers)
        scratch = Path(runner._workers._scratch.path)
        runner.trial([Job("print(0)")])
        life = life_of(runner)
        codes = (DEEP.format(name="a"), DEEP.format(name="long" * 60), CLOSED, "print(1)")
        outcomes = runner.trial([Job(code) for code in codes])
        assert [(o.fault, o.stdout) for o in outcomes] == [
            (None, f"{word}\n") for word in ("deep", "deep", "closed", "1")
        ]
        assert life_of(runner) is life
    assert not scratch.exists()


def test_links_are_not_followed(tmp_path: Path) -> None:
    kept, gone = tmp_path / "kept", tmp_path / "gone"
    kept.mkdir(mode=0o750)
    (kept / "file").write_text("kept")
    (gone / "in").mkdir(parents=True)
    (gone / "in" / "folder").symlink_to(kept, target_is_directory=True)
    (gone / "file").symlink_to(kept / "file")
    (gone / "nowhere").symlink_to(tmp_path / "none")
    os.link(kept / "file", gone / "in" / "hard")
    os.mkfifo(gone / "pipe")
    clear_away(gone)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "kept"]
    assert (kept / "file").read_text() == "kept"
    assert kept.stat().st_mode & 0o777 == 0o750


def test_what_is_not_there_is_no_error(tmp_path: Path) -> None:
    clear_away(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
