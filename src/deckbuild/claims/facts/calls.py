"""Layers that the card's code applied, chosen by what a sentence presupposes: "with a stride of 2", "for a 3×3 input", "the pooling layer"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from deckbuild.model import Json, LayerCall, Outcome
from deckbuild.prose import Role, layer_words, role_sizes

from ..text.statements import Statement
from .evidence import Evidence
from .trace import Trace


@dataclass(frozen=True, slots=True)
class Premises:
    """What a sentence says of the layer and its input, apart from what it concludes."""

    kinds: tuple[str, ...] = ()
    """Classes of layers, of which one must be meant."""
    input: tuple[int, ...] | None = None
    kernel: tuple[int, ...] | None = None
    stride: int | None = None
    padding: int | None = None
    one_of_several: bool = False
    """Whether it speaks of one layer among others: "the first layer", "each convolution"."""

    @property
    def is_specific(self) -> bool:
        """Whether it says a number, so that it cannot be meant of any other layer."""
        return (self.input, self.kernel, self.stride, self.padding) != (None, None, None, None)


@dataclass(frozen=True, slots=True)
class Applied:
    """What one run, its own or with other sizes, did with the layers that are meant."""

    trace: Trace
    outcome: Outcome
    calls: tuple[LayerCall, ...]


SPATIAL = re.compile(
    r"Conv(?:Transpose)?[123]d|(?:Max|Avg|LP|FractionalMax)Pool[123]d|Adaptive\w+Pool[123]d|Upsample\w*|Lazy\w*Conv\w*|ZeroPad\dd"
)
BORDER = re.compile(r"[;:]\s|,?\s(?:while|whereas|but|then)\s|,\s(?:and|with|after|when)\s", re.IGNORECASE)
"""Between two clauses of a sentence."""
ONE_OF_SEVERAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|final|next|previous|each|every)\b[\w\s`-]*?\b(?:layer|block|conv\w*|pool\w*|step|stage)\b",
    re.IGNORECASE,
)
UNPADDED = re.compile(r"\b(?:without|no)\s+(?:any\s+)?padding\b", re.IGNORECASE)
NEAR = 150
"""Characters around a conclusion in which its layer is named."""
MOVING = re.compile(r"conv|pool|upsampl|downsampl|interpolate", re.IGNORECASE)
"""Code that may apply a layer which moves over its input."""
CODE = re.compile(rf"{MOVING.pattern}|\b(?:torch|nn|keras|tf|jax)\b|\b\w*(?:tensor|layer|model)\w*\b", re.IGNORECASE)
"""Code that may apply any layer."""


def premises_of(statement: Statement, title: str, *, at: int) -> Premises:
    """The premises of what is concluded at `at`: those in its clause; of the sentence what it does not say differently elsewhere.

    Without a layer in the sentence, those of the card's title.
    """
    text = statement.text
    start, end = clause_around(text, at)
    said = [r for r in role_sizes(text) if not r.size.start <= at < r.size.end]
    first: dict[Role, tuple[int, ...]] = {}
    for role in {r.role for r in said}:
        inside = [r.size.dims for r in said if r.role == role and start <= r.size.start < end]
        anywhere = {r.size.dims for r in said if r.role == role}
        if inside or len(anywhere) == 1:
            first[role] = inside[0] if inside else anywhere.pop()
    stride, padding = first.get("stride"), first.get("padding")
    return Premises(
        kinds=kinds_in(text[start:end]) or kinds_in(text) or kinds_in(title),
        input=first.get("input"),
        kernel=first.get("kernel"),
        stride=stride[0] if stride else None,
        padding=padding[0] if padding else 0 if UNPADDED.search(text, start, end) else None,
        one_of_several=ONE_OF_SEVERAL.search(text, max(0, at - NEAR), at + NEAR) is not None,
    )


def clause_around(text: str, at: int) -> tuple[int, int]:
    """Where the clause at a place starts and ends."""
    borders = [m.span() for m in BORDER.finditer(text)]
    return max((end for _, end in borders if end <= at), default=0), min(
        (start for start, _ in borders if start >= at), default=len(text)
    )


def kinds_in(text: str) -> tuple[str, ...]:
    """The layers that move over their input, as far as a text names them."""
    found = tuple(w.kind for w in layer_words(text) if SPATIAL.fullmatch(w.kind))
    pooling = re.search(r"\bpooling\b", text, re.IGNORECASE) and not any("Pool" in kind for kind in found)
    return (*found, "Pool") if pooling else found


def applied(
    evidence: Evidence, statement_snippet: int | None, code_line: int | None, premises: Premises
) -> Iterator[Applied]:
    """For each run and each of its variants the calls that meet the premises; a comment speaks of its own snippet's line."""
    for trace in evidence.runs:
        if (statement_snippet is not None and trace.line != statement_snippet) or not evidence.is_whole(trace):
            continue
        for outcome in (trace.outcome, *trace.repair.alternates):
            calls = tuple(c for c in outcome.calls if SPATIAL.fullmatch(c.layer) and c.output and c.inputs)
            top = tuple(c for c in calls if c.depth == min((d.depth for d in calls), default=0))
            fitting = tuple(
                c for c in near(top, trace, code_line) if meets(c, premises, sized=outcome is trace.outcome)
            )
            if fitting:
                yield Applied(trace, outcome, fitting)


