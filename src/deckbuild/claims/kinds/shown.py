"""Quantities that the code prints without a name: "The determinant is 7." behind `print(np.linalg.det(A))`; recognised and held against what
was printed, refuted only where nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Prose, Snippet
from deckbuild.prose import Number, numbers

from ..agreement.numbers import agrees, is_hardly_rounded, weight
from ..facts.evidence import Evidence
from ..facts.reliance import parse
from ..findings import Finding, confirmed, refuted, untested
from ..grounds import LUCK_DIGITS, copies, rule_for
from ..text.near import words_before
from ..text.sessions import is_session
from ..text.statements import is_hedged
from ..text.unreal import is_option, is_otherwise, is_supposed, is_unreal
from .statistics import ALL_OF_IT, CONDITION, TIME


@dataclass(frozen=True, slots=True)
class ShownTest:
    """The only print of the code for such a quantity prints this number."""

    number: Number
    line: int
    """In the file, of the print."""
    surely: bool = True
    """Whether the print is of the quantity itself, not of one made on the way, or with options of its own, and nothing else is printed."""
    place: int = 0
    """Among the numbers that it prints."""
    count: int = 1
    """How many it prints."""

    @property
    def expected(self) -> str:
        """The number as the text writes it."""
        return self.number.text


# What a quantity is called, and the functions and methods that give it.
CALLS = {
    "determinant": frozenset({"det"}),
    "mean": frozenset({"mean", "fmean", "average"}),
    "average": frozenset({"mean", "fmean", "average"}),
    "sum": frozenset({"sum", "fsum"}),
    "total": frozenset({"sum", "fsum"}),
    "standard deviation": frozenset({"std", "stdev", "pstdev"}),
    "variance": frozenset({"var", "variance", "pvariance"}),
    "median": frozenset({"median"}),
    "maximum": frozenset({"max", "amax"}),
    "minimum": frozenset({"min", "amin"}),
    "largest value": frozenset({"max", "amax"}),
    "smallest value": frozenset({"min", "amin"}),
    "length": frozenset({"len"}),
    "norm": frozenset({"norm"}),
    "trace": frozenset({"trace"}),
    "rank": frozenset({"matrix_rank"}),
    "dot product": frozenset({"dot", "vdot", "inner"}),
    "product": frozenset({"prod"}),
}
SAID = re.compile(
    rf"(?:^|[.;:,]\s+|\b(?:so|and|that|thus)\s+)the\s+(?P<word>{'|'.join(CALLS)})(?:\s+of\s+(?P<of>`?[\w\s]{{1,30}}?`?))?\s+(?:is|equals|will be|comes out as)\s+(?:equal to\s+)?"
    r"[`$]?(?P<value>[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?)[`$]?(?=\s*$|[.;:)](?:\s|$)|,\s|\s+(?:and|because|since|while|which|here)\b)",
    re.IGNORECASE,
)
FORMING = frozenset({"round", "float", "int", "item", "abs"})


def recognise_shown(card: Card) -> Iterator[Claim]:
    """The quantities that prose right behind a Python snippet names, of which one print of the snippet is one."""
    for where, passage in card.passages:
        before: Snippet | None = None
        for part in passage.parts:
            if isinstance(part, Snippet):
                before = part if part.is_python and not is_session(part) else None
            elif before is not None and where != "question":
                yield from in_prose(card, part, before)
                before = None


def in_prose(card: Card, prose: Prose, code: Snippet) -> Iterator[Claim]:
    """The claims of a text about what the code before it prints."""
    prints, alone = top_prints(code), only_print(code)
    for match in SAID.finditer(prose.text) if prints else ():
        start = match.start("word")
        before = words_before(prose.text, start)
        if is_hedged(before, len(before)) or is_unreal(prose.text, start) or is_option(prose.text, start):
            continue
        if CONDITION.search(before) or TIME.search(match[0]) or is_supposed(before.rpartition(".")[2], code.source):
            continue
        found = [p for p in prints if gives(p.argument, match["word"].lower()) and is_of(match["of"], p.argument)]
        if len(found) == 1:
            (number,), (printed,) = numbers(match["value"] + " "), found
            line = prose.line_at(start)
            simple = is_simple(printed.argument) and not is_otherwise(prose.text, start)
            at = code.line + printed.statement.lineno - 1
            test = ShownTest(number, at, simple and printed.statement is alone, printed.place, printed.count)
            quote = prose.text[start : match.end()]
            yield Claim(card.path, line, quote, "number", number.text, code.line, test)


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the values that a print outside loops and functions prints."""

    statement: ast.Expr
    argument: ast.expr
    place: int
    """Among its arguments, but for strings that are written there."""
    count: int


