"""A child of the warm process: runs the programs of a request, one after the other, and sends their outcomes.

Goes in: a request, a folder, a channel. Comes out: one frame per program. It returns to nobody.
"""

from __future__ import annotations

import contextlib
import gc
import mmap
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deckbuild.model import Job, Outcome
from deckbuild.run.ends import BROKEN_STATUS, NO_MEMORY_STATUS
from deckbuild.run.frames import frame
from deckbuild.run.sandbox.namespaces import World
from deckbuild.run.sandbox.policy import Policy, confine
from deckbuild.run.sandbox.rlimits import grant_slack, limit_resources, withdraw_slack
from deckbuild.run.wire import encode

from .alarm import Alarm, alarm
from .desk import FILE, Desk
from .execute import Execution, Place
from .request import FINDING, Request, Setup
from .reset import remember
from .stores import stores

BATCH_CPU_S = 2.0
UNCOLLECTED = 50_000
"""Objects that may come into being before cycles are looked for, in a batch."""
WINDOWS_FILES = 2048
"""How many a process can have open there; elsewhere the system tells."""


class Channel:
    """Where outcomes go, each behind the number of its request, its place in it, and whether another follows (`+`, else `.`).

    It keeps its own references, since the program may replace those of the library.
    """

    def __init__(self, descriptor: int, nonce: bytes, request: Request, done: int) -> None:
        self.descriptor = descriptor
        self._nonce = nonce
        self._request = request.id
        self._done = done
        self._write: Callable[[int, memoryview], int] = os.write
        self._whoami, self._own = os.getpid, os.getpid()

    def send(self, outcome: Outcome, *, last: bool) -> None:
        """Writes the frame; not from a process that the program forked."""
        if self._whoami() != self._own:
            os._exit(0)
        head = f"{self._request} {self._done} {'.' if last else '+'}\n".encode()
        self._done += 1
        data = memoryview(frame(head + encode(outcome), self._nonce))
        while data:
            data = data[self._write(self.descriptor, data) :]


@dataclass(frozen=True, slots=True)
class Cell:
    """What confines the programs of one process."""

    setup: Setup
    policy: Policy
    world: World
    folder: str
    """All that they may write to."""


def attempt(request: Request, cell: Cell, stdout: int, channel: Channel) -> None:
    """Runs the programs and ends the process."""
    leave, whoami, own = os._exit, os.getpid, os.getpid()
    setup = cell.setup
    try:
        gc.freeze()
        gc.enable()
        _detach(stdout, channel.descriptor)
        limit_resources(setup.memory_mb)
        confine(cell.policy, cell.world, cell.folder)
        _settle(cell.folder)
        if cell.policy.active and not cell.policy.processes:
            _forget_machine()
        if request.again:
            _shift_addresses()
        if len(request.jobs) > 1:
            _collect_seldom()
            stores.start()
        restore = remember() if len(request.jobs) > 1 else None
        desk, clock = Desk(cell.folder), alarm(setup.timeout_s, BATCH_CPU_S if request.batch else None)
        for job in request.jobs:
            place = _place(job, desk, setup, request, stdout)
            outcome, tampers = copy_context().run(_run, job, place, clock, channel, request.batch)
            if whoami() != own:  # the program forked, and this is the other process: it ends where the program does
                leave(0)
            fit = restore is None or (not tampers and restore(job.code))
            channel.send(outcome, last=not fit)  # the others get another process
            if not fit:
                leave(0)
            withdraw_slack(setup.memory_mb)
    except MemoryError:
        leave(NO_MEMORY_STATUS)
    except BaseException:
        leave(BROKEN_STATUS)
    leave(0)


def serve_once(request: Request, cell: Cell, channel: Channel) -> None:
    """The same without a fork, where the system has none that can be trusted: this very process is spent."""
    stdout = os.open(
        Path(cell.folder) / "stdout", os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600
    )
    attempt(request, cell, stdout, channel)


def _detach(stdout: int, result: int) -> None:
    """A session of its own; no descriptor but those it needs; nothing to read, errors to nowhere."""
    with contextlib.suppress(PermissionError, AttributeError):  # it has one already; Windows has none
        os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(stdout, 1)
    os.dup2(null, 2)
    before = 3
    for kept in sorted((stdout, result)):
        os.closerange(before, kept)
        before = kept + 1
    os.closerange(before, os.sysconf("SC_OPEN_MAX") if hasattr(os, "sysconf") else WINDOWS_FILES)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  it is open as long as the program runs
    sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _settle(folder: str) -> None:
    """What looks for a home or a place for temporary files finds an empty one."""
    own = Path(folder) / "home"
    own.mkdir()
    os.environ.update(dict.fromkeys(("HOME", "TMPDIR", "TORCHINDUCTOR_CACHE_DIR", "XDG_CACHE_HOME"), str(own)))
    tempfile.tempdir = None


def _forget_machine() -> None:
    """What only other processes would need, and what is another on another machine."""
    for name in (*FINDING, "PYTHONUSERBASE"):
        os.environ.pop(name, None)
    os.environ["PATH"] = os.defpath


def _shift_addresses() -> None:
    """Other addresses than in the first run, which began as a copy of the same process: what depends on them shows."""
    small = [bytearray(size) for size in range(1, 512, 16) for _ in range(7 + size % 5)]
    objects = [[object() for _ in range(count)] for count in range(1, 64)]
    large = [mmap.mmap(-1, 4096 * (1 + count)) for count in range(9)]
    KEPT.extend((small, objects, large))


KEPT: list[object] = []


def _collect_seldom() -> None:
    """What a hundred candidates leave behind in cycles is collected together; a program that asks for the collector is alone."""
    gc.freeze()
    gc.set_threshold(UNCOLLECTED)


def _place(job: Job, desk: Desk, setup: Setup, request: Request, stdout: int) -> Place:
    desk.lay(job.code, hint=job.record == "numbers")
    if os.lseek(stdout, 0, os.SEEK_END):
        os.ftruncate(stdout, 0)
    sys.argv = [FILE]
    sys.path[:] = [desk.work, *(p for p in sys.path if not p.startswith(setup.scratch))]
    return Place(
        desk.path, stdout, desk.output, setup.seed + job.reseed, lines=request.again, drawings=not request.batch
    )


def _run(job: Job, place: Place, clock: Alarm, channel: Channel, batch: bool) -> tuple[Outcome, bool]:
    """The outcome, and whether the program may have changed what is not its own."""
    execution = Execution(job, place, partial(_deliver_last, channel))
    clock.set(execution.stop)
    outcome = execution.run(grant_slack)
    if batch:
        execution.forget()
    clock.call_off()
    return outcome, execution.tampers


def _deliver_last(channel: Channel, outcome: Outcome) -> None:
    channel.send(outcome, last=True)
    os._exit(0)
