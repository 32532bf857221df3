"""Standard output of a program: kept in a file, or in memory, and by the line of the program that wrote it.

Goes in: what is written to `sys.stdout`. Comes out: the text, as a file would hold it, and Printed entries.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from types import FrameType

from deckbuild.model import Printed

KEPT_BYTES = 64 << 10
LIMIT_BYTES = 1 << 20
PRINTS = 2000


class Output(io.TextIOWrapper):
    """A `sys.stdout` on descriptor 1 that remembers which line of the program wrote what."""

    def __init__(self) -> None:
        super().__init__(
            io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8", errors="replace", newline="\n"
        )
        self.at_once = True
        """Else what is written is held, in a quarter of the time, and stands behind what C code and `os.write` put into the file."""
        self.begin("", _heedless)

    def begin(self, path: str, too_much: Callable[[], object]) -> None:
        """The program of that path has written nothing yet."""
        self._path = path
        self._too_much = too_much
        self._held: list[str] = []
        self._prints: list[tuple[int, str]] = []
        self._place: tuple[int, int] | None = None
        self._size = 0
        self.muted = False

    def end(self) -> None:
        """Its program is not heard any more, and let go of."""
        self.muted = True
        self._too_much = _heedless

    def write(self, text: str) -> int:
        """The length of the text."""
        if self.muted:
            return len(text)
        if self.at_once:
            super().write(text)
            self.flush()
        else:
            self._held.append(text)
        self._size += len(text)
        if self._size > LIMIT_BYTES:
            self._too_much()
        if len(self._prints) < PRINTS and text:
            self._note(text, innermost(sys._getframe(1), self._path))
        return len(text)

    def text(self, descriptor: int) -> tuple[str, int]:
        """What was written (beyond 64 KB: its two ends), and its size in bytes; the file is read through this descriptor."""
        held = "".join(self._held)
        if not held:
            return read_output(descriptor)
        self._held.clear()
        data = held.encode("utf-8", "replace")
        if len(data) <= KEPT_BYTES and os.lseek(descriptor, 0, os.SEEK_END) == 0:
            return data.decode(), len(data)
        super().write(held)
        self.flush()
        return read_output(descriptor)

    def prints(self) -> tuple[Printed, ...]:
        """What each line wrote, in order."""
        return tuple(Printed(line, text) for line, text in self._prints)

    def _note(self, text: str, frame: FrameType | None) -> None:
        """Writes of one call stand together; one that follows an end of line starts a new entry."""
        if frame is None:
            return
        place = (id(frame), frame.f_lasti)
        if self._prints and self._place == place and not self._prints[-1][1].endswith("\n"):
            line, before = self._prints[-1]
            self._prints[-1] = (line, before + text)
        else:
            self._prints.append((frame.f_lineno, text))
        self._place = place


def _heedless() -> None:
    """Instead of an end to a program that has ended."""


def innermost(frame: FrameType | None, path: str) -> FrameType | None:
    """The innermost frame that runs a line of the program."""
    while frame is not None and frame.f_code.co_filename != path:
        frame = frame.f_back
    return frame


def read_output(descriptor: int) -> tuple[str, int]:
    """The text (beyond 64 KB: its two ends with `…` between) and its size in bytes."""
    size = os.lseek(descriptor, 0, os.SEEK_END)
    if size <= KEPT_BYTES:
        return _read_at(descriptor, 0, size).decode("utf-8", "replace"), size
    head = _read_at(descriptor, 0, KEPT_BYTES // 2).decode("utf-8", "ignore")
    tail = _read_at(descriptor, size - KEPT_BYTES // 2, KEPT_BYTES // 2).decode("utf-8", "ignore")
    return f"{head}\n…\n{tail}", size


def _read_at(descriptor: int, start: int, size: int) -> bytes:
    """Not `pread`, which Windows has not; the file is only appended to, so that its position is nobody's."""
    os.lseek(descriptor, start, os.SEEK_SET)
    return os.read(descriptor, size)
