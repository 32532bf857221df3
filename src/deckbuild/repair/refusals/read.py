"""The names that a fault may be about: those on its line, and those that were handed to what asserts in vain.

In: a fault and a draft, or a search that found nothing; out: names. It must leave alone: all else that goes wrong in a function.
"""

from __future__ import annotations

import ast

from deckbuild.model import Fault
from deckbuild.syntax import parse_module

from ..draft import Draft, parse
from ..program.names import used
from ..search import NotFound


def read_at(draft: Draft, index: int, fault: Fault) -> frozenset[str]:
    """The names on a line of the snippet that the fault may be about: of a division by zero those of the divisors."""
    tree = parse(draft.text) or parse_module("")
    here = [n for n in ast.walk(tree) if getattr(n, "lineno", None) == index + 1]
    divided = [n.right for n in here if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Div | ast.FloorDiv | ast.Mod)]
    if fault.type == "ZeroDivisionError" and divided:
        return frozenset(n for divisor in divided for n in used(divisor))
    return frozenset(n.id for n in here if isinstance(n, ast.Name))


def handed_over(found: NotFound) -> frozenset[str]:
    """The names on the own line from which what was handed over came to where it is asserted to be something else."""
    asserted = found.fault.type == "AssertionError"
    last, program = len(found.state.drafts) - 1, found.state.program()
    places = [program.place(at) for at in found.fault.frames[: int(asserted)]]
    lines = [p.line for p in places if p is not None and p.draft == last and p.line is not None]
    return frozenset(n for at in lines for n in read_at(found.state.drafts[-1], at, found.fault))
