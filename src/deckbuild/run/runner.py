"""Runs programs for the other stages.

Goes in: Jobs, from any thread. Comes out: Outcomes, in their order: from the warm process (started when the first is needed).
"""

from __future__ import annotations

import os
import platform
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import metadata
from types import TracebackType
from typing import Self

from deckbuild import __version__
from deckbuild.errors import UsageError
from deckbuild.model import Confinement, Fault, Job, Outcome, Versions
from deckbuild.options import RunOptions

from .agree import agreed
from .cache import open_cache
from .key import Kind, key_of
from .worker.request import Request
from .workers import Workers

BATCH = 8
"""Fewer programs are not worth a second process."""
UNCACHED = Outcome(Fault("uncached", "Uncached", "its outcome is not in the cache, and --frozen runs nothing", None))


class Runner:
    """Implements `model.Run`; a context manager, which ends the processes."""

    def __init__(self, options: RunOptions, without: tuple[str, ...] = ()) -> None:
        """`without` names layers to do without, as on a machine that lacks them: what is left must hold, too."""
        self._options = options
        self._slots = options.jobs or _cores()
        self._workers = Workers(options, self._slots, without)
        self._cache = open_cache(options)
        self._lasting = not any(word == "network" or "=" in word for word in options.allow)
        """Whether outcomes depend on nothing but the key; not, if programs may read what others change."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Starts the process in the background, if it is not running; what is wrong with it is told to who needs it."""
        if not self._options.frozen:
            threading.Thread(target=self._start_quietly, name="deckbuild-warm", daemon=True).start()

    def close(self) -> None:
        """Ends the process and removes what programs left on the disk."""
        self._workers.close()
        self._cache.close()

    def confinement(self) -> Confinement:
        """For files, network, processes and disk `confined` or `open: why`, each tried by attacks. torch is not loaded for it.

        Raises UsageError if a sandbox is required and not to be had.
        """
        return self._workers.confinement()

    def notes(self) -> tuple[str, ...]:
        """What was wrong with the cache."""
        return self._cache.notes

    def versions(self) -> Versions:
        """Of what a report names; torch's without its build."""
        torch = _version("torch")
        return Versions(__version__, platform.python_version(), torch and torch.partition("+")[0])

    def trial(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """Cheap: many candidates in one process; an outcome is a hint, not evidence."""
        return self._recalled(jobs, ("trial", "confirm"), self._try)

    def confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """Evidence: each in a clean process, and a second time to see what differs between runs."""
        return self._recalled(jobs, ("confirm",), self._confirm)

    def _start_quietly(self) -> None:
        with suppress(UsageError, OSError):
            self._workers.start()

    def _recalled(
        self, jobs: Sequence[Job], kinds: tuple[Kind, ...], run: Callable[[Sequence[Job]], Sequence[Outcome]]
    ) -> tuple[Outcome, ...]:
        """From the cache what is there (a kind later in the tuple will do as well); the rest is run, and kept as the first kind."""
        keys = [[key_of(job, kind, self._options) for kind in kinds] for job in jobs]
        outcomes = self._known(keys)
        missing = [n for n, outcome in enumerate(outcomes) if outcome is None]
        if self._options.frozen:
            return tuple(outcome or UNCACHED for outcome in outcomes)
        new = dict(zip(missing, run([jobs[n] for n in missing]), strict=True)) if missing else {}
        if self._lasting:
            self._cache.write((keys[n][0], outcome) for n, outcome in new.items())
        return tuple(outcome or new[n] for n, outcome in enumerate(outcomes))

    def _known(self, keys: list[list[bytes]]) -> list[Outcome | None]:
        """For each job what is kept under the first of its keys under which anything is; no other is unpacked."""
        outcomes: list[Outcome | None] = [None] * len(keys)
        for same_kind in zip(*keys, strict=True) if self._lasting else ():
            missing = [n for n, outcome in enumerate(outcomes) if outcome is None]
            found = self._cache.read([same_kind[n] for n in missing])
            for n in missing:
                outcomes[n] = found.get(same_kind[n])
        return outcomes

    def _try(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """One process for many; several side by side where there are enough to pay for it."""
        size = max(BATCH, -(-len(jobs) // self._slots))
        return self._workers.run([Request(0, tuple(jobs[n : n + size]), batch=True) for n in range(0, len(jobs), size)])

    def _confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        first = self._workers.run([Request(0, (job,)) for job in jobs])
        repeated = [n for n, outcome in enumerate(first) if _is_repeatable(outcome.fault)]
        second = self._workers.run([Request(0, (jobs[n],), again=True) for n in repeated])
        both = dict(zip(repeated, second, strict=True))
        return tuple(agreed(outcome, both[n]) if n in both else outcome for n, outcome in enumerate(first))


def _cores() -> int:
    """Those this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _is_repeatable(fault: Fault | None) -> bool:
    return fault is None or fault.kind in ("raised", "exit", "denied")
