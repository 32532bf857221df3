"""Short ways to run a program in a test."""

from __future__ import annotations

import textwrap
from typing import Protocol

from deckbuild.model import Job, Outcome, Run
from deckbuild.run import Runner
from deckbuild.run.workers import Workers
from deckbuild.run.zygote import Life


class RunCode(Protocol):
    """A fixture that runs a program, indented as the test is, with probes."""

    def __call__(self, code: str, *probes: str) -> Outcome: ...


def confirmed(runner: Run, code: str, *probes: str) -> Outcome:
    """The outcome of one program."""
    (outcome,) = runner.confirm([Job(textwrap.dedent(code).lstrip("\n"), probes)])
    return outcome


def life_of(runner: Runner) -> Life | None:
    """The warm process of this machine, if it was started."""
    assert isinstance(runner._workers, Workers)
    return runner._workers._life
