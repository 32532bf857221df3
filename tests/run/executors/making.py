"""Executors for the tests, as somebody would write them for `--executor module:factory`."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from typing import Any

from deckbuild.model import Outcome
from deckbuild.run.executors.unit import Answer, read_unit, write_answer
from deckbuild.run.key import machine

NOT_CALLABLE = 7


def spawned() -> Executor:
    """Two processes of the standard library."""
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


def threaded() -> Executor:
    """A thread of this process."""
    return ThreadPoolExecutor(1)


def failing() -> Executor:
    """Cannot be made."""
    raise OSError("the cluster is closed on Sundays")


def wrong() -> object:
    """Returns something else."""
    return []


class _Answering(Executor):
    """Answers each unit as it is told to, and runs nothing."""

    def __init__(self, answer: str | Exception | Callable[[str], str]) -> None:
        self._given = answer

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if isinstance(self._given, Exception):
            future.set_exception(self._given)
        else:
            future.set_result(self._given if isinstance(self._given, str) else self._given(*args))
        return future

    def shutdown(self, wait: bool = True) -> None:  # type: ignore[override]  # as that of loky
        self._given = RuntimeError("shut down")


def dying() -> Executor:
    """Every worker dies over every unit."""
    return _Answering(BrokenProcessPool("a process was terminated abruptly"))


def without_deckbuild() -> Executor:
    """Its workers cannot import what they are to call."""
    return _Answering(ModuleNotFoundError("No module named 'deckbuild'"))


def babbling() -> Executor:
    """Its workers answer something else than was asked."""
    return _Answering(write_answer(Answer()))


def unconfined() -> Executor:
    """Its worker refuses, as one does that is to confine programs and cannot."""
    return _Answering(write_answer(Answer(refused="--sandbox require: files open: reads · use --sandbox auto")))


def elsewhere() -> Executor:
    """Its workers are another kind of machine, which computes in its own way."""
    return _Answering(partial(_answered, Answer(machine=("3.11", "Elsewhere"))))


def openly() -> Executor:
    """Its workers are like this machine, and less confined after the first unit."""
    words = iter([("sealed", "files")])
    return _Answering(lambda unit: _answered(Answer(machine=machine(), layers=next(words, ("files",))), unit))


def _answered(answer: Answer, unit: str) -> str:
    jobs = [job for request in read_unit(unit).requests for job in request.jobs]
    return write_answer(
        replace(answer, confinement={"files": "confined"}, outcomes=(Outcome(None, "1\n"),) * len(jobs))
    )
