"""Settings that the text around a snippet names: "one input channel, kernel size 2×2", "first hidden layer: 1024 outputs", "a learning
rate of 0.001"; recognised and held against the layers, optimizers and variables that the program made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim
from deckbuild.prose import Number, layer_words, numbers, role_sizes

from ..facts.calls import is_kind
from ..facts.evidence import Evidence
from ..facts.layers import Layer, Setting, layers_of
from ..facts.trace import Trace
from ..facts.variables import judge_variable
from ..findings import Finding, assumed, confirmed, refuted, untested
from ..text.phrases import PHRASES, WORDS
from ..text.statements import Statement, is_hedged, statements
from ..text.unreal import is_otherwise


@dataclass(frozen=True, slots=True)
class SettingTest:
    """A layer, or a variable, has this setting."""

    keys: tuple[str, ...]
    """Names of the setting, of which a layer has at most one."""
    variables: tuple[str, ...]
    """Names under which a program may hold it."""
    value: Setting
    words: str
    kinds: tuple[str, ...] = ()
    """Classes of layers, of which one must be meant."""
    direct: bool = False
    """Whether the text says it of the card's program as a whole: "the dropout rate is 0.2"."""
    place: int | None = None
    """Which of the layers that have the setting, from 0; -1 for the last."""

    @property
    def expected(self) -> str:
        """The value as the text writes it."""
        return self.words


TUNED = frozenset({"p", "lr", "negative_slope", "momentum", "weight_decay"})
"""Settings by which models are tuned: where only one thing has one, it is meant."""
ORDINALS = {
    "first": 0,
    "input": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "fifth": 4,
    "sixth": 5,
    "last": -1,
    "final": -1,
    "output": -1,
}
PLACE = re.compile(
    rf"\b(?P<place>{'|'.join(ORDINALS)})\s+(?:(?:hidden|linear|dense|fully[\s-]connected|convolutional|Conv\w*|transposed|`?\w*Linear`?|`?Conv\w+`?)\s+)*layer\b",
    re.IGNORECASE,
)
GENERAL = re.compile(
    r"\b(?:if|when|suppose|imagine|e\.g\.|would|means|instead of|rather than|from \d|typically|usually|common(?:ly)?|often|original(?:ly)?|such as|compared|fails?|raises?|illegal|invalid|not allowed|"
    r"(?:is|gives|causes|throws) an? (?:\w+ ){0,2}(?:error|exception))\b",
    re.IGNORECASE,
)
"""Words of a sentence that says of no layer what it has: what a setting means, what is common, what goes wrong with it."""


def recognise_settings(card: Card) -> Iterator[Claim]:
    """The settings that prose right before or behind a Python snippet names."""
    for statement in statements(card):
        if statement.here is None and statement.adjacent is not None and not GENERAL.search(statement.text):
            yield from in_sentence(card, statement)


def in_sentence(card: Card, statement: Statement) -> Iterator[Claim]:
    """The settings of one sentence: sizes of kernels, strides, paddings, and what PHRASES name; the same words count once."""
    text = statement.text
    kinds = tuple(dict.fromkeys(w.kind for w in layer_words(text)))
    ends: set[int] = set()
    found = role_sizes(text)
    # "With a stride of 1 …, with a stride of 2 …" compares; it says of no layer which one it has.
    compared = {r.role for r in found for other in found if r.role == other.role and r.size.dims != other.size.dims}
    for said in found:
        if (
            said.role not in compared
            and said.role in ("kernel", "stride", "padding", "dilation")
            and said.size.kind in ("number", "product")
        ):
            key = "kernel_size" if said.role == "kernel" else said.role
            value = tuple(float(d) for d in said.size.dims)
            start = text.rfind(said.role, 0, said.size.start)
            if start >= 0 and not is_hedged(text, start):
                test = SettingTest((key,), (), value, text[said.size.start : said.size.end], kinds)
                yield claim(card, statement, start, said.size.end, test)
    for one in PHRASES:
        for match in one.pattern.finditer(text):
            if match.end("n") in ends or is_hedged(text, match.start()):
                continue
            ends.add(match.end("n"))
            number = number_of(match["n"])
            place = place_of(text, match.start()) if one.ordered else None
            test = SettingTest(
                one.keys,
                one.variables,
                (number.value,),
                match["n"],
                () if one.keys == ("p",) else kinds,
                set(one.keys) <= TUNED and not is_otherwise(text, match.start("n")),
                place,
            )
            yield claim(card, statement, match.start(), match.end(), test)


