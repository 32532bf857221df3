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
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, Self

from deckbuild import __version__
from deckbuild.errors import UsageError
from deckbuild.model import Confinement, Fault, Job, Outcome, Versions
from deckbuild.options import RunOptions
from deckbuild.store import Store

from .agree import agreed
from .batches import batches
from .cache import open_cache
from .ends import DEAF, WAITING
from .key import Kind, key_of, machine
from .sandbox.probe import ALLOWED
from .stamp import stamp_here
from .turns import Turns
from .worker.request import Request
from .workers import Workers

if TYPE_CHECKING:
    from .executors.remote import Remote

UNCACHED = Outcome(Fault("uncached", "Uncached", "its outcome is not in the cache, and --frozen runs nothing", None))


class Runner:
    """Implements `model.Run`; a context manager, which ends the processes."""

    def __init__(self, options: RunOptions, without: tuple[str, ...] = ()) -> None:
        """`without` names layers to do without, as on a machine that lacks them: what is left must hold, too."""
        self._options = options
        self._workers = _workers(options, without)
        self._slots = options.jobs or self._workers.slots
        self._cache = open_cache(options)
        self._signed: set[str] = set()
        self._turns = Turns()
        self._writer = self._cache.writer() if options.frozen and not _version("torch") else None
        """Whose outcomes are taken where torch is not installed, and nothing is run."""
        others = any(word == "network" or "=" in word for word in options.allow)
        self._lasting = not others and not set(without) - {"fork"}
        """Whether outcomes depend on nothing but the key; not, if programs may read what others change, or are less confined."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def slots(self) -> int:
        """How many programs run at a time."""
        return self._slots

    @property
    def store(self) -> Store:
        """Where outcomes are kept, and what others make of them."""
        return self._cache

    @property
    def lasting(self) -> bool:
        """Whether what it returned so far can be had again by asking the same, here and now."""
        return self._lasting and self._workers.alike and self._writer is None

    @property
    def machine(self) -> tuple[str, ...]:
        """What outcomes depend on, here: that which computes the numbers, and that which confines the programs."""
        return (*machine(), *self._layers())

    def warm(self, *, whole: bool = True) -> None:
        """Starts the process in the background, if it is not running; or only looks how it would be confined.

        What is wrong with it is told to who needs it.
        """
        if not whole and self._options.executor != "local":
            return  # workers elsewhere tell it with their first answers
        start = self._workers.start if whole and not self._options.frozen else self._workers.confinement
        threading.Thread(target=_quietly, args=(start,), name="deckbuild-warm", daemon=True).start()

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
        """What the sandbox could not do, in one line; what was taken from the cache, or was wrong with it."""
        auto = self._options.sandbox == "auto" and not self._options.frozen
        told = (_missing(self.confinement()) if auto else "", self.borrowed())
        return (*(line for line in told if line), *self._cache.notes)

    def borrowed(self) -> str:
        """Whose versions are reported, if it is not those of this machine."""
        if self._writer is None:
            return ""
        python, torch = self._writer.python, self._writer.version("torch") or "missing"
        return f"no torch here: the versions are those of the cache's last writer, Python {python} and torch {torch}"

    def versions(self) -> Versions:
        """Of what a report names; torch's without its build. Without torch, of what the outcomes in the cache were made with."""
        torch = self._writer.version("torch") if self._writer else _version("torch")
        python = self._writer.python if self._writer else platform.python_version()
        return Versions(__version__, python, torch.partition("+")[0] if torch else None)

    def trial(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """Cheap: many candidates in one process; an outcome is a hint, not evidence."""
        return self._recalled(jobs, ("trial", "confirm"), self._try)

    def confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """Evidence: each in a clean process, and a second time to see what differs between runs."""
        return self._recalled(jobs, ("confirm",), self._confirm)

    def _recalled(
        self, jobs: Sequence[Job], kinds: tuple[Kind, ...], run: Callable[[Sequence[Job]], Sequence[Outcome]]
    ) -> tuple[Outcome, ...]:
        """From the cache what is there (a kind later in the tuple will do as well); the rest is run, and kept as the first kind."""
        layers = self._layers() if jobs else ()
        keys = [[key_of(job, kind, self._options, layers, self._writer) for kind in kinds] for job in jobs]
        outcomes = self._known(keys)
        missing = [n for n, outcome in enumerate(outcomes) if outcome is None]
        if self._options.frozen:
            return tuple(outcome or UNCACHED for outcome in outcomes)
        new = dict(zip(missing, run([jobs[n] for n in missing]), strict=True)) if missing else {}
        if self._lasting and self._workers.alike:
            self._cache.write((keys[n][0], outcome) for n, outcome in new.items())
            self._sign([jobs[n] for n in new], layers)
        return tuple(outcome or new[n] for n, outcome in enumerate(outcomes))

    def _layers(self) -> tuple[str, ...]:
        """What confines the programs, where outcomes are kept that another build may find which is confined otherwise."""
        is_asked = self._options.cache and self._lasting and self._writer is None and self._options.sandbox != "off"
        return self._workers.layers() if is_asked else ()

    def _sign(self, jobs: Sequence[Job], layers: tuple[str, ...]) -> None:
        """So that the outcomes can be found where their libraries are not installed."""
        stamp = stamp_here(jobs, layers)
        if jobs and not stamp.libraries.keys() <= self._signed:
            self._signed |= stamp.libraries.keys()
            self._cache.sign(stamp)

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
        groups = batches(jobs, self._slots)
        with self._turns.together():
            found = self._workers.run([Request(0, tuple(jobs[n] for n in group), batch=True) for group in groups])
        outcomes = dict(zip(chain.from_iterable(groups), found, strict=True))
        return tuple(outcomes[n] for n in range(len(jobs)))

    def _confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        first = self._in_time([Request(0, (job,)) for job in jobs])
        repeated = [n for n, outcome in enumerate(first) if _is_repeatable(outcome.fault)]
        second = self._in_time([Request(0, (jobs[n],), again=True) for n in repeated])
        both = dict(zip(repeated, second, strict=True))
        return tuple(agreed(outcome, both[n]) if n in both else outcome for n, outcome in enumerate(first))

    def _in_time(self, requests: Sequence[Request]) -> tuple[Outcome, ...]:
        """One outcome per request; a program that waited when its time ran out runs again alone: it may have waited for others."""
        with self._turns.together():
            outcomes = list(self._workers.run(requests))
        for n in (n for n, outcome in enumerate(outcomes) if _has_waited(outcome.fault)):
            with self._turns.alone():
                (outcomes[n],) = self._workers.run([requests[n]])
        return tuple(outcomes)


def _workers(options: RunOptions, without: tuple[str, ...]) -> Workers | Remote:
    """Those of this machine, also where nothing is going to run."""
    if options.executor == "local" or options.frozen:
        return Workers(options, options.jobs or _cores(), without)
    from .executors.remote import Remote

    return Remote(options)


def _quietly(start: Callable[[], object]) -> None:
    with suppress(UsageError, OSError):
        start()


def _cores() -> int:
    """Those this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _missing(confinement: Confinement) -> str:
    found = [f"{kind} {verdict}" for kind, verdict in confinement.items() if verdict not in ("confined", ALLOWED)]
    return f"sandbox: {', '.join(found)}" if found else ""


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _is_repeatable(fault: Fault | None) -> bool:
    return fault is None or fault.kind in ("raised", "exit", "denied")


def _has_waited(fault: Fault | None) -> bool:
    return fault is not None and fault.kind == "timeout" and fault.message.endswith((WAITING, DEAF))
