"""The runner: what it starts, what it survives, what it refuses."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from deckbuild.errors import UsageError
from deckbuild.model import Fault, Job, Outcome
from deckbuild.options import RunOptions
from deckbuild.run import Runner, open_runner
from deckbuild.run.sandbox.namespaces import NOBODY
from tests.run.running import confirmed, life_of

ENDS = {
    "x = 1": None,
    "import os; os._exit(1)": "exit",
    "while True: pass": "timeout",
    "1 / 0": "raised",
    "x = (": "syntax",
    "import ctypes; ctypes.string_at(0)": "killed",
    "y = 3": None,
}


def kinds(outcomes: tuple[Outcome, ...]) -> list[str | None]:
    return [None if o.fault is None else o.fault.kind for o in outcomes]


@pytest.mark.parametrize("without", [(), ("fork",)])
def test_every_job_has_its_own_end(without: tuple[str, ...]) -> None:
    with Runner(RunOptions(cache=False, timeout_s=3.0, jobs=2), without) as runner:
        jobs = [Job(code) for code in ENDS]
        assert kinds(runner.trial(jobs)) == list(ENDS.values())
        if not without:
            assert kinds(runner.confirm(jobs)) == list(ENDS.values())


def test_nothing_to_run_starts_nothing() -> None:
    with open_runner(RunOptions(cache=False)) as runner:
        assert runner.trial([]) == runner.confirm([]) == ()
        assert life_of(runner) is None


def test_a_cached_outcome_starts_nothing(tmp_path: Path, warm: Runner) -> None:
    options = RunOptions(cache_dir=str(tmp_path), jobs=1)
    job = Job("x = 41 + 1")
    with open_runner(options) as runner:
        (first,) = runner.confirm([job])
    with open_runner(options) as runner:
        (second,) = runner.confirm([job])
        (third,) = runner.trial([job])
        assert life_of(runner) is None
    assert (first.cached, second.cached, third.cached) == (False, True, True)
    assert first.values == second.values


def test_frozen_runs_nothing_and_says_so(tmp_path: Path) -> None:
    with open_runner(RunOptions(cache_dir=str(tmp_path), frozen=True)) as runner:
        runner.warm()
        (outcome,) = runner.confirm([Job("x = 1")])
        assert life_of(runner) is None
    assert outcome.fault is not None
    assert outcome.fault.kind == "uncached"


def test_the_build_itself_never_loads_torch(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom deckbuild.run import open_runner\nfrom deckbuild.options import RunOptions\n"
        "from deckbuild.model import Job\n"
        f"with open_runner(RunOptions(cache_dir={str(tmp_path)!r}, frozen=True)) as r:\n"
        "    r.confirm([Job('x = 1')]); r.confinement(); r.versions()\n"
        "print('torch' in sys.modules, 'numpy' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_many_threads_may_ask(warm: Runner) -> None:
    found: dict[int, Outcome] = {}

    def ask(n: int) -> None:
        found[n] = confirmed(warm, f"x = {n} * 2")

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[n].values[0].data for n in range(6)] == [0, 2, 4, 6, 8, 10]


def test_a_dead_process_is_replaced() -> None:
    with Runner(RunOptions(cache=False, jobs=1)) as runner:
        assert confirmed(runner, "x = 1").ok
        first = life_of(runner)
        assert first is not None
        os.kill(first._process.pid, signal.SIGKILL)
        assert confirmed(runner, "x = 2").ok
        assert life_of(runner) is not first


def test_a_program_that_kills_the_process_harms_no_other() -> None:
    with Runner(RunOptions(cache=False, sandbox="off", jobs=2)) as runner:
        killer = Job("import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(1)")
        innocent = Job("import time\ntime.sleep(0.3)\nx = 1")
        outcomes = runner.confirm([killer, innocent])
    assert kinds(outcomes) == ["broken", None]


def test_what_is_forbidden_is_denied(warm: Runner) -> None:
    for code in (
        "open('/etc/passwd')",
        "import urllib.request\nurllib.request.urlopen('http://localhost:9/')",
        "import subprocess\nsubprocess.run(['ls'])",
    ):
        fault = confirmed(warm, code).fault
        assert fault is not None
        assert fault.kind == "denied", fault


def test_what_is_missing_is_missing_and_not_denied(warm: Runner) -> None:
    fault = confirmed(warm, "open('data.csv')").fault
    assert fault is not None
    assert (fault.kind, fault.type) == ("raised", "FileNotFoundError")


POOL = """
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(2)
a = pool.submit(abs, -{number}).result()
"""


def test_a_pool_that_is_left_open_ends_with_its_program(warm: Runner) -> None:
    assert confirmed(warm, POOL.format(number=1)).ok
    outcomes = warm.trial([Job(POOL.format(number=n)) for n in (2, 3, 4)])
    assert [(o.ok, o.values[-1].data) for o in outcomes] == [(True, 2), (True, 3), (True, 4)]


def test_libraries_load_inside(warm: Runner) -> None:
    outcome = confirmed(
        warm,
        """
        import asyncio, concurrent.futures, decimal, tempfile, sqlite3, threading, torch
        import torch.nn.utils.parametrizations
        with tempfile.NamedTemporaryFile() as f:
            torch.save({"a": torch.ones(2)}, f.name)
            a = torch.load(f.name)["a"]
        async def one():
            await asyncio.sleep(0)
            return 1
        b = asyncio.run(one())
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            c = list(pool.map(abs, [-1, 2]))
        m = torch.nn.Linear(1, 1)
        o = torch.optim.Adam(m.parameters())
        m(torch.ones(1)).sum().backward()
        o.step()
        """,
    )
    assert outcome.ok, outcome.fault
    assert [v.data for v in outcome.values if v.name in "abc"] == [[1.0, 1.0], 1, [1, 2]]


def test_allowed_processes_run_and_do_not_outlive_the_program() -> None:
    with Runner(RunOptions(cache=False, allow=("processes",), jobs=1)) as runner:
        if runner.confinement()["disk"] != "confined":
            pytest.skip("without namespaces the daemon is looked for in the processes of the whole machine")
        outcome = confirmed(
            runner,
            """
            import os, subprocess
            x = subprocess.run(["echo", "hi"], capture_output=True, text=True).stdout
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.execvp("sleep", ["sleep", "4242.4242"])
                os._exit(0)
            os.wait()
            """,
        )
        assert outcome.ok, outcome.fault
        assert outcome.values[0].data == "hi\n"
        deadline = time.monotonic() + 5
        while (left := _commands("4242.4242")) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert left == []


def test_allowed_processes_share_memory_and_find_the_libraries() -> None:
    """Shared memory is cleared away by another Python, which must be found wherever this one lies."""
    with Runner(RunOptions(cache=False, allow=("processes",), timeout_s=30.0, jobs=1)) as runner:
        if runner.confinement()["disk"] != "confined":
            pytest.skip("without namespaces the memory of the machine would be shared")
        outcome = confirmed(
            runner,
            """
            import subprocess, sys
            from multiprocessing import Process, shared_memory
            def write(name):
                memory = shared_memory.SharedMemory(name=name)
                memory.buf[0] = 7
                memory.close()
            shared = shared_memory.SharedMemory(create=True, size=8)
            other = Process(target=write, args=(shared.name,))
            other.start()
            other.join()
            x = shared.buf[0]
            shared.close()
            shared.unlink()
            find = "from importlib.util import find_spec; print(find_spec('torch') is not None)"
            y = subprocess.run([sys.executable, "-c", find], capture_output=True, text=True).stdout
            """,
        )
    assert outcome.ok, outcome.fault
    assert [v.data for v in outcome.values if v.name in "xy"] == [7, "True\n"]


def test_a_loader_with_workers_gives_its_batches_and_nothing_else_is_passed_otherwise() -> None:
    """torch passes memory through sockets, which stay closed; in a queue of the program's own it may matter that memory is shared."""
    with Runner(RunOptions(cache=False, allow=("processes",), timeout_s=60.0, jobs=1)) as runner:
        if runner.confinement()["network"] != "confined":
            pytest.skip("sockets are open, and memory is passed through them")
        outcome = confirmed(
            runner,
            """
            import torch
            from multiprocessing.reduction import ForkingPickler
            from torch.utils.data import DataLoader, TensorDataset
            rows = TensorDataset(torch.arange(8.0), torch.arange(8) % 3)
            x = [[a.tolist(), b.tolist()] for a, b in DataLoader(rows, batch_size=4, num_workers=2)]
            try:
                y = len(ForkingPickler.dumps(torch.zeros(2)))
            except PermissionError:
                y = "through a socket"
            z = torch.zeros(2).share_memory_().is_shared()
            """,
        )
    assert outcome.ok, outcome.fault
    data = {v.name: v.data for v in outcome.values}
    assert data["x"] == [[[0.0, 1.0, 2.0, 3.0], [0, 1, 2, 0]], [[4.0, 5.0, 6.0, 7.0], [1, 2, 0, 1]]]
    assert (data["y"], data["z"]) == ("through a socket", True)


