"""The build's end of the warm process: one life of it, from its start to its death.

Goes in: requests from any thread. Comes out: answers, as they arrive. Whatever a program does to the process, here it is no
more than an end of the answers.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import secrets
import site
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import IO

from deckbuild.errors import UsageError
from deckbuild.model import Confinement

from .frames import NONCE_BYTES, Frames, WireError, frame
from .worker.request import COMMAND, FINDING, SEALED, Request, Setup, write

START_LIMIT_S = 180.0
GRACE_S = 2.0
SILENCE_S = 60.0
"""Beyond the time limit of one program: how long the process may say nothing while it has something to do."""
CHUNK = 1 << 20
WINDOWS_FAULTS = 0xC0000000
"""From here on Windows numbers what ended a process that did not end itself."""
KEPT_VARIABLES = (*FINDING, "SYSTEMROOT")
FIXED_VARIABLES = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "MPLBACKEND": f"module://{__package__}.worker.backend",
    "CUDA_VISIBLE_DEVICES": "",
    "TZ": "UTC",
    **dict.fromkeys(("LANG", "LC_ALL"), "C.UTF-8"),
    **{f"{library}_NUM_THREADS": "1" for library in ("OMP", "MKL", "OPENBLAS", "NUMEXPR")},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one program of a request, as it was sent."""

    place: int
    payload: bytes
    last: bool
    """Whether the process is spent with it."""


class Life:
    """One warm process. `confinement` is what it found out at its start, `layers` what of it outcomes depend on."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._nonce = secrets.token_bytes(NONCE_BYTES)
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed with the process
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._answers: dict[int, queue.SimpleQueue[Answer | None]] = {}
        self._confined = threading.Event()
        self._ready = threading.Event()
        self._heard = time.monotonic()
        self.alive = True
        self.confinement: Confinement = {}
        self.layers: tuple[str, ...] = ()
        self.forks = True
        """Whether it takes any number of requests; else one, which it runs itself."""
        self.late = False
        """Whether it was killed because it said nothing for too long."""
        self._process = subprocess.Popen(
            [sys.executable, *COMMAND, *_first_steps(setup)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_environment(setup.scratch),
            cwd=setup.scratch,
            start_new_session=True,
            bufsize=0,
        )
        self._listener = threading.Thread(target=self._listen, name="deckbuild-worker", daemon=True)
        self._listener.start()
        self._say(self._nonce + frame(write(setup), self._nonce))

    def wait_confined(self) -> None:
        """Returns when it knows its confinement. Raises UsageError if it does not come up."""
        self._wait(self._confined)

    def wait_ready(self) -> None:
        """Returns when it can take requests. Raises UsageError if it does not come up."""
        self._wait(self._ready)

    def _wait(self, event: threading.Event) -> None:
        if not event.wait(START_LIMIT_S) or not self.confinement:
            self._process.kill()
            self._process.wait()
            self._errors.seek(0)
            lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
            said = lines[-1] if lines else "no reason given"
            self.end()
            raise UsageError(f"the process that runs snippets does not start: {said}")

    def ask(self, request: Request) -> Iterator[Answer]:
        """The answers as they come; fewer than the request has jobs if the process dies, or is killed for its silence."""
        number = next(self._numbers)
        answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        with self._lock:
            if not self.alive:
                return
            self._answers[number] = answers
        self._heard = time.monotonic()
        self._say(frame(write(Request(number, request.jobs, request.batch, request.again)), self._nonce))
        for _ in request.jobs:
            answer = self._next(answers)
            if answer is None:
                return
            yield answer
        del self._answers[number]

    def status(self) -> int:
        """With which it ended: negative the number of a signal. It must be at its end."""
        status = self._process.wait()
        if status > WINDOWS_FAULTS:
            return -status
        return 128 - status if status > 128 else status

    def end(self) -> None:
        """Closes the channel; what does not end by itself is killed."""
        with contextlib.suppress(OSError):
            self._stdin().close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join()
        self._stdout().close()
        self._errors.close()

    def _next(self, answers: queue.SimpleQueue[Answer | None]) -> Answer | None:
        while True:
            try:
                return answers.get(timeout=5.0 if self.forks else 0.5)
            except queue.Empty:
                if time.monotonic() - self._heard > self._setup.timeout_s + (SILENCE_S if self.forks else GRACE_S):
                    self.late = True
                    self._process.kill()

    def _say(self, data: bytes) -> None:
        with contextlib.suppress(OSError), self._lock:  # a dead process is noticed by its silence
            view = memoryview(data)
            while view:
                view = view[self._stdin().write(view) or 0 :]

    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def _listen(self) -> None:
        frames = Frames(self._nonce)
        try:
            while data := os.read(self._stdout().fileno(), CHUNK):
                self._heard = time.monotonic()
                for payload in frames.feed(data):
                    self._take(payload)
        except (WireError, ValueError, OSError):
            self._process.kill()
        with self._lock:
            self.alive = False
            waiting = tuple(self._answers.values())
        for answers in waiting:
            answers.put(None)
        self._confined.set()
        self._ready.set()

    def _take(self, payload: bytes) -> None:
        if not self._confined.is_set():
            told = json.loads(payload)
            self.layers = tuple(map(str, told["layers"]))
            self.confinement = {str(k): str(v) for k, v in told["confinement"].items()}
            self._confined.set()
            return
        if not self._ready.is_set():
            self.forks = bool(json.loads(payload)["forks"])
            self._ready.set()
            return
        head, _, outcome = payload.partition(b"\n")
        number, place, mark = head.split()
        answers = self._answers.get(int(number))
        if answers is not None:
            answers.put(Answer(int(place), outcome, mark == b"."))


def _first_steps(setup: Setup) -> tuple[str, ...]:
    """What the process must do before it can be asked."""
    return () if setup.sandbox == "off" or "namespaces" in setup.without else (SEALED,)


def _environment(home: str) -> dict[str, str]:
    """Nothing of the user's but where programs and libraries are found."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    places = {"HOME": home, "TMPDIR": home, "PYTHONUSERBASE": site.getuserbase() or home}
    return {**kept, **FIXED_VARIABLES, **places}
