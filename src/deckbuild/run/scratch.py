"""The folder that a build works in.

Goes in: nothing. Comes out: a folder that is held while the build lives, and gone with it. A build that is killed (SIGKILL) leaves
its own; the next one finds that nobody holds it, and removes it.
"""

from __future__ import annotations

import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec

from .clearing import clear_away

LOCKS = find_spec("fcntl") is not None
if LOCKS:
    import fcntl

PREFIX = "deckbuild-run-"
YOUNG_S = 60.0
"""A folder that was touched so lately may be one that its build has not come to hold yet."""


class Scratch:
    """A folder, held by a lock on it: the system lets go of that when the process ends, however it ends, in whatever container."""

    def __init__(self) -> None:
        self.path = tempfile.mkdtemp(prefix=PREFIX)
        self._held = _hold(self.path)

    def clear(self) -> None:
        """Removes it, and those that dead builds of this user left."""
        clear_away(self.path)
        if self._held is not None:
            os.close(self._held)
            self._held = None
        for folder in _left_behind():
            clear_away(folder)


def _left_behind() -> Iterator[str]:
    """The folders of dead builds: this user's, not young, and held by nobody."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and _is_old(entry):
                held = _hold(entry.path)
                if held is not None:
                    yield entry.path
                    os.close(held)


def _is_old(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder of this user, no link to one, and not young."""
    if not LOCKS:
        return False
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return own and time.time() - found.st_mtime > YOUNG_S


def _hold(folder: str) -> int | None:
    """What holds the folder until it is closed; None where another process does, or nothing can."""
    if not LOCKS:
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
