"""What programs do with files of their own is not in the way of the sandbox, and touches no other program."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckbuild.model import Job
from deckbuild.options import RunOptions
from deckbuild.run import Runner

INNOCENT = {
    "files of every library": """
        import sqlite3, tempfile, zipfile
        import matplotlib.pyplot as plt, numpy as np, torch
        from pathlib import Path

        torch.save(torch.ones(2), "t.pt")
        np.save("a.npy", np.ones(2))
        plt.plot([1, 2])
        plt.savefig("a.png")
        table = sqlite3.connect("a.db")
        table.execute("create table t (x)")
        table.commit()
        with zipfile.ZipFile("z.zip", "w") as z:
            z.write("a.npy")
        with zipfile.ZipFile("z.zip") as z:
            z.extractall("out")
        with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile() as file:
            Path(folder, "x").write_text("x")
            file.write(b"x")
        Path("a.npy").touch()
        print(torch.load("t.pt").sum() == np.load("out/a.npy").sum(), Path("a.png").stat().st_size > 0)
    """,
    "archives": """
        import tarfile
        from pathlib import Path

        Path("a").write_text("x")
        with tarfile.open("t.tar.gz", "w:gz") as t:
            t.add("a")
        with tarfile.open("t.tar.gz") as t:
            t.extractall("out")
        print(Path("out/a").read_text())
    """,
}
MARKING = {
    "copies": """
        import shutil
        from pathlib import Path

        Path("a").write_text("x")
        shutil.copy("a", "b")
        shutil.copy2("a", "c")
        Path("folder").mkdir()
        shutil.copytree("folder", "other")
        print(Path("b").read_text() + Path("c").read_text())
    """,
    "modes": """
        import os
        from pathlib import Path

        Path("a").write_text("x")
        os.chmod("a", 0o640)
        Path("a").chmod(Path("a").stat().st_mode | 0o100)
        os.chmod(".", 0o755)
        with open("a") as f:
            os.fchmod(f.fileno(), 0o740)
        print(oct(os.stat("a").st_mode))
    """,
    "times and lengths": """
        import os
        from pathlib import Path

        Path("a").write_text("xyz")
        os.truncate("a", 2)
        os.utime("a", (1, 1))
        print(os.stat("a").st_mtime, Path("a").read_text())
    """,
}
PRINTED = {
    "files of every library": "tensor(True) True\n",
    "archives": "x\n",
    "copies": "xx\n",
    "modes": "0o100740\n",
    "times and lengths": "1.0 xy\n",
}
SPOILED = """
import os
from pathlib import Path
Path("closed").mkdir()
Path("closed/file").write_text("x")
os.chmod("closed", 0)
os.chmod(os.environ["HOME"], 0)
os.chmod(os.path.dirname(os.environ["HOME"]), 0)
print("locked")
"""
HEAVY = """
import os
os.mkdir("closed", 0o700)
for n in range(4):
    with open(f"closed/{n}", "wb") as f:
        f.write(b"x" * (50 << 20))
os.chmod("closed", 0o300)
print(200)
"""


def programs(texts: dict[str, str]) -> list[Job]:
    return [Job(textwrap.dedent(text).lstrip("\n")) for text in texts.values()]


def opened(*without: str, allow: tuple[str, ...] = ()) -> Runner:
    """Skips where namespaces are refused."""
    runner = Runner(RunOptions(cache=False, timeout_s=20.0, jobs=2, allow=allow), without)
    found = runner.confinement()
    if not without and (found["disk"], found["files"]) != ("confined", "confined"):
        runner.close()
        pytest.skip(f"this machine does not offer the layers: {found}")
    return runner


@pytest.fixture(scope="module")
def sealed() -> Iterator[Runner]:
    with opened() as runner:
        yield runner


def test_what_a_program_does_with_its_own_files_works(sealed: Runner) -> None:
    outcomes = sealed.confirm(programs(INNOCENT | MARKING))
    assert [o.fault for o in outcomes] == [None] * len(outcomes)
    assert [o.stdout for o in outcomes] == list(PRINTED.values())


def test_where_nothing_is_sealed_what_marks_files_is_told_as_denied() -> None:
    with opened("namespaces") as runner:
        innocent, marking = runner.confirm(programs(INNOCENT)), runner.confirm(programs(MARKING))
        found = runner.confinement()
    assert [o.stdout for o in innocent] == [PRINTED[name] for name in INNOCENT]
    assert [o.fault for o in innocent] == [None] * len(INNOCENT)
    if found["files"] != "confined":
        pytest.skip(f"this machine does not offer the layers: {found}")
    told = [(o.fault.kind, o.fault.message[:33]) for o in marking if o.fault]
    assert told == [("denied", "[Errno 1] Operation not permitted")] * len(MARKING)


def test_a_program_that_locks_its_own_folder_locks_nobody_else(sealed: Runner) -> None:
    before, locked, after = sealed.confirm([Job("print(1)\n"), Job(SPOILED), Job("print(2)\n")])
    assert [o.stdout for o in (before, locked, after)] == ["1\n", "locked\n", "2\n"]
    assert sealed.trial([Job(SPOILED), Job("open('a', 'w').write('x')\n")])[1].ok


def test_what_a_program_leaves_on_its_disk_is_gone_with_it(sealed: Runner) -> None:
    jobs = [Job(f"number = {n}\n" + HEAVY) for n in range(6)]
    assert [o.stdout for o in sealed.confirm(jobs)] == ["200\n"] * len(jobs)


def test_a_folder_that_is_allowed_stays_writable(tmp_path: Path) -> None:
    given, other = tmp_path / "given", tmp_path / "other"
    for folder in (tmp_path, given, other):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o777)
    writing = "from pathlib import Path\nPath({!r}).write_text('x')\nPath({!r}).chmod(0o600)\n"
    with opened(allow=(f"write={given}",)) as runner:
        jobs = [Job(writing.format(*[str(folder / "file")] * 2)) for folder in (given, other)]
        mine, others = runner.trial(jobs)
    assert not others.ok
    assert (given / "file").read_text() == "x"
    assert mine.fault is None
    assert list(other.iterdir()) == []
