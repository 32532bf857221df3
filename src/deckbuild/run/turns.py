"""Who may run programs now: many side by side, or one alone.

Goes in: threads that want to run something. Comes out: their turns; who wants to be alone waits for those who run, and lets nobody
else begin.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock for many readers and one writer, the writer first. A turn is not taken inside another."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running = 0
        self._lone = 0
        """Who is alone, or waits to be."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """A turn that others may share."""
        with self._changed:
            self._changed.wait_for(lambda: not self._lone)
            self._running += 1
        try:
            yield
        finally:
            self._end()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A turn in which nothing else runs."""
        with self._changed:
            self._lone += 1
            self._changed.wait_for(lambda: not self._running)
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._lone -= 1
            self._end()

    def _end(self) -> None:
        with self._changed:
            self._running -= 1
            self._changed.notify_all()
