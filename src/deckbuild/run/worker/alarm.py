"""An alarm for programs that run too long.

Goes in: limits, then for each program whom to tell. Comes out: an alarm that is set and called off. Where the system has timers,
a signal interrupts the program; elsewhere (Windows) a thread of which `threading` knows nothing watches it.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # typeshed has its public half only
import _thread
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Protocol, TypeAlias

from deckbuild.run.ends import WAITING

Ring: TypeAlias = Callable[[FrameType | None, str], object]
"""Is told the innermost frame of the program, and the limit in words; never returns."""
_handle, _handler = _signal.signal, _signal.getsignal
"""Without the search for an enumeration's member that is the handler before, which takes longer than a candidate's own line."""

_processor_time = time.process_time
"""Kept, since the program may replace that of the library."""
MOST = 0.7


class Alarm(Protocol):
    """Set for one program after the other."""

    def set(self, ring: Ring) -> None:
        """The time of the next program begins."""

    def call_off(self) -> None:
        """It has ended."""


def alarm(limit_s: float, processor_s: float | None) -> Alarm:
    """One for all programs of this process. The limit of processor time is left out where the system has no timer for it."""
    return _Timers(limit_s, processor_s) if hasattr(signal, "setitimer") else _Watch(limit_s)


class _Timers:
    """The timers of one program are set for the next without being stopped between: what rings when none runs is not heard."""

    def __init__(self, limit_s: float, processor_s: float | None) -> None:
        self._ring: Ring | None = None
        self._set_timer = signal.setitimer
        self._busy_s = MOST * limit_s
        self._busy_until = 0.0
        self._limits = [(signal.ITIMER_REAL, int(signal.SIGALRM), limit_s, partial(self._rung, limit_s, ""))]
        if processor_s is not None:
            rung = partial(self._rung, processor_s, " of processor time")
            self._limits.append((signal.ITIMER_PROF, int(signal.SIGPROF), processor_s, rung))

    def set(self, ring: Ring) -> None:
        self._busy_until = _processor_time() + self._busy_s
        for timer, number, seconds, rung in self._limits:
            if _handler(number) is not rung:
                _handle(number, rung)
            self._set_timer(timer, seconds)
        self._ring = ring  # last: what rang until now meant the program before

    def call_off(self) -> None:
        self._ring = None
        for timer, number, _, rung in self._limits:
            if _handler(number) is not rung:  # it is the program's own, and must not ring in another one
                self._set_timer(timer, 0)
                _handle(number, rung)

    def _rung(self, limit_s: float, of_what: str, _: int, frame: FrameType | None) -> None:
        """Tells the limit, and whether the process had been at work for less than most of the time: then its processor time is below the mark."""
        if self._ring is not None:
            busy = bool(of_what) or _processor_time() >= self._busy_until
            self._ring(frame, f"{limit_s:g} s{of_what}" + ("" if busy else WAITING))


class _Watch:
    """What rings at the moment when it is called off has the last word."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._busy = _thread.allocate_lock()
        self._called_off = _thread.allocate_lock()

    def set(self, ring: Ring) -> None:
        self._called_off = _thread.allocate_lock()
        self._called_off.acquire()
        _thread.start_new_thread(self._wait, (self._called_off, ring, _thread.get_ident()))

    def call_off(self) -> None:
        with self._busy:
            self._called_off.release()

    def _wait(self, called_off: _thread.LockType, ring: Ring, program: int) -> None:
        if not called_off.acquire(timeout=self._limit_s):
            with self._busy:
                if not called_off.acquire(blocking=False):
                    ring(sys._current_frames().get(program), f"{self._limit_s:g} s")
