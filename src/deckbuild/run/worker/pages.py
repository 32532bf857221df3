"""The memory of the warm process in large pages, so that a fork has less to copy.

Goes in: nothing. Comes out: nothing; each fork copies a table entry for every 2 MB, not for every 4 KB of torch's objects, and
each child takes apart as many fewer. A child that writes splits only the large page that it writes to.

Source: `MADV_COLLAPSE` in madvise(2), Linux 6.1 and later; where it is refused, everything stays as it was.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from deckbuild.run.sandbox.kernel import libc

LARGE = 2 << 20
COLLAPSE = 25
MAPPING = re.compile(
    r"^([0-9a-f]+)-([0-9a-f]+) rw-p 0+ 00:00 0 *(?:\[heap\])?\n(?:[A-Z]\w+: .*\n)*?Rss: +(\d+) kB$", re.MULTILINE
)


def gather_pages() -> None:
    """Gathers the private memory that is mostly in use."""
    if sys.platform == "linux":
        for start, size in _mappings(Path("/proc/self/smaps").read_text(encoding="utf-8", errors="replace")):
            libc().madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), COLLAPSE)


def _mappings(text: str) -> Iterator[tuple[int, int]]:
    """Start and size in bytes of what can lie in large pages: half used at least, lest the rest be filled with zeros."""
    for low, high, used_kb in MAPPING.findall(text):
        start, end = -(-int(low, 16) // LARGE) * LARGE, int(high, 16) // LARGE * LARGE
        if end > start and int(used_kb) << 11 >= int(high, 16) - int(low, 16):
            yield start, end - start
