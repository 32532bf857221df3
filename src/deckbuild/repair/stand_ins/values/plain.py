"""Plain values: numbers, texts, lists and dicts, told from the operations on a name. In: a use; out: guesses.

Each context votes for a kind; where the contexts say nothing, nothing is guessed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...program.names import imported_as, last_name
from ...program.usage import Context, Usage, literal
from ...scene import Scene
from ..guess import Guess
from ..reading.limits import limits
from .curves import curves_for

_TEXT_METHODS = frozenset(
    "split lower upper strip lstrip rstrip replace startswith endswith encode join title capitalize splitlines casefold format "  # noqa: SIM905
    "isdigit isalpha isalnum isupper islower rfind partition zfill".split()
)
_LIST_METHODS = frozenset({"append", "extend", "insert", "sort", "reverse"})
_DICT_METHODS = frozenset({"items", "keys", "values", "get", "setdefault", "update"})
_NUMBERS_OF = frozenset(
    {"sum", "max", "min", "sorted", "mean", "median", "std", "var", "stdev", "array", "asarray", "cumsum", "diff"}
)
_COUNTS_OF = frozenset(
    {"range", "zeros", "ones", "rand", "randn", "empty", "randint", "linspace", "arange", "Linear", "Embedding"}
)
_NUMBER_OF = frozenset(
    {"abs", "round", "sqrt", "exp", "log", "sin", "cos", "pow", "isclose", "floor", "ceil", "float", "int", "complex"}
)
_PLOTS = frozenset(
    {"plot", "scatter", "errorbar", "bar", "fill_between", "semilogy", "semilogx", "loglog", "hist", "step"}
    | {"polyfit", "interp", "trapz", "trapezoid", "simpson", "fft", "rfft", "gradient", "corrcoef"}
)
_MANY = re.compile(
    r"(?:^|_)(?:logits?|emb(?:edding)?s?|features?|encodings?|latents?|hidden|noise|one_hot|onehot|tensor|vector|matrix|mask(?:_\w+)?|images?|imgs?|probs"
    r"|labels|targets|y_(?:true|pred|hat|test|train)|preds|predictions|scores)$"
)
"""Names of what is never a single number."""
_PROGRESS = re.compile(r"^(?:epoch|step|iteration|iter|batch_idx|batch_num|batch_i|global_step)(?:_num|_idx)?$")
_MEASURED = re.compile(r"^(?:\w+_)?(?:loss|acc|accuracy|score|error)$")
_WHOLE, _DECIMAL = re.compile(r"[<>^=+, ]*\d*,?d"), re.compile(r"[<>^=+, ]*\d*,?(?:\.\d+)?[feg%]")
_VALUES = {
    "dict": ("{'a': 1, 'b': 2}", "it is used as a mapping"),
    "text": ("'some text'", "methods of texts are called on it"),
    "characters": ("'abc'", "its characters are used one by one"),
    "words": ("['first', 'second']", "methods of texts are called on its elements"),
    "numbers": ("[1, 2, 3]", "it is used as a row of numbers"),
    "nested": ("[[1, 2], [3, 4]]", "its elements are rows themselves"),
    "index": ("1", "it is a place in what it indexes"),
    "count": ("3", "it says how many"),
    "curve": ("[0.0, 1.0, 2.0, 3.0, 4.0]", "it is plotted, or calculated with, as a row"),
    "number": ("2.0", "it is calculated with as a number"),
    "place": ("1", "it is printed or kept as a whole number"),
    "figure": ("0.5", "it is printed or kept as a decimal number"),
}
_ORDER = (
    "dict",
    "text",
    "characters",
    "words",
    "nested",
    "index",
    "count",
    "numbers",
    "curve",
    "number",
    "place",
    "figure",
)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The kinds that the contexts speak for, the most specific first."""
    keys = [k for s in usage.subscripts if s not in usage.stored and isinstance(k := literal(s), str)]
    if keys:
        entries = ", ".join(f"{k!r}: {n}" for n, k in enumerate(dict.fromkeys(keys), 1))
        yield Guess(f"{{{entries}}}", "it is read by these keys")
        return
    votes = {
        kind for context in usage.contexts for kind in (*_votes(context), *_of_place(context), *_of_print(context))
    }
    for kind in _ORDER:
        if kind == "count" and kind in votes:
            yield Guess(str(max(3, 3 * _taken_off(usage))), _VALUES[kind][1])
        elif kind == "curve" and kind in votes and _knows_numpy(tree):
            yield from (Guess(curve, _VALUES[kind][1]) for curve in curves_for(usage.name, tree))
        elif kind == "numbers" and kind in votes and (near := limits(usage, tree)):
            yield Guess(repr(near), "its elements are compared with a number: one below it, itself, one above")
        elif kind == "number" and _MANY.search(usage.name.lower()):
            continue
        elif kind == "number" and kind in votes and _is_whole(tree):
            yield Guess("2", _VALUES[kind][1])
        elif kind == "index" and kind in votes and _is_taken("1", tree):
            yield Guess("0", _VALUES[kind][1])
        elif kind in votes:
            yield Guess(*_VALUES[kind])


