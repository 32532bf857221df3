"""How many falsified cards claim checking lets through.

    python -m benchmarks.mutation PATH... [--mutants N] [--per-card N] [--seed N] [--changed-nothing SEEDS]

Changes one token at a time of cards with a confirmed claim, and prints how many mutants no longer meet a claim (counted), how
many of those are noticed (killed), each survivor, and those of which the frozen program cannot tell (open). With
`--changed-nothing` nothing is changed but the seed: no claim that does not rest on it may change its verdict.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from deckbuild.model import Card, Deck
from deckbuild.options import RunOptions
from deckbuild.run import open_runner
from deckbuild.source import read_deck

from .flipping import flips
from .hunting import Ground, Hunted, read_text, sample


def main() -> None:
    """Prints the counts, the survivors and what stayed open."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--per-card", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cards", type=int, default=0, help="so many cards with code, by chance; 0: all")
    parser.add_argument("--cache-dir", default=None)
    parser.add_argument("--changed-nothing", type=int, default=0, metavar="SEEDS")
    given = parser.parse_args()
    deck = read_deck(given.paths)
    cards = chosen(deck, given.cards, given.seed)
    started_s = time.perf_counter()
    if given.changed_nothing:
        found = flips(deck, cards, range(given.changed_nothing), given.cache_dir)
        print(
            "\n".join(found.told),
            f"{len(found.told)} flips of {found.claims} claims over {given.changed_nothing} seeds",
        )
        return
    with (
        open_runner(RunOptions(cache_dir=given.cache_dir)) as run,
        ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool,
    ):
        ground = Ground(deck, run)
        originals = [o for o in pool.map(lambda c: ground.check(c, read_text(c)), cards) if o.confirmed]
        work = sample(originals, given.mutants, given.per_card, given.seed)
        print(f"{len(cards)} cards, {len(originals)} with {sum(len(o.confirmed) for o in originals)} confirmed claims")
        hunted = list(pool.map(lambda one: ground.hunt(*one), work))
    report(hunted)
    print(f"{time.perf_counter() - started_s:.0f} s")


def chosen(deck: Deck, count: int, seed: int) -> list[Card]:
    """The cards with Python, or so many of them by chance."""
    cards = [c for c in deck.cards if any(s.is_python for s in c.snippets)]
    return random.Random(seed).sample(cards, count) if 0 < count < len(cards) else cards


def report(hunted: list[Hunted]) -> None:
    """The counts by kind, then the survivors and what stayed open, to be read."""
    fates = Counter(h.fate for h in hunted)
    counted = fates["killed"] + fates["survived"]
    print(f"{len(hunted)} mutants: {counted} counted, {fates['killed']} killed, {fates['survived']} survived")
    print(f"not counted: {fates['met']} still meet their claims, {fates['open']} open")
    for kind in ("digit", "size", "constant", "argument"):
        of_kind = Counter(h.fate for h in hunted if h.mutant.kind == kind)
        print(f"  {kind:9} {of_kind['killed']} of {of_kind['killed'] + of_kind['survived']}")
    for fate in ("survived", "open"):
        for one in (h for h in hunted if h.fate == fate):
            print(f"{fate}: {one.path}:{one.mutant} · {one.why}")


if __name__ == "__main__":
    main()
