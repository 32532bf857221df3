"""Processes that outlived the program which started them.

Goes in: the children that are known. Comes out: nothing is left of any other. An orphan becomes a child of the warm process
(it is process 1 of its namespace, or has asked for it), so it is found whatever session or group it fled to.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path


def end_orphans(known: set[int]) -> None:
    """Kills and reaps every child of this process that is not known, and then theirs, which became its own by that."""
    while found := [pid for pid in _children() if pid not in known]:
        for pid in found:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _children() -> Iterator[int]:
    """Read from the table of processes: `/proc/PID/stat` has the parent after the name, which may hold anything."""
    own = str(os.getpid())
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if fields[1] == own:
                yield int(folder.name)
