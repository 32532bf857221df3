"""The executor that an option names.

Goes in: `dask://HOST:PORT`, or `module:factory`. Comes out: an executor of the standard library's kind, connected.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from deckbuild.errors import UsageError

DASK = re.compile(r"dask://(?P<address>[^/\s]+:\d+)/?")
FACTORY = re.compile(r"(?P<module>[^\W\d][\w.]*):(?P<factory>[^\W\d][\w.]*)")
EXPECTED = "expected local, dask://HOST:PORT or module:factory"
CONNECT_S = 10.0
WORKERS_S = 30.0


@dataclass(frozen=True, slots=True)
class Pool:
    """An executor, how many units it takes at a time, and how it is let go."""

    executor: Executor
    slots: int
    close: Callable[[], None]


def open_pool(name: str) -> Pool:
    """The pool. Raises UsageError that says what is missing and what to do."""
    if dask := DASK.fullmatch(name):
        return _of_dask(name, dask["address"])
    if made := FACTORY.fullmatch(name):
        return _of_factory(name, made["module"], made["factory"])
    raise UsageError(f"--executor {name}: found · {EXPECTED} · as in: --executor dask://127.0.0.1:8786")


def _of_dask(name: str, address: str) -> Pool:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            f"--executor {name}: found no Dask ({error}) · expected the extra `dask` · pip install 'deckbuild[dask]'"
        ) from error
    try:
        client = Client(f"tcp://{address}", timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"--executor {name}: nobody answers there ({_first_line(error)}) · expected a Dask scheduler · "
            f"start one: dask scheduler --port {address.rpartition(':')[2]}"
        ) from error
    try:
        client.wait_for_workers(1, timeout=WORKERS_S)
    except TimeoutError as error:
        client.close()
        raise UsageError(
            f"--executor {name}: found a scheduler without workers · expected at least one · "
            f"start one: dask worker tcp://{address} --nthreads 1"
        ) from error
    executor = client.get_executor(pure=False)  # equal texts are two units: the second may be a retry of the first

    def close() -> None:
        executor.shutdown(wait=False)
        client.close()

    return Pool(executor, max(1, sum(client.nthreads().values())), close)


def _of_factory(name: str, module: str, factory: str) -> Pool:
    try:
        found: Any = importlib.import_module(module)
        for part in factory.split("."):
            found = getattr(found, part)
    except ImportError as error:
        raise UsageError(
            f"--executor {name}: found no module {module} ({error}) · expected one that Python can import · "
            "install it, or name its folder in PYTHONPATH"
        ) from error
    except AttributeError as error:
        raise UsageError(f"--executor {name}: {error} · expected a function there · as in: module:factory") from error
    try:
        executor = found()  # what is no function is told like what fails
    except Exception as error:
        raise UsageError(
            f"--executor {name}: the call failed ({type(error).__name__}: {_first_line(error)}) · "
            "expected a function without arguments that returns an Executor"
        ) from error
    if not isinstance(executor, Executor):
        raise UsageError(
            f"--executor {name}: returned {type(executor).__name__} · expected a concurrent.futures.Executor"
        )
    width = getattr(executor, "_max_workers", None) or getattr(executor, "num_workers", None)
    slots = width if isinstance(width, int) else os.cpu_count() or 1
    return Pool(executor, slots, lambda: _let_go(executor))


def _let_go(executor: Executor) -> None:
    """Without what has not begun, where it can be told so: loky and Dask have no such argument."""
    try:
        executor.shutdown(wait=True, cancel_futures=True)
    except TypeError:
        executor.shutdown(wait=True)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "") or type(error).__name__
