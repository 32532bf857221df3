"""The warm process: forks a child per request and passes its outcomes on.

Goes in: frames with requests. Comes out: frames, each an id and a place in the request, then the outcome as the child wrote
it (not read here). It has one thread and runs nothing of a program; whatever a child does, its programs get an outcome.
"""

from __future__ import annotations

import os
import secrets
import select
import signal
import time
from collections import deque
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from deckbuild.model import Fault, Outcome
from deckbuild.run.clearing import clear_away
from deckbuild.run.ends import end_fault
from deckbuild.run.frames import NONCE_BYTES, Frames, WireError, frame
from deckbuild.run.sandbox.namespaces import DISK_MB, World
from deckbuild.run.sandbox.policy import Policy
from deckbuild.run.wire import encode

from .attempt import Cell, Channel, attempt
from .greed import is_greedy
from .orphans import end_orphans
from .output import read_output
from .pages import gather_pages
from .preload import Demand
from .request import Request, Setup, read_request

GRACE_S = 1.5
WATCH_S = 0.1
SPARED = 50
"""So many forks save by gathered pages what it takes to gather them."""
CHUNK = 1 << 16
"""What a pipe holds; to make room for more takes longer than to read it."""
GATHER_S = 0.015
"""For so long the outcomes of many small programs are left to gather: to be woken for each costs a tenth of such a program."""
GATHERED = CHUNK // 4
"""So much at once, and the pipe would be full before that."""
FEW = 16
"""Outcomes for the last of which nobody is to wait longer."""


@dataclass(slots=True)
class Child:
    """A running attempt."""

    pid: int
    request: Request
    results: int
    stdout: int
    folder: Path
    frames: Frames
    deadline: float
    done: int = 0
    """How many of its programs have an outcome."""
    status: int = 0
    """With which it ended, once `pid` is 0."""
    late: bool = False
    greedy: bool = False
    """Whether it filled its disk."""
    spoiled: str = ""
    """What was wrong with what it sent."""
    quiet_until: float = 0.0
    """Until then it is not listened to."""

    @property
    def left(self) -> int:
        """How many of its programs have no outcome."""
        return len(self.request.jobs) - self.done


