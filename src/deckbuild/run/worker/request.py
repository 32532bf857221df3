"""What the build asks of the worker, and the worker of its children.

Goes in: JSON of a frame. Comes out: a Setup (once) or a Request.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from deckbuild.model import Job

COMMAND = ("-P", "-m", "deckbuild.run.worker")
"""Behind the interpreter: the warm process."""
SEALED = "sealed"
"""The argument with which its interpreter is sealed first."""
FINDING = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH")
"""Variables by which the process finds programs and libraries on this machine."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What holds for all requests."""

    scratch: str
    """An empty folder for the folders of the programs."""
    seed: int
    slots: int
    """How many programs run at once."""
    timeout_s: float
    memory_mb: int
    sandbox: str
    allow: tuple[str, ...]
    without: tuple[str, ...] = ()
    """Layers to do without, as on a machine that lacks them: `fork`, `namespaces`, `landlock`, `seccomp`."""
    only_look: bool = False
    """Whether it is only asked how programs would be confined."""


@dataclass(frozen=True, slots=True)
class Request:
    """Programs for one process."""

    id: int
    jobs: tuple[Job, ...]
    batch: bool = False
    """A hint is wanted: nothing is drawn, 2 s of processor time for each."""
    again: bool = False
    """The second run: other addresses; lines are recorded."""


def write(message: Setup | Request) -> bytes:
    """JSON."""
    return json.dumps(asdict(message)).encode()


def read_setup(payload: bytes) -> Setup:
    """The setup."""
    fields = json.loads(payload)
    return Setup(**{**fields, **{name: tuple(fields[name]) for name in ("allow", "without")}})


def read_request(payload: bytes) -> Request:
    """The request."""
    fields = json.loads(payload)
    jobs = tuple(Job(j["code"], tuple(j["probes"]), j["record"], j["reseed"]) for j in fields["jobs"])
    return Request(**{**fields, "jobs": jobs})
