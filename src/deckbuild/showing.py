"""Which computed values a card shows. The report says the same of each value, so the decision is made in one place."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator, Sequence

from deckbuild.model import Judgement, Outcome, Repair, Value
from deckbuild.syntax import parse_module

MOST = 4
"""Values shown under one snippet."""
SMALL = 64
"""Elements up to which a tensor is shown although nothing but its own text made it."""

_PLOTTING = re.compile(
    r"\w*plots?(?:_\w+)?|(?:im|mat)?show|hist|barh?|pie|scatter|stem|step|contourf?|errorbar|fill_between|figure|heatmap"
    r"|loglog|semilog[xy]|pcolormesh"
)
_PLAIN = frozenset({"int", "float", "complex", "bool", "str", "list", "tuple", "dict", "set", "frozenset", "range"})


def shown_values(repair: Repair, judgements: Sequence[Judgement]) -> tuple[Value, ...]:
    """The values that stand under a snippet, each name once, at its final value, at most MOST.

    First what a claim speaks of, then tensors that the snippet prints by name, then the value of its last expression; where
    there is none of these, the tensor that its own lines bound last, if it is small or comes of a computation; what only
    stands in for something is no result. Tables and figures that it bound or drew are shown too. What differs between two
    runs never is, nor what says nothing, such as what an untrained stand-in for a model made.
    """
    outcome = repair.outcome
    if outcome is None or repair.own is None or repair.code is None:
        return ()
    statements = tuple(_own_statements(repair.code, repair.own))
    found = [v for name in _claimed(repair, judgements) if (v := outcome.value(name)) is not None]
    found += [v for name in _printed(statements) if (v := outcome.value(name)) is not None and _is_drawn(v)]
    found += _last_expression(statements, outcome)
    if not found:
        found += _last_bound([s for s in statements if not _is_assumed(s, repair)], outcome)
    found += [v for v in _bound(outcome, repair.own) if v.media is not None or v.table is not None]
    if _plots(statements) and not any(v.media is not None for v in found):
        found += [v for v in outcome.values if not v.name and v.media is not None]
    once = {v.name or v.media or v.text: v for v in reversed(found)}
    ordered = dict.fromkeys(v.name or v.media or v.text for v in found)
    hidden = {*outcome.unstable, *repair.noise}
    return tuple(once[key] for key in ordered if once[key].name not in hidden)[:MOST]


def is_tensor(value: Value) -> bool:
    """Whether the value is a tensor or an array."""
    return value.shape is not None and value.dtype is not None and value.table is None


def _own_statements(code: str, own: tuple[int, int]) -> Iterator[ast.stmt]:
    """The top-level statements of the program that are the snippet's."""
    try:
        tree = parse_module(code)
    except (
        SyntaxError,
        ValueError,
    ):  # a program that was run to show its syntax error, or is nested too deeply for here
        return
    yield from (s for s in tree.body if own[0] <= s.lineno <= own[1])


def _is_assumed(statement: ast.stmt, repair: Repair) -> bool:
    """Whether a statement is deckbuild's own, and gives a name a value that stands in for what the deck lacks."""
    added = repair.line_map[statement.lineno - 1 : statement.lineno] == (None,)
    return added and not {a.name for a in repair.assumptions}.isdisjoint(_targets(statement))


def _claimed(repair: Repair, judgements: Sequence[Judgement]) -> Iterator[str]:
    for judgement in judgements:
        yield from (name for line, name in judgement.shows if line == repair.snippet.line)


def _printed(statements: Sequence[ast.stmt]) -> Iterator[str]:
    """Names that a `print` at top level, or in a loop or branch of it, writes as they are."""
    todo: list[ast.AST] = list(reversed(statements))
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield from _names(node.args)
        todo.extend(reversed(list(ast.iter_child_nodes(node))))


def _names(arguments: Sequence[ast.expr]) -> Iterator[str]:
    for argument in arguments:
        match argument:
            case ast.Name(id=name):
                yield name
            case ast.JoinedStr(values=pieces):
                yield from _names([p.value for p in pieces if isinstance(p, ast.FormattedValue)])
            case _:
                pass


def _last_expression(statements: Sequence[ast.stmt], outcome: Outcome) -> Iterator[Value]:
    """What a notebook would show: the value of an expression that ends the snippet, not of a call made for its effect."""
    if not statements or not isinstance(last := statements[-1], ast.Expr) or isinstance(last.value, ast.Constant):
        return
    if isinstance(last.value, ast.Name):
        value = outcome.value(last.value.id)
    else:
        found = (b.value for b in reversed(outcome.bindings) if b.line == last.lineno)
        value = next((v for v in found if v.media is None), None)  # the figures that it made come after
        if value is not None and _is_module(value):
            return
    if value is not None and (_is_drawn(value) or _is_plain(value) or any(is_tensor(m) for m in value.members)):
        yield value


def _last_bound(statements: Sequence[ast.stmt], outcome: Outcome) -> Iterator[Value]:
    """The tensor that the snippet bound last, if it is small or made of other values of the program."""
    for statement in reversed(statements):
        names = _targets(statement)
        for name in reversed(names):
            value = outcome.value(name)
            if value is not None and is_tensor(value) and (_is_small(value) or _is_result(statement, outcome)):
                yield value
                return


def _targets(statement: ast.stmt) -> list[str]:
    """The names that a statement binds, those within a loop or branch included; `_` is bound only to be thrown away."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        return []
    stored = [n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return [name for name in stored if name.strip("_")]


def _is_result(statement: ast.stmt, outcome: Outcome) -> bool:
    used = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return any(v.name in used for v in outcome.values)


def _bound(outcome: Outcome, own: tuple[int, int]) -> Iterator[Value]:
    """Final values of the names that the snippet's own lines bound."""
    for binding in outcome.bindings:
        if own[0] <= binding.line <= own[1]:
            final = outcome.value(binding.value.name) if binding.value.name else None
            yield final or binding.value


def _plots(statements: Sequence[ast.stmt]) -> bool:
    """Whether the snippet draws: where it makes no figure of its own, it draws in those that an earlier one left open."""
    return any(isinstance(n, ast.Attribute) and _PLOTTING.fullmatch(n.attr) for s in statements for n in ast.walk(s))


def _is_drawn(value: Value) -> bool:
    return is_tensor(value) or value.table is not None or value.media is not None


def _is_plain(value: Value) -> bool:
    """A number, a text or a collection of them: nothing whose text is an address."""
    return value.type in _PLAIN and "0x…" not in value.text and "<" not in value.text and value.text != ""


def _is_module(value: Value) -> bool:
    return value.type.startswith("torch.nn.modules.") or bool(value.settings)


def _is_small(value: Value) -> bool:
    return math.prod(value.shape or ()) <= SMALL
