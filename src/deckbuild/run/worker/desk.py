"""Where the programs of one process are laid, one after the other.

Goes in: the text of a program. Comes out: a file with it, beside an empty folder which is the current one: the same folder
again as long as programs leave nothing there, since to make one takes longer than many a candidate.
"""

from __future__ import annotations

import linecache
import os
from itertools import count
from pathlib import Path

FILE = "snippet.py"


class Desk:
    """`path` is the file of the program that was laid last, `work` its folder."""

    def __init__(self, home: str) -> None:
        self._homes = (f"{home}/{number}" for number in count())
        self.path = self.work = ""

    def lay(self, code: str) -> None:
        """Another program, and nothing of the one before it."""
        if not (self.work and self._is_clear()):
            home = next(self._homes)
            self.path, self.work = f"{home}/{FILE}", f"{home}/work"
            Path(self.work).mkdir(parents=True)
        os.chdir(self.work)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        # cut off afterwards: a file that is emptied first is written to the disk at once by some file systems
        os.ftruncate(descriptor, os.write(descriptor, code.encode("utf-8", "replace")))
        os.close(descriptor)
        linecache.cache.pop(self.path, None)  # it would not notice another text of the same length

    def _is_clear(self) -> bool:
        try:
            with os.scandir(self.work) as entries:
                return next(entries, None) is None
        except OSError:  # the program took it away
            return False
