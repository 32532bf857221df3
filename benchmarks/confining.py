"""What the sandbox changes: the snippets whose verdict is another with it than without it.

    python -m benchmarks.confining PATH...

Checks the cards twice from nothing, confined and with `--sandbox off`, and lists each snippet whose verdict, reason or printed text
differs. None should: a confined program that fails where it would run elsewhere is told as a fault of the card.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Literal

from deckbuild.model import Repair
from deckbuild.options import Options, RunOptions
from deckbuild.pipeline import check


def main() -> None:
    """Prints the differences and their number."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    paths = parser.parse_args().paths
    confined, free = (tuple(_repairs(paths, sandbox)) for sandbox in ("require", "off"))
    differing = [(one, other) for one, other in zip(confined, free, strict=True) if _told(one) != _told(other)]
    for one, other in differing:
        print(f"{one.snippet.path}:{one.snippet.line}: confined {_told(one)} · free {_told(other)}")
    print(f"{len(confined)} Python snippets, {len(differing)} with another verdict because of the sandbox")


def _repairs(paths: Sequence[str], sandbox: Literal["require", "off"]) -> Iterator[Repair]:
    checked = check(paths, Options(run=RunOptions(sandbox=sandbox, cache=False)))
    return (repair for card in checked.cards for repair in card.repairs if repair.snippet.is_python)


def _told(repair: Repair) -> tuple[str, ...]:
    printed = repair.outcome.stdout if repair.outcome else ""
    return repair.verdict, repair.reason or "", printed if repair.verdict != "failed" else ""


if __name__ == "__main__":
    main()