def _commands(word: str) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode().split("\0")
        except OSError:
            continue
        found += [" ".join(words)] if word in words and words[0] == "sleep" else []
    return found


def test_an_allowed_folder_is_read_and_one_that_may_be_written_is_written(tmp_path: Path) -> None:
    read, write = tmp_path / "read", tmp_path / "write"
    for folder in (read, write):
        folder.mkdir()
    (read / "data.txt").write_text("7")
    options = RunOptions(cache_dir=str(tmp_path / "cache"), allow=(f"read={read}", f"write={write}"), jobs=1)
    with Runner(options) as runner:
        outcome = confirmed(
            runner, f"x = int(open({str(read / 'data.txt')!r}).read())\nopen({str(write / 'out')!r}, 'w').write('8')"
        )
        fault = confirmed(runner, f"open({str(read / 'new')!r}, 'w')").fault
        # what others can change is no ground for a lasting outcome
        assert [confirmed(runner, "x = 1").cached for _ in range(2)] == [False, False]
        assert runner.store.info().entries == 0
    assert outcome.ok, outcome.fault
    assert (write / "out").read_text() == "8"
    assert fault is not None
    assert fault.kind == "denied"


@pytest.mark.parametrize("word", ["everything", "read=", "read=/no/such/folder", "write"])
def test_what_cannot_be_allowed_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="--allow"):
        open_runner(RunOptions(cache=False, allow=(word,)))


