"""Sizes as they are written: text in, each `3x3`, `2 by 2` or `(2, 6, 3)` with its dimensions out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

SizeKind: TypeAlias = Literal["product", "tuple", "list", "torch", "number"]


@dataclass(frozen=True, slots=True)
class Size:
    """A size in a text."""

    dims: tuple[int, ...]
    """Without unit; all positive."""
    start: int
    end: int
    kind: SizeKind
    """product `3x3` · tuple `(2, 6, 3)` · list `[2, 6, 3]` after a word for shape · torch `torch.Size([2])` · number `stride of 2`."""


TIMES = r"(?:\s?[x×X*]\s?|\s*\\times\s*|[\s-]by[\s-]|`\s?[x×]\s?`|\\\)\s?[x×]\s?\\\()"
# An operator on either side makes `2 \times 3` arithmetic, a power makes it a quantity.
PRODUCT = re.compile(
    rf"(?<![\w.,+=/^])(?<![+*/=^−-] )(?<!\d\s-\s)\d{{1,9}}(?:{TIMES}\d{{1,9}})+(?![\w^]|\.\d|\s?[+/=^]|\s?\\(?:times|cdot|approx)|\s[-−*]\s|,\d{{3}})"
)
TORCH = re.compile(r"\b(?:torch\.)?Size\(\s*\[([\d,\s]*)\]\s*\)")
TUPLE = re.compile(r"(?<![\w)\]])\(\s*(\d{1,9}(?:\s*,\s*\d{1,9})+|\d{1,9}\s*,)\s*\)")
PLACE = re.compile(
    r"\b(?:positions?|index|indices|locations?|coordinates?|cells?|points?|pairs?|entry|element|vector|tuple)\s*[`$\\(]*$",
    re.IGNORECASE,
)
NEAR = 40
LIST = re.compile(
    r"\b(?:shape|size|dimensions?|dims)\b[^.\w\[\]]{0,3}(?:\s*(?:is|of|becomes|as|to be|will be|:|=))?[\s`*]*\[\s*(\d{1,9}(?:\s*,\s*\d{1,9})*)\s*\]",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=512)
def sizes(text: str) -> tuple[Size, ...]:
    """The sizes of a text, in their order.

    A product that is part of a calculation (`2 × 3 = 6`, `2 × 1 + 3`, `3 × 10^8`) is none; a tuple may also be a position: only the
    words around it can tell.
    """
    found = sorted([*products(text), *torch_sizes(text), *brackets(text)], key=lambda s: (s.start, -s.end))
    return tuple(s for i, s in enumerate(found) if s.dims and min(s.dims) > 0 and not inside_another(s, found[:i]))


def products(text: str) -> Iterator[Size]:
    """`3x3`, `64 × 64`, `2 \\times 2`, `2 by 2`."""
    for m in PRODUCT.finditer(text):
        if not is_calculation(m):
            yield Size(tuple(int(d) for d in re.findall(r"\d+", m[0])), m.start(), m.end(), "product")


def is_calculation(match: re.Match[str]) -> bool:
    """Whether an asterisk, unlike a cross, multiplies here: only `3*3` as a word by itself is a size."""
    return "*" in match[0] and " " in match[0]


def torch_sizes(text: str) -> Iterator[Size]:
    """`torch.Size([2, 4])`."""
    for m in TORCH.finditer(text):
        yield Size(integers(m[1]), m.start(), m.end(), "torch")


def brackets(text: str) -> Iterator[Size]:
    """`(2, 6, 3)`, and `[2, 6, 3]` where a word for shape stands before it."""
    for m in TUPLE.finditer(text):
        if not PLACE.search(text[max(0, m.start() - NEAR) : m.start()]):
            yield Size(integers(m[1]), m.start(), m.end(), "tuple")
    for m in LIST.finditer(text):
        yield Size(integers(m[1]), m.end() - len(m[0].rpartition("[")[2]) - 1, m.end(), "list")


def integers(text: str) -> tuple[int, ...]:
    """The integers between commas."""
    return tuple(int(d) for d in re.findall(r"\d{1,9}", text))


def inside_another(size: Size, earlier: list[Size]) -> bool:
    """Whether an earlier size covers this one."""
    return any(e.start <= size.start and size.end <= e.end for e in earlier)
