"""Sizes said of an output, a padded input or a tensor: "will be 1x1", "becomes 5x5", "shape: (2, 6, 3)", recognised and held against shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from deckbuild.model import Card, Claim, LayerCall, Value
from deckbuild.prose import RoleSize, role_sizes

from ..facts.calls import (
    CODE,
    NEAR,
    Applied,
    Premises,
    applied,
    chain_from,
    clause_around,
    ends_with,
    is_kind,
    is_singled_out,
    premises_of,
    spatial,
    written,
)
from ..facts.evidence import Evidence
from ..facts.results import results_of
from ..facts.trace import Trace
from ..findings import Finding, assumed, confirmed, refuted, untested
from ..standins import settle_shape, stand_in_shape
from ..text.near import words_before
from ..text.statements import Statement, is_hedged, statements

Subject: TypeAlias = Literal["output", "padded", "input"]


@dataclass(frozen=True, slots=True)
class SizeTest:
    """The output (the padded input, the input) has these dimensions, given the premises."""

    subject: Subject
    dims: tuple[int, ...]
    words: str
    premises: Premises
    snippet: int | None
    code_line: int | None
    names: tuple[str, ...] = ()
    """Names in the sentence, of which one may be meant."""
    surely: bool = True
    """Whether the sentence names the layer or its input by its numbers, or nothing else that it may speak of."""

    @property
    def expected(self) -> str:
        """The size as the text writes it."""
        return self.words


CHANGE = (
    r"(?:(?:reduc\w+|increas\w+|decreas\w+|upsampl\w+|downsampl\w+|enlarg\w+|chang\w+|go(?:es)?|grow\w*|shr[iu]nk\w*|transform\w+|bring\w*)\s+(?:\w+\s+){0,4}?)?"
    r"from\s+(?:an?\s+)?[`$(\[]*\d[\d\s,×xX]*[`$)\]]*\s+to"
)
OTHER_INPUT = re.compile(r"\b(?:for|per|each|every|if|would|other|another|original\w*|single)\b", re.IGNORECASE)
CONDITION = re.compile(r"\b(?:if|when|suppose|assume|imagine)\b", re.IGNORECASE)


def recognise_sizes(card: Card) -> Iterator[Claim]:
    """The sizes that a card with layers in its code states of what goes in, is padded, and comes out."""
    if not any(s.is_python and CODE.search(s.source) for s in card.snippets):
        return
    for statement in statements(card):
        for said in role_sizes(statement.text):
            if said.size.kind != "number" and (found := size_claim(card, statement, said)):
                yield found


def size_claim(card: Card, statement: Statement, said: RoleSize) -> Claim | None:
    """The claim that a size in a sentence makes; None for a premise, a setting or a possibility."""
    text, start = statement.text, said.size.start
    if said.role not in ("output", "padded", "input") or is_hedged(text, clause_start(text, start)):
        return None
    if said.role == "input" and (
        CONDITION.search(words_before(text, start)) or not (statement.here or statement.introduces)
    ):
        return None
    near = statement.snippet
    test = SizeTest(
        subject=said.role,
        dims=said.size.dims,
        words=text[start : said.size.end],
        premises=premises_of(statement, card.title, at=start),
        snippet=statement.here.line if statement.here else None,
        code_line=statement.code_line,
        names=tuple(re.findall(r"`(\w+)`|\b(\w+) is (?:assumed|a tensor)", text)[0])
        if re.search(r"`\w+`|\b\w+ is (?:assumed|a tensor)", text)
        else (),
        surely=OTHER_INPUT.search(text, clause_around(text, start)[0], start) is None,
    )
    line = statement.line_at(start)
    return Claim(card.path, line, quoted(statement, said), "shape", test.words, near.line if near else None, test)


def clause_start(text: str, start: int) -> int:
    """Where the verb before a size stands: behind it only "be", "a size of" and the like follow."""
    begin = max(0, start - NEAR)
    found = re.search(
        rf"(?:\s*\b(?:{CHANGE}|an?|the|of|with|size|shape|dimensions?|resulting|new|has|have|is|are|be|becomes?|in|output|input|image|results?|(?:reduced|upsampled|downsampled|turned|mapped|shrinks?|shrunk|grows?|turns?)\s+(?:in)?to)\b)*\s*[`(]*$",
        text[begin:start],
        re.IGNORECASE,
    )
    return begin + found.start() if found else start


def quoted(statement: Statement, said: RoleSize) -> str:
    """The clause around the size."""
    text = statement.text
    if statement.here:
        return text.split("\n")[text.count("\n", 0, said.size.start)].lstrip("# ").strip()
    marks = [i + 2 for mark in (", ", "; ", ": ") if (i := text.rfind(mark, 0, said.size.start)) >= 0]
    ends = [i for mark in (", ", "; ", ". ", ":") if (i := text.find(mark, said.size.end)) >= 0]
    return text[max([*marks, 0]) : min([*ends, len(text.rstrip("."))])].strip()


def judge_size(test: SizeTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against the shapes of what the layers took, padded and gave."""
    if test.subject == "input":
        return judge_input(test, claim, evidence)
    runs = [r for r in applied(evidence, test.snippet, test.code_line, test.premises) if r.outcome is r.trace.outcome]
    results = [(r, c, shape) for r in runs for c in r.calls if (shape := subject_shape(test.subject, c))]
    if not results:
        return untested()
    same = [has_size(test, run, c, shape) for run, c, shape in results]
    computed = ", ".join(dict.fromkeys(described(test.subject, c, shape) for _, c, shape in results))
    run = results[0][0]
    if len(set(same)) > 1 or same[0] is None:
        return untested(computed, run.trace.repair)
    if not same[0] and test.subject == "output" and all(is_padded_to(test.dims, c) for _, c, _ in results):
        return untested(
            computed, run.trace.repair
        )  # "with the border an input of 3x3 becomes 5x5" speaks of what is padded
    if test.premises.input is not None:
        return (confirmed if same[0] else refuted)(computed, run.trace.repair)
    if run.trace.repair.assumptions:
        return settle_shape(test.dims, same[0], computed, run.trace, evidence.card, varies=varies(run))
    return confirmed(computed, run.trace.repair) if same[0] else unlike(test, computed, run, results)


