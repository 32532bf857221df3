"""Signals that end the program -> an exception that lets it clean up: workers end, folders go, no file stays half written."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_ENDING = tuple(s for name in ("SIGTERM", "SIGHUP") if (s := getattr(signal, name, None)) is not None)
"""Ctrl-C (SIGINT) is an exception of Python's own."""


class EndedError(BaseException):
    """The program was told to end. Like KeyboardInterrupt no Exception, which somebody could take for an error."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number
        """As a shell tells of it."""


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raises EndedError where the first of the signals comes; none of them disturbs the cleaning up. One that the caller had ignored
    (`nohup`) stays ignored."""
    before: dict[Any, Any] = {}
    if threading.current_thread() is threading.main_thread():
        before = {s: h for s in _ENDING if (h := signal.getsignal(s)) is signal.SIG_DFL}
    try:
        for number in before:
            signal.signal(number, _end)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> None:
    for other in _ENDING:
        signal.signal(other, signal.SIG_IGN)
    raise EndedError(number)
