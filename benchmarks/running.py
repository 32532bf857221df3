"""What running costs, as ratios measured side by side.

    python -m benchmarks.running [--rounds N]

1  processor time of `python snippet.py` : of one sandboxed run; of a sandboxed run : of one without the sandbox
2  a rebuild of 1,000 programs from the cache : one `import torch`, wall time
7  candidates per second of processor time, in a batch, their numbers recorded : one process each, recorded in full
   the start of the warm process : one `import torch`, processor time; how long a check waits for it, wall time

The last figures stand in README.md.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from deckbuild.model import Job
from deckbuild.options import RunOptions
from deckbuild.run import Runner
from deckbuild.run.worker.request import Request

from .environment import environment

PROGRAM = """import torch
from torch import nn
layer = nn.Linear(4, 3)
x = torch.arange(8.0).reshape(2, 4) + {number}
y = layer(x)
print(y.shape)
"""
CHECK = """
import time; began = time.perf_counter()
import sys
from deckbuild.options import Options, RunOptions
from deckbuild import pipeline
from deckbuild.run.zygote import Life
wait = Life.wait_ready
def waited(life):
    wanted = time.perf_counter()
    wait(life)
    Life.wait_ready = wait
    print(wanted - began, time.perf_counter() - began)
Life.wait_ready = waited
pipeline.check(["-"], Options(RunOptions(cache=False)), stdin=b":p What?\\n\\n??x\\n```python\\nprint(1)\\n```\\nx??\\n")
"""
"""Prints when the first run is wanted, and when it can begin."""
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def programs(count: int) -> list[Job]:
    """Different ones, of the size that a card shows."""
    return [Job(PROGRAM.format(number=n)) for n in range(count)]


def main() -> None:
    """Prints the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    fresh = statistics.median(_fresh_cpu_s(job) for job in programs(rounds))
    confined, bare, batched = _worker_cpu_s(rounds)
    cached, loading = _cached_wall_s(1000), statistics.median(_import_wall_s() for _ in range(rounds))
    print(f"fresh process      {fresh * 1e3:8.1f} ms of processor time")
    print(f"confined fork      {confined * 1e3:8.1f} ms   fresh : confined = {fresh / confined:.0f} (goal 40)")
    print(f"bare fork          {bare * 1e3:8.1f} ms   confined : bare = {confined / bare:.2f} (goal 1.25)")
    print(f"batched candidate  {batched * 1e3:8.2f} ms   confined : batched = {confined / batched:.0f} (goal 30)")
    starting, importing = _start_cpu_s(rounds)
    waited, total = _waited_s()
    print(f"start              {starting * 1e3:8.1f} ms   start : import = {starting / importing:.2f}")
    print(f"  the first run of a check after {total:.2f} s of wall time, of which the build waited for {waited:.2f} s")
    print(f"1,000 from cache   {cached * 1e3:8.1f} ms of wall time")
    print(f"import torch       {loading * 1e3:8.1f} ms   cached : import = {cached / loading:.2f} (goal 0.5)")


def _fresh_cpu_s(job: Job) -> float:
    before = os.times()
    subprocess.run([sys.executable, "-c", job.code], check=True, stdout=subprocess.DEVNULL, env=environment())
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _start_cpu_s(rounds: int) -> tuple[float, float]:
    """Of the warm process until it is ready, and of `import torch`: the medians of interleaved rounds."""
    found = [(_one_start_cpu_s(), _fresh_cpu_s(Job("import torch"))) for _ in range(rounds)]
    starting, importing = (statistics.median(column) for column in zip(*found, strict=True))
    return starting, importing


def _one_start_cpu_s() -> float:
    with Runner(RunOptions(cache=False, jobs=2)) as runner:
        life = runner._workers.start()
        life.wait_ready()
        return _spent_s(life._process.pid)


def _waited_s() -> tuple[float, float]:
    """Of a check of a small deck: how long it had nothing to do but to wait for the warm process, and when that was ready."""
    done = subprocess.run([sys.executable, "-c", CHECK], check=True, capture_output=True, text=True, env=environment())
    wanted, ready = map(float, done.stdout.split())
    return ready - wanted, ready


def _worker_cpu_s(rounds: int) -> tuple[float, float, float]:
    """Of a confined fork, a bare fork, a candidate of a batch: the medians of interleaved rounds."""
    with (
        Runner(RunOptions(cache=False, jobs=1)) as strict,
        Runner(RunOptions(cache=False, jobs=1), ("landlock", "seccomp")) as loose,
    ):
        for runner in (strict, loose):
            runner.confirm(programs(30))  # until its memory lies in large pages, which comes with the fiftieth fork
        each = [Request(0, (job,)) for job in programs(40)]
        batch = Request(0, tuple(replace(job, record="numbers") for job in programs(400)), batch=True)
        found = [
            (_cpu_s(strict, each) / 40, _cpu_s(loose, each) / 40, _cpu_s(strict, [batch]) / 400) for _ in range(rounds)
        ]
    confined, bare, batched = (statistics.median(column) for column in zip(*found, strict=True))
    return confined, bare, batched


def _cpu_s(runner: Runner, requests: Sequence[Request]) -> float:
    """Of the warm process and its children."""
    process = runner._workers.start()._process.pid
    before = _spent_s(process)
    runner._workers.run(requests)
    return _spent_s(process) - before


def _spent_s(process: int) -> float:
    """Of a process, those it waited for, and those below it."""
    while True:
        try:
            before = _tree(process)
            ticks = [_ticks(pid) for pid in before]
            if _tree(process) == before:  # else one ended meanwhile, and its time may be counted nowhere
                return sum(ticks) * TICK_S
        except (FileNotFoundError, ProcessLookupError):
            continue


def _tree(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(below for child in children for below in _tree(int(child)))]


def _ticks(pid: int) -> int:
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))


def _cached_wall_s(count: int) -> float:
    """A build's part here: keys, reading, unpacking; in a process that has nothing loaded."""
    jobs = programs(count)
    with tempfile.TemporaryDirectory() as folder:
        with Runner(RunOptions(cache_dir=folder, jobs=2)) as runner:
            runner.trial(jobs)
        code = (
            "import sys; from deckbuild.run import open_runner; from deckbuild.options import RunOptions\n"
            "from deckbuild.model import Job\n"
            f"jobs = [Job(c) for c in {[j.code for j in jobs]!r}]\n"
            f"with open_runner(RunOptions(cache_dir={folder!r}, frozen=True)) as r: found = r.trial(jobs)\n"
            "assert all(o.ok for o in found) and 'torch' not in sys.modules\n"
        )
        script = Path(folder) / "rebuild.py"
        script.write_text(code)
        return _wall_s([sys.executable, str(script)])


def _import_wall_s() -> float:
    return _wall_s([sys.executable, "-c", "import torch"])


def _wall_s(command: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, env=environment())
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
