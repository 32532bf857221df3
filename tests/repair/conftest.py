"""The stage with the real runner and the real judge, as the pipeline puts them together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pytest

from deckbuild.claims import extract, judge
from deckbuild.model import Card, Deck, Judgement, Repair, Run
from deckbuild.options import RunOptions
from deckbuild.repair import build_library, repair_card
from deckbuild.run import open_runner


class Mend(Protocol):
    """Repairs the snippets of a card in the deck that it makes with other cards."""

    def __call__(self, this: Card, *others: Card) -> tuple[Repair, ...]: ...


class Judged(Protocol):
    """Repairs a card and judges its claims."""

    def __call__(self, this: Card, *others: Card) -> tuple[tuple[Repair, ...], tuple[Judgement, ...]]: ...


@pytest.fixture(scope="session")
def run() -> Iterator[Run]:
    """One runner for all tests of the stage, without a cache."""
    with open_runner(RunOptions(cache=False)) as runner:
        yield runner


@pytest.fixture(scope="session")
def mend(run: Run) -> Mend:
    """The repairs of a card."""

    def mended(this: Card, *others: Card) -> tuple[Repair, ...]:
        deck = Deck(tuple({c.source: None for c in (this, *others)}), (this, *others))
        return repair_card(this, build_library(deck), extract(this), run, judge)

    return mended


@pytest.fixture(scope="session")
def judged(mend: Mend) -> Judged:
    """The repairs of a card, and what became of its claims."""

    def both(this: Card, *others: Card) -> tuple[tuple[Repair, ...], tuple[Judgement, ...]]:
        repairs = mend(this, *others)
        return repairs, judge(this, extract(this), repairs)

    return both
