"""Values of functions written out, `ln(2) = 0.693`, `\\sqrt{2} \\approx 1.414`, `e^{-1} = 0.3679`, in prose and formulas: recognised and worked
out; no code is needed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Prose
from deckbuild.prose import Number, numbers

from ..facts.evidence import Evidence
from ..findings import Finding, confirmed, refuted, untested
from ..text.near import words_before
from ..text.statements import stating_prose
from ..text.unreal import is_unreal
from .arithmetic import NUMERAL, in_python, stands_free, worked_out


@dataclass(frozen=True, slots=True)
class FunctionTest:
    """A function has this value at a place; it may be divided into a number."""

    function: str
    at: float
    over: float | None
    """`1` of `1/√2`."""
    result: Number

    @property
    def expected(self) -> str:
        """The value as the text writes it."""
        return self.result.text


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "√": math.sqrt,
    "ln": math.log,
    "exp": math.exp,
    "e^": math.exp,
    "log2": math.log2,
    "log10": math.log10,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
}
OF_ANGLES = frozenset({"sin", "cos", "tan"})
PLAIN = r"[-−]?\d+(?:\.\d+)?"
PLACE = rf"(?:\((?P<round>[-−\d.\s+*/()^]+)\)|\{{(?P<braces>[-−\d.\s+*/()^]+)\}}|\s?(?P<bare>{PLAIN})(?![\w.({{^°]))"
NAME = r"\\?(?P<name>sqrt|ln|exp|cos|sin|tan|log_?\{?2\}?(?=[\s({])|log_?\{?10\}?(?=[\s({]))|(?P<sign>√|e\^)"
EQUATION = re.compile(
    rf"(?<![\w\\.])(?:(?P<over>{PLAIN})\s?/\s?)?(?:{NAME})\s?{PLACE}\s*(?:=|\\approx|≈)\s*(?P<result>[-−]?(?:{NUMERAL}))(?![\w^²³%°]|\.\d|,\d|\s*(?:\\times|\\cdot|[-+*/×·÷−^=]|\\?%|percent|[A-Za-z]\b|e[-+]?\d))"
)
NOISE = 1e-9


def recognise_functions(card: Card) -> Iterator[Claim]:
    """The values in context, answer and trailing text."""
    for prose in stating_prose(card):
        yield from in_prose(card, prose)


def in_prose(card: Card, prose: Prose) -> Iterator[Claim]:
    """The values in a piece of prose."""
    for match in EQUATION.finditer(prose.text):
        before = words_before(prose.text, match.start())
        free = not before.strip() or stands_free(before) or before.endswith(("$", "(", "`"))
        if not free or is_unreal(prose.text, match.start()):
            continue
        test = read(match)
        if test is not None and value(test) is not None:
            line = prose.line_at(match.start())
            yield Claim(card.path, line, match[0].strip(), "number", test.result.text, None, test)


def read(match: re.Match[str]) -> FunctionTest | None:
    """The test that an equation states; None where the place is no number."""
    name = re.sub(r"[_{}]", "", match["name"] or match["sign"])
    calculation = in_python(match["round"] or match["braces"] or match["bare"])
    place = worked_out(calculation) if calculation else None
    (result,) = numbers(match["result"] + " ") or (None,)
    if place is None or result is None:
        return None
    return FunctionTest(name, float(place), float(match["over"].replace("−", "-")) if match["over"] else None, result)


def value(test: FunctionTest, *, in_degrees: bool = False) -> float | None:
    """What the function gives; None outside of where it is defined."""
    try:
        found = FUNCTIONS[test.function](math.radians(test.at) if in_degrees else test.at)
        return found if test.over is None else test.over / found
    except (ValueError, OverflowError, ZeroDivisionError):
        return None


def judge_function(test: FunctionTest, claim: Claim, evidence: Evidence) -> Finding:
    """Confirmed as far as it is written; cut off instead of rounded, or an angle in degrees, it is neither right nor wrong."""
    exact = value(test)
    if exact is None:
        return untested()
    computed, distance = f"{exact:.10g}", abs(exact - test.result.value)
    rounded = test.result.decimals > 0 and distance <= (0.5 + NOISE) * test.result.unit
    if rounded or distance <= NOISE * max(1.0, abs(exact)):
        return confirmed(computed)
    degrees = value(test, in_degrees=True) if test.function in OF_ANGLES else None
    if distance < test.result.unit or (degrees is not None and abs(degrees - test.result.value) < test.result.unit):
        return untested(computed)
    return refuted(computed)
