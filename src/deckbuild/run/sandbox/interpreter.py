"""The interpreter, started again so that not even its owner can change its file.

Goes in: a process that has done nothing yet. Comes out: the same one, begun anew. A process reaches the file of its own program by
`/proc/self/exe`, through the mount by which it was opened: to seal that mount later is of no use.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from . import kernel
from .namespaces import map_user, rehearse


def start_over(arguments: Sequence[str]) -> None:
    """Does not return where the interpreter belongs to the user and can be sealed; else nothing is done.

    Root's recipe ends as another user, who does not own it.
    """
    program = os.path.realpath("/proc/self/exe")
    own = os.geteuid() != 0 and os.access(program, os.F_OK) and os.stat(program).st_uid == os.geteuid()  # noqa: PTH116
    if own and rehearse(lambda: _seal(program)) == 0:
        _seal(program)
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606


def _seal(program: str) -> None:
    user, group = os.geteuid(), os.getegid()
    kernel.unshare(kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS)
    map_user(user, group)
    kernel.mount(program, program, None, kernel.MS_BIND)
    kernel.seal_mounts(program)
