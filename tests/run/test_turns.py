"""What waited when its time ran out runs once more, alone; what was at work or ended by itself does not."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest

from deckbuild.model import Fault, Job, Outcome
from deckbuild.options import RunOptions
from deckbuild.run import Runner
from deckbuild.run.ends import DEAF, WAITING
from deckbuild.run.turns import Turns
from deckbuild.run.worker.request import Request


def late(end: str) -> Fault:
    return Fault("timeout", "Timeout", f"still running after 10 s{end}", None)


class Answers:
    """Workers that give each program its faults in turn, and note how many programs they were given at a time."""

    alike = True

    def __init__(self, faults: dict[str, list[Fault | None]]) -> None:
        self._faults = faults
        self.asked: list[int] = []

    def run(self, requests: Sequence[Request]) -> tuple[Outcome, ...]:
        if requests:
            self.asked.append(len(requests))
        return tuple(Outcome(self._faults[r.jobs[0].code].pop(0)) for r in requests)

    def close(self) -> None:
        """Nothing was started."""


@pytest.mark.parametrize(
    ("first", "second", "told", "asked"),
    [
        (late(WAITING), None, None, [2, 1, 2]),
        (late(DEAF), None, None, [2, 1, 2]),
        (late(WAITING), late(WAITING), late(WAITING), [2, 1, 1]),
        (late(""), None, late(""), [2, 1]),
        (Fault("killed", "Killed", "ended by SIGKILL", None), None, Fault("killed", "Killed", "ended by SIGKILL", None), [2, 1]),
    ],
)  # fmt: skip
def test_who_runs_again(first: Fault, second: Fault | None, told: Fault | None, asked: list[int]) -> None:
    workers = Answers({"slow": [first, second, None], "quick": [None, None]})
    runner = Runner(RunOptions(cache=False))
    runner._workers.close()
    runner._workers = workers  # type: ignore[assignment]
    slow, quick = runner.confirm([Job("slow"), Job("quick")])
    assert (slow.fault, quick.fault) == (told, None)
    assert workers.asked == asked


def test_a_limit_says_whether_the_program_waited() -> None:
    with Runner(RunOptions(cache=False, timeout_s=2.0, jobs=1)) as runner:
        busy, asleep = runner.confirm([Job("while True: pass"), Job("import time\ntime.sleep(9)")])
    assert busy.fault is not None
    assert asleep.fault is not None
    assert asleep.fault.message == f"still running after 2 s{WAITING}"
    assert busy.fault.kind == asleep.fault.kind == "timeout"


def test_turns_are_shared_and_who_is_alone_is_alone() -> None:
    turns, inside, most = Turns(), [0], {"together": 0, "alone": 0}

    def work(kind: str) -> None:
        with getattr(turns, kind)():
            inside[0] += 1
            time.sleep(0.05)
            most[kind] = max(most[kind], inside[0])
            inside[0] -= 1

    threads = [threading.Thread(target=work, args=(kind,)) for kind in ("together", "together", "alone", "together")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert not any(thread.is_alive() for thread in threads)
    assert most["alone"] == 1
    assert most["together"] > 1