def number_of(text: str) -> Number:
    """The number in digits or as a word."""
    return numbers(f"{WORDS.get(text.lower(), text)} ")[0]


def place_of(text: str, start: int) -> int | None:
    """Which layer the nearest ordinal before the number means, in the same line."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    found = list(PLACE.finditer(line))
    return ORDINALS[found[-1]["place"].lower()] if found else None


def claim(card: Card, statement: Statement, start: int, end: int, test: SettingTest) -> Claim:
    """The claim, quoted by the words that name the setting."""
    near = statement.adjacent
    line = statement.line_at(start)
    return Claim(card.path, line, statement.text[start:end], "number", test.words, near.line if near else None, test)


def judge_setting(test: SettingTest, claim: Claim, evidence: Evidence) -> Finding:
    """Confirmed if the layer that is meant has it, or all that can be meant; contradicted if just one can be meant and has another."""
    trace = evidence.of(claim.snippet)
    if trace is None:
        return untested()
    having = candidates(test, trace)
    if not having:
        # A size has no variable, and is no one number.
        return (
            judge_variable(test.variables, number_of(test.words), trace)
            if test.variables
            else untested(repair=trace.repair)
        )
    computed = ", ".join(dict.fromkeys(f"{layer.kind}: {shown(v)}" for layer, v in having))
    if not all(same(v, test.value) for _, v in having):
        meant = (
            len(having) == 1
            and trace.runs
            and (
                test.place is not None
                or any(is_kind(having[0][0].kind, k) for k in test.kinds)
                or (test.direct and is_nowhere(test.words, trace.code))
            )
        )
        return refuted(computed, trace.repair) if meant else untested(computed, trace.repair)
    if any(trace.is_supplied(layer.line) for layer, _ in having) or is_put_in(test, trace):
        return assumed(computed, trace.repair)
    return confirmed(computed, trace.repair)


def candidates(test: SettingTest, trace: Trace) -> list[tuple[Layer, Setting]]:
    """The layers that can be meant, with their settings: the snippet's own, else those before it; of the kinds that the sentence names, if
    any such layer has the setting; of one model the one in the place that is named."""
    found = layers_of(trace, own=True) or layers_of(trace, own=False)
    having = [(layer, v) for layer in found if (v := first_of(layer, test.keys)) is not None]
    having = [(layer, v) for layer, v in having if any(is_kind(layer.kind, k) for k in test.kinds)] or having
    if test.place is None or len({layer.line for layer, _ in having}) != 1:
        return having
    index = test.place if test.place >= 0 else len(having) - 1
    return having[index : index + 1]


def first_of(layer: Layer, keys: tuple[str, ...]) -> Setting | None:
    """The setting under the first of the names that the layer has."""
    return next((v for k in keys if (v := layer.get(k)) is not None), None)


def is_nowhere(number: str, code: str) -> bool:
    """Whether no number of the code is this one, so that nothing in it can be meant."""
    return all(n.value != number_of(number).value for n in numbers(re.sub(r"[=(*/+,:]", r" \g<0> ", code)))


def same(have: Setting, stated: Setting) -> bool:
    """Whether a setting is the stated one; one number stands for as many as there are."""
    if len(stated) == 1:
        return all(v == stated[0] for v in have)
    return have == stated or (len(have) == 1 and all(s == have[0] for s in stated))


def is_put_in(test: SettingTest, trace: Trace) -> bool:
    """Whether a correction wrote the setting into the code, so that the claim would prove itself."""
    number = rf"\(?\s*{test.value[0]:g}\b"
    return any(
        re.search(rf"\b{key}\s*=\s*{number}", e.after) and not re.search(rf"\b{key}\s*=\s*{number}", e.before)
        for e in trace.repair.edits
        for key in test.keys
    )


def shown(value: Setting) -> str:
    """`2×2`, `0.3`."""
    return "×".join(f"{v:g}" for v in value)
