"""Whether a verdict depends on the seed of the build: a deck and seeds in, the claims whose verdict changes out.

A claim rests on a seed where the build's seed decides what it is held against: where something is drawn and no seed stands in
the program. Of such a claim another verdict is no flip.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deckbuild.claims import extract, judge
from deckbuild.model import Card, ClaimVerdict, Deck, Judgement
from deckbuild.options import RunOptions
from deckbuild.repair import build_library, repair_card
from deckbuild.run import open_runner


@dataclass(frozen=True, slots=True)
class Flips:
    """What changed although nothing was changed."""

    claims: int
    told: tuple[str, ...]
    """Of each claim that changed its verdict: its place, its words, the verdicts by seed."""


def flips(deck: Deck, cards: Sequence[Card], seeds: Iterable[int], cache_dir: str | None) -> Flips:
    """The claims that are confirmed or refuted with one seed and get another verdict with another."""
    library = build_library(deck)
    verdicts: dict[tuple[str, int, str, str], dict[int, ClaimVerdict]] = {}
    for seed in seeds:
        with open_runner(RunOptions(seed=seed, cache_dir=cache_dir)) as run:
            for card in cards:
                claims = extract(card)
                repairs = repair_card(card, library, claims, run, judge)
                for one in judge(card, claims, repairs):
                    verdicts.setdefault(_name(one), {})[seed] = one.verdict
    told = tuple(f"{n[0]}:{n[1]}: {n[2]!r} {_by_seed(v)}" for n, v in verdicts.items() if len(set(v.values())) > 1)
    return Flips(len(verdicts), told)


def _name(judgement: Judgement) -> tuple[str, int, str, str]:
    claim = judgement.claim
    return claim.path, claim.line, claim.text, claim.expected


def _by_seed(verdicts: dict[int, ClaimVerdict]) -> str:
    return ", ".join(f"{seed} {verdict.value}" for seed, verdict in verdicts.items())
