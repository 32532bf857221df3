"""Runs programs: in a warm process with torch, a fork per attempt, under limits, recorded.

Goes in: Jobs. Comes out: Outcomes; a program that fails, hangs, lies or kills is an Outcome with a Fault.

    with open_runner(RunOptions(timeout_s=10.0)) as runner:
        (outcome,) = runner.confirm([Job("x = 2\\nprint(x)\\n", probes=("x + 1",))])
        outcome.stdout        # "2\\n"
        outcome.value("x")    # Value(name="x", type="int", data=2, …)
        outcome.probed        # (Value(name="x + 1", type="int", data=3, …),)
"""

import os

from deckbuild.options import RunOptions
from deckbuild.store import CacheInfo

from .cache import Cache, open_cache
from .runner import Runner
from .watched import Watched
from .workers import missing_layers


def open_runner(options: RunOptions) -> Runner:
    """A runner, to be used as a context manager; no process is started before the first job."""
    return Runner(options, missing_layers(os.environ))


__all__ = ["Cache", "CacheInfo", "Runner", "Watched", "open_cache", "open_runner"]
