"""What a program prints or gives, stated in a comment, an output fence or a session: recognised, and held against what it printed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from deckbuild.model import Claim, ClaimKind, Value

from ..agreement.comparable import are_alike, lines_of, stands_in
from ..agreement.compare import Match, Rule, compare_text
from ..agreement.symbolic import is_formula, same_formula
from ..agreement.vague import judge_vague
from ..agreement.written import Call, Num, Word, are_literals, is_literal, read_written
from ..facts.evidence import Evidence
from ..facts.rounding import chooses_places
from ..facts.trace import Trace
from ..findings import Finding, untested
from ..grounds import rule_for, settle
from ..standins import settle_printed_shape
from ..text.company import is_another_word
from ..text.sessions import is_session
from ..text.subjects import holds
from .shapes import ShapeTest, judge_shape


@dataclass(frozen=True, slots=True)
class PrintedTest:
    """The code on lines `first` to `last` of the file prints, or has the value, `stated`."""

    stated: str
    first: int
    last: int
    vague: bool = False
    anywhere: bool = False
    """Whether any one of the prints may be meant, as in prose behind the code."""
    surely: bool = True
    """Whether it is said of what the code does; said of another deed, or of a part, nothing refutes it."""
    perhaps: bool = False
    """Whether nothing says that it is an output: another text then refutes nothing."""
    untold: int | None = None
    """First line of the code whose output no comment before this one tells; None where that is `first`."""
    number: str | None = None
    """Of a quantity the number, without the unit that the program need not print."""
    exact: bool = False
    """Whether nothing calls these words an output but that the program prints them to the letter."""
    by_line: bool = False
    """Whether it stands in a fence, in lines as the program prints them."""
    of: str | None = None
    """The code that is said to print it: only statements that hold it are meant."""
    company: tuple[tuple[int, str], ...] = ()
    """The lines of other prints with what comments beside them state, where the text is a word that the program may print, as these are."""
    beside: frozenset[int] = frozenset()
    """Lines whose output a comment beside them tells: it need not be told here again."""

    @property
    def expected(self) -> str:
        """The text that is stated."""
        return self.number or self.stated


GIVES_NOTHING = frozenset(
    {"append", "extend", "insert", "remove", "sort", "reverse", "add", "discard", "update", "clear"}
)
LAZY = re.compile(r"range\(|dict_\w+\(|<")
WHOLE_NUMBERS = re.compile(r"\(\d+,\)|\[\d+\]|[(\[]\d+(?:,\s*\d+)+[)\]]")


def kind_of(stated: str) -> ClaimKind:
    """By what is stated: a tensor, a number, a size, or any printed text."""
    match read_written(stated):
        case (Call(name=name),) if name.endswith("Size"):
            return "shape"
        case (Call(name="tensor" | "array"),):
            return "tensor"
        case (Num(), *unit) if all(isinstance(n, Word) for n in unit):
            return "number"
        case (Word(value=word),) if word.startswith(("torch.", "<class ", "float", "int")):
            return "type"
        case _:
            return "printed"


def judge_printed(test: PrintedTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against what the statement printed, or else the value that it left."""
    trace = evidence.up_to(claim.snippet, test.last)
    if trace is None:
        return untested()
    if (meant := as_shape(test, trace)) is not None:
        return judge_shape(meant, claim, evidence)
    outputs = list(outputs_of(test, trace))
    if not outputs:
        return untested(repair=trace.repair)
    rule = rule_for(trace.code)
    results = [(compared(test, text, rule, statements, trace), statements, text) for statements, text in outputs]
    # Of several readings ("the last print", "all since the last comment") the one that agrees is meant.
    ranked = sorted(
        results,
        key=lambda r: (
            (Match.SAME, Match.DIFFERENT, Match.UNCLEAR).index(r[0]),
            abs(len(lines_of(r[2])) - len(lines_of(test.stated))),
        ),
    )
    match, statements, text = ranked[0]
    if test.anywhere and len(results) > 1 and match is not Match.SAME:
        return untested(repair=trace.repair)
    lines = tuple(s.lineno for s in statements)
    match = looked_at_closer(match, test, text, trace)
    if match is Match.UNCLEAR and is_another_word(test.stated, text, test.company, trace):
        return settle(Match.DIFFERENT, trace, lines, text, stated=test.stated)
    if match is Match.DIFFERENT and len(results) > 1 and not is_all_untold(test, trace):
        match = Match.UNCLEAR
    if match is Match.DIFFERENT and (
        not test.surely
        or (test.perhaps and not are_alike(test.stated, text))
        or not any(stands_for_value(s, test.stated, text, trace) for s in statements)
    ):
        return untested(text, trace.repair)
    if test.vague:
        return judge_vague(test.stated, text, trace, lines)
    if (shape := settle_printed_shape(test.stated, match, trace, lines, text, evidence.card)) is not None:
        return shape
    return settle(match, trace, lines, text, stated=test.stated)


def looked_at_closer(match: Match, test: PrintedTest, text: str, trace: Trace) -> Match:
    """How they compare as formulas, to the letter where that is asked, and as some lines of all that was printed."""
    if match is not Match.SAME and is_formula(test.stated) and is_formula(text):
        equal = same_formula(test.stated, text)
        match = Match.UNCLEAR if equal is None else Match.SAME if equal else Match.DIFFERENT
    if match is Match.SAME and not is_as_printed(test, text):
        match = Match.UNCLEAR
    part = test.last > test.first and stands_in(test.stated, trace.outcome.stdout)
    return Match.SAME if part else match