def _knows_numpy(tree: ast.Module) -> bool:
    return imported_as(tree, "numpy") == "np" or any(isinstance(n, ast.Name) and n.id == "np" for n in ast.walk(tree))


def _is_taken(value: str, tree: ast.Module) -> bool:
    """Whether another name of the program has the value: `x[i, j]` and `x[j, i]` are two places."""
    return value in {ast.unparse(s.value) for s in tree.body if isinstance(s, ast.Assign)}


def _is_whole(tree: ast.Module) -> bool:
    """Whether the program writes whole numbers in its assignments and no other."""
    given = [n.value.value for n in ast.walk(tree) if isinstance(n, ast.Assign) and isinstance(n.value, ast.Constant)]
    numbers = [n for n in given if isinstance(n, int | float) and not isinstance(n, bool)]
    return bool(numbers) and all(isinstance(n, int) for n in numbers)


def _taken_off(usage: Usage) -> int:
    """The most that is subtracted from it or that divides it: what it counts must be more."""
    found = [
        taken
        for c in usage.contexts
        if isinstance(c.parent, ast.BinOp) and isinstance(c.parent.op, ast.Sub | ast.FloorDiv | ast.Div)
        if isinstance(taken := literal(c.parent.right), int) and c.parent.left is c.node
    ]
    return max([n for n in found if n < 100], default=0)


def _votes(context: Context) -> Iterator[str]:
    match context.parents:
        case (ast.Attribute(attr=attr), ast.Call(), *_):
            yield from (
                k
                for k, methods in (("dict", _DICT_METHODS), ("text", _TEXT_METHODS), ("numbers", _LIST_METHODS))
                if attr in methods
            )
        case (ast.Subscript(value=value, slice=index), *above) if value is context.node:
            yield from _of_subscript(index, above)
        case (ast.Tuple() | ast.BinOp(), ast.Call(func=func), *_) if last_name(func) in _COUNTS_OF:
            yield "count"
        case (ast.Call(func=func, args=args), *_) if context.node in args:
            yield from _of_call(last_name(func))
        case (ast.keyword(arg="yerr" | "xerr" | "s" | "c"), ast.Call(func=func), *_) if last_name(func) in _PLOTS:
            yield "curve"
        case (ast.BinOp(op=ast.Add(), left=left, right=right), *_):
            if any(map(_is_number, (left, right))):
                yield "number"  # between names `+` joins lists and texts as well
        case (
            ast.BinOp(op=ast.Sub() | ast.Mult() | ast.Div() | ast.Pow() | ast.FloorDiv() | ast.Mod()),
            *_,
        ):
            yield "number"
        case (ast.Compare(ops=[ast.Lt() | ast.Gt() | ast.LtE() | ast.GtE()]), *_) | (ast.UnaryOp(op=ast.USub()), *_):
            yield "number"
        case (ast.For() | ast.comprehension() as loop, *above):
            yield from _of_loop(loop, above)


