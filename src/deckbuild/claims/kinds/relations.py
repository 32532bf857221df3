"""How an output's size stands to its input's: "half", "twice", "the same", "larger", recognised in prose and comments, and held against the layers' runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from deckbuild.model import Card, Claim, LayerCall
from deckbuild.prose import sizes

from ..facts.calls import MOVING, Applied, Premises, applied, premises_of, spatial, written
from ..facts.evidence import Evidence
from ..findings import Finding, confirmed, refuted, untested
from ..text.statements import Statement, is_hedged, statements

Relation: TypeAlias = Literal["half", "double", "same", "larger", "smaller"]


@dataclass(frozen=True, slots=True)
class RelationTest:
    """The output's spatial dimensions are half, twice, … the input's."""

    relation: Relation
    words: str
    premises: Premises
    snippet: int | None
    """The snippet that it is a comment in."""
    code_line: int | None
    plain: bool = False
    """Whether it is said of the code beside it, without a condition."""

    @property
    def expected(self) -> str:
        """The words of the text."""
        return self.words


EXTENT = (
    r"(?:spatial\s+)?(?:dimensions?|dimensionality|sizes?|resolution|width and height|height and width|shape|extent)"
)
OF = r"(?:the\s+|its\s+|their\s+|an?\s+)?(?:input(?:'s|’s)?\s+|original\s+|output(?:'s|’s)?\s+|image(?:'s|’s)?\s+|feature maps?(?:'s|’s)?\s+)?"
SPATIAL = r"(?:spatial\s+(?:dimensions?|sizes?|resolution|extent)|height and (?:the\s+)?width|width and (?:the\s+)?height|resolution|(?:image|feature[ -]maps?)\s+size)"
IS = r"\s+(?:is|are|gets?)\s+(?:(?:thus|therefore|each|both|exactly|also|then)\s+)?"
# In each sentence the first row that matches; "reduces the size by half" is a half, not merely smaller.
PATTERNS: tuple[tuple[Relation, str], ...] = (
    ("half", rf"\bhalf\s+(?:of\s+)?{OF}{EXTENT}|\bhalf\s+(?:of\s+)?(?:that of\s+)?the\s+(?:input|original)|\bhalv(?:es|ing|ed)\s+{OF}{EXTENT}|\breduc\w+\s+{OF}{EXTENT}[\w\s]*\bby\s+(?:a\s+)?half\b|\breduc\w+\s+{OF}{EXTENT}[\w\s]*\bby\s+a\s+factor\s+of\s+(?:2|two)\b|\bdownsampl\w+[\w\s]*\bby\s+a\s+factor\s+of\s+(?:2|two)\b|\b{SPATIAL}{IS}(?:halved|reduced by (?:a )?half|reduced by a factor of (?:2|two))\b"),
    ("double", rf"\b(?:double|twice)\s+{OF}{EXTENT}|\bdoubl(?:es|ing|ed)\s+{OF}{EXTENT}|\btwice\s+(?:as\s+large|the\s+(?:input|original))|\b(?:upsampl|increas|enlarg)\w+[\w\s]*\bby\s+a\s+factor\s+of\s+(?:2|two)\b|\b{SPATIAL}{IS}doubled\b"),
    ("same", rf"\bsame\s+{EXTENT}|\b(?:maintain|preserv|retain|keep)(?:s|es|ing|ed)?\s+{OF}{EXTENT}|\bno\s+longer\s+shrinks?\b|\b(?:stays?|remains?)\s+(?:the\s+same|unchanged)\s+(?:spatial\s+)?size|{EXTENT}\s+(?:stays?|remains?)\s+(?:the\s+same|unchanged)|\b{SPATIAL}{IS}(?:unchanged|preserved|maintained|kept)\b"),
    ("larger", rf"\b(?:larger|bigger|greater)\s+(?:{EXTENT}\s+)?than\s+(?:that\s+of\s+)?(?:the\s+|its\s+)?(?:input|original)|\bincreas(?:es|ing|ed)\s+{OF}(?:spatial\s+)(?:dimensions?|size|resolution)"),
    ("smaller", rf"\bsmaller\s+(?:{EXTENT}\s+)?than\s+(?:that\s+of\s+)?(?:the\s+|its\s+)?(?:input|original)|\breduc(?:es|ing)\s+{OF}(?:spatial\s+)(?:dimensions?|size|resolution)|\breduced\s+(?:spatial\s+)?dimensions?\b"),
)  # fmt: skip
RELATIONS = tuple((relation, re.compile(pattern, re.IGNORECASE)) for relation, pattern in PATTERNS)
# A sentence with one of these may speak of another layer than the one beside it.
CONDITION = re.compile(
    r"\b(?:if|when\w*|with|without|using|by|for|unless|typical\w*|usual\w*|often|such|any|other|another|larger|smaller|common\w*)\b",
    re.IGNORECASE,
)
COMPARES_STRIDES = re.compile(
    r"\b(?:larger|smaller|higher|bigger|increasing|greater) (?:the )?(?:strides?|kernels?|filters?|padding)|\bstrides? (?:greater|larger) than\b",
    re.IGNORECASE,
)


def recognise_relations(card: Card) -> Iterator[Claim]:
    """The relations that a card with layers in its code states without hedging."""
    if not any(s.is_python and MOVING.search(s.source) for s in card.snippets):
        return
    for statement in statements(card):
        if (found := relation_in(statement)) is not None:
            relation, match = found
            here = statement.here.line if statement.here else None
            premises = premises_of(statement, card.title, at=match.start())
            plain = statement.adjacent is not None and not CONDITION.search(statement.text)
            test = RelationTest(relation, match[0], premises, here, statement.code_line, plain)
            near = statement.snippet
            yield Claim(
                card.path,
                statement.line_at(match.start()),
                quoted(statement, match),
                "relation",
                match[0],
                near.line if near else None,
                test,
            )


def relation_in(statement: Statement) -> tuple[Relation, re.Match[str]] | None:
    """The relation that a sentence states, and where."""
    text = statement.text
    if COMPARES_STRIDES.search(text) or (sizes(text) and statement.here):
        return None
    for relation, pattern in RELATIONS:
        match = pattern.search(text)
        if match:
            return None if is_hedged(text, match.start()) else (relation, match)
    return None


def quoted(statement: Statement, match: re.Match[str]) -> str:
    """The clause around the relation: from the comma or beginning before it to the comma or end behind it."""
    text = statement.text
    if statement.here:
        return text.split("\n")[text.count("\n", 0, match.start())].lstrip("# ").strip()
    start = max(
        text.rfind(", ", 0, match.start()) + 2 if ", " in text[: match.start()] else 0,
        text.rfind(": ", 0, match.start()) + 2 if ": " in text[: match.start()] else 0,
    )
    ends = [i for mark in (", ", "; ", ". ") if (i := text.find(mark, match.end())) >= 0]
    return text[start : min([*ends, len(text)])].strip()


def judge_relation(test: RelationTest, claim: Claim, evidence: Evidence) -> Finding:
    """It must hold for each layer that is meant, in the run and in each variant of the sizes that deckbuild chose."""
    runs = list(applied(evidence, test.snippet, test.code_line, test.premises))
    if not runs:
        return untested()
    results = [holds(test.relation, call) for run in runs for call in run.calls]
    computed, repair = described(runs), runs[0].trace.repair
    if all(results):
        return confirmed(computed, repair)
    only = test.plain and not repair.assumptions and len({(c.inputs, c.output) for run in runs for c in run.calls}) == 1
    meant = test.snippet is not None or test.premises.is_specific or only
    return refuted(computed, repair) if meant and not any(results) else untested(computed, repair)


def holds(relation: Relation, call: LayerCall) -> bool:
    """Whether each spatial dimension of the output stands so to the input's."""
    pairs = list(zip(spatial(call.inputs[0], call), spatial(call.output or (), call), strict=False))
    match relation:
        case "half":
            return all(m in (n // 2, -(-n // 2)) for n, m in pairs)
        case "double":
            return all(m == 2 * n for n, m in pairs)
        case "same":
            return all(m == n for n, m in pairs)
        case "larger":
            return all(m > n for n, m in pairs)
        case "smaller":
            return all(m < n for n, m in pairs)


def described(runs: list[Applied]) -> str:
    """`4×4 → 2×2, 5×5 → 3×3`."""
    seen = dict.fromkeys(
        f"{written(spatial(c.inputs[0], c))} → {written(spatial(c.output or (), c))}" for run in runs for c in run.calls
    )
    return ", ".join(list(seen)[:3])
