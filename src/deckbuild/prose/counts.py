"""Counts as they are written: text in, each `46 elements`, `three-channel` or `batch of 2` with its number and noun out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .sizes import sizes


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things in a text."""

    number: int
    noun: str
    """Singular, lower case, one of NOUNS: `channel`, `element`, `batch`, …"""
    start: int
    end: int
    qualifier: str = ""
    """The words between number and noun, lower case: `input` of "one input channel"."""


WORDS = {
    "single": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "sixteen": 16, "twenty": 20, "thirty-two": 32, "sixty-four": 64, "hundred": 100,
}  # fmt: skip
NOUNS = (
    "batch", "block", "byte", "channel", "character", "class", "column", "component", "dimension", "element", "embedding", "entry",
    "epoch", "example", "feature", "feature map", "filter", "frame", "group", "head", "image", "item", "kernel", "key", "label", "layer",
    "level", "line", "matrix", "neuron", "node", "note", "number", "observation", "output", "parameter", "pixel", "point", "record", "row", "sample",
    "sentence", "sequence", "step", "stride", "tensor", "time step", "timestep", "token", "unit", "value", "variable", "vector", "weight",
    "word",
)  # fmt: skip
IRREGULAR = {"class": "classes", "batch": "batches", "matrix": "matrices", "entry": "entries"}
NUMERAL = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,5}}|\d{{1,15}}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
NOUN = "|".join(sorted((re.escape(w) for n in NOUNS for w in (n, IRREGULAR.get(n, n + "s"))), key=len, reverse=True))
# At most two words may stand between, and none that starts a new phrase.
BETWEEN = r"(?:(?!(?:of|in|and|or|to|for|with|per|by|the|a|is|are|at|on|from|than|as|x|if)\b)[A-Za-z-]+[\s-]){0,2}?"
COUNTED = re.compile(
    rf"(?<![\w.,×/=-])(?P<n>{NUMERAL})`?[\s-](?P<between>{BETWEEN})(?P<noun>{NOUN})\b(?!\s+(?:size|of\s+\d))",
    re.IGNORECASE,
)
BATCH = re.compile(
    rf"\b(?P<noun>batch)(?:[ _]?size)?`?\s*(?:of|=|is|:|to)?\s+(?:size\s+)?`?(?P<n>{NUMERAL})\b(?![x×.]\d)",
    re.IGNORECASE,
)
NUMBER_OF = re.compile(
    rf"\bnumber of (?P<between>{BETWEEN})(?P<noun>{NOUN})`?\s*(?:\(\w+\)\s*)?(?:is|=|equals|will be|was|becomes)\s*`?(?P<n>{NUMERAL})\b(?!\.\d)",
    re.IGNORECASE,
)
SINGULAR = {plural: noun for noun in NOUNS for plural in (noun, IRREGULAR.get(noun, noun + "s"))}


def counts(text: str) -> tuple[Count, ...]:
    """The counts of a text, in their order; numerals from digits or words, `1,000` without its comma.

    The last number of a size (`14 by 14 pixels`) counts nothing.
    """
    found = sorted({c.start: c for c in all_counts(text)}.values(), key=lambda c: c.start)
    taken = [(s.start, s.end) for s in sizes(text)]
    return tuple(c for c in found if not any(start <= c.start < end for start, end in taken))


def all_counts(text: str) -> Iterator[Count]:
    """By each of the three ways of saying it; what is counted directly comes last and wins."""
    for pattern in (NUMBER_OF, BATCH, COUNTED):
        for m in pattern.finditer(text):
            between = m.groupdict().get("between") or ""
            yield Count(value(m["n"]), SINGULAR[m["noun"].lower()], m.start(), m.end(), between.strip(" -\n").lower())


def value(numeral: str) -> int:
    """Of digits or of a word."""
    return WORDS.get(numeral.lower()) or int(numeral.replace(",", "") if numeral[0].isdigit() else 0)
