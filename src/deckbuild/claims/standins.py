"""Shapes that rest on a stand-in: what may be said of them though deckbuild chose a size. In go a comparison and the run, out comes a finding."""

from __future__ import annotations

import re

from deckbuild.model import Assumption, Card, Outcome
from deckbuild.prose import counts, role_sizes, sizes

from .agreement.compare import Match
from .facts.trace import Trace
from .findings import Finding, assumed, confirmed, refuted, untested

# What data consist of; a number of heads, layers, epochs or units that a size happens to equal does not name it.
OF_DATA = frozenset(
    {
        "batch", "channel", "character", "column", "element", "entry", "example", "feature", "frame", "image", "item", "observation", "pixel", "point",
        "record", "row", "sample", "sentence", "sequence", "time step", "timestep", "token", "value", "variable", "word",
    }
)  # fmt: skip
WHOLE = re.compile(r"(?<![\w.])\d+(?![\w.])")


def settle_printed_shape(
    stated: str, match: Match, trace: Trace, lines: tuple[int, ...], computed: str, card: Card
) -> Finding | None:
    """The finding for a printed shape of a value whose shape, not its numbers, rests on a stand-in; None for everything else."""
    rests = trace.rests_on(*lines)
    found = sizes(stated)
    if rests.assumption or not rests.assumed_form or len(found) != 1:
        return None
    others = ["".join(p.text for p in o.prints if p.line in lines) for o in trace.repair.alternates]
    varies = any(text.strip() != computed.strip() for text in others) if others else None
    return settle_shape(found[0].dims, match is Match.SAME, computed, trace, card, varies=varies)


def settle_shape(
    dims: tuple[int, ...], same: bool, computed: str, trace: Trace, card: Card, *, varies: bool | None
) -> Finding:
    """The finding for a stated shape of a value made from stand-ins.

    `varies`: whether the shape was another when the chosen sizes were others; None where that was not tried. A shape that follows from
    sizes which the text names for the input is as good as one of the author's data; one that only the choice made fit proves nothing.
    """
    if trace_is_named(trace, card):
        return confirmed(computed, trace.repair) if same else refuted(computed, trace.repair)
    if not same:
        return untested(computed, trace.repair)
    # Of a program that failed the stand-ins are not told: any size may be one of them.
    untold = not trace.repair.assumptions
    chosen = untold or bool({d for d in dims if d != 1} & chosen_dims(trace.outcome, trace))
    made = bool(set(dims) & layer_dims(trace))
    rests = made or (varies if varies is not None else chosen)
    return assumed(computed, trace.repair) if rests else confirmed(computed, trace.repair)


def chosen_dims(outcome: Outcome, trace: Trace) -> set[int]:
    """All dimensions of the stand-ins, of tensors in rows too, and the whole numbers that stand in for settings which the text does not give."""
    assumptions = trace.repair.assumptions
    settings = {int(a.value) for a in assumptions if a.value.isdecimal() and not a.copied}
    return settings | {d for a in assumptions for d in sizes_chosen(a, outcome)}


def sizes_chosen(assumption: Assumption, outcome: Outcome) -> tuple[int, ...]:
    """The shape of a stand-in; of tensors in a row all their numbers."""
    if assumption.value.startswith("[") and "torch." in assumption.value:
        return tuple(int(n) for n in WHOLE.findall(assumption.value))
    return stand_in_shape(outcome, assumption.name)


def layer_dims(trace: Trace) -> set[int]:
    """All numbers in stand-ins that are layers: how wide their results are was chosen, whatever goes in."""
    layers = [a.value for a in trace.repair.assumptions if re.search(r"\bnn\.", a.value)]
    return {int(n) for value in layers for n in WHOLE.findall(value)}


def stand_in_shape(outcome: Outcome, name: str) -> tuple[int, ...]:
    """The shape of a stand-in; of a list its length."""
    value = outcome.value(name)
    if value is None:
        return ()
    return value.shape or ((value.length,) if value.length is not None else ())


def trace_is_named(trace: Trace, card: Card) -> bool:
    """Whether the text names the sizes of all stand-ins: as the size of an input, or by counts of data."""
    shapes = [s for a in trace.repair.assumptions if (s := sizes_chosen(a, trace.outcome))]
    return bool(shapes) and all(is_named(s, card) for s in shapes)


def is_named(shape: tuple[int, ...], card: Card) -> bool:
    """Whether the text says each dimension other than 1 of an input."""
    text = "\n".join(p.text for _, passage in card.passages for p in passage.prose)
    counted = {c.number for c in counts(text) if c.noun in OF_DATA}
    said = {d for r in role_sizes(text) if r.role == "input" for d in r.size.dims} | counted
    return {d for d in shape if d != 1} <= said
