"""Candidates that share a process: each runs in its own time, from the same numbers, and is told what it is told alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deckbuild.model import Job, Outcome
from deckbuild.options import RunOptions
from deckbuild.run import Runner

DRAWN = "import os, random\nimport numpy as np\nimport torch\nown = os.getpid()\na, b = random.random(), float(np.random.randn())\nc = torch.rand(1).item()\n"
LIMIT_S = 1.5


def drawn(outcome: Outcome) -> list[object]:
    """The numbers of DRAWN."""
    return [value.data if (value := outcome.value(name)) else None for name in "abc"]


def processes(*outcomes: Outcome) -> int:
    """In how many DRAWN ran."""
    return len({value.data for outcome in outcomes if (value := outcome.value("own"))})


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        "import random, numpy, torch\nrandom.seed(7), numpy.random.seed(7), torch.manual_seed(7)",
        "import random, numpy, torch\nfor _ in range(700):\n    random.gauss(0, 1), numpy.random.randn(), torch.randn(3)",
        "import numpy as np\nnp.random.set_state(np.random.RandomState(3).get_state())",
        "import random\nrandom.setstate(random.Random(3).getstate())\nx = random.gauss(0, 1)",
        "import torch\ntorch.set_rng_state(torch.Generator().manual_seed(3).get_state())\nx = torch.rand(1)\n1 / 0",
    ],
)
def test_each_draws_the_same_numbers(code: str, warm: Runner) -> None:
    """Whatever the one before it did with the generators, and in the same process."""
    first, _, after = warm.trial(
        [Job(DRAWN, record="numbers"), Job(code, record="numbers"), Job(DRAWN + "\n", record="numbers")]
    )
    assert drawn(first) == drawn(after)
    assert None not in drawn(first)
    assert processes(first, after) == 1


@pytest.fixture(scope="module")
def hasty() -> Iterator[Runner]:
    """With little time for each."""
    with Runner(RunOptions(cache=False, timeout_s=LIMIT_S, jobs=1)) as runner:
        yield runner


ENDLESS = "n = 0\nwhile True:\n    n += 1\n"
SLEEPING = "import time\ntime.sleep(60)\n"


@pytest.mark.parametrize("code", [ENDLESS, SLEEPING, "import torch\nwhile True:\n    torch.ones(9).sum()\n"])
def test_one_without_an_end_is_stopped_in_its_own_time(code: str, hasty: Runner) -> None:
    """In the middle of others, of which none is blamed, none is lost, and none takes from another's time."""
    busy = "import time\nuntil = time.perf_counter() + {}\nwhile time.perf_counter() < until:\n    pass\nx = {}\n"
    around = [Job(busy.format(0.6 * LIMIT_S, n), record="numbers") for n in range(4)]
    *before, stopped, third, fourth = hasty.trial([*around[:2], Job(code, record="numbers"), *around[2:]])
    assert [o.fault for o in (*before, third, fourth)] == [None] * 4
    assert stopped.fault is not None
    assert stopped.fault.kind == "timeout"
    assert stopped.fault.message.startswith(f"still running after {LIMIT_S:g} s")
    assert stopped.fault.line in (2, 3)
    assert LIMIT_S * 0.9 < stopped.seconds < LIMIT_S * 3


HANDLERS = {
    "another handler for the alarm": "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\n",
    "an alarm of its own": "import signal\nsignal.signal(signal.SIGALRM, lambda *a: 1 / 0)\nsignal.setitimer(signal.ITIMER_REAL, 0.2)\n",
    "an alarm of its own, unheard": "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.2)\n",
    "an alarm of processor time": "import signal\nsignal.signal(signal.SIGPROF, lambda *a: 1 / 0)\nsignal.setitimer(signal.ITIMER_PROF, 0.2)\n",
    "a virtual alarm": "import signal\nsignal.signal(signal.SIGVTALRM, lambda *a: 1 / 0)\nsignal.setitimer(signal.ITIMER_VIRTUAL, 0.2)\n",
    "no alarm": "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nsignal.setitimer(signal.ITIMER_PROF, 0)\n",
    "blocked signals": "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGPROF})\n",
    "another handler": "import signal\nsignal.signal(signal.SIGUSR1, lambda *a: 1 / 0)\n",
}
HANDLED = "import signal\nx = signal.getsignal(signal.SIGUSR1) is signal.SIG_DFL\n"


@pytest.mark.parametrize("name", HANDLERS)
def test_one_with_handlers_of_its_own_rings_for_no_other(name: str, hasty: Runner) -> None:
    """Nor does it take the alarm from one that has no end."""
    busy = "import time\nuntil = time.perf_counter() + 0.6\nwhile time.perf_counter() < until:\n    pass\n"
    codes = (HANDLERS[name], busy, HANDLERS[name] + "\n", ENDLESS, HANDLED)
    own, after, again, stopped, last = hasty.trial([Job(code, record="numbers") for code in codes])
    assert [o.fault for o in (own, after, again, last)] == [None] * 4
    assert stopped.fault is not None
    assert stopped.fault.kind == "timeout"
    found = last.value("x")
    assert found is not None
    assert found.data is True


def test_one_that_forks_is_told_once_and_shifts_no_other() -> None:
    """The other process ends where the program does."""
    forking = "import os\npid = os.fork()\nx = {0} if pid else -1\nif pid:\n    os.waitpid(pid, 0)\nprint({0})\n"
    codes = [forking.format(n) if n % 2 else f"x = {n}\nprint(x)\n" for n in range(6)]
    with Runner(RunOptions(cache=False, timeout_s=20.0, jobs=1, allow=("processes",))) as runner:
        outcomes = runner.trial([Job(code, record="numbers") for code in codes])
        (confirmed,) = runner.confirm([Job(codes[1])])
    assert [o.fault for o in outcomes] == [None] * 6
    assert [value.data for o in outcomes if (value := o.value("x"))] == [*range(6)]
    assert [set(o.stdout.split()) for o in outcomes] == [{str(n)} for n in range(6)]
    assert set(confirmed.stdout.split()) == {"1"}
