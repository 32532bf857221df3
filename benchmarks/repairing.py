"""What becomes of the Python blocks of decks, book by book, and what finding it out costs.

    python -m benchmarks.repairing PATH... [--jobs N] [--skipped]

Checks the cards with an empty cache. All Python blocks are in the denominator, those that are not meant to run among them. A run
is one execution of a program in a confined process; a program that came up before is not executed again. `--skipped` lists the
skipped blocks with their reasons, to be read.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence

from deckbuild.model import Job, Outcome, Repair
from deckbuild.options import Options, RunOptions
from deckbuild.package import Ledger
from deckbuild.pipeline import check_deck
from deckbuild.run import Runner
from deckbuild.source import read_deck


class CountingRunner(Runner):
    """Counts what is executed, per kind."""

    def __init__(self, options: RunOptions) -> None:
        super().__init__(options)
        self.executed: Counter[str] = Counter()

    def _try(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        self.executed["in batches"] += len(jobs)
        return super()._try(jobs)

    def _confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        self.executed["alone, twice"] += len(jobs)
        return super()._confirm(jobs)


def main() -> None:
    """Prints a row per book and the runs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--skipped", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        options = Options(run=RunOptions(cache_dir=folder, jobs=given.jobs))
        with CountingRunner(options.run) as runner:
            checked = check_deck(read_deck(given.paths), runner, options, None, Ledger())
    repairs = [(c.card.source.book, r) for c in checked.cards for r in c.repairs if r.snippet.is_python]
    _print_books(repairs)
    runs = sum(runner.executed.values())
    told = " and ".join(f"{count} {kind}" for kind, count in sorted(runner.executed.items()))
    print(f"\n{runs / max(1, len(repairs)):.1f} programs executed a block: {told}")
    if given.skipped:
        for _, repair in repairs:
            if repair.reason:
                print(f"{repair.snippet.path}:{repair.snippet.line}: {repair.reason} · {repair.why}")


def _print_books(repairs: Sequence[tuple[str, Repair]]) -> None:
    books: dict[str, list[Repair]] = defaultdict(list)
    for book, repair in repairs:
        books[book].append(repair)
        books["all"].append(repair)
    print("| book | blocks | ran | corrected | completed | skipped | failed | ran + corrected | with completed |")
    print("|---|---|---|---|---|---|---|---|---|")
    for book, found in sorted(books.items(), key=lambda entry: entry[0] == "all"):
        n = Counter(str(r.verdict) for r in found)
        why = ", ".join(f"{k} {v}" for k, v in sorted(Counter(r.reason for r in found if r.reason).items()))
        proven, runs = n["ran"] + n["corrected"], n["ran"] + n["corrected"] + n["completed"]
        print(
            f"| {book[:40]} | {len(found)} | {n['ran']} | {n['corrected']} | {n['completed']} | {n['skipped']} ({why}) | "
            f"{n['failed']} | {proven / len(found):.1%} | {runs / len(found):.1%} |"
        )


if __name__ == "__main__":
    main()
