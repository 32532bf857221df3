"""Everything that a card states and a machine can decide: a card in, its claims in reading order out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deckbuild.model import Card, Claim

from .arithmetic import recognise_arithmetic
from .asked import AskedTest, recognise_asked
from .commented import recognise_commented
from .compared import recognise_compared
from .counted import recognise_counts
from .dimensions import recognise_sizes
from .functions import recognise_functions
from .held import recognise_held
from .literals import recognise_literals
from .made import recognise_made
from .named import recognise_named_shapes
from .normalized import recognise_normalized
from .outputs import recognise_outputs
from .positions import recognise_entries
from .raises import recognise_raises
from .relations import recognise_relations
from .settings import recognise_settings
from .shapes import recognise_shapes
from .shown import recognise_shown
from .statistics import recognise_numbers
from .tables import recognise_tables
from .types import recognise_types

# Of two readings of one text the earlier recogniser's stands.
RECOGNISERS: tuple[Callable[[Card], Iterator[Claim]], ...] = (
    recognise_raises,
    recognise_shapes,
    recognise_commented,
    recognise_outputs,
    recognise_held,
    recognise_literals,
    recognise_entries,
    recognise_normalized,
    recognise_numbers,
    recognise_shown,
    recognise_types,
    recognise_named_shapes,
    recognise_tables,
    recognise_counts,
    recognise_made,
    recognise_sizes,
    recognise_settings,
    recognise_relations,
    recognise_arithmetic,
    recognise_functions,
    recognise_asked,
    recognise_compared,
)


def extract(card: Card) -> tuple[Claim, ...]:
    """The claims of a card, by their lines; each quoted from the source. A piece of text makes one claim of each kind at most once.

    The calculation and the entry in "the value at (0, 1) is 2 × 3 = 6" are two claims.
    """
    found: dict[tuple[int, str, str], Claim] = {}
    commented: set[int] = set()
    for recognise in RECOGNISERS:
        for claim in recognise(card):
            if claim.text.lstrip().startswith("#"):
                if claim.line in commented:
                    continue
                commented.add(claim.line)
            if any(overlap(claim, other) for other in found.values()):
                continue
            found.setdefault((claim.line, claim.text, claim.expected), claim)
    return tuple(sorted(found.values(), key=lambda c: (c.line, c.kind, c.text)))


def overlap(claim: Claim, other: Claim) -> bool:
    """Whether two claims read the same words as the same statement; a calculation inside an entry, a size behind "halves" is another one."""
    asked = isinstance(claim.test, AskedTest) and not isinstance(other.test, AskedTest)
    if claim.line != other.line or (
        not asked and (type(claim.test) is type(other.test) or {"number", "relation"} & {claim.kind, other.kind})
    ):
        return False
    return claim.text in other.text or other.text in claim.text
