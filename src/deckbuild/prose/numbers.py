"""Numbers as they are written: text in, each number with its value and the precision that its digits claim out."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text."""

    text: str
    value: float
    decimals: int
    """Places after the point that are stated: 2 for `0.50`, 5 for `1e-5`, -2 for `1.2e4` shortened; 0 for an integer."""
    start: int
    end: int

    @property
    def unit(self) -> float:
        """One unit of the last place that is written."""
        return 10.0 ** max(-300, min(300, -self.decimals))

    @property
    def digits(self) -> int:
        """Significant digits as written: 3 for `0.0123`, 2 for `10`, 1 for `0`."""
        mantissa = re.split(r"[eE]", self.text)[0]
        return max(1, len(re.sub(r"\D", "", mantissa).lstrip("0")))

    @property
    def is_integer(self) -> bool:
        """Whether it is written without point and exponent."""
        return re.search(r"[.eE]", self.text) is None


# The sign belongs to the number only where it cannot be an operator or a hyphen; `1.2.3`, `x1` and `3rd` are no numbers.
NUMBER = re.compile(
    r"""
    (?<![\w.\\]) (?<!\d[-−–])
    (?P<sign>(?:(?<![\w)\]}'"`*$])[-−+])?)
    (?P<body>\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)? | \d[\d_]*(?:\.\d*)? | \.\d+)
    (?P<exponent>(?:[eE][-+−]?\d{1,4})?)
    (?!\w) (?!\.\d)
    """,
    re.VERBOSE,
)


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text, in their order.

    A typographic minus counts as a sign, commas between groups of three digits are left out of the value.
    """
    return tuple(read(m) for m in NUMBER.finditer(text))


def read(match: re.Match[str]) -> Number:
    """The number that was found; a full stop after it ends the sentence and is no part of it."""
    body, exponent, end = match["body"], match["exponent"], match.end()
    if body.endswith(".") and not exponent and not follows_as_float(match):
        body, end = body[:-1], end - 1
    plain = (match["sign"] + body.replace(",", "").replace("_", "") + exponent).replace("−", "-")
    places = len(body.partition(".")[2])
    power = int(exponent[1:].replace("−", "-")) if exponent else 0
    return Number(match.string[match.start("sign") : end], float(plain), places - power, match.start("sign"), end)


def follows_as_float(match: re.Match[str]) -> bool:
    """Whether `2.` is a float as torch prints it (`[2., 3.]`) and not the end of a sentence."""
    return match.string[match.end() : match.end() + 1] in tuple(",])}`")
