"""Large pages: what is gathered, and that it is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from deckbuild.run.worker.pages import LARGE, _mappings

SMAPS = """\
559c1a800000-559c1ac10000 rw-p 00000000 00:00 0                          [heap]
Size:               4160 kB
Rss:                4000 kB
7f0000100000-7f0000f00000 rw-p 00000000 00:00 0
Size:              14336 kB
KernelPageSize:        4 kB
Rss:               {rss} kB
7f1000000000-7f1000400000 r-xp 00000000 fe:00 77                         /usr/lib/large.so
Size:               4096 kB
Rss:                4096 kB
7f2000000000-7f2000400000 rw-p 00200000 fe:00 77                         /usr/lib/large.so
Size:               4096 kB
Rss:                4096 kB
7f3000000000-7f3000400000 rw-s 00000000 00:01 9                          /memfd (deleted)
Size:               4096 kB
Rss:                4096 kB
7f4000100000-7f4000200000 rw-p 00000000 00:00 0
Size:               1024 kB
Rss:                1024 kB
"""
GATHER = """
import ctypes, mmap, re
from pathlib import Path
from deckbuild.run.worker.pages import COLLAPSE, LARGE, gather_pages
from deckbuild.run.sandbox.kernel import libc

def huge_kb():
    return int(re.search(r"AnonHugePages: +([0-9]+)", Path("/proc/self/smaps_rollup").read_text())[1])

area = mmap.mmap(-1, 8 * LARGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
area[:] = bytes(range(256)) * (len(area) // 256)
before = huge_kb()
gather_pages()
assert area[:] == bytes(range(256)) * (len(area) // 256)
print(huge_kb() - before)
"""


@pytest.mark.parametrize(("rss", "sparse"), [(13000, False), (100, True)])
def test_only_private_memory_that_is_mostly_used_is_gathered(rss: int, sparse: bool) -> None:
    dense = [] if sparse else [(0x7F0000200000, 6 * LARGE)]
    assert list(_mappings(SMAPS.format(rss=rss))) == [(0x559C1A800000, 2 * LARGE), *dense]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_memory_lies_in_large_pages_and_holds_what_it_held() -> None:
    done = subprocess.run([sys.executable, "-c", GATHER], capture_output=True, text=True, check=True)
    if done.stdout == "0\n":
        pytest.skip("this kernel gathers no pages")
    assert int(done.stdout) >= 7 * (LARGE >> 10)
