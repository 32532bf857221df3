"""Counts said of a name, a tensor or a model: "`x` has 12 elements", "the model has 130 parameters"; recognised and held against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from deckbuild.model import Card, Claim, Value
from deckbuild.prose import Count, counts

from ..facts.evidence import Evidence
from ..facts.scopes import is_inner
from ..facts.trace import Trace
from ..findings import Finding, assumed, confirmed, refuted, untested
from ..text.statements import is_hedged, statements
from .named import bound_names


@dataclass(frozen=True, slots=True)
class CountTest:
    """The value of a name, or (name None) what the snippet made, has so many of these."""

    name: str | None
    noun: str
    number: int
    words: str
    one_layer: bool = False
    """Whether it is said of "the layer", of which a model may have several."""
    loosely: bool = False
    """Whether it is said of a part, or of "it", so that another thing may be meant: another number then refutes nothing."""

    @property
    def expected(self) -> str:
        """The number as the text writes it."""
        return self.words


NOUNS = frozenset({"element", "item", "entry", "row", "column", "parameter", "character", "value", "dimension", "key"})
LOOSE = re.compile(
    r"(?:^it|\b(?:the|this|each|every)\s+(?:\w+\s+){0,2}?(?:module|block|generator|discriminator|critic|encoder|decoder|autoencoder|classifier|table|transformer|convolution|head|\w*net|lstm|gru|rnn|mlp|cnn|vae))\s+(?:alone\s+)?(?:has|contains|holds|consists of)\s+(?:a total of\s+|exactly\s+|only\s+)?$",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"`(?P<name>[A-Za-z_]\w*)`\s+(?:tensor\s+|list\s+|array\s+|model\s+|matrix\s+|dictionary\s+|string\s+|now\s+|\w+\s+){0,2}?(?:has|contains|holds|consists of|is made (?:up )?of|with)\s+(?:a total of\s+|exactly\s+)?(?:`?[\w,]+`?\s+rows?\s+and\s+)?$",
    re.IGNORECASE,
)
UNNAMED = re.compile(
    r"\b(?:the|this)\s+(?:\w+\s+){0,2}?(?P<thing>tensor|array|list|matrix|model|network|layer|string|tuple)\s+(?:has|contains|holds|consists of|is made (?:up )?of)\s+(?:a total of\s+|exactly\s+)?$",
    re.IGNORECASE,
)
TELLING = 20
"""So large a number does not fit another value by accident."""
EXCUSED = frozenset({"trainable", "learnable", "total"})


def recognise_counts(card: Card) -> Iterator[Claim]:
    """The counts that the prose of a card with Python states of names in backticks, and of "the tensor", "the model" beside code."""
    names = bound_names(card) if any(s.is_python for s in card.snippets) else frozenset()
    for statement in statements(card) if names else ():
        for count in counts(statement.text):
            before = statement.text[: count.start]
            match = NAMED.search(before) or (
                UNNAMED.search(before) if statement.explains or statement.adjacent else None
            )
            loosely = match is None
            if loosely and count.noun == "parameter" and count.number >= TELLING:
                match = LOOSE.search(before) if statement.explains or statement.adjacent else None
            # "Two key components" are no keys.
            adjective = count.noun == "key" and not statement.text[: count.end].lower().endswith("keys")
            if match is None or adjective or not is_countable(count) or is_hedged(before, match.start()):
                continue
            name = match.groupdict().get("name")
            if name is not None and name not in names:
                continue
            near = statement.here or statement.explains or statement.adjacent
            line = statement.line_at(match.start())
            words = statement.text[count.start : count.end]
            digits = re.match(r"[\d,]+|[a-z-]+?(?=[\s-])", words, re.IGNORECASE)
            one_layer = match.groupdict().get("thing") == "layer"
            test = CountTest(name, count.noun, count.number, digits[0] if digits else words, one_layer, loosely)
            yield Claim(
                card.path,
                line,
                statement.text[match.start() : count.end],
                "number",
                test.words,
                near.line if near else None,
                test,
            )


def is_countable(count: Count) -> bool:
    """Whether a value tells how many of them it has."""
    return count.noun in NOUNS and all(w in EXCUSED for w in count.qualifier.split())


def judge_count(test: CountTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against the length, shape or parameters of the value."""
    trace = evidence.of(claim.snippet) or (evidence.runs[-1] if evidence.runs else None)
    found = {n: line for v, line in values(test, trace) if (n := number_of(v, test.noun)) is not None} if trace else {}
    if trace is None or not found:
        return untested()
    telling = test.name is not None or test.number >= TELLING
    have = test.number if test.number in found and telling else list(found)[-1]
    rests = trace.rests_on(found[have])
    if rests.assumption or rests.assumed_form:
        return untested(str(have), trace.repair)
    if have == test.number and test.noun == "parameter" and gave_or_took_biases(trace):
        return assumed(str(have), trace.repair)
    if have == test.number:
        return confirmed(str(have), trace.repair)
    only = len(found) == 1 and (test.name is not None or (test.noun == "parameter" and test.number >= TELLING))
    frozen = test.noun == "parameter" and "requires_grad" in trace.code
    several = test.loosely or (test.one_layer and any(has_layers(v) for v, _ in values(test, trace)))
    sure = (
        trace.runs
        and not rests.elsewhere
        and only
        and not frozen
        and not several
        and not is_inner(test.name, evidence.card)
    )
    return refuted(str(have), trace.repair) if sure else untested(str(have), trace.repair)


def gave_or_took_biases(trace: Trace) -> bool:
    """Whether a correction decides if a layer has biases: a count that forgets them must not prove itself by it."""
    return any(re.findall(r"\bbias\s*=", e.before) != re.findall(r"\bbias\s*=", e.after) for e in trace.repair.edits)


def values(test: CountTest, trace: Trace) -> list[tuple[Value, int]]:
    """The values that can be meant, with the lines that left them."""
    if test.name:
        return [(b.value, b.line) for b in trace.outcome.bindings if b.value.name == test.name]
    first, last = trace.repair.own or (1, len(trace.repair.line_map))
    return [(b.value, b.line) for b in trace.outcome.bindings if first <= b.line <= last and b.value.name]


def has_layers(value: Value) -> bool:
    """Whether the parameters of a model belong to more than one layer."""
    return len({m.name.rpartition(".")[0] for m in value.members if m.requires_grad}) > 1


def number_of(value: Value, noun: str) -> int | None:
    """How many a value has; None where that makes no sense."""
    match noun:
        case "parameter":
            shapes = [m.shape for m in value.members if m.shape is not None and m.requires_grad]
            return sum(prod(s) for s in shapes) if shapes else None
        case "row" | "column":
            shape = value.shape if value.shape is not None else table_shape(value)
            return shape[0 if noun == "row" else 1] if len(shape) == 2 else None
        case "dimension":
            return len(value.shape) if value.shape is not None else None
        case "character" | "key":
            return value.length if value.type == ("str" if noun == "character" else "dict") else None
        case _:
            return prod(value.shape) if value.shape is not None else value.length


def table_shape(value: Value) -> tuple[int, ...]:
    """The shape of a list of lists of one length."""
    rows = value.data if isinstance(value.data, list) else []
    lengths = {len(r) if isinstance(r, list) else None for r in rows}
    return (len(rows), lengths.pop() or 0) if len(lengths) == 1 and None not in lengths else ()
