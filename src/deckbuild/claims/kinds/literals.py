"""Tensors given as results: a literal in the answer's code or prose, recognised, and held against what was computed elsewhere on the card.

A literal that stands in the code is executed, too; that proves nothing. It must be met by a value that the program computed without it.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Binding, Card, Claim, Json, Prose, Snippet
from deckbuild.prose import Number, numbers
from deckbuild.syntax import is_printed_form

from ..agreement.lists import literals_in, shape_of
from ..agreement.numbers import agrees, weight
from ..facts.evidence import Evidence
from ..facts.reliance import outside_functions, parse
from ..facts.results import computed_bindings, data_shape, is_written_down, rests_on_names
from ..facts.trace import Trace
from ..findings import Finding, confirmed, refuted, untested
from ..grounds import LUCK_DIGITS, rule_for
from ..text.near import words_before
from ..text.statements import last_sentence
from ..text.subjects import is_of_expression
from ..text.unreal import is_aside, is_unreal


@dataclass(frozen=True, slots=True)
class LiteralTest:
    """A tensor, array or list with these entries is the result."""

    name: str | None
    """The name that the text gives it."""
    text: str
    shape: tuple[int, ...]
    entries: tuple[Number, ...]
    output: bool
    """Whether the text introduces it as what comes out."""
    line: int
    """In the file."""
    dtype: str | None = None
    """The dtype that a printed form states behind the entries: `float64`."""

    @property
    def expected(self) -> str:
        """The literal as written."""
        return self.text


INTRODUCES = re.compile(
    r"\b(?:gives?(?:\s+us)?|results?(?:\s+(?:in|is|will be|would be))?|outputs?(?:\s+(?:is|will be|would be|looks like))?|produces?|yields?|"
    r"we (?:get|obtain)|obtain|get|becomes?|output (?:tensor|matrix)[\w\s]*|equal to|returns?)\s*(?:the following[\w\s]*)?:?\s*$",
    re.IGNORECASE,
)
SHAPE = re.compile(r"\b(?:shape|size|dimensions?)\b[^.\n]{0,25}$", re.IGNORECASE)
TELLING = 4
"""So many equal entries are no accident, whichever computed value has them."""


def recognise_literals(card: Card) -> Iterator[Claim]:
    """The literals that answer and trailing code or text give as results."""
    earlier: list[Snippet] = []
    for where, passage in card.passages:
        for index, part in enumerate(passage.parts):
            if isinstance(part, Snippet):
                before = passage.parts[index - 1] if index else None
                introduced = isinstance(before, Prose) and INTRODUCES.search(closing(before.text)) is not None
                if part.is_python:
                    yield from in_code(card, part, earlier, introduced=introduced)
                    earlier.append(part)
            elif where in ("answer", "trailing", "context"):
                yield from in_prose(card, part, earlier)


def closing(text: str) -> str:
    """The last words of a text, without the marks behind them."""
    return words_before(text, len(text)).rstrip("*_ \n`")


def in_code(card: Card, snippet: Snippet, earlier: list[Snippet], *, introduced: bool) -> Iterator[Claim]:
    """Literals assigned in a snippet that the text calls the result, or under a name that an earlier snippet computes."""
    tree = parse(snippet.source)
    known = {n for s in earlier for n in computed_names(s.source)}
    printed = tree is not None and bool(earlier) and is_printed_form(tree)
    for statement in tree.body if tree else []:
        if not isinstance(statement, ast.Assign | ast.Expr) or (
            isinstance(statement, ast.Assign) and not is_written_down(statement)
        ):
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        name = target.id if isinstance(target, ast.Name) else None
        if not (name in known or printed or (introduced and only_literal(tree))):
            continue
        literal = next(literals_in(ast.get_source_segment(snippet.source, statement.value) or ""), None)
        if literal is None:
            continue
        first, last = snippet.line + statement.lineno - 1, snippet.line + (statement.end_lineno or statement.lineno) - 1
        quote = "\n".join(snippet.source.split("\n")[first - snippet.line : last - snippet.line + 1])
        made = test_of(name, literal["list"], first, output=introduced, dtype=dtype_of(statement.value))
        if made:
            yield Claim(card.path, first, quote, "tensor", literal[0], snippet.line, made)


def dtype_of(value: ast.expr | None) -> str | None:
    """The last word of the dtype that a literal names."""
    keywords = value.keywords if isinstance(value, ast.Call) else []
    return next((ast.unparse(k.value).split(".")[-1] for k in keywords if k.arg == "dtype"), None)


def only_literal(tree: ast.Module | None) -> bool:
    """Whether a snippet consists of one literal, so that it is what the text before it announces."""
    return tree is not None and len([s for s in tree.body if not isinstance(s, ast.Import | ast.ImportFrom)]) == 1


@functools.lru_cache(maxsize=256)
def computed_names(source: str) -> frozenset[str]:
    """The names that a snippet computes outside functions, in its loops too, and not only writes down."""
    tree = parse(source)
    inside = [n for s in (tree.body if tree else []) for n in outside_functions(s)]
    made = [n for n in inside if isinstance(n, ast.Assign) and not is_written_down(n)]
    targets = [t for n in made for t in n.targets] + [n.target for n in inside if isinstance(n, ast.AugAssign)]
    named = [n for t in targets for n in (t.elts if isinstance(t, ast.Tuple) else [t])]
    return frozenset(n.id for n in named if isinstance(n, ast.Name))


def in_prose(card: Card, prose: Prose, earlier: list[Snippet]) -> Iterator[Claim]:
    """Literals in a sentence that says "gives", "is", "results in" right before them, after code."""
    for match in literals_in(prose.text) if earlier else ():
        before = words_before(prose.text, match.start()).rstrip(" `$\\(\n*")
        said = INTRODUCES.search(before) or re.search(
            r"\b(?:output|result|tensor|array|matrix)[\w\s`]*\b(?:is|becomes|will be)$", before, re.IGNORECASE
        )
        if said is None or is_unreal(prose.text, match.start()) or SHAPE.search(before):
            continue
        if is_of_expression(before[: said.start()]) or is_aside(last_sentence(before), earlier[-1].source):
            continue
        line = prose.line_at(match.start())
        named = re.findall(r"`([A-Za-z_]\w*)`", before[-60:])
        made = test_of(named[-1] if named else None, match["list"], line, output=True, dtype=None)
        if made:
            yield Claim(card.path, line, match[0], "tensor", match[0], earlier[-1].line, made)


def test_of(name: str | None, text: str, line: int, *, output: bool, dtype: str | None) -> LiteralTest | None:
    """The test for a literal in brackets; None if its rows have different lengths or it has fewer than two numbers."""
    entries = numbers(text)
    shape = shape_of(text)
    count = 1
    for d in shape or ():
        count *= d
    return LiteralTest(name, text, shape, entries, output, line, dtype) if shape and count == len(entries) > 1 else None


def judge_literal(test: LiteralTest, claim: Claim, evidence: Evidence) -> Finding:
    """Confirmed by a computed value with the same entries; contradicted by the value that is certainly meant: the name's, the only output."""
    found = [(t, b) for t in reversed(evidence.runs) for b in candidates(test, t)]
    digits = sum(map(weight, test.entries))
    for trace, binding in found:
        if same_dtype(test, binding) and same_entries(test, binding.value.data, trace):
            rests = trace.rests_on(binding.line)
            telling = len(test.entries) >= TELLING or is_meant(test, binding, trace)
            if telling and not rests.assumption and not (rests.chance and digits < LUCK_DIGITS):
                return confirmed(
                    described(binding), trace.repair, digits=digits, shows=((trace.line, binding.value.name),)
                )
    meant = [(t, b) for t, b in found if is_meant(test, b, t)]
    if len({(b.value.name, str(b.value.data)) for _, b in meant}) != 1:
        return untested()
    trace, binding = meant[0]
    rests = trace.rests_on(binding.line)
    doubtful = rests.assumption or rests.assumed_form or rests.chance or rests.elsewhere
    computed = described(binding)
    return (
        untested(computed, trace.repair)
        if doubtful
        else refuted(computed, trace.repair, digits=digits, shows=((trace.line, binding.value.name),))
    )


