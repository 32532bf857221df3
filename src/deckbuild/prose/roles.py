"""Sizes with what they are said of: text in, "a 3×3 input", "kernel size is 2x2", "the output will be 1x1" as pairs out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .sizes import Size, sizes

Role: TypeAlias = Literal["input", "output", "kernel", "padded", "stride", "padding", "dilation"]


@dataclass(frozen=True, slots=True)
class RoleSize:
    """A size, and the thing that has it."""

    role: Role
    size: Size


# The words for each thing; of several in one phrase the first row that matches counts ("padded input" is not the input).
PATTERNS: tuple[tuple[Role, str], ...] = (
    ("padded", r"padded|after (?:applying )?padding|new (?:size|shape|dimensions?)"),
    ("kernel", r"kernels?|filters?|windows?|receptive field|pool(?:ing)? size"),
    ("output", r"outputs?|results?|resulting|produces?|producing|generates?|generated|yields?|upsampled|downsampled|feature maps?|activation maps?|returns?"),
    ("input", r"inputs?|images?|original|pictures?|data|matrix|tensors?|batch"),
)  # fmt: skip
WORD = re.compile("|".join(rf"(?P<{role}>\b(?:{pattern})\b)" for role, pattern in PATTERNS), re.IGNORECASE)
AFTER = re.compile(r"[`*]*(?:[\s-]+[a-z]+){0,3}", re.IGNORECASE)
LINKS = re.compile(r"\b(?:while|whereas|but|then|using|applied|with an?|and an?|and the|,)\b|[;:(]", re.IGNORECASE)
SCALAR = re.compile(
    r"\b(?P<role>stride|padding|dilation|kernel[ _]size)`?(?:\s+(?:size|value|parameter))?\s*(?:(?:is |was )?(?:set |equal )?to|of|=|is|:)?\s*`?(?P<n>\d{1,9})\b(?!\s?[x×,.]\s?\d|\.\d| by \d)",
    re.IGNORECASE,
)
CHANGE = re.compile(r"\bfrom\s+(?:an?\s+)?`?$", re.IGNORECASE)
TARGET = re.compile(r"\b(?:to|into)\s+(?:an?\s+)?`?$", re.IGNORECASE)
PADS = re.compile(
    r"\bpad(?:ded|s)\b|\bpad\s+(?:it|the|an?|this|each)\b|\b(?:appl|add)\w*\s+(?:\w+\s+){0,2}padding\b|\bnew (?:size|shape|dimensions?)\b|\bpadding\b[^.,;]*\b(?:expands|enlarges|turns|extends|makes|changes)\b",
    re.IGNORECASE,
)
UNPADDED = re.compile(r"\b(?:without|no)\s+(?:any\s+)?padding\b|\bpadding\s*(?:=|of)\s*0\b", re.IGNORECASE)
SUBJECT = re.compile(
    r"\b(?:output|result)(?:\s+(?:image|tensor|matrix|feature map|size|shape))?\s+(?:is|are|will be|would be|becomes|has)\s+(?:an?\s+|the\s+)?[`(]*$",
    re.IGNORECASE,
)
SHRINKS = re.compile(
    r"\b(?:becomes?|turns? into|shrinks? to|(?:is|are) (?:reduced|upsampled|downsampled|turned|mapped) (?:to|into)|grows? to|gives?|yields?|produces?)\s+(?:an?\s+)?(?:output\s+of\s+)?[`(]*$",
    re.IGNORECASE,
)
BECOMES = re.compile(r"\b(?:becomes?|new size|turns? into|grows? to|is now)\b", re.IGNORECASE)


@functools.lru_cache(maxsize=512)
def role_sizes(text: str) -> tuple[RoleSize, ...]:
    """The sizes of a text that are said of something, in their order; sizes of unknown things are left out.

    `stride of 2`, `padding=1`, `kernel_size=3` give a size of one dimension and kind `number`.
    """
    found = [*scalars(text), *(pair for start, end in sentences(text) for pair in of_sentence(text, start, end))]
    return tuple(sorted(found, key=lambda r: r.size.start))


def scalars(text: str) -> Iterator[RoleSize]:
    """Single numbers with the name of an argument before them."""
    roles: dict[str, Role] = {"stride": "stride", "padding": "padding", "dilation": "dilation"}
    for m in SCALAR.finditer(text):
        yield RoleSize(roles.get(m["role"].lower(), "kernel"), Size((int(m["n"]),), m.start("n"), m.end("n"), "number"))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text start and end; a point inside a number or name ends none."""
    start = 0
    for m in re.finditer(r"[.!?](?=\s+[A-Z`*\\(\"]|\s*$)|\n\s*\n|\n\s*[-*#]\s|\n\s*\d+\.\s", text):
        yield start, m.end()
        start = m.end()
    if start < len(text):
        yield start, len(text)


def of_sentence(text: str, start: int, end: int) -> Iterator[RoleSize]:
    """The sizes of one sentence."""
    last = start
    for size in sizes(text[start:end]):
        placed = Size(size.dims, start + size.start, start + size.end, size.kind)
        if role := role_of(text, last, placed, start, end):
            yield RoleSize(role, placed)
        last = placed.end


def role_of(text: str, last: int, size: Size, start: int, end: int) -> Role | None:
    """From the noun right behind the size, or else from the nearest word before it (up to the size before it)."""
    before = text[last : size.start]
    padding = re.search(r"\bpad(?:ding|ded|s)?\b", text[start : size.start], re.IGNORECASE)
    if CHANGE.search(before):
        return "input"
    if (
        padding
        and (BECOMES.search(before) or TARGET.search(before))
        and not re.search(r"output|convol", before, re.IGNORECASE)
    ):
        # "With padding it becomes 3x3" may as well tell what comes out.
        return (
            "padded" if PADS.search(text[start : size.start]) and not UNPADDED.search(text[start : size.end]) else None
        )
    if SUBJECT.search(before) or (last > start and SHRINKS.search(before) and not padding):
        return "output"
    return noun_behind(text[size.end : end]) or ("output" if TARGET.search(before) else noun_before(before))


def noun_behind(rest: str) -> Role | None:
    """Of "3×3 input image": the role of the first noun phrase, which no preposition or verb may interrupt."""
    phrase = AFTER.match(rest)
    words = re.split(
        r"\b(?:and|or|with|is|are|will|as|because|of|for|in|to|by|from|on|using|when|if|that|which|would|becomes?)\b",
        phrase[0] if phrase else "",
    )[0]
    if re.search(r"\bconvolution", words, re.IGNORECASE):
        return "kernel"
    found = WORD.search(words)
    return named(found) if found else None


def noun_before(before: str) -> Role | None:
    """The nearest word for a thing, in reading direction of "the output will be 1x1"."""
    found = list(WORD.finditer(before))
    if not found:
        return None
    phrase = LINKS.split(before[: found[-1].end()])[-1]
    roles = [named(m) for m in WORD.finditer(phrase)]
    return next((role for role, _ in PATTERNS if role in roles), named(found[-1]))


def named(match: re.Match[str]) -> Role:
    """The role whose alternative matched."""
    return next(role for role, _ in PATTERNS if match[role])
