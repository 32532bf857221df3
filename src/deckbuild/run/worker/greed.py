"""How much of the disk a program takes, where no disk of its own is the limit.

Goes in: its folder. Comes out: whether it is more than its share.
"""

from __future__ import annotations

import os
from pathlib import Path

from deckbuild.run.sandbox.namespaces import DISK_MB

ENTRIES = 2000


def is_greedy(folder: Path) -> bool:
    """Whether its files take more than their share; of a great many only the first are counted."""
    taken = seen = 0
    waiting = [str(folder)]
    while waiting and seen < ENTRIES:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    seen += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        taken += entry.stat(follow_symlinks=False).st_blocks * 512
        except OSError:
            continue  # it is gone again
    return taken > DISK_MB << 20
