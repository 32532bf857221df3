"""Which lines of a program were executed.

Goes in: the run of a code object. Comes out: line numbers. From Python 3.12 on the interpreter reports each line once and
then at full speed; before, a trace function does, which stops looking where nothing new is seen for long, so that a
loop of a million rounds is not slowed down tenfold. It looks again when what the program had called there returns, and
what a line that was seen must come after has run as well.
"""

from __future__ import annotations

import ast
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import CodeType, FrameType
from typing import Any

FRUITLESS_LINES = 20_000
FRUITLESS_CALLS = 200_000
FRUITLESS_CALLS_AGAIN = 20_000
"""After it was given up once in a statement of the module."""


class Lines:
    """Collects lines between `start` and `stop`."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: set[int] = set()
        self._fruitless: dict[CodeType, int] = {}
        self._calls = self._spent = 0
        self._rests = 0
        self._statements: Sequence[ast.stmt] = ()

    def start(self, code: CodeType, statements: Sequence[ast.stmt]) -> None:
        """From now on the lines of this code, made of these statements, and of all that is defined in it are seen."""
        self._statements = statements
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
        self._rests += 1
        if sys.version_info < (3, 12) and sys.gettrace() is None:
            self._fruitless.clear()
            self._calls = self._spent = 0
            if frame is not None:
                frame.f_trace_lines = True
            sys.settrace(self._call)

    def stop(self) -> tuple[int, ...]:
        """The lines, in their order."""
        self._rests += 1
        if sys.version_info >= (3, 12):
            sys.monitoring.free_tool_id(sys.monitoring.COVERAGE_ID)
        else:
            sys.settrace(None)
            threading.settrace(None)
        _add_what_led_there(self._statements, self._seen)
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
            self._rest(frame)
        return self._line if self._is_worth_looking_at(frame) else None

    def _rest(self, frame: FrameType | None) -> None:
        """Looks at nothing until the call returns from which the program goes on where something new may yet be seen."""
        called = None
        while frame is not None and not self._is_worth_looking_at(frame):
            called, frame = frame, frame.f_back
        if called is not None:
            sys.settrace(None)
            self._spent = FRUITLESS_CALLS - FRUITLESS_CALLS_AGAIN
        if called is not None and frame is not None:
            self._fruitless[frame.f_code] = self._fruitless.get(frame.f_code, 0) + 1
            called.f_trace = _AtReturn(partial(self._go_on, self._rests))

    def _go_on(self, rests: int) -> None:
        if rests == self._rests:
            sys.settrace(self._call)

    def _is_worth_looking_at(self, frame: FrameType) -> bool:
        return frame.f_code.co_filename == self._path and self._fruitless.get(frame.f_code, 0) <= FRUITLESS_LINES

    def _line(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event != "line":
            self._seen.add(frame.f_lineno)
            return self._line
        code, line = frame.f_code, frame.f_lineno
        if line not in self._seen:
            self._seen.add(line)
            self._fruitless[code], self._calls = 0, self._spent
        else:
            self._fruitless[code] = count = self._fruitless.get(code, 0) + 1
            frame.f_trace_lines = count <= FRUITLESS_LINES
        return self._line


def _add_what_led_there(block: Sequence[ast.stmt], seen: set[int]) -> bool:
    """Whether any statement of the block ran; the lines of those above it and of those that hold it are then added."""
    ran = False
    for statement in reversed(block):
        inside = [_add_what_led_there(inner, seen) for inner in _blocks(statement)]
        ran = ran or any(inside) or statement.lineno in seen
        if ran:
            seen.add(statement.lineno)
    return ran


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for holder in (statement, *getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        for name in ("body", "orelse", "finalbody"):
            if block := getattr(holder, name, None):
                yield block


class _AtReturn:
    """In the place of a frame's tracer, which nothing calls while nothing is traced: let go of with the frame, it acts."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        return None

    def __del__(self) -> None:
        self._act()


def _parts(code: CodeType) -> list[CodeType]:
    """The code of a module and of all functions and classes in it."""
    return [code, *(p for c in code.co_consts if isinstance(c, CodeType) for p in _parts(c))]
