"""The commands on the outcomes that are kept from one build to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from deckbuild.options import RunOptions

if TYPE_CHECKING:
    from deckbuild.run import Cache

_FOLDER = click.option(
    "--cache-dir", metavar="DIR", help="Where outcomes are kept.  [default: the user's cache folder]"
)


@click.group()
def cache() -> None:
    """Show, prune or clear the outcomes of earlier builds."""


@cache.command()
@_FOLDER
def info(cache_dir: str | None) -> None:
    """Show where they are, and how many."""
    click.echo(describe_cache(RunOptions(cache_dir=cache_dir)))


@cache.command()
@_FOLDER
def prune(cache_dir: str | None) -> None:
    """Drop what was not used for longest, down to 200 MB. Every build does so by itself."""
    _drop(cache_dir, lambda kept: kept.prune())


@cache.command()
@_FOLDER
def clear(cache_dir: str | None) -> None:
    """Drop all."""
    _drop(cache_dir, lambda kept: kept.clear())


def describe_cache(options: RunOptions) -> str:
    """`PATH: 12 outcomes, 22 results for cards, 0.3 MB`."""
    from deckbuild.run import open_cache

    with open_cache(options) as kept:
        found = kept.info()
    return f"{found.path}: {found.entries} outcomes, {found.cards} results for cards, {found.size_bytes / 1e6:.1f} MB"


def _drop(cache_dir: str | None, action: Callable[[Cache], int]) -> None:
    from deckbuild.run import open_cache

    with open_cache(RunOptions(cache_dir=cache_dir)) as kept:
        dropped, left = action(kept), kept.info()
        click.echo(f"{dropped} outcomes dropped, {left.entries + left.cards} left")
