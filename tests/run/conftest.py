"""One warm process for all tests of a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from deckbuild.model import Outcome
from deckbuild.options import RunOptions
from deckbuild.run import Runner
from tests.run.running import confirmed


@pytest.fixture(scope="session")
def warm() -> Iterator[Runner]:
    with Runner(RunOptions(cache=False, timeout_s=20.0, jobs=2)) as runner:
        yield runner


@pytest.fixture
def run(warm: Runner) -> Callable[..., Outcome]:
    """Runs a program as evidence is run."""
    return lambda code, *probes: confirmed(warm, code, *probes)
