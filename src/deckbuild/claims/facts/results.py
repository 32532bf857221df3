"""Values that a program computed, apart from those that it only writes down: a run in, its results out."""

from __future__ import annotations

import ast

from deckbuild.model import Binding, Json, Value

from .reliance import binds, parse, reads
from .trace import Trace

# What only puts written numbers into another form computes nothing.
FORMING = frozenset(
    {
        "tensor", "Tensor", "array", "asarray", "as_tensor", "FloatTensor", "LongTensor", "DoubleTensor", "from_numpy", "reshape", "view", "unsqueeze", "squeeze",
        "float", "double", "long", "int", "to", "type", "clone", "detach", "numpy", "list", "tuple", "dict", "contiguous", "astype", "copy",
    }
)  # fmt: skip


def results_of(trace: Trace) -> list[Value]:
    """What the program's layers gave, by the names that took it, in the order of execution."""
    lines = {c.line for c in trace.outcome.calls if c.depth == 0}
    outputs = {c.output for c in trace.outcome.calls if c.depth == 0}
    return [b.value for b in computed_bindings(trace) if spans(b, lines) and b.value.shape in outputs]


def spans(binding: Binding, lines: set[int | None]) -> bool:
    """Whether one of the lines belongs to the statement."""
    return any(line is not None and binding.line <= line <= binding.end_line for line in lines)


def computed_bindings(trace: Trace) -> list[Binding]:
    """The values of statements that compute: not those that write numbers down, whatever form they give them."""
    statements = {s.lineno: s for s in walk_statements(trace)}
    return [b for b in trace.outcome.bindings if (s := statements.get(b.line)) is None or not is_written_down(s)]


def walk_statements(trace: Trace) -> list[ast.stmt]:
    """All statements of the program."""
    tree = parse(trace.code)
    return [n for n in ast.walk(tree) if isinstance(n, ast.stmt)] if tree else []


def is_written_down(statement: ast.stmt) -> bool:
    """Whether a statement binds, or alone is, what stands in it: constants, in brackets, in a constructor, reshaped."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr) or statement.value is None:
        return False
    if isinstance(statement, ast.Expr) and asked_values(statement.value):
        return False  # `x.reshape(2, 3)` shows a value of the program
    allowed = (
        ast.Constant,
        ast.List,
        ast.Tuple,
        ast.Dict,
        ast.UnaryOp,
        ast.USub,
        ast.UAdd,
        ast.Load,
        ast.keyword,
        ast.Name,
        ast.Attribute,
        ast.Call,
        ast.Set,
    )
    nodes = list(ast.walk(statement.value))
    calls = [n for n in nodes if isinstance(n, ast.Call)]
    return (
        all(isinstance(n, allowed) for n in nodes)
        and any(isinstance(n, ast.Constant) for n in nodes)
        and all(forming(c) for c in calls)
        and not loaded_values(statement.value)
    )


def forming(call: ast.Call) -> bool:
    """Whether a call only gives its numbers another form."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in FORMING
        case _:
            return False


def loaded_values(value: ast.expr) -> set[str]:
    """The names in an expression that are not the module or function at the head of a call or attribute."""
    heads = {id(n.func) for n in ast.walk(value) if isinstance(n, ast.Call)} | {
        id(n.value) for n in ast.walk(value) if isinstance(n, ast.Attribute)
    }
    return {n.id for n in ast.walk(value) if isinstance(n, ast.Name) and id(n) not in heads}


def asked_values(value: ast.expr) -> set[str]:
    """The names, modules apart, whose methods an expression calls."""
    heads = {n.value.id for n in ast.walk(value) if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)}
    return heads - {"torch", "np", "numpy"}


def rests_on_names(trace: Trace, line: int, names: frozenset[str]) -> bool:
    """Whether the value of the statement at a line was made, through others, from one of the names."""
    tree = parse(trace.code)
    reached: set[str] = set(names)
    for statement in tree.body if tree else []:
        if statement.lineno > line:
            break
        made = bool(reads(statement).data & reached) and not is_written_down(statement)
        if statement.lineno <= line <= (statement.end_lineno or statement.lineno):
            return made
        reached |= binds(statement) if made else frozenset()
    return False


def data_shape(data: Json) -> tuple[int, ...]:
    """The shape of nested lists, by their first entries."""
    return (len(data), *data_shape(data[0])) if isinstance(data, list) and data else ()