class Server:
    """The loop of the warm process. What a child says about its request and place is not believed, only what it says of itself."""

    def __init__(self, setup: Setup, policy: Policy, world: World, requests: int, answers: int, nonce: bytes) -> None:
        self._setup = setup
        self._policy = policy
        self._world = world
        self._requests = requests
        self._answers = answers
        self._nonce = nonce
        self._frames = Frames(nonce)
        self._waiting: deque[tuple[Request, int]] = deque()
        self._children: dict[int, Child] = {}
        self._numbers = count(1)
        self._demand = Demand()
        self._watch_at = 0.0
        self._unsent = bytearray()

    def serve(self) -> None:
        """Until the build closes its end."""
        while True:
            while self._waiting and len(self._children) < self._setup.slots:
                self._start(*self._waiting.popleft())
            self._send()
            now = time.monotonic()
            heard = [results for results, child in self._children.items() if child.quiet_until <= now]
            patience = self._patience() if len(heard) == len(self._children) else GATHER_S
            ready, _, _ = select.select([self._requests, *heard], [], [], patience)
            if self._requests in ready and not self._receive():
                break
            for results in ready:
                if results in self._children:
                    self._read(self._children[results])
            self._watch()
        for child in tuple(self._children.values()):
            self._bury(child)

    def _patience(self) -> float | None:
        return WATCH_S if self._children else None

    def _watch(self) -> None:
        """Ends what takes too long or too much disk, and what a child left behind when it ended; ten times a second."""
        now = time.monotonic()
        if now < self._watch_at:
            return
        self._watch_at = now + WATCH_S
        for child in tuple(self._children.values()):
            child.late = now > child.deadline
            child.greedy = not child.late and is_greedy(child.folder)
            if child.late or child.greedy:
                self._blame(child)
        if self._policy.processes or not self._policy.active:
            end_orphans({c.pid for c in self._children.values()})

    def _receive(self) -> bool:
        data = os.read(self._requests, CHUNK)
        for payload in self._frames.feed(data):
            self._waiting.append((read_request(payload), 0))
        return bool(data)

    def _start(self, request: Request, done: int) -> None:
        """Forks for the programs of the request that have no outcome yet."""
        for job in request.jobs[done:]:
            self._demand.load(job.code)
        number = next(self._numbers)
        if number == SPARED:
            gather_pages()
        folder = Path(self._setup.scratch) / str(number)
        folder.mkdir()
        stdout = os.open(folder / "stdout", os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        results, write = os.pipe()
        nonce = secrets.token_bytes(NONCE_BYTES)
        rest = replace(request, jobs=request.jobs[done:])
        pid = os.fork()
        if pid == 0:
            cell = Cell(self._setup, self._policy, self._world, str(folder))
            attempt(rest, cell, stdout, Channel(write, nonce, request, done))
        os.close(write)
        child = Child(pid, request, results, stdout, folder, Frames(nonce), 0.0, done)
        self._grant_time(child)
        self._children[results] = child

    def _grant_time(self, child: Child) -> None:
        child.deadline = time.monotonic() + self._setup.timeout_s + GRACE_S

    def _read(self, child: Child) -> None:
        data = os.read(child.results, CHUNK)
        try:
            for payload in child.frames.feed(data):
                head, _, outcome = payload.partition(b"\n")
                self._answer(child, outcome)
                self._grant_time(child)
                if head.endswith(b".") or not child.left:
                    self._bury(child)
                    return
            if child.left > FEW and len(data) < GATHERED:
                child.quiet_until = time.monotonic() + GATHER_S
        except WireError as error:
            child.spoiled = str(error)
        if not data or child.spoiled:
            self._blame(child)

    def _blame(self, child: Child) -> None:
        """The program that is running ends here, with a fault; those after it get another child."""
        stdout, _ = read_output(child.stdout)
        if not (child.late or child.greedy or child.spoiled or _is_ending(child)):
            child.spoiled = "it closed the channel"
        status = self._kill(child)
        fault = _fault(child, status, self._setup.timeout_s)
        self._answer(child, encode(Outcome(fault, stdout)))
        self._bury(child)

    def _kill(self, child: Child) -> int:
        """The status with which it ended, or is ended now."""
        if not _has_ended(child):
            os.kill(child.pid, signal.SIGKILL)
            child.status = os.waitpid(child.pid, 0)[1]
            child.pid = 0
        return child.status

    def _bury(self, child: Child) -> None:
        """Nothing of it is left; what it did not come to waits for another child."""
        if child.pid:
            self._kill(child)
        os.close(child.results)
        os.close(child.stdout)
        del self._children[child.results]
        clear_away(child.folder)
        self._watch_at = 0.0  # what it left behind is looked for now: there may be no other child for long
        if child.left:
            self._waiting.appendleft((child.request, child.done))

    def _answer(self, child: Child, outcome: bytes) -> None:
        head = f"{child.request.id} {child.done} +\n".encode()
        child.done += 1
        self._unsent += frame(head + outcome, self._nonce)

    def _send(self) -> None:
        while self._unsent:
            del self._unsent[: os.write(self._answers, self._unsent)]


def _is_ending(child: Child) -> bool:
    """Whether it ends by itself within a moment: its channel is closed a little before it is dead."""
    for _ in range(20):
        if _has_ended(child):
            return True
        time.sleep(0.005)
    return False


def _has_ended(child: Child) -> bool:
    if child.pid:
        pid, status = os.waitpid(child.pid, os.WNOHANG)
        if pid:
            child.pid, child.status = 0, status
    return not child.pid


def _fault(child: Child, status: int, timeout_s: float) -> Fault:
    """Why there is no outcome."""
    if child.greedy:
        return Fault("output", "DiskLimit", f"more than {DISK_MB} MB of files", None)
    if child.spoiled:
        return Fault("broken", "Forged", f"its result could not be read: {child.spoiled}", None)
    return end_fault(os.waitstatus_to_exitcode(status), timeout_s if child.late else None)