def test_a_required_sandbox_that_is_missing_is_refused() -> None:
    with Runner(RunOptions(cache=False, sandbox="require", jobs=1), ("landlock", "namespaces")) as runner:
        with pytest.raises(UsageError, match="files open"):
            runner.confinement()
        with pytest.raises(UsageError, match="files open"):
            runner.confirm([Job("x = 1")])


def test_what_the_sandbox_cannot_do_is_told_in_a_line() -> None:
    with Runner(RunOptions(cache=False, jobs=1), ("landlock",)) as runner:
        (note,) = runner.notes()
        assert note.startswith("sandbox: files open: ")
        assert "(landlock is switched off" in note
    for options in (RunOptions(cache=False, sandbox="off"), RunOptions(cache=False, frozen=True)):
        with Runner(options, ("landlock",)) as runner:
            assert runner.notes() == ()


def test_root_is_given_up_where_namespaces_are_refused() -> None:
    with Runner(RunOptions(cache=False, jobs=1), ("namespaces",)) as runner:
        outcome = confirmed(runner, "import os\nwho = [os.getuid(), os.geteuid(), os.getgid(), os.getgroups() == [0]]")
    who = outcome.value("who")
    assert who is not None
    user = [NOBODY, NOBODY, NOBODY] if os.geteuid() == 0 else [os.getuid(), os.geteuid(), os.getgid()]
    assert who.data == [*user, False]


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root, and setpriv")
def test_a_root_that_cannot_be_given_up_is_told() -> None:
    code = (
        "from deckbuild.options import RunOptions\nfrom deckbuild.run import Runner\n"
        "with Runner(RunOptions(cache=False), ('namespaces',)) as runner:\n"
        "    print(runner.confinement()['processes'])\n"
    )
    command = ["setpriv", "--bounding-set=-setuid", sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "open: still root (namespaces are switched off)\n"


def test_memory_is_limited(warm: Runner) -> None:
    fault = confirmed(warm, "import numpy as np\nnp.ones(10 ** 11)").fault
    assert isinstance(fault, Fault)
    assert (fault.kind, fault.line) == ("memory", 2)


def test_versions(warm: Runner) -> None:
    versions = warm.versions()
    assert versions.python == sys.version.split()[0]
    assert versions.torch is not None
    assert "+" not in versions.torch
