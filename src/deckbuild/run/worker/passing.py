"""Batches of a `DataLoader` with workers, where programs may start processes and open no sockets.

Goes in: nothing. Comes out: batches that are passed by their values. torch passes the memory itself, whose descriptor goes through a
socket with a name; where there is none, the worker fails in a thread that nobody hears, and the program waits for ever. What the
loader's user sees is the same: a batch is the worker's own until it is passed. What a program passes between processes of its own
making is left alone: there it makes a difference whether memory is shared.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.reduction import ForkingPickler
from typing import Any


def pass_batches_by_value() -> None:
    """In all loaders from now on, of this process and those that it forks."""
    from torch.utils.data._utils import worker

    worker._worker_loop = _by_value(worker._worker_loop)


def _by_value(loop: Callable[..., None]) -> Callable[..., None]:
    """What a loader's worker does, in its own process."""

    def work(*arguments: Any, **named: Any) -> None:
        reducers = ForkingPickler._extra_reducers  # type: ignore[attr-defined]
        for kind in [kind for kind in reducers if kind.__module__.partition(".")[0] == "torch"]:
            del reducers[kind]
        loop(*arguments, **named)

    return work
