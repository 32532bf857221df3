"""What outcomes were made with, so that they can be found again where it is not installed.

Goes in: the programs that were run. Comes out: a Stamp, which the cache keeps of its last writer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from deckbuild.model import Job

from .key import libraries, machine, version


@dataclass(frozen=True, slots=True)
class Stamp:
    """A machine and what was installed on it."""

    machine: tuple[str, ...]
    """Python's version first, as in the key."""
    libraries: Mapping[str, str]
    """The versions of what programs imported, by name."""
    layers: tuple[str, ...] = ()
    """What confined the programs, as in the key."""

    @property
    def python(self) -> str:
        """Its version."""
        return self.machine[0]

    def version(self, name: str) -> str:
        """Of a library: the one here, if the writer's programs never named it."""
        return self.libraries.get(name) or version(name)


def stamp_here(jobs: Iterable[Job], layers: tuple[str, ...] = ()) -> Stamp:
    """Of this process, with the libraries that these programs import."""
    return Stamp(machine(), libraries("\n".join(job.code for job in jobs)), layers)


def joined(before: Stamp | None, now: Stamp) -> Stamp:
    """Of two writers who had the same, what both know; else the later one."""
    if before is None or (before.machine, before.layers) != (now.machine, now.layers):
        return now
    if any(before.libraries.get(name, found) != found for name, found in now.libraries.items()):
        return now
    return replace(now, libraries={**before.libraries, **now.libraries})


def write_stamp(stamp: Stamp) -> str:
    """JSON."""
    return json.dumps(asdict(stamp))


def read_stamp(text: str) -> Stamp | None:
    """None for what somebody else wrote there."""
    try:
        fields = json.loads(text)
        machine = tuple(str(word) for word in fields["machine"])
        libraries = {str(name): str(found) for name, found in fields["libraries"].items()}
        layers = tuple(str(word) for word in fields["layers"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return Stamp(machine, libraries, layers) if machine else None
