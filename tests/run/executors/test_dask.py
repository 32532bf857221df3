"""A real cluster of two processes, one of which is killed while it runs a deck."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deckbuild import pipeline
from deckbuild.options import Options, RunOptions
from deckbuild.report import report_json

distributed = pytest.importorskip("distributed")

CARD = """
# One

:p What is printed ({n})?

??x
```python
import time
time.sleep(0.4)
print({n} + 1)
```
It prints {claimed}.
x??
"""
CARDS = 5


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    made = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    )
    with made:
        yield made


@pytest.fixture
def options(cluster: Any) -> Options:
    address = cluster.scheduler_address.replace("tcp://", "dask://")
    return Options(RunOptions(cache=False, timeout_s=30.0, executor=address))


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    cards = (CARD.format(n=n, claimed=n + (1 if n else 2)) for n in range(CARDS))
    (tmp_path / "deck.md").write_text("".join(cards))
    monkeypatch.chdir(tmp_path)
    return ["deck.md"]


def without_times(report: dict[str, Any]) -> dict[str, Any]:
    for snippet in report["snippets"]:
        del snippet["seconds"], snippet["cached"]
    del report["summary"]["seconds"]
    return report


def test_a_worker_that_dies_in_mid_run_loses_nothing(cluster: Any, options: Options, deck: list[str]) -> None:
    doomed = next(iter(cluster.workers.values())).pid
    told: list[int] = []

    def kill_one(done: int, _: int) -> None:
        if not told:
            os.kill(doomed, signal.SIGKILL)
        told.append(done)

    there = without_times(report_json(pipeline.check(deck, options, kill_one)))
    here = without_times(
        report_json(pipeline.check(deck, replace(options, run=replace(options.run, executor="local"))))
    )
    assert not Path(f"/proc/{doomed}").exists()
    assert told == list(range(1, CARDS + 1))
    assert here["summary"]["snippets"]["ran"] == CARDS
    assert there == here
