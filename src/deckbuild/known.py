"""What is known of cards, and the rest found out.

Goes in: cards. Comes out: a Check of each, from the memory, or made side by side; what it takes to make one is loaded for the first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from .memory import Check, Memory
from .model import Ask, Card, Deck
from .options import RunOptions
from .outside import open_outside
from .run import Runner, Watched

if TYPE_CHECKING:
    from .checking import Checker

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many cards are checked, of how many."""


def find_out(
    chosen: Sequence[tuple[str, Card]],
    deck: Deck,
    runner: Runner,
    options: RunOptions,
    memory: Memory,
    progress: Progress | None,
) -> list[Check]:
    """A Check of each card, which is given with its guid; the deck is what they may borrow from. Raises: UsageError."""
    known = memory.checks(chosen)
    with open_outside(options) as ask, _pool(runner.slots) as pool:
        check = _Checks(deck, runner, ask, memory)
        new = pool.map(lambda one: check(*one), [one for one, old in zip(chosen, known, strict=True) if old is None])
        return list(_counted((old or next(new) for old in known), len(chosen), progress))


class _Checks:
    """Checks cards, from any thread; what it takes to do so is there once the first has to be."""

    def __init__(self, deck: Deck, runner: Runner, ask: Ask, memory: Memory) -> None:
        self._deck, self._runner, self._ask, self._memory = deck, runner, ask, memory
        self._checker: Checker | None = None
        self._lock = threading.Lock()

    def __call__(self, guid: str, card: Card) -> Check:
        run = Watched(self._runner)
        check = self._made().check(card, run)
        if run.lasting and not check.broken:
            self._memory.keep_check(guid, card, check)
        return check

    def _made(self) -> Checker:
        with self._lock:
            if self._checker is None:
                from .checking import Checker

                self._checker = Checker(self._deck, self._ask)
            return self._checker


@contextmanager
def _pool(slots: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that wait for the workers; after an error or an interrupt none begins another card."""
    pool = ThreadPoolExecutor(max_workers=slots)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _counted(work: Iterator[Check], total: int, progress: Progress | None) -> Iterator[Check]:
    for done, check in enumerate(work, start=1):
        if progress:
            progress(done, total)
        yield check
