"""Calculations written out, `2 × 3 + 1 = 7`, in prose and formulas: recognised, and worked out with exact fractions; no code is needed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from deckbuild.model import Card, Claim, Prose
from deckbuild.prose import Number, numbers
from deckbuild.syntax import parse_expression

from ..facts.evidence import Evidence
from ..findings import Finding, confirmed, refuted, untested
from ..text.near import words_before
from ..text.statements import stating_prose
from ..text.unreal import is_unreal


@dataclass(frozen=True, slots=True)
class ArithmeticTest:
    """A calculation gives a number."""

    calculation: str
    """In Python's notation."""
    result: Number

    @property
    def expected(self) -> str:
        """The result as the text writes it."""
        return self.result.text


# Behind `=` one number, and nothing that would continue the formula; before the calculation nothing that it could continue.
LARGEST = 10**300
LONGEST = 400
"""Characters of a calculation; each sign in it makes its tree one level deeper."""
NUMERAL = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,15})?(?!\d)|\d{1,15}(?:\.\d{1,15})?(?!\d)"
FRACTION = r"\\[dt]?frac\s?\{[^{}]*\}\s?\{[^{}]*\}"
POWER = r"(?:\s?\^\s?\{?\d{1,2}\}?(?!\d)|²|³)"
# Possessive throughout: a blank belongs to one part only, or long sums would be tried in all ways of sharing their blanks.
TERM = rf"(?:[(\[]\s*+){{0,20}}+(?:[-−])?+(?:{NUMERAL}|{FRACTION}){POWER}?+(?:\s*[)\]])*+"
# Within a line: below it, `-` and `*` begin the next entry of a list.
OPERATOR = r"[ \t]*+(?:\\times|\\cdot|\\div|[-+*/×·÷−]|(?<= )x(?= ))[ \t]*+"
EQUATION = re.compile(
    rf"(?<!\\)(?=\S)(?P<sum>{TERM}(?:{OPERATOR}{TERM})++|{FRACTION}|(?:{NUMERAL}){POWER})\s*(?P<sign>=|\\approx|≈)\s*(?P<result>[-−]?(?:{NUMERAL}))(?![\w^²³]|\.\d|,\d|[ \t]*(?:\\times|\\cdot|\\div|\\frac|[-+*/×·÷−^!=]|percent|%|\\%|mod|\\pmod|\\bmod|[A-Za-z]\b))"
)
BEFORE = re.compile(r"(?:[\w)\]}.,^|!]|\\\w+|[-+*/×·÷−=<>]|mod|\\bmod|%)\s*$")
WORD_BEFORE = re.compile(r"(?<![\\\w])[A-Za-z]{2,}[:,]?\s+$|(?:^|[\s(]):?\s*$|[=:]\s*$|\\\(\s*$|\$\s*$|`$|[.,;:]\s+$")
BULLET = re.compile(r"(?:^|\n)[ \t]*[-*+•][ \t]+$")
OTHER_ARITHMETIC = re.compile(
    r"\b(?:mod(?:ulo|ular)?|binary|hex(?:adecimal)?|octal|base|two's|bits?|bitwise|xor|vector|matrix multiplication|integer division|clock|versions?|Python|odds|ratio|Z_?\d|field|GF|overflow)\b|\\pmod|\\equiv|≡",
    re.IGNORECASE,
)


def recognise_arithmetic(card: Card) -> Iterator[Claim]:
    """The calculations in context, answer and trailing text."""
    for prose in stating_prose(card):
        yield from in_prose(card, prose)


