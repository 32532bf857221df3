"""Runs programs: in a warm process with torch, a fork per attempt, under limits, recorded.

Goes in: Jobs. Comes out: Outcomes; a program that fails, hangs, lies or kills is an Outcome with a Fault.

    with open_runner(RunOptions(timeout_s=10.0)) as runner:
        (outcome,) = runner.confirm([Job("x = 2\\nprint(x)\\n", probes=("x + 1",))])
        outcome.stdout        # "2\\n"
        outcome.value("x")    # Value(name="x", type="int", data=2, …)
        outcome.probed        # (Value(name="x + 1", type="int", data=3, …),)
"""

import os
from typing import TYPE_CHECKING

from deckbuild.lazy import on_demand

if TYPE_CHECKING:
    from deckbuild.options import RunOptions
    from deckbuild.store import CacheInfo

    from .cache import Cache, open_cache
    from .runner import Runner
    from .watched import Watched

# The warm process, which lives in this package, would wait for what only the build needs.
__getattr__ = on_demand(
    __name__,
    {
        "Cache": ".cache",
        "CacheInfo": "deckbuild.store",
        "Runner": ".runner",
        "Watched": ".watched",
        "open_cache": ".cache",
    },
)


def open_runner(options: "RunOptions") -> "Runner":
    """A runner, to be used as a context manager; no process is started before the first job."""
    from .runner import Runner
    from .workers import missing_layers

    return Runner(options, missing_layers(os.environ))


__all__ = ["Cache", "CacheInfo", "Runner", "Watched", "open_cache", "open_runner"]
