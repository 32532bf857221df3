"""The command that says what this machine offers, each thing tried rather than looked up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib import metadata

import click

from deckbuild.model import Job
from deckbuild.options import RunOptions

from .cache import describe_cache

ATTACKED = frozenset({"files", "network", "processes"})
CANNOT = "cannot run snippets"
TRIAL = Job("import torch\nprint(float(torch.ones(2, 2).sum()))\n")


@click.command()
@click.option("--cache-dir", metavar="DIR", help="Where outcomes are kept.  [default: the user's cache folder]")
def doctor(cache_dir: str | None) -> int:
    """Say what this machine offers.

    torch, by running a snippet; the sandbox, by attacks; the cache; Anki. Exit code 1 if snippets cannot run.
    """
    runs = True
    for name, told in _examined(cache_dir):
        click.echo(f"{name:<10} {told}")
        runs &= not told.startswith(CANNOT)
    return int(not runs)


def _examined(cache_dir: str | None) -> Iterator[tuple[str, str]]:
    from deckbuild.run import open_runner

    with open_runner(RunOptions(cache=False)) as runner:
        versions = runner.versions()
        yield "deckbuild", f"{versions.deckbuild} on Python {versions.python}"
        start_s = time.perf_counter()
        (outcome,) = runner.confirm([TRIAL])
        if outcome.fault is None:
            yield "torch", f"{versions.torch}: a snippet ran {time.perf_counter() - start_s:.1f} s after the start"
        else:
            yield "torch", f"{CANNOT}: {outcome.fault.type}: {outcome.fault.message}"
        for layer, verdict in runner.confinement().items():
            proven = verdict == "confined" and layer in ATTACKED
            yield layer, f"{verdict}: attacks were stopped" if proven else verdict
    yield "cache", describe_cache(RunOptions(cache_dir=cache_dir))
    yield "anki", _anki()


def _anki() -> str:
    try:
        return f"{metadata.version('anki')}: packages can be tried in it"
    except metadata.PackageNotFoundError:
        return "not installed here, nor needed to build; pip install 'deckbuild[verify]' to try packages in it"