def candidates(test: LiteralTest, trace: Trace) -> Iterator[Binding]:
    """The tensors, arrays and lists that the program computed without the literal: neither on its own lines nor from its name below."""
    source = frozenset({test.name} if test.name else ())
    own = trace.code_lines(test.line, test.line)
    literal_line = own[0] if own else None
    for binding in computed_bindings(trace):
        itself = literal_line is not None and binding.line <= literal_line <= binding.end_line
        after = literal_line is not None and binding.line > literal_line and rests_on_names(trace, binding.line, source)
        if isinstance(binding.value.data, list) and not itself and not after:
            yield binding


def is_meant(test: LiteralTest, binding: Binding, trace: Trace) -> bool:
    """Whether the text can only mean this value: it has the name, or came out of a layer and the text speaks of an output."""
    if test.name and binding.value.name == test.name:
        return True
    lines = {c.line for c in trace.outcome.calls if c.depth == 0}
    return test.output and any(line is not None and binding.line <= line <= binding.end_line for line in lines)


def same_dtype(test: LiteralTest, binding: Binding) -> bool:
    """Whether the value has the dtype that the literal states, if it states one."""
    return test.dtype is None or binding.value.dtype is None or binding.value.dtype.split(".")[-1] == test.dtype


def same_entries(test: LiteralTest, data: Json, trace: Trace) -> bool:
    """Whether the entries agree, in the same shape but for dimensions of one."""
    flat = list(flattened(data))
    rule = rule_for(trace.code)
    return (
        squeezed(test.shape) == squeezed(data_shape(data))
        and len(flat) == len(test.entries)
        and all(agrees(n, v, rule.slack, single=rule.single) for n, v in zip(test.entries, flat, strict=True))
    )


def flattened(data: Json) -> Iterator[float]:
    """The numbers in nested lists; texts like `nan` are no numbers."""
    if isinstance(data, list):
        for item in data:
            yield from flattened(item)
    elif isinstance(data, int | float):
        yield float(data)


def squeezed(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Without dimensions of one."""
    return tuple(d for d in shape if d != 1)


def described(binding: Binding) -> str:
    """The value's text, or its numbers."""
    return re.sub(r"\s+", " ", binding.value.text or str(binding.value.data))