def top_prints(code: Snippet) -> tuple[Asked, ...]:
    """The values of all prints outside loops and functions."""
    tree = parse(code.source)
    found: list[Asked] = []
    for statement in tree.body if tree else []:
        match statement:
            case ast.Expr(value=ast.Call(args=arguments) as call) if is_print(call):
                values = [a for a in arguments if not (isinstance(a, ast.Constant) and isinstance(a.value, str))]
                found += [Asked(statement, a, i, len(values)) for i, a in enumerate(values)]
    return tuple(found)


def only_print(code: Snippet) -> ast.Expr | None:
    """The statement outside loops and functions that prints one expression, where nothing else prints."""
    tree = parse(code.source)
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and is_print(n)] if tree else []
    for statement in tree.body if tree else []:
        match statement:
            case ast.Expr(value=ast.Call(args=[_]) as call) if calls == [call]:
                return statement
    return None


def is_print(call: ast.Call) -> bool:
    """Whether a call prints."""
    return isinstance(call.func, ast.Name) and call.func.id == "print"


def gives(node: ast.expr, word: str) -> bool:
    """Whether what is printed is the result of a function for the quantity, rounded perhaps."""
    while isinstance(node, ast.Call):
        match node.func:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in CALLS[word]:
                return True
            case ast.Name(id=name) if name in FORMING and node.args:
                node = node.args[0]
            case ast.Attribute(attr=name, value=value) if name in FORMING:
                node = node.args[0] if name in ("round", "abs") and node.args else value
            case _:
                return False
    return False


def is_simple(printed: ast.expr) -> bool:
    """Whether all that is called is called on a name or on numbers written out, without options."""
    calls = [n for n in ast.walk(printed) if isinstance(n, ast.Call)]
    made = (ast.Call, ast.Name, ast.Attribute, ast.Constant, ast.List, ast.Tuple)
    values = [a for c in calls for a in c.args]
    inner = [c for c in calls if not (FORMING & set(re.findall(r"\w+", ast.unparse(c.func))))]
    return len(inner) == 1 and all(isinstance(v, made) for v in values) and not any(c.keywords for c in calls)


def is_of(of: str | None, printed: ast.expr) -> bool:
    """Whether the words behind "of" name only what the print names."""
    return set(re.findall(r"\w+", of or "")) - ALL_OF_IT <= set(re.findall(r"\w+", ast.unparse(printed)))


def judge_shown(test: ShownTest, claim: Claim, evidence: Evidence) -> Finding:
    """Confirmed by the number that the line printed in its place; contradicted by another one."""
    trace = evidence.up_to(claim.snippet, test.line)
    statement = trace.statement(test.line) if trace else None
    printed = numbers((trace.printed(statement) or "").strip() + " ") if trace and statement else ()
    if trace is None or statement is None or len(printed) != test.count:
        return untested()
    rests, rule, have = trace.rests_on(statement.lineno), rule_for(trace.code), printed[test.place]
    if (
        rests.assumption
        or rests.assumed_form
        or copies(test.number.text, trace)
        or "…" in (trace.printed(statement) or "")
    ):
        return untested(have.text, trace.repair)
    if is_hardly_rounded(test.number, have.value) or (rests.luck and test.number.digits < LUCK_DIGITS):
        return untested(have.text, trace.repair)
    if agrees(test.number, have.value, rule.slack, single=rule.single):
        return confirmed(have.text, trace.repair, digits=weight(test.number))
    doubtful = rests.chance or rests.elsewhere or not trace.runs or not test.surely
    return (
        untested(have.text, trace.repair) if doubtful else refuted(have.text, trace.repair, digits=weight(test.number))
    )
