"""An alarm for a program that runs too long.

Goes in: limits, and whom to tell. Comes out: a function that calls it off. Where the system has timers, a signal interrupts
the program; elsewhere (Windows) a thread of which `threading` knows nothing watches it.
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
from typing import TypeAlias

from deckbuild.run.ends import WAITING

Ring: TypeAlias = Callable[[FrameType | None, str], object]
"""Is told the innermost frame of the program, and the limit in words; never returns."""
_handle = _signal.signal
"""Without the search for an enumeration's member that is the handler before, which takes longer than a candidate's own line."""

_processor_time = time.process_time
"""Kept, since the program may replace that of the library."""
MOST = 0.7


def set_alarm(limit_s: float, processor_s: float | None, ring: Ring) -> Callable[[], None]:
    """Calls it off. The limit of processor time is left out where the system has no timer for it."""
    if not hasattr(signal, "setitimer"):
        return _watch(limit_s, ring)
    busy_until = _processor_time() + MOST * limit_s
    limits = [(signal.ITIMER_REAL, signal.SIGALRM, limit_s, "", busy_until)]
    if processor_s is not None:
        limits.append((signal.ITIMER_PROF, signal.SIGPROF, processor_s, " of processor time", 0.0))
    for timer, number, seconds, of_what, busy in limits:
        _handle(number, partial(_rung, ring, seconds, of_what, busy))
        signal.setitimer(timer, seconds)

    def call_off() -> None:
        for timer, *_ in limits:
            signal.setitimer(timer, 0)

    return call_off


def _watch(limit_s: float, ring: Ring) -> Callable[[], None]:
    """Calls it off; what rings at that moment has the last word."""
    program, called_off, busy = _thread.get_ident(), _thread.allocate_lock(), _thread.allocate_lock()
    called_off.acquire()

    def wait() -> None:
        if not called_off.acquire(timeout=limit_s):
            with busy:
                if not called_off.acquire(blocking=False):
                    ring(sys._current_frames().get(program), f"{limit_s:g} s")

    def call_off() -> None:
        with busy:
            called_off.release()

    _thread.start_new_thread(wait, ())
    return call_off


def _rung(ring: Ring, limit_s: float, of_what: str, busy_until: float, _: int, frame: FrameType | None) -> None:
    """Tells the limit, and whether the process had been at work for less than most of it: then its processor time is below the mark."""
    ring(frame, f"{limit_s:g} s{of_what}" + ("" if _processor_time() >= busy_until else WAITING))
