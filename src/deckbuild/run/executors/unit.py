"""What travels between the build and a worker.

Goes in: a Unit or an Answer, or its text. Comes out: its text (JSON), or the Unit or Answer. An answer is data from a
stranger: outcomes are checked like those of a worker of this machine.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from deckbuild import __version__
from deckbuild.model import Confinement, Outcome
from deckbuild.options import RunOptions
from deckbuild.run.frames import WireError
from deckbuild.run.key import engine, libraries
from deckbuild.run.wire import decode, encode
from deckbuild.run.worker.request import Request, read_request

TRAVELLING = ("seed", "timeout_s", "memory_mb", "sandbox", "allow")
"""The options that a worker needs; the others are the build's own."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Requests, how they are run, and what must be installed where they run. Run twice it does the same."""

    options: RunOptions
    versions: Mapping[str, str]
    requests: tuple[Request, ...] = ()
    """None: it is only asked how programs would be confined."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a unit."""

    refused: str = ""
    """Why the worker cannot run it at all, and what to do."""
    machine: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    confinement: Confinement = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()


def versions_here(requests: Iterable[Request]) -> dict[str, str]:
    """Of all that an outcome depends on, by name: what the cache's key names, too."""
    code = "\n".join(job.code for request in requests for job in request.jobs)
    own = {"deckbuild": f"{__version__} ({engine()})", "Python": platform.python_version()}
    return {**own, **libraries(code)}


def write_unit(unit: Unit) -> str:
    """JSON."""
    options = {name: getattr(unit.options, name) for name in TRAVELLING}
    requests = [asdict(request) for request in unit.requests]
    return json.dumps({"options": options, "versions": dict(unit.versions), "requests": requests})


def read_unit(text: str) -> Unit:
    """The unit; what it does not name is as by default."""
    fields = json.loads(text)
    options = RunOptions(**{**fields["options"], "allow": tuple(fields["options"]["allow"])})
    requests = tuple(read_request(json.dumps(request).encode()) for request in fields["requests"])
    return Unit(options, fields["versions"], requests)


def write_answer(answer: Answer) -> str:
    """JSON."""
    outcomes = [encode(outcome).decode() for outcome in answer.outcomes]
    return json.dumps(
        {
            "refused": answer.refused,
            "machine": answer.machine,
            "layers": answer.layers,
            "confinement": answer.confinement,
            "outcomes": outcomes,
        }
    )


def read_answer(text: object, jobs: int) -> Answer:
    """The answer. Raises WireError if it is none, or has not one outcome for each job."""
    try:
        fields = json.loads(str(text))
        answer = Answer(
            str(fields["refused"]),
            tuple(str(word) for word in fields["machine"]),
            tuple(str(word) for word in fields["layers"]),
            {str(kind): str(verdict) for kind, verdict in fields["confinement"].items()},
            tuple(decode(outcome.encode()) for outcome in fields["outcomes"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WireError(f"not an answer of a worker: {error}") from error
    if not answer.refused and len(answer.outcomes) != jobs:
        raise WireError(f"{len(answer.outcomes)} outcomes for {jobs} programs")
    return answer
