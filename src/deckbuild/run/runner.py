"""Runs programs for the other stages.

Goes in: Jobs, from any thread. Comes out: Outcomes, in their order: from the warm process (started when the first is needed).
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Self

from deckbuild import __version__
from deckbuild.errors import UsageError
from deckbuild.model import Confinement, Fault, Job, Outcome, Versions
from deckbuild.options import RunOptions

from .agree import agreed
from .cache import open_cache
from .key import Kind, key_of
from .sandbox.policy import read_policy
from .sandbox.probe import ALLOWED
from .wire import WireError, decode
from .worker.request import Request, Setup
from .zygote import Life

LIVES = 3
BATCH = 8
"""Fewer programs are not worth a second process."""
UNCACHED = Outcome(Fault("uncached", "Uncached", "its outcome is not in the cache, and --frozen runs nothing", None))
REQUIRED = ("files", "network", "processes")
ELLIPSIS = rb"\\u2026"
ADDRESS = re.compile(rb"(?<= at )0x[0-9a-f]{6,16}")


class Runner:
    """Implements `model.Run`; a context manager, which ends the processes."""

    def __init__(self, options: RunOptions) -> None:
        self._options = options
        _check(options)
        self._slots = options.jobs or len(os.sched_getaffinity(0))
        self._cache = open_cache(options)
        self._lasting = not any(word == "network" or "=" in word for word in options.allow)
        """Whether outcomes depend on nothing but the key; not, if programs may read what others change."""
        self._scratch = tempfile.mkdtemp(prefix="deckbuild-run-")
        self._folder = re.compile(re.escape(json.dumps(self._scratch)[1:-1].encode()) + rb"/[^/\"\\\\]+(/\d+)*")
        self._life: Life | None = None
        self._confinement: Confinement = {}
        self._lock = threading.Lock()
        self._suspects = threading.Lock()
        """Held by one who runs again what was under way when a process died: the guilty never meets the innocent twice."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Starts the process in the background, if it is not running; what is wrong with it is told to who needs it."""
        threading.Thread(target=self._started, name="deckbuild-warm", daemon=True).start()

    def confinement(self) -> Confinement:
        """For files, network, processes and disk `confined` or `open: why`, each tried by attacks. torch is not loaded for it.

        Raises UsageError if a sandbox is required and not to be had.
        """
        with self._lock:
            if not self._confinement:
                life = self._life or Life(replace(self._setup(), only_look=True))
                life.wait_confined()
                self._learn(life)
                if life is not self._life:
                    life.end()
        return dict(self._confinement)

    def notes(self) -> tuple[str, ...]:
        """What was wrong with the cache."""
        return self._cache.notes

    def versions(self) -> Versions:
        """Of what a report names; torch's without its build."""
        torch = _version("torch")
        return Versions(__version__, platform.python_version(), torch and torch.partition("+")[0])

    def close(self) -> None:
        """Ends the process and removes what programs left on the disk."""
        with self._lock:
            if self._life is not None:
                self._life.end()
                self._life = None
        self._cache.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

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
        keys = [[key_of(job, kind, self._options) for kind in kinds] for job in jobs]
        known = self._cache.read([key for some in keys for key in some]) if self._lasting else {}
        outcomes = [next((known[key] for key in some if key in known), None) for some in keys]
        missing = [n for n, outcome in enumerate(outcomes) if outcome is None]
        if self._options.frozen:
            return tuple(outcome or UNCACHED for outcome in outcomes)
        new = dict(zip(missing, run([jobs[n] for n in missing]), strict=True)) if missing else {}
        if self._lasting:
            self._cache.write((keys[n][0], outcome) for n, outcome in new.items())
        return tuple(outcome or new[n] for n, outcome in enumerate(outcomes))

    def _try(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """One process for many; several side by side where there are enough to pay for it."""
        size = max(BATCH, -(-len(jobs) // self._slots))
        return self._run([Request(0, tuple(jobs[n : n + size]), batch=True) for n in range(0, len(jobs), size)])

    def _confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        first = self._run([Request(0, (job,)) for job in jobs])
        repeated = [n for n, outcome in enumerate(first) if _is_repeatable(outcome.fault)]
        second = self._run([Request(0, (jobs[n],), again=True) for n in repeated])
        both = dict(zip(repeated, second, strict=True))
        return tuple(agreed(outcome, both[n]) if n in both else outcome for n, outcome in enumerate(first))

    def _run(self, requests: Sequence[Request]) -> tuple[Outcome, ...]:
        """The outcomes of all jobs of all requests, which run side by side."""
        if len(requests) == 1:
            return self._outcomes(requests[0])
        with ThreadPoolExecutor(self._slots) as pool:
            return tuple(outcome for part in pool.map(self._outcomes, requests) for outcome in part)

    def _outcomes(self, request: Request) -> tuple[Outcome, ...]:
        """One per job, whatever becomes of the process."""
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

    def _decoded(self, payload: bytes) -> Outcome:
        """The outcome, with `0x…` for addresses and `…` for the folder of the run."""
        tidy = self._folder.sub(ELLIPSIS, ADDRESS.sub(b"0x" + ELLIPSIS, payload))
        try:
            return decode(tidy)
        except WireError as error:
            return Outcome(Fault("broken", "Forged", f"its result could not be read: {error}", None))

    def _living(self) -> Life:
        """A process that is ready."""
        life = self._started()
        life.wait_ready()
        return life

    def _started(self) -> Life:
        """A process; a dead one is replaced."""
        with self._lock:
            if self._life is None or not self._life.alive:
                if self._life is not None:
                    self._life.end()
                self._life = Life(self._setup())
                self._life.wait_confined()
                self._learn(self._life)
            return self._life

    def _learn(self, life: Life) -> None:
        self._confinement = life.confinement
        open_ = {k: v for k, v in self._confinement.items() if k in REQUIRED and v not in ("confined", ALLOWED)}
        if self._options.sandbox == "require" and open_:
            life.end()
            found = ", ".join(f"{kind} {verdict}" for kind, verdict in open_.items())
            raise UsageError(f"--sandbox require: {found} · use --sandbox auto to run without it")

    def _setup(self) -> Setup:
        options = self._options
        scratch = tempfile.mkdtemp(dir=self._scratch)
        return Setup(
            scratch=scratch,
            seed=options.seed,
            slots=self._slots,
            timeout_s=options.timeout_s,
            memory_mb=options.memory_mb,
            sandbox=options.sandbox,
            allow=options.allow,
        )


def _check(options: RunOptions) -> None:
    try:
        policy = read_policy(options.sandbox, options.allow)
    except ValueError as error:
        expected = "network, processes, read=DIR or write=DIR"
        raise UsageError(f"--allow {error}: found · expected {expected} · name what snippets may reach") from error
    for folder in (*policy.read, *policy.write):
        if not Path(folder).is_dir():
            raise UsageError(f"--allow {folder}: no such folder")


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _is_repeatable(fault: Fault | None) -> bool:
    return fault is None or fault.kind in ("raised", "exit", "denied")
