"""Values said of a name: "`xs` is `[1, 2]`", "`name` becomes `'Ada'`"; recognised in prose behind code, and held against all values that the
name had."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Prose, Snippet, Value

from ..agreement.compare import Match, compare_text
from ..agreement.lists import LITERAL, shape_of
from ..agreement.written import Call, Group, Text, Word, is_literal, read_written
from ..facts.evidence import Evidence
from ..facts.reliance import parse
from ..facts.scopes import inner_names, top_names
from ..facts.trace import Trace
from ..findings import Finding, untested
from ..grounds import rule_for, settle
from ..text.near import words_before
from ..text.statements import is_hedged, last_sentence
from ..text.unreal import is_aside, is_unreal
from .printed import kind_of
from .statistics import TIME


@dataclass(frozen=True, slots=True)
class HeldTest:
    """The name has, or had, this value."""

    name: str
    stated: str
    surely: bool
    """Whether no word says that a passing state of the name is meant."""
    in_code: bool = True
    """Whether the name stands in backticks; else the text may mean another thing, and nothing refutes it."""

    @property
    def expected(self) -> str:
        """The value as the text writes it."""
        return self.stated


SAID = re.compile(
    r"`(?P<name>[A-Za-z_]\w*)`\s+(?:(?:now\s+|still\s+)?(?:is|becomes|equals|remains|stays)|will\s+be|will\s+become)\s+(?:now\s+|then\s+|still\s+|again\s+|therefore\s+|thus\s+|equal\s+to\s+)?(?:`(?P<stated>[^`\n]+)`|(?P<truth>(?-i:True|False|None))\b)"
    r"(?!\s*,?\s*(?:if|when\w*|unless|until|by default|before|or|for|in|only)\b)",
    re.IGNORECASE,
)
# "The scores are [1, 0, 1]", without backticks around the name or the list.
SAID_PLAINLY = re.compile(
    r"\bthe\s+(?:resulting\s+|final\s+|computed\s+)?(?P<name>[a-z_]\w*)\s+(?:is|are|becomes?|equals?)\s+(?:now\s+|then\s+|equal\s+to\s+)?`?(?P<stated>(?:tensor\(|array\()?\[[^\[\]`\n]*\]\)?)`?(?![\w\[(])",
    re.IGNORECASE,
)
PLAIN = frozenset({"list", "tuple", "dict", "set", "str", "bool"})
"""Types whose text is all that they are."""
BRANCHES = (ast.For, ast.While, ast.If, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)


def recognise_held(card: Card) -> Iterator[Claim]:
    """The lists, dicts, strings and truths that prose gives for names which the code before it binds, and no function does."""
    earlier: list[Snippet] = []
    for where, passage in card.passages:
        for part in passage.parts:
            if isinstance(part, Snippet) and part.is_python:
                earlier.append(part)
            elif isinstance(part, Prose) and where != "question" and earlier:
                yield from in_prose(card, part, earlier)


def in_prose(card: Card, prose: Prose, earlier: list[Snippet]) -> Iterator[Claim]:
    """The claims in a piece of prose behind code."""
    names = {n for s in earlier for n in top_names(s.source)} - {
        n for s in card.snippets for n in inner_names(s.source)
    }
    for match in (*SAID.finditer(prose.text), *SAID_PLAINLY.finditer(prose.text)):
        in_code = match.re is SAID
        sentence = last_sentence(words_before(prose.text, match.start()))
        stated = match["stated"] or match.groupdict().get("truth", "")
        if match["name"] not in names or not (is_value(stated) if in_code else is_array(stated)):
            continue
        if is_hedged(prose.text, match.start()) or is_unreal(prose.text, match.start()):
            continue
        if is_aside(sentence, earlier[-1].source):
            continue
        line = prose.line_at(match.start())
        test = HeldTest(match["name"], stated, TIME.search(sentence) is None, in_code)
        yield Claim(card.path, line, match[0], kind_of(test.stated), test.stated, earlier[-1].line, test)


def is_value(text: str) -> bool:
    """Whether a text is one list, dict, tuple, set, string or truth written out."""
    nodes = read_written(text)
    return len(nodes) == 1 and isinstance(nodes[0], Group | Text | Word) and is_literal(nodes)


def is_array(text: str) -> bool:
    """Whether a text is one row of values."""
    nodes = read_written(text)
    row = nodes[0].items[0] if isinstance(nodes[0], Call) and nodes[0].items else nodes[0]
    return len(nodes) == 1 and is_literal(nodes) and isinstance(row, Group) and len(row.items) > 1


def judge_held(test: HeldTest, claim: Claim, evidence: Evidence) -> Finding:
    """Confirmed by the name's last value, with words of time by any that it had; contradicted where it only ever had others."""
    trace = evidence.of(claim.snippet)
    found = list(values(test.name, trace)) if trace else []
    if trace is None or not found:
        return untested()
    rule = rule_for(trace.code)
    results = [(compare_text(test.stated, v.text, rule), v, line) for v, line in found]
    same = next((r for r in results if r[0] is Match.SAME), None)
    if same is not None and test.surely and same is not results[0]:
        # What the name had before is not what it has; only a word of time says that it is meant.
        return untested(found[0][0].text, trace.repair)
    match, value, line = same or results[0]
    known = len(found) == 1 or is_straight(trace)
    sure = test.surely and known and all(m is Match.DIFFERENT and says_all(v, test.stated) for m, v, _ in results)
    if same is None and not (sure and test.in_code):
        return untested(value.text, trace.repair)
    return settle(match, trace, (line,), value.text, stated=test.stated, shows=((trace.line, test.name),))


def says_all(value: Value, stated: str) -> bool:
    """Whether nothing but the value can be meant by a text of it: it is plain data, or an array, and the text has its form."""
    entries = LITERAL.fullmatch(stated.strip())
    same_form = entries is not None and value.shape is not None and len(value.shape) > 1
    return value.type in PLAIN or (same_form and shape_of(stated) == value.shape)


def is_straight(trace: Trace) -> bool:
    """Whether the program has no branches and loops, so that every value that a name had is known."""
    tree = parse(trace.code)
    return tree is not None and not any(isinstance(s, BRANCHES) for s in tree.body)


def values(name: str, trace: Trace) -> Iterator[tuple[Value, int]]:
    """The different values of a name with the lines that left them, the last first."""
    seen: set[str] = set()
    final = trace.outcome.value(name)
    bound = [(b.value, b.line) for b in reversed(trace.outcome.bindings) if b.value.name == name]
    for value, line in ([(final, bound[0][1])] if final is not None and bound else []) + bound:
        if value.text not in seen:
            seen.add(value.text)
            yield value, line
