"""What ended a program, told in its own lines.

Goes in: an exception. Comes out: a Fault.
"""

from __future__ import annotations

import errno
import linecache
import socket
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import cast

from deckbuild.model import Fault, FaultKind

MESSAGE = 2000
NO_MEMORY = ("can't allocate memory", "cannot allocate memory", "unable to allocate", "not enough memory")
REFUSALS = (errno.EPERM, errno.EACCES, errno.EROFS, errno.ENETUNREACH)


def fault_of(error: BaseException, path: str) -> Fault:
    """The fault; the lines are those of the program's file at `path`. Forgets cached lines of that file."""
    linecache.checkcache(path)
    frames = _traceback_lines(error.__traceback__, path)
    message = _message(error)
    if isinstance(error, SyntaxError) and not frames:
        line = error.lineno if type(error.lineno) is int else None
        return Fault("syntax", type(error).__name__, str(error.msg), line, () if line is None else (line,))
    name = getattr(error, "name", None) if isinstance(error, NameError | ImportError | AttributeError) else None
    return Fault(
        kind=_kind(error, message),
        type=type(error).__name__,
        message=message,
        line=frames[-1] if frames else None,
        frames=frames,
        name=name if type(name) is str else None,
    )


def stopped(kind: FaultKind, type_: str, message: str, frame: FrameType | None, path: str) -> Fault:
    """The fault of a program that is stopped where it is."""
    lines = []
    while frame is not None:
        if frame.f_code.co_filename == path:
            lines.append(frame.f_lineno)
        frame = frame.f_back
    frames = tuple(reversed(lines))
    return Fault(kind, type_, message, frames[-1] if frames else None, frames)


def ended_well(error: BaseException) -> bool:
    """Whether it is an `exit()` without a complaint."""
    return _is(error, SystemExit) and cast(SystemExit, error).code in (None, 0)


def _is(error: BaseException, kind: type[BaseException]) -> bool:
    """Whatever it says itself of its class."""
    return issubclass(type(error), kind)


def _kind(error: BaseException, message: str) -> FaultKind:
    if _is(error, SystemExit):
        return "exit"
    if _is(error, MemoryError) or any(words in message.lower() for words in NO_MEMORY):
        return "memory"
    return "denied" if any(_is_refusal(e) for e in _chain(error)) else "raised"


def _is_refusal(error: BaseException) -> bool:
    """What the sandbox makes of a forbidden file, connection or process."""
    return isinstance(error, socket.gaierror) or (isinstance(error, OSError) and error.errno in REFUSALS)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _message(error: BaseException) -> str:
    if _is(error, SystemExit):
        return f"exit status {cast(SystemExit, error).code!r:.100}"
    try:
        message = str.__str__(str(error))
        place = error.path if isinstance(error, ImportError) else None
        return (message.replace(f" ({place})", "") if type(place) is str else message)[:MESSAGE]
    except Exception as other:  # the class is the program's own, and so is its __str__
        return f"(its text cannot be had: {type(other).__name__})"


def _traceback_lines(trace: TracebackType | None, path: str) -> tuple[int, ...]:
    lines = []
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return tuple(lines)
