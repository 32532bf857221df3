"""Settings that a program holds in a variable or in a dictionary, `lr = 0.01`, `{"n_heads": 12}`, held against a stated number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckbuild.prose import Number

from ..agreement.numbers import agrees
from ..findings import Finding, confirmed, untested
from .trace import Trace


def judge_variable(names: Sequence[str], stated: Number, trace: Trace) -> Finding:
    """Confirmed by the one variable, or entry of a dictionary, that has a fitting name, if it is the author's; nothing is contradicted."""
    found = list(variables(names, trace)) or list(entries(names, trace))
    if len(found) != 1:
        return untested(repair=trace.repair)
    holder, name, number = found[0]
    computed = f"{name} = {number:g}"
    supplied = any(b.value.name == holder and trace.is_supplied(b.line) for b in trace.outcome.bindings)
    if holder in trace.repair.assumed or supplied or not agrees(stated, number, single=False):
        return untested(computed, trace.repair)
    return confirmed(computed, trace.repair)


def variables(names: Sequence[str], trace: Trace) -> Iterator[tuple[str, str, float]]:
    """The numbers that variables of these names hold: what holds it, its name, the number."""
    for name in names:
        value = trace.outcome.value(name)
        if value is not None and isinstance(value.data, int | float) and not isinstance(value.data, bool):
            yield name, name, float(value.data)


def entries(names: Sequence[str], trace: Trace) -> Iterator[tuple[str, str, float]]:
    """The numbers under these names in the program's dictionaries; of equal ones the last."""
    found: dict[tuple[str, float], str] = {}
    for value in trace.outcome.values:
        for key, entry in value.data.items() if isinstance(value.data, dict) else ():
            if key in names and isinstance(entry, int | float) and not isinstance(entry, bool):
                found[key, float(entry)] = value.name
    yield from ((holder, key, number) for (key, number), holder in found.items())
