"""Types stated in words: "`x` has dtype torch.float32", "requires_grad is True", recognised and held against the value of that name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from deckbuild.model import Card, Claim, Value

from ..facts.evidence import Evidence
from ..facts.scopes import is_inner
from ..findings import Finding, assumed, confirmed, refuted, untested
from ..text.near import words_before
from ..text.statements import Statement, is_hedged, statements
from ..text.unreal import is_passing


@dataclass(frozen=True, slots=True)
class TypeTest:
    """The value of a name has this dtype, type or flag."""

    name: str
    what: Literal["dtype", "type", "requires_grad"]
    stated: str

    @property
    def expected(self) -> str:
        """As the text writes it."""
        return self.stated


DTYPES = (
    r"(?:torch\.|np\.|numpy\.)?(?P<dtype>float16|float32|float64|int8|int16|int32|int64|uint8|bool|complex64|bfloat16)"
)
TYPES = r"(?P<type>integer|string|dictionary|boolean|int|float|str|list|tuple|dict|set|bool|bytes|(?:torch\.)?Tensor|(?:np\.|numpy\.)?ndarray|DataFrame|Series)"
# In words; of a subclass, as `bool` is one of `int`, both may be said.
IN_WORDS = {"integer": "int", "string": "str", "dictionary": "dict", "boolean": "bool"}
PLAIN = frozenset(
    {
        "int",
        "float",
        "str",
        "list",
        "tuple",
        "dict",
        "set",
        "bytes",
        "NoneType",
        "function",
        "Tensor",
        "ndarray",
        "DataFrame",
        "Series",
    }
)
"""Types of which none is a kind of another: a value of one of them is no other one."""
# Not "a string method", "an integer array", "a list or a tuple".
ENDS = (
    r"(?![\w`-])(?![^.;\n]{0,40}\bor\b)(?=[^\S\n]*(?:$|\n|[.,;:!?)(—–]|"
    r"(?:and|but|of|with|containing|that|which|holding|while|whereas|because|since|so|not|now|here|as|when|again|after|too)\b))"
)
NAME = r"`(?P<name>[A-Za-z_]\w*)(?:\.dtype)?`"
SAID = (
    re.compile(
        rf"{NAME}\s+(?:is|has|gets|keeps|retains|will be|will have|becomes|ends up)\s+(?:an?\s+(?:tensor|array)\s+)?(?:of\s+|with\s+|the\s+|an?\s+|as\s+)*(?:data\s*)?(?:d?type\s+)?(?:of\s+)?`?{DTYPES}`?(?:\s+tensor)?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:d(?:ata )?type)\s+of\s+{NAME}\s+(?:is|will be|becomes)\s+`?{DTYPES}`?", re.IGNORECASE),
    re.compile(
        rf"{NAME}\s+(?:is|will be|becomes)\s+an?\s+(?:Python\s+|PyTorch\s+|NumPy\s+)?`?{TYPES}`?(?:\s+(?:object|value|instance|data type))?{ENDS}"
    ),
    re.compile(rf"{NAME}\s+has\s+`?requires_grad(?:\s*=\s*|\s+set to\s+|`\s+set to\s+`?)(?P<flag>True|False)`?"),
)


def recognise_types(card: Card) -> Iterator[Claim]:
    """The types that prose and comments of a card with Python state of a name in backticks."""
    if not any(s.is_python for s in card.snippets):
        return
    for statement in statements(card):
        for pattern in SAID:
            for match in pattern.finditer(statement.text):
                if not (
                    is_hedged(statement.text, match.start()) or is_passing(words_before(statement.text, match.start()))
                ):
                    yield claim(card, statement, match)


def claim(card: Card, statement: Statement, match: re.Match[str]) -> Claim:
    """The claim in a sentence."""
    found = match.groupdict()
    near = statement.snippet
    line = statement.line_at(match.start())
    if dtype := found.get("dtype"):
        test = TypeTest(match["name"], "dtype", dtype)
    elif kind := found.get("type"):
        test = TypeTest(match["name"], "type", IN_WORDS.get(kind, kind))
    else:
        test = TypeTest(match["name"], "requires_grad", found.get("flag") or "")
    return Claim(card.path, line, match[0], "type", test.stated, near.line if near else None, test)


def judge_type(test: TypeTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against every value that the name had: all must fit, or none does. What a stand-in is proves nothing, nor the dtype made from it."""
    trace = evidence.of(claim.snippet) or (evidence.runs[-1] if evidence.runs else None)
    if trace is None:
        return untested()
    values = [b.value for b in trace.outcome.bindings if b.value.name == test.name] or [
        v for v in trace.outcome.values if v.name == test.name
    ]
    have = [property_of(v, test) for v in values]
    known = [h for h in have if h is not None]
    if not known or len(set(known)) > 1:
        return untested(repair=trace.repair)
    invented = test.name in trace.stand_ins() or (test.what != "type" and test.name in trace.assumed)
    if known[0] == test.stated.rpartition(".")[2]:
        return (assumed if invented else confirmed)(known[0], trace.repair)
    stand_in = test.name in trace.repair.assumed or not trace.runs
    kind_of_it = test.what == "type" and known[0] not in PLAIN
    unsure = stand_in or kind_of_it or is_inner(test.name, evidence.card)
    return untested(known[0], trace.repair) if unsure else refuted(known[0], trace.repair)


def property_of(value: Value, test: TypeTest) -> str | None:
    """What the value has of it, without the library's name."""
    if test.what == "dtype":
        return value.dtype
    if test.what == "requires_grad":
        return str(value.requires_grad) if value.shape is not None else None
    return value.type.rpartition(".")[2]
