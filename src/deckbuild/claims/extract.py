"""Everything that a card states and a machine can decide: a card in, its claims in reading order out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from deckbuild.model import Card, Claim

from .kinds.arithmetic import recognise_arithmetic
from .kinds.asked import AskedTest, recognise_asked
from .kinds.commented import recognise_commented
from .kinds.compared import recognise_compared
from .kinds.counted import recognise_counts
from .kinds.dimensions import recognise_sizes
from .kinds.functions import recognise_functions
from .kinds.held import recognise_held
from .kinds.literals import recognise_literals
from .kinds.made import recognise_made
from .kinds.named import recognise_named_shapes
from .kinds.normalized import recognise_normalized
from .kinds.outputs import recognise_outputs
from .kinds.positions import recognise_entries
from .kinds.printed_shapes import recognise_printed_shapes
from .kinds.raises import recognise_raises
from .kinds.relations import recognise_relations
from .kinds.settings import recognise_settings
from .kinds.shapes import recognise_shapes
from .kinds.shown import recognise_shown
from .kinds.statistics import recognise_numbers
from .kinds.tables import recognise_tables
from .kinds.types import recognise_types
from .text.readable import readable

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
    recognise_printed_shapes,
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
    on_line: defaultdict[int, list[Claim]] = defaultdict(list)
    commented: set[int] = set()
    read = readable(card)
    for recognise in RECOGNISERS:
        for claim in recognise(read):
            if claim.text.lstrip().startswith("#"):
                if claim.line in commented:
                    continue
                commented.add(claim.line)
            if not any(overlap(claim, other) for other in on_line[claim.line]):
                on_line[claim.line].append(found.setdefault((claim.line, claim.text, claim.expected), claim))
    return tuple(sorted(found.values(), key=lambda c: (c.line, c.kind, c.text)))


def overlap(claim: Claim, other: Claim) -> bool:
    """Whether two claims of one line read the same words as the same statement; a calculation inside an entry, a size behind "halves" is
    another one."""
    asked = isinstance(claim.test, AskedTest) and not isinstance(other.test, AskedTest)
    if not asked and (type(claim.test) is type(other.test) or {"number", "relation"} & {claim.kind, other.kind}):
        return False
    return claim.text in other.text or other.text in claim.text
