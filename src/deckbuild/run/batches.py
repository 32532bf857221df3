"""Which candidates may share a process.

Goes in: the candidates of a search. Comes out: groups of them. Whoever names what reaches into the process that it runs in, or a
setting that is not put back after it, is alone: what it does there, and what it forges, it does to nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.model import Job

SMALL = 8
"""Fewer programs are not worth a second process."""
REACHING = re.compile(
    r"\b(?:gc|ctypes|cffi|inspect|_getframe|_current_frames|extract_stack|walk_stack|walk_tb|(?:tb|gi|cr|ag)_frame|f_back|f_globals"
    r"|settrace|setprofile|addaudithook|deckbuild|meta_path|path_hooks|reload|mock|logging|resource|tzset|dup2|closerange"
    r"|set_option|options|backends|set_flush_denormal|tracemalloc|faulthandler)\b"
)


def batches(jobs: Sequence[Job], processes: int) -> tuple[tuple[int, ...], ...]:
    """The places of the jobs in groups, as many large ones as there are processes if that pays."""
    alone = [n for n, job in enumerate(jobs) if REACHING.search(job.code)]
    others = sorted(set(range(len(jobs))).difference(alone))
    size = max(SMALL, -(-len(others) // processes))
    shared = (tuple(others[n : n + size]) for n in range(0, len(others), size))
    return (*shared, *((n,) for n in alone))
