"""Numbers stated of a computed quantity: `mean = -0.3766…` written down where the card computed `mean`; "the sum is 10"; recognised and held
against the value of that name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Prose, Snippet, Value
from deckbuild.prose import Number, numbers

from ..agreement.numbers import agrees, is_hardly_rounded, roughly, weight
from ..facts.evidence import Evidence
from ..facts.reliance import parse, reads
from ..facts.results import computed_bindings, walk_statements
from ..facts.scopes import is_inner
from ..facts.trace import Trace
from ..findings import Finding, confirmed, refuted, untested
from ..grounds import LUCK_DIGITS, copies, rule_for
from ..text.near import words_before
from ..text.statements import is_hedged, last_sentence
from ..text.unreal import is_option, is_passing
from .literals import computed_names
from .named import bound_names


@dataclass(frozen=True, slots=True)
class NumberTest:
    """The computed value of a name is this number."""

    names: tuple[str, ...]
    """One of these names, the first that is bound."""
    number: Number
    vague: bool
    line: int
    """In the file: of the literal, which does not count as computed."""
    of: frozenset[str] = frozenset()
    """Names that the quantity is said to be computed from."""
    surely: bool = True
    """Whether nothing else is named that it may be the quantity of."""
    percent: bool = False
    """Whether it is in percent: 75 for 0.75."""
    said: bool = False
    """Whether prose says it; else the number is written down in code."""

    @property
    def expected(self) -> str:
        """The number as the text writes it."""
        return self.number.text


FEW_DIGITS = 3
WORDS = {
    "mean": ("mean", "avg", "average", "mu"),
    "average": ("average", "avg", "mean"),
    "standard deviation": ("std", "stdev", "std_dev", "sigma"),
    "variance": ("var", "variance"),
    "sum": ("sum", "total"),
    "total": ("total", "sum"),
    "loss": ("loss",),
    "accuracy": ("accuracy", "acc"),
    "median": ("median",),
    "maximum": ("maximum", "max_value"),
    "minimum": ("minimum", "min_value"),
    "length": ("length", "n"),
    "determinant": ("det", "determinant"),
}
SAID = re.compile(
    rf"(?:\b(?P<word>{'|'.join(WORDS)})\b|`(?P<name>[A-Za-z_]\w*)`)(?:\s+of\s+(?P<of>`?[\w\s]{{1,30}}?`?))?\s+(?:is|equals|becomes|remains|stays|will be|comes (?:out )?(?:as|to|at)|has the value|=)\s+"
    r"(?:equal to\s+|exactly\s+|now\s+|still\s+|then\s+|again\s+|therefore\s+|thus\s+)?(?P<vague>approximately\s+|about\s+|around\s+|roughly\s+|close to\s+|nearly\s+|~\s?)?[`$]?(?P<value>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?P<percent>\s?\\?%|\s?percent\b)?+(?!\s+of\b)(?![\w%×]|\.\d|,\d|\s*(?:[x×*/+^]|\\times|percent|%|times\b|or\b|to\b|more\b|less\b|larger\b|smaller\b|higher\b|lower\b))",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\b(?:if|when|assume|suppose|say|set|where)\b[^.]*$", re.IGNORECASE)
# "The first loss", "the validation loss" may be another quantity than `loss`.
ALONE = re.compile(
    r"(?:\b(?:the|this|its|their|a|and|overall|computed|resulting|final|has)|^|[.,;:(*`-])\s*$", re.IGNORECASE
)
# Of what changes in training the text may mean any state.
TIME = re.compile(
    r"\b(?:before|after|initial\w*|at first|finally|epochs?|iterations?|training|steps?|later|eventually|starts?)\b",
    re.IGNORECASE,
)
NEAR = 40
# What "the mean of …" may be of without saying of which of several things.
ALL_OF_IT = frozenset(
    {
        "the", "this", "these", "all", "its", "their", "our", "data", "dataset", "values", "value", "tensor", "array", "list", "elements", "entries",
        "numbers", "sample", "samples", "matrix", "vector",
    }
)  # fmt: skip


def recognise_numbers(card: Card) -> Iterator[Claim]:
    """Numbers that a later snippet writes down under a name that an earlier one computes, and numbers that prose gives for a name."""
    earlier: list[Snippet] = []
    for where, passage in card.passages:
        for part in passage.parts:
            if isinstance(part, Snippet) and part.is_python:
                yield from in_code(card, part, earlier)
                earlier.append(part)
            elif isinstance(part, Prose) and where != "question" and any(s.is_python for s in card.snippets):
                yield from in_prose(card, part, earlier)


def in_code(card: Card, snippet: Snippet, earlier: list[Snippet]) -> Iterator[Claim]:
    """`name = number` with several digits, where an earlier snippet of the card computes the name."""
    computed = {n for s in earlier for n in computed_names(s.source)}
    tree = parse(snippet.source)
    for statement in tree.body if tree else []:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in computed and is_number(value):
                text = ast.get_source_segment(snippet.source, value) or ""
                (number,) = numbers(text + " ") or (None,)
                line = snippet.line + statement.lineno - 1
                if number and not number.is_integer and number.digits >= FEW_DIGITS:
                    quote = ast.get_source_segment(snippet.source, statement) or text
                    yield Claim(
                        card.path, line, quote, "number", text, snippet.line, NumberTest((name,), number, False, line)
                    )


def is_number(value: ast.expr) -> bool:
    """Whether an expression is a number written down."""
    inner = value.operand if isinstance(value, ast.UnaryOp) else value
    return (
        isinstance(inner, ast.Constant) and isinstance(inner.value, int | float) and not isinstance(inner.value, bool)
    )


def in_prose(card: Card, prose: Prose, earlier: list[Snippet]) -> Iterator[Claim]:
    """ "The mean is 2.5", "`total` equals 10"."""
    for match in SAID.finditer(prose.text):
        before = words_before(prose.text, match.start())
        if is_hedged(before, len(before)) or is_option(prose.text, match.start()) or CONDITION.search(before):
            continue
        if is_passing(last_sentence(before)):
            continue
        (number,) = numbers(match["value"] + " ") or (None,)
        names = (match["name"],) if match["name"] else WORDS[match["word"].lower()]
        bound = {n for s in card.snippets if s.is_python for n in computed_names(s.source)}
        if number is None or not set(names) & bound:
            continue
        around = prose.text[prose.text.rfind(". ", 0, match.start()) + 1 : match.end() + NEAR].split(". ")[0]
        named = match["name"] is not None or (
            ALONE.search(before) is not None and not has_rival(match["word"].lower(), bound, prose.text)
        )
        alone = named and not TIME.search(around)
        said_of = frozenset(re.findall(r"\w+", match["of"] or "")) - ALL_OF_IT
        of = said_of & bound_names(card)
        line = prose.line_at(match.start())
        near = earlier[-1].line if earlier else None
        yield Claim(
            card.path,
            line,
            match[0],
            "number",
            number.text,
            near,
            NumberTest(
                names,
                number,
                bool(match["vague"]),
                line,
                of,
                alone and of == said_of,
                bool(match["percent"]),
                said=True,
            ),
        )


def has_rival(word: str, bound: set[str], text: str) -> bool:
    """Whether a text speaks of another quantity, too, that the name of this one may be the name of: a sum and a total."""
    names = bound.intersection(WORDS[word])
    return any(
        other != word and names.intersection(WORDS[other]) and re.search(rf"\b{other}\b", text, re.IGNORECASE)
        for other in WORDS
    )


def judge_number(test: NumberTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against the value that the name had when it was computed, not written down."""
    found = next(((t, v, line) for t in evidence.runs for v, line in computed(test, t)), None)
    if found is None:
        return untested()
    trace, value, line = found
    have = scalar(value)
    if have is None:
        return untested(repair=trace.repair)
    rests, rule = trace.rests_on(line), rule_for(trace.code)
    text, shows = f"{have!r}", ((trace.line, value.name),)
    have = have * 100 if test.percent and abs(have) <= 1 else have
    digits = weight(test.number)
    # Of a name that had several values the text may mean any.
    several = len({scalar(b.value) for b in trace.outcome.bindings if b.value.name == value.name}) > 1
    surely = test.surely and not (test.said and (several or is_inner(value.name, evidence.card)))
    doubtful = (
        rests.assumption or rests.assumed_form or (rests.luck and digits < LUCK_DIGITS and trace.repair.tried is None)
    )
    if doubtful or copies(test.number.text, trace):
        return untested(text, trace.repair)
    if test.vague:
        sound = roughly(test.number, have) or rests.chance or rests.elsewhere or not surely
        return untested(text, trace.repair) if sound else refuted(text, trace.repair)
    if is_hardly_rounded(test.number, have):
        return untested(text, trace.repair)
    if agrees(test.number, have, rule.slack, single=rule.single):
        return confirmed(text, trace.repair, digits=digits, shows=shows)
    return (
        untested(text, trace.repair)
        if rests.chance or rests.elsewhere or not surely
        else refuted(text, trace.repair, digits=digits, shows=shows)
    )


def computed(test: NumberTest, trace: Trace) -> Iterator[tuple[Value, int]]:
    """The computed values of the names, latest first, with their lines in the program."""
    made_of = {s.lineno: reads(s) for s in walk_statements(trace)} if test.of else {}
    for name in test.names:
        for binding in reversed(computed_bindings(trace)):
            found = made_of.get(binding.line)
            if binding.value.name == name and (found is None or test.of <= found.data | found.form):
                yield binding.value, binding.line


def scalar(value: Value) -> float | None:
    """The number of a scalar or a tensor with one element."""
    data = value.data
    while isinstance(data, list) and len(data) == 1:
        data = data[0]
    return float(data) if isinstance(data, int | float) and not isinstance(data, bool) else None
