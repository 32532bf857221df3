"""A Run that remembers whether another build would see the same.

Goes in: Jobs. Comes out: the runner's Outcomes; `lasting` says whether each of them is one that the cache keeps.
"""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.model import Job, Outcome

from .cache import is_kept
from .runner import Runner


class Watched:
    """Implements `model.Run`, for one card."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._kept = True

    @property
    def lasting(self) -> bool:
        """Whether everything that was seen depends on nothing but what was asked."""
        return self._kept and self._runner.lasting

    def trial(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """The runner's."""
        return self._watched(self._runner.trial(jobs))

    def confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """The runner's."""
        return self._watched(self._runner.confirm(jobs))

    def _watched(self, outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
        self._kept &= all(map(is_kept, outcomes))
        return outcomes
