"""Where a fork cannot be trusted or is not to be had: a process for each request, tried here by forcing it.

That the other ends (exit, exceptions, time) are told there, too, is tested with the runner.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deckbuild.errors import UsageError
from deckbuild.model import Job
from deckbuild.options import RunOptions
from deckbuild.run import Runner, open_runner
from deckbuild.run.worker.alarm import alarm

FORGED = """
import json, os, struct
outcome = json.dumps({"fault": None, "stdout": "all is well"}).encode()
for payload in (outcome, b"1 0 +\\n" + outcome):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack(">I16s", len(payload), b"0" * 16) + payload)
        except OSError:
            pass
"""
DEAF = """
import signal
for number in (signal.SIGALRM, signal.SIGPROF, signal.SIGTERM):
    signal.signal(number, signal.SIG_IGN)
while True:
    pass
"""
ENDS = {
    "print(1)": None,
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)": "killed",
    DEAF: "timeout",
    "while True: print('x' * 1000)": "output",
    FORGED: "killed",
    "print(2)": None,
}
HIDE = """
import os, signal, sys
for name in ("fork", "forkpty", "setsid", "sched_getaffinity", "pread", "waitid", "sysconf", "chown"):
    delattr(os, name)
for name in ("SIGALRM", "SIGPROF", "ITIMER_REAL", "ITIMER_PROF", "setitimer", "alarm"):
    delattr(signal, name)
for name in ("resource", "fcntl", "pwd", "grp", "termios"):
    sys.modules[name] = None
sys.platform = "strange"
"""
DECK = """# One

:p What runs?

??x
```python
x = 2
print(x + 1)
```
It prints 3.
x??

:p What hangs?

??x
```python
print("so far")
while True:
    pass
```
x??

:p What leaves?

??x
```python
import os
os._exit(0)
```
x??
"""


def test_every_end_is_told_without_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECKBUILD_WITHOUT", "fork")
    with open_runner(RunOptions(cache=False, timeout_s=2.0, jobs=2)) as runner:
        outcomes = runner.trial([Job(code) for code in ENDS])
    assert [o.fault and o.fault.kind for o in outcomes] == list(ENDS.values())
    assert [o.stdout for o in outcomes if o.ok] == ["1\n", "2\n"]


@pytest.mark.parametrize("word", ["frok", "fork,sandbox"])
def test_what_cannot_be_done_without_is_told(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECKBUILD_WITHOUT", word)
    with pytest.raises(UsageError, match="expected some of fork, namespaces, landlock, seccomp"):
        open_runner(RunOptions(cache=False))


def test_a_deck_is_checked_on_a_system_that_lacks_what_posix_has(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(HIDE)
    (tmp_path / "deck.md").write_text(DECK)
    done = subprocess.run(
        [sys.executable, "-m", "deckbuild", "check", "deck.md", "--no-cache", "--timeout", "3", "--report", "r.json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    report = json.loads((tmp_path / "r.json").read_text())
    assert [s["verdict"] for s in report["snippets"]] == ["ran", "failed", "failed"]
    assert [s["error"] and s["error"]["type"] for s in report["snippets"]] == [None, "Timeout", "Exit"]
    assert report["snippets"][0]["stdout"] == "3\n"
    assert report["snippets"][1]["error"]["line"] in (18, 19)
    assert set(report["sandbox"].values()) == {"open: the layers need Linux, this is strange"}


def test_less_confined_outcomes_are_not_kept(tmp_path: Path) -> None:
    for without, cached in ((("seccomp",), False), (("fork",), True)):
        options = RunOptions(cache_dir=str(tmp_path / without[0]), jobs=1)
        with Runner(options, without) as runner:
            assert [runner.trial([Job("x = 1")])[0].cached for _ in range(2)] == [False, cached]
            assert runner.store.info().entries == cached


def test_what_was_denied_under_one_confinement_is_run_under_another(tmp_path: Path) -> None:
    """A program that has no disk of its own may not set modes; where it has one, nobody tells it the old story."""
    options, job = RunOptions(cache_dir=str(tmp_path), jobs=1), Job("import os\nos.chmod('.', 0o700)\n")
    with Runner(options, ("fork",)) as unsealed:
        (denied,), (again,) = unsealed.trial([job]), unsealed.trial([job])
    with Runner(options) as sealed:
        if "sealed" not in sealed.machine:
            pytest.skip("this machine refuses namespaces")
        (ran,) = sealed.trial([job])
        assert (ran.fault, ran.cached) == (None, False)
        assert sealed.machine != unsealed.machine
    with Runner(options) as later:
        assert later.trial([job])[0].cached
    assert denied.fault is not None
    assert denied.fault.kind == "denied"
    assert again.cached


def test_an_alarm_without_timers_rings_where_the_program_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("signal.setitimer")
    rung: list[tuple[str, str]] = []
    alarm(0.05, 1.0).set(lambda frame, words: rung.append((frame.f_code.co_name if frame else "", words)))
    deadline = time.monotonic() + 5
    while not rung and time.monotonic() < deadline:
        pass
    assert rung == [("test_an_alarm_without_timers_rings_where_the_program_is", "0.05 s")]


def test_an_alarm_that_is_called_off_stays_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("signal.setitimer")
    rung: list[str] = []
    watch = alarm(0.05, None)
    watch.set(lambda _, words: rung.append(words))
    watch.call_off()
    time.sleep(0.2)
    assert rung == []
