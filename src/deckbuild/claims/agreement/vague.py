"""What is said of a printed text with "about" and the like: words for it, and a judge that only sign and size can move."""

from __future__ import annotations

import re

from deckbuild.prose import numbers

from ..facts.trace import Trace
from ..findings import Finding, refuted, untested
from .numbers import roughly

VAGUE = re.compile(
    r"\b(?:approx(?:imately)?|about|around|roughly|close to|nearly|almost|e\.?g\.?|for example|may vary|might vary|will vary|varies|depends?|"
    r"similar|something like|random(?:ly)?|could be|might be|possible|some|or similar|etc)\b|[~≈]",
    re.IGNORECASE,
)


def judge_vague(stated: str, computed: str, trace: Trace, lines: tuple[int, ...]) -> Finding:
    """Only sign and size of single numbers can contradict "about"."""
    said, have = numbers(stated), numbers(computed)
    rests = trace.rests_on(*lines)
    firm = trace.runs and not (rests.assumption or rests.assumed_form or rests.chance or rests.elsewhere)
    if len(said) == len(have) == 1 and firm and "…" not in computed and not roughly(said[0], have[0].value):
        return refuted(computed, trace.repair)
    return untested(computed, trace.repair)