def _is_number(node: ast.expr) -> bool:
    """Whether it is one, or calculated as only numbers are: `v * t`, not `[0] * n`."""
    match node:
        case ast.Constant(value=int() | float()):
            return True
        case ast.BinOp(op=ast.Mult() | ast.Div() | ast.Sub() | ast.Pow()):
            joined = (isinstance(n, ast.List | ast.Tuple) or isinstance(literal(n), str) for n in ast.walk(node))
            return not any(joined)
        case _:
            return False


def _of_place(context: Context) -> Iterator[str]:
    """Whether it ends a slice, or is a place, begins a slice, or is next to one: `x[:n]`, `x[i]`, `x[i:]`, `x[i + 1, j]`."""
    match context.parents:
        case (ast.Slice(lower=first), *_) if first is context.node:
            yield "index"
        case (ast.Slice(), *_) | (ast.BinOp(), ast.Slice(), *_):
            yield "count"
        case (
            (ast.Subscript(slice=index), *_)
            | (ast.BinOp() | ast.Tuple(), ast.Subscript(slice=index), *_)
            | (ast.BinOp(), ast.Tuple(), ast.Subscript(slice=index), *_)
        ) if any(n is context.node for n in ast.walk(index)):
            yield "index"


def _of_print(context: Context) -> Iterator[str]:
    """What the format tells (`{loss:.4f}`), or the name of how far a loop has come (`{epoch}`, `{"epoch": epoch}`)."""
    printed = context.parent
    if isinstance(printed, ast.Dict) and isinstance(context.node, ast.Name) and context.node in printed.values:
        if _PROGRESS.match(context.node.id):
            yield "place"
        elif _MEASURED.match(context.node.id):
            yield "figure"
    if not isinstance(printed, ast.FormattedValue):
        return
    spec = printed.format_spec.values if isinstance(printed.format_spec, ast.JoinedStr) else []
    form = "".join(str(v.value) for v in spec if isinstance(v, ast.Constant))
    if _WHOLE.fullmatch(form) or (not form and isinstance(context.node, ast.Name) and _PROGRESS.match(context.node.id)):
        yield "place"
    elif _DECIMAL.fullmatch(form):
        yield "figure"


def _of_subscript(index: ast.expr, above: list[ast.AST]) -> Iterator[str]:
    if isinstance(index, ast.Tuple):
        return
    if above and isinstance(above[0], ast.Subscript | ast.For | ast.comprehension):
        yield "nested"
    elif (
        isinstance(index, ast.Slice)
        or isinstance(literal(index), int)
        or (isinstance(index, ast.Name | ast.BinOp) and above and isinstance(above[0], ast.BinOp))
    ):
        yield "numbers"


def _of_call(function: str) -> Iterator[str]:
    if function in _NUMBERS_OF:
        yield "numbers"
    elif function in _COUNTS_OF:
        yield "count"
    elif function in _PLOTS:
        yield "curve"
    elif function in _NUMBER_OF:
        yield "number"


def _of_loop(loop: ast.For | ast.comprehension, above: list[ast.AST]) -> Iterator[str]:
    """What the elements of a loop or comprehension tell: characters by `ord`, numbers by arithmetic."""
    body: ast.AST = loop if isinstance(loop, ast.For) else above[0] if above else loop
    target = loop.target.id if isinstance(loop.target, ast.Name) else ""
    for node in ast.walk(body):
        match node:
            case ast.Call(func=ast.Name(id="ord"), args=[ast.Name(id=name)]) if name == target:
                yield "characters"
            case ast.BinOp(left=ast.Name(id=name)) | ast.BinOp(right=ast.Name(id=name)) if name == target:
                yield "numbers"
            case ast.Compare(left=ast.Name(id=name), ops=[ast.Lt() | ast.Gt() | ast.LtE() | ast.GtE()]) if (
                name == target
            ):
                yield "numbers"
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if (
                name == target and attr in _TEXT_METHODS
            ):
                yield "words"
