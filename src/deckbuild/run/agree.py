"""Two runs of one program, held against each other.

Goes in: the Outcome of a run, and that of a second one with other addresses and a little later. Comes out: the first, without
what the second did not repeat: data None, `…` in texts, and the names in `unstable`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeVar

from deckbuild.model import Binding, Fault, Json, Outcome, Printed, Value

WORDS = re.compile(r"\s+|[\w.+-]+|[^\w\s]")
MACHINE = ("0x…", "…/work", "…/snippet.py")
"""What stands in the place of an address, or of a folder that no other run will have."""

ONCE = "in one of two runs: "
"""How the message of a fault begins that the other run did not have."""

T = TypeVar("T")


def agreed(first: Outcome, second: Outcome) -> Outcome:
    """What both runs say; executed lines are those of the second, which alone records them."""
    values = _agreed_values(first.values, second.values)
    return replace(
        first,
        fault=_agreed_fault(first.fault, second.fault),
        stdout=agreed_text(first.stdout, second.stdout),
        prints=_paired(first.prints, second.prints, _agreed_print),
        bindings=_paired(first.bindings, second.bindings, _agreed_binding),
        values=values,
        calls=tuple(call for call in first.calls if call in second.calls),
        lines_run=second.lines_run,
        probed=_paired(first.probed, second.probed, _agreed_probe),
        unstable=tuple(v.name for v, before in zip(values, first.values, strict=True) if v is not before and v.name),
    )


def agreed_text(first: str, second: str) -> str:
    """The first text; in lines that differ, what differs and every number is `…`: that a digit recurred says nothing."""
    if first == second:
        return first
    before, after = first.split("\n"), second.split("\n")
    if len(before) == len(after):
        return "\n".join(map(_agreed_line, before, after))
    kept: list[str] = []
    for tag, low, high, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        kept += before[low:high] if tag == "equal" else ["…"]
    return "\n".join(kept)


def _agreed_line(first: str, second: str) -> str:
    if first == second:
        return first
    before, after = WORDS.findall(first), WORDS.findall(second)
    words: list[str] = []
    for tag, low, high, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        words += (
            [w if w.isspace() or not re.search(r"\d", w) else "…" for w in before[low:high]]
            if tag == "equal"
            else ["…"]
        )
    return re.sub("…+", "…", "".join(words))


def _agreed_fault(first: Fault | None, second: Fault | None) -> Fault | None:
    """A program that fails in one of two runs fails; of two different ends an error says more than a time limit."""
    match first, second:
        case None, None:
            return None
        case Fault() as fault, None:
            return replace(fault, message=ONCE + fault.message)
        case None, Fault() as fault:
            return replace(fault, message=ONCE + fault.message)
        case Fault(), Fault() if (first.kind, first.type) == (second.kind, second.type):
            return replace(first, message=agreed_text(first.message, second.message))
        case Fault(), Fault():
            fault = second if second.kind == "raised" != first.kind else first
            return replace(fault, message=ONCE + fault.message)
    return first


def _agreed_values(first: Sequence[Value], second: Sequence[Value]) -> tuple[Value, ...]:
    """By name; values without one (figures) by their order."""
    again = {_key(v, second): v for v in second}
    return tuple(agreed_value(v, again.get(_key(v, first))) for v in first)


def _key(value: Value, values: Sequence[Value]) -> tuple[str, int]:
    return value.name, 0 if value.name else [id(v) for v in values].index(id(value))


def agreed_value(first: Value, second: Value | None) -> Value:
    """The very same value where both runs have it; else one without data."""
    if first == second and not _is_of_this_machine(first.data):
        return first
    members = {v.name: v for v in second.members} if second else {}
    return replace(
        first,
        data=None,
        stats=None,
        preview=None,
        media=None,
        table=None,
        shape=first.shape if second and first.shape == second.shape else None,
        length=first.length if second and first.length == second.length else None,
        text=agreed_text(first.text, second.text if second else ""),
        members=tuple(agreed_value(m, members.get(m.name)) for m in first.members),
    )


def _is_of_this_machine(data: Json) -> bool:
    match data:
        case str():
            return any(mark in data for mark in MACHINE)
        case list():
            return any(map(_is_of_this_machine, data))
        case dict():
            return any(map(_is_of_this_machine, data.values()))
    return False


def _agreed_print(first: Printed, second: Printed | None) -> Printed:
    text = agreed_text(first.text, second.text if second and second.line == first.line else "")
    return first if text == first.text else replace(first, text=text)


def _agreed_binding(first: Binding, second: Binding | None) -> Binding:
    same = second is not None and (second.line, second.value.name) == (first.line, first.value.name)
    value = agreed_value(first.value, second.value if second is not None and same else None)
    return first if value is first.value else replace(first, value=value)


def _agreed_probe(first: Value | Fault, second: Value | Fault | None) -> Value | Fault:
    match first, second:
        case Fault(), Fault() | None:
            return first
        case Value(), Value() | None:
            return agreed_value(first, second)
    return Fault("raised", "Unstable", "a value in one of two runs, an error in the other", None)


def _paired(first: tuple[T, ...], second: tuple[T, ...], agree: Callable[[T, T | None], T]) -> tuple[T, ...]:
    """One by one; where the numbers differ there is no telling which belong together."""
    others: Sequence[T | None] = second if len(first) == len(second) else [None] * len(first)
    return tuple(agree(x, y) for x, y in zip(first, others, strict=True))
