"""From a comparison to a verdict: what agrees is confirmed, what differs refuted, unless the computation rests on what was not the author's."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator

from deckbuild.prose import Number, numbers

from .agreement.compare import Match, Rule
from .agreement.numbers import Slack, agrees, weight
from .facts.reliance import parse
from .facts.trace import Trace
from .findings import Finding, assumed, confirmed, refuted, untested

LUCK_DIGITS = 6
"""Agreeing in so many digits is no luck, even where no seed is stated."""

SLIP_UNITS = 2.5
"""By so many units of the last place or fewer a number may differ because other roundings came before."""


def settle(
    match: Match,
    trace: Trace,
    lines: tuple[int, ...],
    computed: str,
    *,
    stated: str,
    shows: tuple[tuple[int, str], ...] = (),
) -> Finding:
    """The finding for a stated text that compares like this with what the program's statements at `lines` computed."""
    rests = trace.rests_on(*lines)
    digits = stated_digits(stated)
    if "…" in computed.replace("0x…", "") or match is Match.UNCLEAR:
        return untested(computed, trace.repair)
    if rests.assumption or rests.assumed_form:
        copied = match is Match.SAME and copies(stated, trace)
        return assumed(computed, trace.repair) if copied else untested(computed, trace.repair)
    if match is Match.SAME:
        lucky = rests.luck and digits < LUCK_DIGITS and trace.repair.tried is None
        return (
            untested(computed, trace.repair) if lucky else confirmed(computed, trace.repair, digits=digits, shows=shows)
        )
    other_data = rests.elsewhere and not is_misprint(stated, computed)
    if rests.chance or other_data or not trace.runs:
        return untested(computed, trace.repair)
    return refuted(computed, trace.repair, digits=digits, shows=shows)


def is_misprint(stated: str, computed: str) -> bool:
    """Whether two rows of numbers are the same in many digits but for one number, in which one digit differs or two are swapped.

    Other data would hardly give that: whatever the program rests on, it is what the author had.
    """
    pairs = list(zip(numbers(stated), numbers(computed), strict=False))
    if len(numbers(stated)) != len(numbers(computed)):
        return False
    wrong = [(a, b) for a, b in pairs if not agrees(a, b.value, Slack.COARSE)]
    equal = sum(a.digits for a, b in pairs if (a, b) not in wrong and not a.is_integer)
    return len(wrong) == 1 and equal >= LUCK_DIGITS and is_slip(*wrong[0])


def is_slip(written: Number, computed: Number) -> bool:
    """Whether one digit differs, by more than rounding does, or two neighbours are swapped."""
    a, b = written.text, computed.text
    places = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    if len(a) != len(b) or written.is_integer or not all(a[i].isdigit() and b[i].isdigit() for i in places):
        return False
    if len(places) == 1:
        return abs(written.value - computed.value) > SLIP_UNITS * written.unit
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and a[places[0]] == b[places[1]]
        and a[places[1]] == b[places[0]]
    )


def stated_digits(text: str) -> int:
    """The digits of all numbers in a text that an agreement proves."""
    return sum(map(weight, numbers(text)))


def copies(stated: str, trace: Trace) -> bool:
    """Whether the numbers of a claim stand in the stand-ins of the program."""
    said = [n.value for n in numbers(stated)]
    return bool(said) and any(contains([n.value for n in numbers(a.value)], said) for a in trace.repair.assumptions)


def contains(values: list[float], run: list[float]) -> bool:
    """Whether `run` stands in `values` as one piece."""
    return any(values[i : i + len(run)] == run for i in range(len(values) - len(run) + 1))


def rule_for(code: str) -> Rule:
    """How exactly a program's numbers must agree: in single precision where torch computes; coarser where it starts from rounded literals."""
    return Rule(Slack.COARSE if starts_rounded(code) else Slack.EXACT, single="torch" in code)


@functools.lru_cache(maxsize=512)
def starts_rounded(code: str) -> bool:
    """Whether a program holds a list of numbers with three or more places: printed results of something else."""
    tree = parse(code)
    return tree is not None and any(len(list(rounded(n))) > 1 for n in ast.walk(tree) if isinstance(n, ast.List))


def rounded(node: ast.List) -> Iterator[ast.Constant]:
    """The entries of a list that look like shown with a fixed number of places."""
    for entry in node.elts:
        inner = entry.operand if isinstance(entry, ast.UnaryOp) else entry
        if (
            isinstance(inner, ast.Constant)
            and isinstance(inner.value, float)
            and re.search(r"\.\d{3,6}$", repr(inner.value))
        ):
            yield inner
