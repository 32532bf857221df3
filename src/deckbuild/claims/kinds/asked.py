"""Expressions and what they are said to give: "`len(xs)` is 3", "`f(2)` returns `4`", "`d['x']` raises a `KeyError`"; recognised in prose, and held
against what they give behind the card's program."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Fault, Prose, Snippet, Value
from deckbuild.syntax import is_ellipsis

from ..agreement.compare import Match, compare_text
from ..agreement.vague import VAGUE
from ..agreement.written import is_literal, read_written
from ..facts.answers import behind, shown_before, told
from ..facts.evidence import Evidence
from ..facts.reliance import parse
from ..facts.scopes import inner_names
from ..facts.states import is_constant, is_spent
from ..facts.trace import Trace
from ..findings import Finding, confirmed, refuted, untested
from ..grounds import rule_for, settle
from ..text.near import words_before
from ..text.statements import is_hedged, last_sentence
from ..text.unreal import is_aside, is_unreal
from .printed import kind_of
from .statistics import TIME


@dataclass(frozen=True, slots=True)
class AskedTest:
    """The expression gives this value, or raises this error."""

    expression: str
    stated: str
    raises: bool = False
    surely: bool = True
    """Whether no word says that a passing state of the program is meant."""
    of: str = ""
    """Of a comparison the expression that is compared."""
    said: str = ""
    """Of a comparison what the text says."""

    @property
    def expected(self) -> str:
        """The value, the error's name, or what it is compared with."""
        return self.said or self.stated


BY_NOW = r"(?:(?:now|then|also|still|thus|therefore|hence|indeed|again|always|simply|exactly|only)\s+)*"
GIVES = (
    r"(?:is|equals|becomes|remains|stays|returns|gives|yields|produces|evaluates\s+to|results\s+in|comes\s+(?:out\s+)?(?:to|as)|has\s+the\s+value|"
    r"will\s+(?:be|equal|return|give|yield|become|evaluate\s+to)|→|⇒|[-=]+>|(?<=\)`\s)=)"
)
THE_VALUE = r"(?:equal\s+to\s+)?(?:the\s+(?:value|number|string|list|tuple|dict(?:ionary)?)\s+)?"
NUMBER = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?"
VALUE = rf"(?:`(?P<code>[^`\n]+)`|(?P<plain>{NUMBER}|True|False|None))"
# What may stand behind a value and leaves it as it is; not a unit, a condition, "times".
END = (
    r"(?=\s*(?:$|\n|[.;:!?)|](?!\w)|,\s|[—–]|\s-\s|\s\(|"
    r"(?:and|but|while|whereas|because|since|so|which|as\s+(?:expected|well|the|it)|again|too|here|now)\b))"
)
UNLESS = re.compile(
    r"\s*,?\s*(?:if|when\w*|unless|until|provided|only|by default|for|in|on|under|with|before|or|rather|not|instead)\b",
    re.IGNORECASE,
)
# "Set `xs[0]` = 3": only of a call is that surely no assignment.
SAID = re.compile(rf"`(?P<asked>[^`\n]+)`\s+{BY_NOW}{GIVES}\s+{BY_NOW}{THE_VALUE}{VALUE}{END}")
RAISES = re.compile(
    rf"`(?P<asked>[^`\n]+)`\s+{BY_NOW}(?:raises|throws|will\s+(?:raise|throw)|fails\s+with)\s+(?:an?\s+|the\s+)?"
    r"`?(?P<error>[A-Z]\w*(?:Error|Exception)|StopIteration)`?"
)
# Errors that tell of the text, which leaves something out, rather than of the card's code.
OF_THE_TEXT = frozenset(
    {
        "NameError", "UnboundLocalError", "ImportError", "ModuleNotFoundError", "AttributeError", "SyntaxError", "IndentationError", "Unstable",
    }
)  # fmt: skip
TRUTH = re.compile(r"(?:np\.|tensor\()?(?:True|False)_?\)?")
OPERANDS = re.compile(
    r"unsupported operand|not supported between|can only concatenate|not subscriptable|does not support item|unhashable"
)


def recognise_asked(card: Card) -> Iterator[Claim]:
    """The claims of prose behind code, and before the only code of a card."""
    for prose, code in places(card):
        yield from in_prose(card, prose, code)


def places(card: Card) -> Iterator[tuple[Prose, Snippet]]:
    """The pieces of prose with the Python that they speak of: what stands before them, or the only one of the card."""
    python = [s for s in card.snippets if s.is_python]
    earlier: list[Snippet] = []
    for where, passage in card.passages:
        for part in passage.parts:
            if isinstance(part, Snippet) and part.is_python:
                earlier.append(part)
            elif isinstance(part, Prose) and where != "question" and (earlier or len(python) == 1):
                yield part, earlier[-1] if earlier else python[0]


