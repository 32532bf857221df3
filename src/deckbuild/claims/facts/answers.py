"""Answers to what was asked behind a program: as the program's own last result, and beside what its lines showed of the same expression."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from deckbuild.model import Binding, Fault, Value

from .reliance import parse
from .trace import Trace


def told(answer: Value | Fault) -> str:
    """The value's text; of an error its type and message."""
    return answer.text if isinstance(answer, Value) else f"{answer.type}: {answer.message}"


def behind(trace: Trace, expression: str, line: int, answer: Value) -> Trace:
    """The run as if the expression stood at the end of its program, and gave this under every seed."""
    code = f"{trace.code.rstrip()}\n({expression})"
    rows = code.count("\n")
    lines = (*trace.repair.line_map[:rows], *[None] * (rows - len(trace.repair.line_map)), line)
    last = Binding(rows + 1, rows + 1, replace(answer, name=""))
    outcome, *others = (replace(o, bindings=(*o.bindings, last)) for o in (trace.outcome, *trace.repair.reseeded))
    repair = replace(trace.repair, code=code, line_map=lines, outcome=outcome, reseeded=tuple(others))
    return replace(trace, code=code, repair=repair, outcome=outcome)


def shown_before(tree: ast.expr, trace: Trace) -> Iterator[str]:
    """What the program's own statements printed that print nothing but the expression, and the values of those that are nothing else."""
    wanted, program = ast.dump(tree), parse(trace.code)
    for statement in program.body if program is not None else []:
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[one], keywords=[])) if (
                ast.dump(one) == wanted
            ):
                yield trace.printed(statement) or ""
            case ast.Expr(value=value) | ast.Assign(value=value) if ast.dump(value) == wanted:
                found = trace.value(statement)
                yield from [found.text] if found is not None else []
            case _:
                pass
