"""Short ways to run a program in a test."""

from __future__ import annotations

import textwrap
from typing import Protocol

from deckbuild.model import Job, Outcome, Run


class RunCode(Protocol):
    """A fixture that runs a program, indented as the test is, with probes."""

    def __call__(self, code: str, *probes: str) -> Outcome: ...


def confirmed(runner: Run, code: str, *probes: str) -> Outcome:
    """The outcome of one program."""
    (outcome,) = runner.confirm([Job(textwrap.dedent(code).lstrip("\n"), probes)])
    return outcome
