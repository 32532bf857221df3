"""The limits that every POSIX system has; where there are none (Windows), none are set.

Goes in: megabytes. Comes out: a process that cannot take more.
"""

from __future__ import annotations

import contextlib
from importlib.util import find_spec

HERE = find_spec("resource") is not None
if HERE:
    import resource

SLACK_MB = 1024
"""Of memory, for recording the outcome of a program that used all of its own."""
FILE_MB = 64
FILES = 256


def limit_resources(memory_mb: int) -> None:
    """Memory (address space), size of a file, open files; no core dump, no locked memory."""
    if not HERE:
        return
    memory = memory_mb << 20
    _limit(resource.RLIMIT_AS, memory, memory + (SLACK_MB << 20))
    _limit(resource.RLIMIT_FSIZE, FILE_MB << 20, FILE_MB << 20)
    _limit(resource.RLIMIT_NOFILE, FILES, FILES)
    _limit(resource.RLIMIT_CORE, 0, 0)
    with contextlib.suppress(AttributeError):  # not on every system
        _limit(resource.RLIMIT_MEMLOCK, 0, 0)


def grant_slack() -> None:
    """The memory kept back for recording."""
    if HERE:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def withdraw_slack(memory_mb: int) -> None:
    """The memory is kept back from the next program, too."""
    if HERE:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        memory = memory_mb << 20
        resource.setrlimit(resource.RLIMIT_AS, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))


def limit_processes(count: int) -> None:
    """Those of the user; where that is the user of others, too, theirs are counted."""
    if HERE:
        resource.setrlimit(resource.RLIMIT_NPROC, (count, count))


def _limit(kind: int, soft: int, hard: int) -> None:
    """Never above what the process was given itself."""
    if not HERE:
        return
    _, given = resource.getrlimit(kind)
    if given != resource.RLIM_INFINITY:
        soft, hard = min(soft, given), min(hard, given)
    with contextlib.suppress(ValueError, OSError):  # macOS knows some limits by name only
        resource.setrlimit(kind, (soft, hard))
