"""The build's end of workers elsewhere.

Goes in: requests, from any thread. Comes out: an Outcome for every job of every request, whatever becomes of the workers.
"""

from __future__ import annotations

import os
import pickle
import threading
import time
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import nullcontext
from dataclasses import replace

from deckbuild.errors import UsageError
from deckbuild.model import Confinement, Fault, Outcome
from deckbuild.options import RunOptions
from deckbuild.run.frames import WireError
from deckbuild.run.key import machine
from deckbuild.run.worker.request import Request

from .find import Pool, open_pool
from .unit import Answer, Unit, read_answer, versions_here, write_unit
from .work import work

TRIES = 3
SILENCE_S = 300.0
"""Beyond the time limits of the programs of a unit: how long no worker may answer anything while one is waited for."""
WATCH_S = 5.0
MISFITS = (ImportError, AttributeError, pickle.PicklingError)
"""What comes of a worker that has no deckbuild, or of an executor that does not take its function."""


class Remote:
    """Units in, answers out, each tried three times; the same face as that of the local `Workers`."""

    def __init__(self, options: RunOptions) -> None:
        """Connects. Raises UsageError if there is nothing to connect to."""
        self._options = replace(options, allow=tuple(map(_absolute, options.allow)))
        self._name = f"--executor {options.executor}"
        self._pool = open_pool(options.executor)
        self._lock = threading.Lock()
        self._confinement: Confinement = {}
        self._layers: tuple[str, ...] = ()
        self._heard = time.monotonic()
        self._suspects = threading.Lock()
        """Held by one who sends again what was under way when a worker died: the guilty never meets the innocent twice."""
        self.alike = True
        """Whether all workers that answered compute like this machine, and confine like the first, so that their outcomes are its own."""

    @property
    def slots(self) -> int:
        """How many units are run at a time."""
        return self._pool.slots

    def start(self) -> None:
        """Nothing: workers start with their first unit."""

    def close(self) -> None:
        """Lets the executor go; the cluster behind it stays."""
        self._pool.close()

    def confinement(self) -> Confinement:
        """What the attacks found on the workers that answered: of each kind the worst; if none did yet, one is asked."""
        if not self._confinement and isinstance(lost := self._answer(self._unit(())), Exception):
            raise UsageError(f"{self._name}: no worker answers ({_told(lost)}) · look at the cluster")
        return dict(self._confinement)

    def layers(self) -> tuple[str, ...]:
        """What of the first worker's confinement makes a difference to outcomes."""
        self.confinement()
        return self._layers

    def run(self, requests: Sequence[Request]) -> tuple[Outcome, ...]:
        """The outcomes of all jobs of all requests, each request a unit of its own."""
        units = [self._unit((request,)) for request in requests]
        sent = [self._sent(unit) for unit in units]
        return tuple(
            outcome for unit, future in zip(units, sent, strict=True) for outcome in self._outcomes(unit, future)
        )

    def _unit(self, requests: tuple[Request, ...]) -> Unit:
        return Unit(self._options, versions_here(requests), requests)

    def _outcomes(self, unit: Unit, sent: Future[str]) -> tuple[Outcome, ...]:
        """One per job, whatever becomes of the workers."""
        answer = self._answer(unit, sent)
        if isinstance(answer, Answer):
            return answer.outcomes
        told = f"the worker that ran it was lost {TRIES} times ({_told(answer)})"
        return (Outcome(Fault("broken", "WorkerLost", told, None)),) * _jobs(unit)

    def _answer(self, unit: Unit, sent: Future[str] | None = None) -> Answer | Exception:
        """The answer, or how the last worker was lost. Raises UsageError if no worker will ever do."""
        lost: Exception = WireError("never sent")
        for attempt in range(TRIES):
            with self._suspects if attempt else nullcontext():
                try:
                    text = self._waited(sent if sent and not attempt else self._sent(unit), _jobs(unit))
                    answer = read_answer(text, _jobs(unit))
                except UsageError:
                    raise
                except MISFITS as error:
                    raise UsageError(
                        f"{self._name}: a worker cannot do the work ({_told(error)}) · expected the same deckbuild there · "
                        "install it on the workers"
                    ) from error
                except (
                    Exception
                ) as error:  # of which class is the executor's affair: the worker, or the way to it, is lost
                    lost = error
                    continue
            self._learn(answer)
            return answer
        return lost

    def _waited(self, future: Future[str], jobs: int) -> str:
        limit_s = SILENCE_S + jobs * self._options.timeout_s
        while True:
            try:
                text = future.result(timeout=WATCH_S)
            except TimeoutError:
                if future.done():
                    raise
                if time.monotonic() - self._heard > limit_s:
                    future.cancel()
                    raise UsageError(
                        f"{self._name}: no answer for {limit_s:g} s · expected a worker that lives · "
                        "look at the cluster"
                    ) from None
            else:
                self._heard = time.monotonic()
                return text

    def _sent(self, unit: Unit) -> Future[str]:
        """On its way, with a pool that is not broken; one that breaks at once has lost it."""
        self._heard = time.monotonic()
        text, pool = write_unit(unit), self._pool
        try:
            return pool.executor.submit(work, text)
        except BrokenExecutor:
            return self._sent_anew(text, pool)
        except RuntimeError as error:
            raise UsageError(f"{self._name}: takes no more work: {error}") from error

    def _sent_anew(self, text: str, broken: Pool) -> Future[str]:
        with self._lock:
            if self._pool is broken:
                broken.close()
                self._pool = open_pool(self._options.executor)
        try:
            return self._pool.executor.submit(work, text)
        except BrokenExecutor as error:
            lost: Future[str] = Future()
            lost.set_exception(error)
            return lost

    def _learn(self, answer: Answer) -> None:
        if answer.refused:
            raise UsageError(f"{self._name}: on a worker: {answer.refused}")
        with self._lock:
            if not self._confinement:
                self._layers = answer.layers
            self.alike &= (answer.machine, answer.layers) == (machine(), self._layers)
            for kind, verdict in answer.confinement.items():
                if self._confinement.get(kind, "confined") == "confined":
                    self._confinement[kind] = verdict


def _absolute(word: str) -> str:
    """`read=DIR` means one folder, wherever a worker was started."""
    name, equals, folder = word.partition("=")
    return f"{name}={os.path.realpath(folder)}" if equals else word


def _jobs(unit: Unit) -> int:
    return sum(len(request.jobs) for request in unit.requests)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}".removesuffix(": ")[:300]