def has_size(test: SizeTest, run: Applied, call: LayerCall, shape: tuple[int, ...]) -> bool | None:
    """Whether a layer gave what is stated; of several in a row, unless one is singled out, the last; None where only another one did."""
    own = fits(test.dims, shape, call)
    chain = chain_from(call, run.outcome)
    if test.subject != "output" or len(chain) == 1 or is_singled_out(test.premises, chain):
        return own
    given = [fits(test.dims, c.output or (), c) for c in chain]
    return given[-1] if given[-1] or not any(given) else None


def fits(dims: tuple[int, ...], shape: tuple[int, ...], call: LayerCall) -> bool:
    """Whether a shape has these dimensions, at its end or where the layer moves."""
    return ends_with(shape, dims) or spatial(shape, call) == dims


def unlike(
    test: SizeTest, computed: str, run: Applied, results: list[tuple[Applied, LayerCall, tuple[int, ...]]]
) -> Finding:
    """A difference is a contradiction only where it is sure which layer is meant: a comment's, one with the settings named, the only one."""
    calls = [c for _, c, _ in results]
    meant = (
        test.snippet is not None or test.premises.is_specific or (test.surely and len({c.output for c in calls}) == 1)
    )
    # "After the convolution and the pooling": where only one of them was applied, its output is not what is meant.
    meant = meant and all(any(is_kind(c.layer, kind) for c in calls) for kind in test.premises.kinds)
    rank = len(test.dims) in (2, 3, 4)
    return refuted(computed, run.trace.repair) if meant and rank else untested(computed, run.trace.repair)


def subject_shape(subject: Subject, call: LayerCall) -> tuple[int, ...] | None:
    """The shape that is spoken of."""
    return call.padded if subject == "padded" else call.output


def is_padded_to(dims: tuple[int, ...], call: LayerCall) -> bool:
    """Whether the layer pads what it takes, to this size."""
    shape = call.padded
    if shape is None or shape == call.inputs[0]:
        return False
    return fits(dims, shape, call)


def described(subject: Subject, call: LayerCall, shape: tuple[int, ...]) -> str:
    """`3×3 → 1×1`."""
    return f"{written(spatial(call.inputs[0], call))} → {written(spatial(shape, call))}" + (
        " padded" if subject == "padded" else ""
    )


def varies(run: Applied) -> bool | None:
    """Whether other sizes of the stand-ins gave other outputs; None where none were tried."""
    others = run.trace.repair.alternates
    mine = [c.output for c in run.trace.outcome.calls]
    return any([c.output for c in o.calls] != mine for o in others) if others else None


def judge_input(test: SizeTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against the tensor that is named, or else the only one that the snippet binds."""
    trace = evidence.of(claim.snippet)
    if trace is None:
        return untested()
    meant = named_inputs(test, trace) or taken_inputs(trace)
    value = meant[0] if len({v.name for v in meant}) == 1 else None
    if value is None or not value.shape:
        return untested(repair=trace.repair)
    same, computed = ends_with(value.shape, test.dims), f"{value.name} is {written(value.shape)}"
    stand_ins = {a.name: stand_in_shape(trace.outcome, a.name) for a in trace.repair.assumptions}
    if value.name in stand_ins or value.name in trace.repair.assumed:
        return assumed(computed, trace.repair) if same else untested(computed, trace.repair)
    if same:
        return confirmed(computed, trace.repair, shows=((trace.line, value.name),))
    alone = not named_inputs(test, trace) and test.snippet is None and trace.runs
    return refuted(computed, trace.repair) if alone and len(test.dims) == 2 else untested(computed, trace.repair)


def named_inputs(test: SizeTest, trace: Trace) -> list[Value]:
    """The tensors that the sentence names."""
    return [v for n in test.names if n and (v := trace.outcome.value(n)) and v.shape]


def taken_inputs(trace: Trace) -> list[Value]:
    """The tensors that the snippet binds and no layer gave; without any, the stand-ins."""
    first, last = trace.repair.own or (1, len(trace.repair.line_map))
    given = results_of(trace)
    own = [b.value for b in trace.outcome.bindings if first <= b.line <= last and not trace.is_supplied(b.line)]
    bound = [v for v in own if v.shape is not None and len(v.shape) > 1 and v not in given]
    return bound or [v for a in trace.repair.assumptions if (v := trace.outcome.value(a.name)) and v.shape]