def is_as_printed(test: PrintedTest, text: str) -> bool:
    """Whether words that agree do so to the letter where they must, and in a fence not on fewer lines than were printed, nor behind
    lines of words that were not."""
    stated, printed = lines_of(test.stated), lines_of(text)
    if are_literals(read_written(test.stated)) or "..." in test.stated:
        return True
    words = [line for line in stated if not any(is_literal((n,)) for n in read_written(line))]
    in_lines = len(stated) >= len(printed) and (len(stated) == 1 or set(words) <= set(printed))
    return (not test.exact or stated == printed) and (not test.by_line or in_lines)


def compared(test: PrintedTest, text: str, rule: Rule, statements: tuple[ast.stmt, ...], trace: Trace) -> Match:
    """How the stated text compares; where the program chose the places itself, another number of them is unclear."""
    chosen = any(chooses_places(s, trace.code) for s in statements)
    match = compare_text(test.stated, text, replace(rule, shortened=chosen))
    if match is Match.UNCLEAR and test.number is not None and is_literal(read_written(text)):
        match = compare_text(test.number, text, replace(rule, shortened=chosen))
    if match is Match.SAME and chosen:
        exact = compare_text(test.stated, text, replace(rule, to_the_place=True))
        return match if exact is Match.SAME else Match.UNCLEAR
    return match


def as_shape(test: PrintedTest, trace: Trace) -> ShapeTest | None:
    """`# (2, 3)` behind the code that makes an array, which prints nothing: the array's shape, not the array."""
    statement = trace.statement(test.last)
    value = trace.value(statement) if statement is not None and trace.printed(statement) is None else None
    stated = WHOLE_NUMBERS.fullmatch(test.stated.strip())
    if value is None or value.shape is None or stated is None:
        return None
    dims = tuple(int(d) for d in re.findall(r"\d+", test.stated))
    # Of one dimension and as many entries it may be the entries.
    if len(value.shape) == 1 and value.shape == (len(dims),):
        return None
    sure = test.stated.strip().startswith("(") or len(dims) == len(value.shape)
    return ShapeTest(dims, test.stated, test.last) if sure else None


def outputs_of(test: PrintedTest, trace: Trace) -> Iterator[tuple[tuple[ast.stmt, ...], str]]:
    """What the code printed: by its last statement that prints, and by the last two, three, … together; else the value it left."""
    statements: list[ast.stmt] = []
    for line in range(test.last, test.first - 1, -1):
        statement = trace.statement(line)
        if statement is not None and statement not in statements:
            statements.append(statement)
    statements = [s for s in statements if test.of is None or holds(s, test.of)]
    printing = [s for s in statements if trace.printed(s) is not None]
    if rest := untold(test, trace, printing):
        yield tuple(rest), trace.printed_together(rest)
    alone = printing if test.anywhere or test.beside else printing[:1]
    yield from (((s,), trace.printed(s) or "") for s in alone)
    if test.anywhere and test.surely:
        rows = [(s, (trace.printed(s) or "").strip().split("\n")) for s in printing]
        yield from (((s,), row) for s, found in rows for row in found if len(found) > 1 and not is_piece(row))
    for count in range(2, len(printing) + 1):
        yield tuple(printing[:count]), trace.printed_together(printing[:count])
    if test.last > test.first and len(printing) > 1:
        yield tuple(printing), "".join(p.text for p in trace.outcome.prints)
    if not printing:
        yield from (((s,), v.text) for s in statements[:1] if trace.reached(s) for v in left_by(s, trace))


def is_piece(row: str) -> bool:
    """Whether a line is only a piece of what is printed over several: a row of a matrix."""
    return any(row.count(opened) != row.count(closed) for opened, closed in ("[]", "()", "{}"))


def untold(test: PrintedTest, trace: Trace, printing: list[ast.stmt]) -> list[ast.stmt]:
    """Those statements whose output no comment beside them tells, if there are others: that is what is left to tell."""
    lines = trace.repair.line_map
    found = [s for s in printing if not test.beside.intersection(lines[s.lineno - 1 : s.end_lineno or s.lineno])]
    return found if len(found) < len(printing) else []


def left_by(statement: ast.stmt, trace: Trace) -> Iterator[Value]:
    """What an expression gives, and, but in a session, which shows nothing else, the object that it changed; of others the value they bind."""
    left = trace.value(statement)
    here = [b.value for b in trace.outcome.bindings if statement.lineno <= b.line <= (statement.end_lineno or b.line)]
    given = next((v for v in here if not v.name), None) if isinstance(statement, ast.Expr) else None
    if given is not None:
        yield given
    if left is not None and left is not given and (given is None or not is_session(trace.repair.snippet)):
        yield left


def is_all_untold(test: PrintedTest, trace: Trace) -> bool:
    """Whether the stated text has the lines of all that was printed, or that no comment tells, or stands below the only print without one."""
    lines = test.stated.count("\n")
    if lines >= trace.outcome.stdout.strip().count("\n"):
        return True
    code = [s for line in range(test.first, test.last + 1) if (s := trace.statement(line)) is not None]
    rest = untold(test, trace, [s for s in dict.fromkeys(code) if trace.printed(s) is not None])
    if rest and lines >= trace.printed_together(rest).strip().count("\n"):
        return True
    return test.untold is not None and len(list(outputs_of(replace(test, first=test.untold), trace))) == 1


def stands_for_value(statement: ast.stmt, stated: str, text: str, trace: Trace) -> bool:
    """Whether the text must be what a comment means: it was printed, or is the value itself, not the object that a call belongs to (`xs.pop()`)
    nor something that only its contents describe (`range(5)`)."""
    if trace.printed(statement) is not None or is_session(trace.repair.snippet):
        return True
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))) if name not in GIVES_NOTHING:
            return False
        case _:
            return LAZY.match(text) is None or LAZY.match(stated) is not None
