"""The key under which an outcome is kept: everything that it depends on, and nothing else.

Goes in: a Job and how it is run. Comes out: a hash. Not in it: file, line, title, text, date, limits of time (an outcome that
depends on them is not kept).
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from collections.abc import Callable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

from deckbuild.model import Job
from deckbuild.options import RunOptions

IMPORTING = re.compile(r"^.*\b(?:import|from)\b.*$", re.MULTILINE)
WORD = re.compile(r"[^\W\d]\w*")
ALWAYS = ("torch", "numpy")
VECTOR_FLAGS = ("avx2", "avx512f", "asimd", "sve")
"""Of a processor: sums are taken in another order where the vectors are longer."""


Kind: TypeAlias = Literal["trial", "confirm"]


class Installed(Protocol):
    """What is, or was, installed somewhere."""

    @property
    def machine(self) -> tuple[str, ...]:
        """As `machine()` names it."""
        ...

    @property
    def layers(self) -> tuple[str, ...]:
        """What confined the programs."""
        ...

    def version(self, name: str) -> str:
        """Of a library; empty where there is none."""
        ...


def key_of(
    job: Job, kind: Kind, options: RunOptions, layers: tuple[str, ...] = (), where: Installed | None = None
) -> bytes:
    """SHA-256. `layers` confine programs here; `where` is another machine than this."""
    depends = {
        "code": job.code,
        "probes": job.probes,
        "record": job.record,
        "kind": kind,
        "seed": options.seed + job.reseed,
        "memory": options.memory_mb,
        "confined": options.sandbox != "off",
        "allow": sorted(set(options.allow)),
        "layers": where.layers if where else layers,
        "engine": engine(),
        "machine": where.machine if where else machine(),
        "libraries": libraries(job.code, where.version if where else version),
    }
    return hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).digest()


@cache
def engine() -> str:
    """A hash of the code that runs and records programs: whatever changes there, old outcomes are not found any more."""
    home = Path(__file__).parent
    sources = (*sorted(home.rglob("*.py")), home.parent / "model" / "execution.py")
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


@cache
def machine() -> tuple[str, ...]:
    """Python, the system, the processor as far as numbers depend on it."""
    return (platform.python_version(), platform.system(), platform.machine(), *_vectors())


@cache
def version(name: str) -> str:
    """Of the distribution that brings a module; empty where there is none, so that installing it changes the key."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return " ".join(f"{d} {metadata.version(d)}" for d in sorted(set(_distributions().get(name, ()))))


def libraries(code: str, version: Callable[[str], str] = version) -> dict[str, str]:
    """The versions of torch, numpy and what the code imports (a word more does no harm), by name."""
    words = set(WORD.findall("\n".join(IMPORTING.findall(code)))) - sys.stdlib_module_names
    return {name: version(name) for name in sorted(words | set(ALWAYS))}


@cache
def _distributions() -> dict[str, list[str]]:
    return dict(metadata.packages_distributions())


def _vectors() -> tuple[str, ...]:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")[:20_000]
    except OSError:  # another system than Linux
        return ()
    return tuple(flag for flag in VECTOR_FLAGS if re.search(rf"\b{flag}\b", text))
