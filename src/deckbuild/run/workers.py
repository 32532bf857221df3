"""The processes that run programs, as many as it takes.

Goes in: requests, from any thread. Comes out: an Outcome for every job of every request, whatever becomes of the processes.
"""

from __future__ import annotations

import json
import re
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from deckbuild.errors import UsageError
from deckbuild.model import Confinement, Fault, Outcome
from deckbuild.options import RunOptions

from .ends import end_fault
from .frames import WireError
from .sandbox.policy import LAYERS, VARIABLE, layers_without, read_policy
from .sandbox.probe import ALLOWED
from .scratch import Scratch
from .wire import decode
from .worker.request import Request, Setup
from .zygote import Life

LIVES = 3
REQUIRED = ("files", "network", "processes")
ELLIPSIS = rb"\\u2026"
ADDRESS = re.compile(rb"(?<= at )0x[0-9a-f]{6,16}")


class Workers:
    """One warm process that forks; where forks do not work, a process for each request."""

    def __init__(self, options: RunOptions, slots: int, without: tuple[str, ...]) -> None:
        """Raises UsageError for what cannot be allowed."""
        _check(options)
        self._options = options
        self.slots = slots
        self._without = without
        self._scratch = Scratch()
        self._folder = re.compile(re.escape(json.dumps(self._scratch.path)[1:-1].encode()) + rb"/[^/\"\\]+(/\d+)*")
        self._life: Life | None = None
        self._forks: bool | None = None
        """Whether a process serves many requests; None until the first has told."""
        self._confinement: Confinement = {}
        self._layers: tuple[str, ...] = ()
        self._closed = False
        self._lock = threading.Lock()
        self._spawning = threading.Semaphore(slots)
        self._suspects = threading.Lock()
        """Held by one who runs again what was under way when a process died: the guilty never meets the innocent twice."""

    def start(self) -> Life:
        """A process, maybe not ready; a dead one is replaced. Raises UsageError if there is none to be had."""
        with self._lock:
            if self._closed:
                raise UsageError("the runner is closed")
            if self._life is None or not self._life.alive:
                if self._life is not None:
                    self._life.end()
                self._life = Life(self._setup())
                self._life.wait_confined()
                self._learn(self._life)
            return self._life

    def close(self) -> None:
        """Ends the process and removes what programs left on the disk."""
        with self._lock:
            self._closed = True
            if self._life is not None:
                self._life.end()
                self._life = None
        self._scratch.clear()

    def confinement(self) -> Confinement:
        """What the attacks at the start found; if no process was started, one is that loads no library."""
        with self._lock:
            if not self._confinement:
                life = Life(replace(self._setup(), only_look=True))
                try:
                    life.wait_confined()
                    self._learn(life)
                finally:
                    life.end()
            self._insist()  # whoever asked first may not have been the one who is told
        return dict(self._confinement)

    def layers(self) -> tuple[str, ...]:
        """What of the confinement makes a difference to outcomes."""
        self.confinement()
        return self._layers

    @property
    def alike(self) -> bool:
        """Whether their outcomes are those of the layers; not, if it came out later that there are no forks, which could be sealed."""
        return self._forks is not False or "sealed" not in self._layers

    def run(self, requests: Sequence[Request]) -> tuple[Outcome, ...]:
        """The outcomes of all jobs of all requests, which run side by side."""
        if len(requests) == 1:
            return self._outcomes(requests[0])
        with ThreadPoolExecutor(self.slots) as pool:
            return tuple(outcome for part in pool.map(self._outcomes, requests) for outcome in part)

    def _outcomes(self, request: Request) -> tuple[Outcome, ...]:
        """One per job, whatever becomes of the process."""
        if self._forks is None:
            self._forks = self._living().forks
        if not self._forks:
            return self._spawned(request)
        outcomes: list[Outcome] = []
        for life in range(LIVES):
            rest = replace(request, jobs=request.jobs[len(outcomes) :])
            with self._suspects if life else nullcontext():
                outcomes += [self._decoded(answer.payload) for answer in self._living().ask(rest)]
            if len(outcomes) == len(request.jobs):
                return tuple(outcomes)
        missing = len(request.jobs) - len(outcomes)
        fault = Fault("broken", "WorkerLost", f"the process that runs snippets died {LIVES} times over it", None)
        return (*outcomes, *(Outcome(fault),) * missing)

    def _spawned(self, request: Request) -> tuple[Outcome, ...]:
        """The same without forks: a process for each request, and another one after each program that ends it."""
        outcomes: list[Outcome] = []
        while len(outcomes) < len(request.jobs):
            with self._spawning:
                life = self._unused()
                try:
                    life.wait_ready()
                    answers = list(life.ask(replace(request, jobs=request.jobs[len(outcomes) :])))
                    outcomes += [self._decoded(answer.payload) for answer in answers]
                    if len(outcomes) < len(request.jobs) and not (answers and answers[-1].last):
                        outcomes.append(
                            Outcome(end_fault(life.status(), self._options.timeout_s if life.late else None))
                        )
                finally:
                    life.end()
        return tuple(outcomes)

    def _unused(self) -> Life:
        """That which was started to be asked whether it forks, or another."""
        with self._lock:
            life, self._life = self._life, None
        return life or Life(self._setup())

    def _decoded(self, payload: bytes) -> Outcome:
        """The outcome, with `0x…` for addresses and `…` for the folder of the run."""
        tidy = self._folder.sub(ELLIPSIS, ADDRESS.sub(b"0x" + ELLIPSIS, payload))
        try:
            return decode(tidy)
        except WireError as error:
            return Outcome(Fault("broken", "Forged", f"its result could not be read: {error}", None))

    def _living(self) -> Life:
        """A process that is ready."""
        life = self.start()
        life.wait_ready()
        return life

    def _learn(self, life: Life) -> None:
        self._confinement, self._layers = life.confinement, life.layers
        try:
            self._insist()
        except UsageError:
            life.end()
            raise

    def _insist(self) -> None:
        """Raises UsageError if a sandbox is required, and what is known says that there is none."""
        open_ = {k: v for k, v in self._confinement.items() if k in REQUIRED and v not in ("confined", ALLOWED)}
        if self._options.sandbox == "require" and open_:
            found = ", ".join(f"{kind} {verdict}" for kind, verdict in open_.items())
            raise UsageError(f"--sandbox require: {found} · use --sandbox auto to run without it")

    def _setup(self) -> Setup:
        options = self._options
        scratch = tempfile.mkdtemp(dir=self._scratch.path)
        return Setup(
            scratch=scratch,
            seed=options.seed,
            slots=self.slots,
            timeout_s=options.timeout_s,
            memory_mb=options.memory_mb,
            sandbox=options.sandbox,
            allow=options.allow,
            without=self._without,
        )


def missing_layers(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The layers that the environment says to do without. Raises UsageError for what is none."""
    try:
        return layers_without(environment)
    except ValueError as error:
        raise UsageError(f"{VARIABLE}: found {error} · expected some of {', '.join(LAYERS)}") from error


def _check(options: RunOptions) -> None:
    try:
        policy = read_policy(options.sandbox, options.allow)
    except ValueError as error:
        expected = "network, processes, read=DIR or write=DIR"
        raise UsageError(f"--allow {error}: found · expected {expected} · name what snippets may reach") from error
    for folder in (*policy.read, *policy.write):
        if not Path(folder).is_dir():
            raise UsageError(f"--allow {folder}: no such folder")
