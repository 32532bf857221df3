"""The times at which a differential equation is solved: `odeint(f, y0, t)`, `solve_ivp(f, (0, 5), y0, t_eval=t)`. In: a use; out: a row of times.

It must leave alone: what is given to any other parameter, and spans that are not written down.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...program.names import last_name
from ...program.usage import Usage
from ...scene import Scene
from ..guess import Guess
from ..reading.constants import constants, evaluate

LONG = 50
END = 10


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """Times from 0 to a small number, or over the span that the call says."""
    if usage.calls:
        return
    for context in usage.contexts:
        match context.parents:
            case (ast.Call(func=func, args=[_, _, times, *_]), *_) if last_name(func) == "odeint":
                if times is context.node:
                    yield _times(0, END)
            case (ast.keyword(arg="t"), ast.Call(func=func), *_) if last_name(func) == "odeint":
                yield _times(0, END)
            case (ast.keyword(arg="t_eval"), ast.Call(func=func) as call, *_) if last_name(func) == "solve_ivp":
                span = _span(call, tree)
                if span is not None:
                    yield _times(*span)


def _times(start: float, end: float) -> Guess:
    return Guess(
        f"np.linspace({start}, {end}, {LONG})", "the times at which the equation is solved, of deckbuild's choice"
    )


def _span(call: ast.Call, tree: ast.Module) -> tuple[float, float] | None:
    """The first and the last time that the call names."""
    given = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "t_span")]
    match evaluate(given[0], constants(tree)) if given else None:
        case (int() | float() as start, int() | float() as end) if start < end:
            return start, end
        case _:
            return None
