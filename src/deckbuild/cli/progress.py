"""Cards that are done, as a bar on standard error: only on a terminal, and not when quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(verbosity: int) -> Iterator[Callable[[int, int], None] | None]:
    """What is told how many cards are done, of how many; None where nobody looks."""
    if verbosity < 0 or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("checking cards", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
