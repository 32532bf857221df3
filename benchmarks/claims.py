"""What claim checking costs, as a share of the whole check.

    python -m benchmarks.claims PATH... [--cards N] [--seed N]

Checks the cards one by one with an empty cache and adds up processor time: of `extract`; of `judge` on the finished card; of
`judge` where the search for a repair asks it about candidates; of everything, the programs that ran included.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass

from deckbuild.claims import extract, judge
from deckbuild.model import Card, Claim, Deck, Judgement, Repair
from deckbuild.options import RunOptions
from deckbuild.repair import build_library, repair_card
from deckbuild.run import Runner
from deckbuild.source import read_deck

from .running import _spent_s


@dataclass(slots=True)
class Cost:
    """Processor time, in seconds."""

    extracting_s: float = 0.0
    judging_s: float = 0.0
    searching_s: float = 0.0
    """Judging candidates for the search."""
    asked: int = 0
    claims: int = 0
    all_s: float = 0.0

    def judge_candidate(self, card: Card, claims: Sequence[Claim], repairs: Sequence[Repair]) -> tuple[Judgement, ...]:
        """The judge, with its time taken."""
        started_s = time.process_time()
        found = judge(card, claims, repairs)
        self.searching_s += time.process_time() - started_s
        self.asked += 1
        return found


def main() -> None:
    """Prints the seconds and the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--cards", type=int, default=0, help="so many cards, by chance; 0: all")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    deck = read_deck(given.paths)
    cards = list(deck.cards)
    if 0 < given.cards < len(cards):
        cards = random.Random(given.seed).sample(cards, given.cards)
    cost = measure(deck, cards)
    own_s = cost.extracting_s + cost.judging_s
    print(f"{len(cards)} cards, {cost.claims} claims, {cost.asked} candidates judged")
    print(f"everything             {cost.all_s:8.2f} s of processor time")
    print(f"extract                {cost.extracting_s:8.2f} s   {cost.extracting_s / cost.all_s:6.1%}")
    print(f"judge, finished cards  {cost.judging_s:8.2f} s   {cost.judging_s / cost.all_s:6.1%}")
    print(f"judge, candidates      {cost.searching_s:8.2f} s   {cost.searching_s / cost.all_s:6.1%}")
    print(f"claim checking : all = {(own_s + cost.searching_s) / cost.all_s:.1%} (goal 10 %)")


def measure(deck: Deck, cards: Sequence[Card]) -> Cost:
    """The cost of checking the cards."""
    cost = Cost()
    with tempfile.TemporaryDirectory() as folder, Runner(RunOptions(cache_dir=folder, jobs=1)) as run:
        started_s = time.process_time()
        library = build_library(deck)
        for card in cards:
            before_s = time.process_time()
            claims = extract(card)
            cost.extracting_s += time.process_time() - before_s
            repairs = repair_card(card, library, claims, run, cost.judge_candidate)
            before_s = time.process_time()
            cost.claims += len(judge(card, claims, repairs))
            cost.judging_s += time.process_time() - before_s
        cost.all_s = time.process_time() - started_s + _spent_s(run._workers.start()._process.pid)
    return cost


if __name__ == "__main__":
    main()
