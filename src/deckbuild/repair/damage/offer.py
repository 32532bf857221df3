"""An edit that is offered for text that does not parse: whether it is the one that is meant is for others to judge."""

from __future__ import annotations

from dataclasses import dataclass

RULE = "syntax-slip"


@dataclass(frozen=True, slots=True)
class Offer:
    """Lines of a draft, by index, and the texts that may be meant."""

    first: int
    last: int
    texts: tuple[str, ...]
    rule: str = RULE
    why: str = "Python cannot read it with this slip"


def line_offer(index: int, text: str) -> Offer:
    """One line with another text."""
    return Offer(index, index, (text,))