def chain_from(call: LayerCall, outcome: Outcome) -> tuple[LayerCall, ...]:
    """The call, and those behind it at its depth that took what the one before gave."""
    chain = [call]
    at = next((i for i, c in enumerate(outcome.calls) if c is call), len(outcome.calls))
    for c in outcome.calls[at + 1 :]:
        follows = SPATIAL.fullmatch(c.layer) and c.depth == call.depth and c.inputs and c.output
        if follows and c.inputs[0] == chain[-1].output:
            chain.append(c)
    return tuple(chain)


def is_singled_out(premises: Premises, chain: tuple[LayerCall, ...]) -> bool:
    """Whether a sentence means one layer of a chain: it says so, or names what only one of them is."""
    named = replace(premises, input=None, one_of_several=False)
    if premises.one_of_several or named == Premises():
        return premises.one_of_several
    return sum(meets(c, named, sized=False) for c in chain) == 1


def near(calls: tuple[LayerCall, ...], trace: Trace, code_line: int | None) -> tuple[LayerCall, ...]:
    """The calls at the line that a comment stands on, or the last before it; all where no line is known."""
    if code_line is None:
        return calls
    lines = trace.code_lines(0, code_line)
    before = [c for c in calls if c.line is not None and lines and c.line <= lines[-1]]
    return tuple(c for c in before if c.line == before[-1].line) if before else ()


def meets(call: LayerCall, premises: Premises, *, sized: bool) -> bool:
    """Whether a call has the kind, settings and (in the run itself, not in variants of its sizes) the input that are presupposed."""
    settings = dict(call.settings)
    return (
        (not premises.kinds or any(is_kind(call.layer, k) for k in premises.kinds))
        and (
            premises.kernel is None or setting(settings, "kernel_size", len(premises.kernel)) in (premises.kernel, None)
        )
        and (premises.stride is None or set(setting(settings, "stride", 1) or ()) == {premises.stride})
        and (premises.padding is None or set(setting(settings, "padding", 1) or ()) == {premises.padding})
        and (premises.input is None or not sized or ends_with(call.inputs[0], premises.input))
    )


def is_kind(layer: str, kind: str) -> bool:
    """Whether a layer is of a kind; a text that names no rank does not care for it. `Pool` is any pooling."""
    return layer.rstrip("123d") == kind.rstrip("123d") or (kind == "Pool" and "Pool" in layer)


def setting(settings: dict[str, Json], name: str, length: int) -> tuple[int, ...] | None:
    """A layer's constant as a tuple: an integer repeated `length` times; None where it has none."""
    value = settings.get(name)
    if isinstance(value, int):
        return (value,) * length
    if isinstance(value, list):
        found = tuple(v for v in value if isinstance(v, int))
        return found[:1] if length == 1 and len(set(found)) == 1 else found
    return None


def ends_with(shape: tuple[int, ...], dims: tuple[int, ...]) -> bool:
    """Whether a shape ends with these dimensions, or has them in front of its channels (3×64×64 said as 64×64×3)."""
    return shape[-len(dims) :] == dims or (len(dims) == 3 and shape[-3:] == (dims[2], *dims[:2]))


def spatial(shape: tuple[int, ...], call: LayerCall) -> tuple[int, ...]:
    """The dimensions that the layer moves over: the last one, two or three."""
    rank = next((int(d) for d in re.findall(r"([123])d", call.layer)), 2)
    return shape[-rank:]


def written(shape: tuple[int, ...]) -> str:
    """`3×3`."""
    return "×".join(str(d) for d in shape)
