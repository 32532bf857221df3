"""Where the programs of one process are laid, one after the other.

Goes in: the text of a program. Comes out: a place for it, beside an empty folder which is the current one, and what it prints to:
the same again as long as programs leave nothing there, since to make new ones takes longer than many a candidate.
"""

from __future__ import annotations

import linecache
import os
from contextlib import suppress
from itertools import count
from pathlib import Path

from .output import Output

FILE = "snippet.py"
NAMING = ("__", "file", "path", "Path", "argv", "..", " os", ".os", "globals", "locals", "vars", "trace", "inspect")
"""Without any of these words no program finds its own file by name."""
REACHING = ("sys", "stdout")
"""Without any of these words no program reaches what it prints to."""


class Desk:
    """`path` is the file of the program that was laid last, `work` its folder, `output` its standard output."""

    def __init__(self, home: str) -> None:
        self._homes = (f"{home}/{number}" for number in count())
        self._written = False
        self._reached = False
        self.path = self.work = ""
        self.output = Output()

    def lay(self, code: str, *, hint: bool) -> None:
        """Another program, and nothing of the one before it.

        For a hint the file is spared where the program cannot ask for it; who wants to see its lines (a traceback, `inspect`) finds them
        where Python keeps those of programs without a file. Nor is there then a file of what it prints, unless it could look for it.
        """
        if not (self.work and self._is_clear()):
            home = next(self._homes)
            self.path, self.work = f"{home}/{FILE}", f"{home}/work"
            Path(self.work).mkdir(parents=True)
            self._written = False
        os.chdir(self.work)
        if not hint or any(word in code for word in NAMING):
            self._write(code)
        else:
            self._remember(code)
        if self._reached:
            self.output = Output()
        self._reached = any(word in code for word in REACHING)
        self.output.at_once = self._reached or not hint

    def _write(self, code: str) -> None:
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        # cut off afterwards: a file that is emptied first is written to the disk at once by some file systems
        os.ftruncate(descriptor, os.write(descriptor, code.encode("utf-8", "replace")))
        os.close(descriptor)
        linecache.cache.pop(self.path, None)  # it would not notice another text of the same length
        self._written = True

    def _remember(self, code: str) -> None:
        if self._written:
            with suppress(FileNotFoundError):
                Path(self.path).unlink()
            self._written = False
        linecache.cache[self.path] = (lambda: code,)

    def _is_clear(self) -> bool:
        try:
            return not os.listdir(self.work)  # noqa: PTH208  it takes half as long
        except OSError:  # the program took it away
            return False
