"""Which lines of a program were executed.

Goes in: the run of a code object. Comes out: line numbers. From Python 3.12 on the interpreter reports each line once and
then at full speed; before, a trace function does, which stops looking where nothing new is seen for long, so that a
loop of a million rounds is not slowed down tenfold.
"""

from __future__ import annotations

import sys
import threading
from types import CodeType, FrameType
from typing import Any

FRUITLESS_LINES = 20_000
FRUITLESS_CALLS = 200_000


class Lines:
    """Collects lines between `start` and `stop`."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: set[int] = set()
        self._fruitless: dict[CodeType, int] = {}
        self._calls = 0

    def start(self, code: CodeType) -> None:
        """From now on the lines of this code and of all that is defined in it are seen."""
        if sys.version_info >= (3, 12):
            self._start_monitoring(code)
        else:
            threading.settrace(self._call)
            sys.settrace(self._call)

    def pause(self) -> None:
        """Between two statements of the module nothing is to be seen."""
        if sys.version_info < (3, 12) and sys.gettrace() == self._call:
            sys.settrace(None)

    def resume(self, frame: FrameType | None) -> None:
        """At a new statement of the module, which runs in this frame: look again where it was given up."""
        if sys.version_info < (3, 12) and sys.gettrace() is None:
            self._fruitless.clear()
            self._calls = 0
            if frame is not None:
                frame.f_trace_lines = True
            sys.settrace(self._call)

    def stop(self) -> tuple[int, ...]:
        """The lines, in their order."""
        if sys.version_info >= (3, 12):
            sys.monitoring.free_tool_id(sys.monitoring.COVERAGE_ID)
        else:
            sys.settrace(None)
            threading.settrace(None)
        return tuple(sorted(self._seen))

    if sys.version_info >= (3, 12):

        def _start_monitoring(self, code: CodeType) -> None:
            monitoring = sys.monitoring
            monitoring.use_tool_id(monitoring.COVERAGE_ID, "deckbuild")
            monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, self._line_seen)
            for part in _parts(code):
                monitoring.set_local_events(monitoring.COVERAGE_ID, part, monitoring.events.LINE)

        def _line_seen(self, _: CodeType, line: int) -> object:
            self._seen.add(line)
            return sys.monitoring.DISABLE

    def _call(self, frame: FrameType, event: str, argument: Any) -> Any:
        """The tracer of a new frame, if it is one of the program."""
        self._calls += 1
        if self._calls > FRUITLESS_CALLS:
            sys.settrace(None)
        if frame.f_code.co_filename != self._path or self._fruitless.get(frame.f_code, 0) > FRUITLESS_LINES:
            return None
        return self._line

    def _line(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event != "line":
            return self._line
        code, line = frame.f_code, frame.f_lineno
        if line not in self._seen:
            self._seen.add(line)
            self._fruitless[code] = self._calls = 0
        else:
            self._fruitless[code] = count = self._fruitless.get(code, 0) + 1
            frame.f_trace_lines = count <= FRUITLESS_LINES
        return self._line


def _parts(code: CodeType) -> list[CodeType]:
    """The code of a module and of all functions and classes in it."""
    return [code, *(p for c in code.co_consts if isinstance(c, CodeType) for p in _parts(c))]
