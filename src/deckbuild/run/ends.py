"""What the end of a process says about the program in it.

Goes in: its exit status. Comes out: a Fault.
"""

from __future__ import annotations

import signal

from deckbuild.model import Fault

BROKEN_STATUS = 70
NO_MEMORY_STATUS = 71
WAITING = ", most of that without a processor"
"""How the message of a timeout ends whose program slept, or had to wait for others."""
DEAF = ", and deaf to its alarm"


def end_fault(status: int, limit_s: float | None) -> Fault:
    """The fault of a program without an outcome; the limit, if it was killed because of it; a negative status is a signal."""
    if limit_s is not None:
        return Fault("timeout", "Timeout", f"still running after {limit_s:g} s{DEAF}", None)
    if status < 0:
        return Fault("killed", "Killed", f"ended by {_signal(-status)}", None)
    if status == NO_MEMORY_STATUS:
        return Fault("memory", "OutOfMemory", "no memory was left to record its result", None)
    if status == BROKEN_STATUS:
        return Fault("broken", "Broken", "its result could not be recorded", None)
    return Fault("exit", "Exit", f"left the interpreter with status {status} before its end", None)


def _signal(number: int) -> str:
    """Its name; Windows ends a process with a number of its own, `0xC0000005` for a wrong address."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"0x{number:X}"
