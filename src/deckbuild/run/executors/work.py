"""What a worker does, on whatever machine it is.

Goes in: the text of a unit. Comes out: the text of an answer. The worker's process runs nothing of a program itself: it holds
one warm process, confined as on the build's own machine, which starts with the first unit and ends with the worker.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.util import Finalize

from deckbuild.errors import UsageError
from deckbuild.options import RunOptions
from deckbuild.run.key import machine
from deckbuild.run.workers import Workers, missing_layers

from .unit import Answer, Unit, read_unit, versions_here, write_answer


@dataclass(slots=True)
class Held:
    """The warm process of this worker."""

    options: RunOptions
    workers: Workers
    users: int = 0
    """How many units it is running."""


_held: list[Held] = []
_lock = threading.Lock()


def work(unit: str) -> str:
    """The answer: outcomes for all jobs of the unit, or why there are none."""
    wanted = read_unit(unit)
    if wrong := mismatch(wanted.versions, versions_here(wanted.requests)):
        return write_answer(Answer(refused=wrong))
    try:
        return write_answer(_ran(wanted))
    except UsageError as error:
        return write_answer(Answer(refused=str(error)))


def mismatch(build: Mapping[str, str], here: Mapping[str, str]) -> str:
    """What differs between the build and a worker, and what to do; empty: nothing."""
    for name, expected in build.items():
        found = here.get(name, "")
        if found != expected:
            told = f"found {name} {found or 'missing'} · expected {expected or 'none'}, as in the build"
            return f"{told} · install the same on both: the results would not be comparable"
    return ""


def _ran(unit: Unit) -> Answer:
    with _warm(unit.options) as workers:
        outcomes = workers.run(unit.requests) if unit.requests else ()
        layers, confinement = workers.layers(), workers.confinement()
        return Answer(machine=machine(), layers=layers, confinement=confinement, outcomes=outcomes)


@contextmanager
def _warm(options: RunOptions) -> Iterator[Workers]:
    """The process for these options; one for others, of an earlier build, ends when nobody needs it."""
    with _lock:
        for held in [h for h in _held if h.options != options and not h.users]:
            _held.remove(held)
            held.workers.close()
        mine = next((h for h in _held if h.options == options), None) or _new(options)
        mine.users += 1
    try:
        yield mine.workers
    finally:
        with _lock:
            mine.users -= 1


def _new(options: RunOptions) -> Held:
    held = Held(options, Workers(options, os.cpu_count() or 1, missing_layers(os.environ)))
    _held.append(held)
    # Not `atexit`: processes of `multiprocessing` that were forked leave without it.
    Finalize(None, held.workers.close, exitpriority=10)
    return held