def in_prose(card: Card, prose: Prose, code: Snippet) -> Iterator[Claim]:
    """The claims in a piece of prose."""
    sources = [s.source for s in card.snippets if s.is_python]
    for match in (*SAID.finditer(prose.text), *RAISES.finditer(prose.text)):
        raises = match.re is RAISES
        stated = match["error"] if raises else match["code"] or match["plain"]
        if not is_question(match["asked"], sources) or not (raises or is_literal(read_written(stated))):
            continue
        if not is_stated(prose.text, match, code.source):
            continue
        sentence = last_sentence(words_before(prose.text, match.start()))
        line = prose.line_at(match.start())
        test = AskedTest(match["asked"].strip(), stated, raises, TIME.search(sentence) is None)
        yield Claim(card.path, line, match[0], "raises" if raises else kind_of(stated), stated, code.line, test)


def is_stated(text: str, match: re.Match[str], source: str) -> bool:
    """Whether it is said as a fact, of this code as it stands."""
    sentence = last_sentence(words_before(text, match.start()))
    supposed = is_aside(sentence, source) or UNLESS.match(text, match.end()) or VAGUE.search(match[0])
    return not (supposed or is_hedged(text, match.start()) or is_unreal(text, match.start()))


def is_question(text: str, sources: list[str]) -> bool:
    """Whether a text is an expression that gives something; no name alone, nothing written out, and no name that functions bind, too."""
    tree = expression(text)
    if tree is None or isinstance(tree, ast.Name | ast.Constant | ast.List | ast.Tuple | ast.Dict | ast.Set):
        return False
    if any(is_left_out(n) for n in ast.walk(tree)):
        return False
    bound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    inner = {n for s in sources for n in inner_names(s)} - {n for s in sources for n in parameters(s, called)}
    return "print" not in called and not (names - bound - set(dir(builtins))) & inner


def is_left_out(node: ast.AST) -> bool:
    """Whether a part of an expression keeps it from being worked out by itself: `...`, an assignment, a wait, a function without a name."""
    unfit = isinstance(node, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom | ast.Starred | ast.Lambda)
    return unfit or is_ellipsis(node)


def parameters(source: str, functions: set[str]) -> frozenset[str]:
    """The parameters of functions of a snippet that nothing else inside functions has the name of: the text says what is given for them."""
    tree = parse(source)
    definitions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)] if tree is not None else []
    own = {a.arg for d in definitions if d.name in functions for a in ast.walk(d.args) if isinstance(a, ast.arg)}
    others = [d for d in definitions if d.name not in functions]
    return frozenset(own - {a.arg for d in others for a in ast.walk(d) if isinstance(a, ast.arg)})


def expression(text: str) -> ast.expr | None:
    """The only expression that a text is."""
    tree = parse(text.strip())
    body = tree.body if tree is not None else []
    return body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None


def judge_asked(test: AskedTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against what the expression gives behind the program, if the program's own lines did not show another state of it."""
    trace = evidence.of(claim.snippet)
    tree = expression(test.expression)
    answer = next((a for e, a in trace.repair.asked if e == test.expression), None) if trace is not None else None
    if trace is None or tree is None or answer is None or not trace.runs:
        return untested()
    shown = [compare_text(text, told(answer)) for text in shown_before(tree, trace)]
    steady = is_constant(tree, trace) or (bool(shown) and set(shown) == {Match.SAME})
    passing = not (steady or test.surely) or is_spent(tree, trace) or set(shown) - {Match.SAME}
    if passing:
        return untested(told(answer), trace.repair)
    if test.of and isinstance(answer, Value):
        return judge_comparison(test, answer, behind(trace, test.expression, claim.line, answer), steady=steady)
    if isinstance(answer, Fault) or test.raises:
        return judge_error(test, answer, trace, steady=steady)
    match = compare_text(test.stated, answer.text, rule_for(trace.code))
    if match is Match.DIFFERENT and not steady:
        return untested(answer.text, trace.repair)
    asked = behind(trace, test.expression, claim.line, answer)
    return settle(match, asked, (len(asked.repair.line_map),), answer.text, stated=test.stated)


def judge_comparison(test: AskedTest, answer: Value, trace: Trace, *, steady: bool) -> Finding:
    """Confirmed or contradicted by a truth; left open by many truths at once, or where chance decides, if only once in a while."""
    value = next((told(a) for e, a in trace.repair.asked if e == test.of), None)
    if TRUTH.fullmatch(answer.text) is None:
        return untested(value, trace.repair)
    line = len(trace.repair.line_map)
    holds = "True" in answer.text
    if trace.rests_on(line).chance or not (holds or steady):
        return untested(value, trace.repair)
    return settle(Match.SAME if holds else Match.DIFFERENT, trace, (line,), value or answer.text, stated=test.said)


def judge_error(test: AskedTest, answer: Value | Fault, trace: Trace, *, steady: bool) -> Finding:
    """Confirmed by that error; contradicted by another one, or none, if it is the code's and not of how the text writes it."""
    firm = steady and not (test.of or trace.repair.assumptions or trace.repair.reseeded)
    if isinstance(answer, Value):
        return refuted(answer.text, trace.repair) if firm else untested(answer.text, trace.repair)
    if answer.kind != "raised" or answer.type in OF_THE_TEXT:
        return untested(told(answer), trace.repair)
    if test.raises and answer.type == test.stated:
        return confirmed(told(answer), trace.repair)
    of_the_call = answer.type == "TypeError" and OPERANDS.search(answer.message) is None
    return refuted(told(answer), trace.repair) if firm and not of_the_call else untested(told(answer), trace.repair)