def in_prose(card: Card, prose: Prose) -> Iterator[Claim]:
    """The calculations of a piece of prose, but for those in another arithmetic than the usual one."""
    for match in EQUATION.finditer(prose.text):
        sentence = prose.text[max(0, prose.text.rfind("\n", 0, match.start())) : match.end() + 40]
        if (
            OTHER_ARITHMETIC.search(sentence)
            or not stands_free(words_before(prose.text, match.start()))
            or looks_binary(match)
        ):
            continue
        calculation = in_python(match["sum"])
        if calculation is not None and (len(calculation) > LONGEST or worked_out(calculation) is not None):
            line = prose.line_at(match.start())
            (result,) = numbers(match["result"] + " ")
            # A true one is true whatever the sentence says of it.
            if is_unreal(prose.text, match.start()) and worked_out(calculation) != Fraction(str(result.value)):
                continue
            test = ArithmeticTest(calculation, result)
            yield Claim(card.path, line, match[0].strip(), "number", result.text, None, test)


def stands_free(before: str) -> bool:
    """Whether nothing before the calculation belongs to it: a letter, a bracket, an operator would."""
    if BULLET.search(before):
        return True
    tail = before[-12:]
    equal = re.search(r"=\s*$", tail)
    return WORD_BEFORE.search(tail) is not None and (
        equal is not None
        or BEFORE.search(tail) is None
        or re.search(r"[A-Za-z]{2,}[:,]?\s+$|[.,;:]\s+$", tail) is not None
    )


def looks_binary(match: re.Match[str]) -> bool:
    """Whether all numbers consist of noughts and ones, so that they may be binary."""
    found = re.findall(r"\d+", match[0])
    return all(set(n) <= {"0", "1"} for n in found) and any(len(n) > 1 for n in found)


def in_python(text: str) -> str | None:
    """The calculation in Python's notation; None where its brackets do not pair."""
    for old, new in (
        (r"\times", "*"),
        (r"\cdot", "*"),
        (r"\div", "/"),
        ("×", "*"),
        (" x ", " * "),
        ("·", "*"),
        ("÷", "/"),
        ("−", "-"),
        ("²", "**2"),
        ("³", "**3"),
        ("[", "("),
        ("]", ")"),
    ):
        text = text.replace(old, new)
    text = re.sub(r"\\[dt]?frac\s?\{([^{}]*)\}\s?\{([^{}]*)\}", r"((\1)/(\2))", text)
    text = re.sub(r"\^\s?\{?(\d+)\}?", r"**\1", text)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text).strip()
    text = re.sub(r"(?<![\d.])0+(?=\d)", "", text)
    return text if text.count("(") == text.count(")") else None


def worked_out(calculation: str) -> Fraction | None:
    """The exact value; None where it is none, or too long to be worked out."""
    if len(calculation) > LONGEST:
        return None
    try:
        return value(parse_expression(calculation))
    except (SyntaxError, ZeroDivisionError, ValueError):
        # Brackets in the wrong order, a division by nought: no calculation after all.
        return None


def value(node: ast.expr) -> Fraction:
    """Of a sum, product or power of numbers. Raises ValueError for anything else."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return Fraction(str(number))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -value(operand)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return value(left) + value(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return value(left) - value(right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return value(left) * value(right)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return value(left) / value(right)
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int() as power)):
            return value(left) ** power
        case _:
            raise ValueError(ast.dump(node))


def judge_arithmetic(test: ArithmeticTest, claim: Claim, evidence: Evidence) -> Finding:
    """Exact where the result is; rounded to its places where it has some; a whole number that only truncates or rounds proves nothing."""
    exact = worked_out(test.calculation)
    if exact is None:
        return untested(f"not worked out: its calculation has {len(test.calculation):,} characters")
    distance = abs(exact - Fraction(str(test.result.value)))
    computed = f"{float(exact):.10g}" if abs(exact) < LARGEST else str(round(exact))
    if distance == 0:
        return confirmed(computed)
    if exact.denominator != 1 and distance <= Fraction(1, 2) * Fraction(str(test.result.unit)):
        return confirmed(computed) if test.result.decimals > 0 else untested(computed)
    # Cut off instead of rounded, a whole-number division: sloppy, not false.
    return (
        untested(computed)
        if exact.denominator != 1 and distance < Fraction(str(test.result.unit))
        else refuted(computed)
    )
