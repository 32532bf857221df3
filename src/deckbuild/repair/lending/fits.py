"""Whether a definition can be what a program means by a name: kind, arity and range must fit, and it must be no stub."""

from __future__ import annotations

import ast

from deckbuild.syntax import holds_ellipsis

from ..program.modules import PASSING
from ..program.names import last_name
from ..program.usage import Usage, literal

_PLAIN_MAKERS = frozenset(
    "tensor arange rand randn randint zeros ones empty full eye linspace array asarray from_numpy cat stack list dict set "  # noqa: SIM905
    "tuple int float str len sum range open sorted zip enumerate split join read shape size mean parameters state_dict "
    "to_datetime read_csv loadtxt loads load_dataset".split()
)
"""What gives data: no call of these can itself be called."""


def fits(node: ast.stmt, usage: Usage) -> bool:
    """Whether the statement's binding may serve the uses: never a stub, never another kind or arity."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            plain = not usage.subscripts and all(a.startswith("__") for a in usage.attributes)
            return plain and not is_stub(node) and all(accepts(node.args, call) for call in usage.calls)
        case ast.ClassDef():
            return not is_stub(node) and (not usage.subscripts or _is_subscripted(node)) and _constructed(node, usage)
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return _value_fits(value, usage)
        case _:
            return not usage.calls


def is_crossed(node: ast.stmt, usage: Usage) -> bool:
    """Whether each call gives two parameters of a function what bears the name of the other."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not usage.calls:
        return False
    names = _positional(node.args)
    return all(_crosses(names, call) for call in usage.calls)


def _crosses(names: list[str], call: ast.Call) -> bool:
    given = [a.id if isinstance(a, ast.Name) else "" for a in call.args]
    pairs = {(name, value) for name, value in zip(names, given, strict=False) if name != value}
    return any((value, name) in pairs for name, value in pairs)


def agreement(node: ast.stmt, usage: Usage) -> int:
    """How many arguments of the calls bear the name of the parameter that they are given for."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            names = _positional(node.args)
        case ast.ClassDef():
            start = initializer(node)
            names = _positional(start.args)[1:] if start is not None else []
        case _:
            return 0
    pairs = [pair for call in usage.calls for pair in zip(names, call.args, strict=False)]
    return sum(isinstance(given, ast.Name) and given.id.casefold() == name.casefold() for name, given in pairs)


def _constructed(node: ast.ClassDef, usage: Usage) -> bool:
    return all(_constructs(node, call) for call in usage.calls)


def _is_subscripted(node: ast.ClassDef) -> bool:
    """Whether the class itself can be indexed: a generic one, an enumeration, one with a base that may be such."""
    methods = {f.name for f in node.body if isinstance(f, ast.FunctionDef)}
    bases = {ast.unparse(b).split("[")[0].split(".")[-1] for b in node.bases}
    return "__class_getitem__" in methods or bool(bases - {"Module", "object", "ABC", "Dataset"})


def is_stub(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Whether a body does nothing: `pass`, `…`, a docstring, or a bare `raise NotImplementedError`."""
    return all(_does_nothing(s) for s in node.body)


def _does_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
        case _:
            return False


def accepts(arguments: ast.arguments, call: ast.Call, bound: int = 0) -> bool:
    """Whether a call binds to a signature; `bound` leading parameters (`self`) are already given."""
    if any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords):
        return True
    positional = _positional(arguments)[bound:]
    if len(call.args) > len(positional) and arguments.vararg is None:
        return False
    given = set(positional[: len(call.args)])
    keywords = {k.arg for k in call.keywords if k.arg is not None}
    known = set(positional) | {a.arg for a in arguments.kwonlyargs}
    if (keywords - known and arguments.kwarg is None) or keywords & given:
        return False
    required = positional[: len(positional) - len(arguments.defaults)] if arguments.defaults else positional
    required_keywords = {a.arg for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is None}
    return not (set(required) - given - keywords) and not (required_keywords - keywords)


def _positional(arguments: ast.arguments) -> list[str]:
    return [a.arg for a in (*arguments.posonlyargs, *arguments.args)]


def initializer(node: ast.ClassDef) -> ast.FunctionDef | None:
    """The constructor that a class itself defines."""
    return next((f for f in node.body if isinstance(f, ast.FunctionDef) and f.name == "__init__"), None)


def _constructs(node: ast.ClassDef, call: ast.Call) -> bool:
    start = initializer(node)
    if start is not None:
        return accepts(start.args, call, bound=1)
    plain = not node.bases and not node.decorator_list
    return not (plain and (call.args or call.keywords))


def _value_fits(value: ast.expr, usage: Usage) -> bool:
    if usage.calls:
        return _may_be_called(value)
    if holds_ellipsis(value):
        return False
    if isinstance(value, ast.Constant) and isinstance(value.value, int | float) and usage.subscripts:
        return False
    return _keys_fit(value, usage) and _range_fits(value, usage)


def _may_be_called(value: ast.expr) -> bool:
    """Whether a value can be a function or a model: no literal, no display, no calculation, and no call that gives data."""
    match value:
        case ast.Lambda() | ast.Name() | ast.Attribute():
            return True
        case ast.Call(func=ast.Attribute(attr=attr, value=ast.Call() as inner)) if attr in PASSING:
            return _may_be_called(inner)
        case ast.Call(func=func):
            return last_name(func) not in _PLAIN_MAKERS
        case _:
            return False


def _keys_fit(value: ast.expr, usage: Usage) -> bool:
    """A dict must hold the string keys that are read from it, and only a mapping has string keys."""
    keys = {k for s in usage.subscripts if s not in usage.stored and isinstance(k := literal(s), str)}
    if isinstance(value, ast.Dict):
        have = {literal(k) for k in value.keys}
        return None in have or keys <= have
    return not (keys and isinstance(value, ast.List | ast.Tuple | ast.Constant))


def _range_fits(value: ast.expr, usage: Usage) -> bool:
    if not isinstance(value, ast.List | ast.Tuple):
        return True
    places = [i for s in usage.subscripts if isinstance(i := literal(s), int)]
    return all(-len(value.elts) <= i < len(value.elts) for i in places) and _taken_off(usage) <= len(value.elts)


def _taken_off(usage: Usage) -> int:
    """The most that is taken from the number of its entries: 10 of `len(rows) - 10`."""
    found = [0]
    for context in usage.contexts:
        match context.parents:
            case (ast.Call(func=ast.Name(id="len")) as counted, ast.BinOp(left=left, op=ast.Sub(), right=right), *_):
                taken = literal(right)
                if left is counted and isinstance(taken, int):
                    found.append(taken)
    return max(found)
