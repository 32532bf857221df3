"""First values of what a loop keeps track of: the best loss so far, sums, counts. In: a name and its use; out: the conventional start.

The words of the name and its use must agree: a loss that is to become smaller starts at infinity, an accuracy that is to grow at 0, a
sum at 0. It must leave alone: what is compared the other way round, what goes on from a value of its own (`position += step`), what
something is divided by before anything was counted, and sizes.

Source: early stopping and running averages as PyTorch's own training tutorials write them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...program.names import last_name
from ...program.usage import Usage
from ...scene import Scene
from ..guess import Guess

_SMALLER = re.compile(
    r"(?:^|_|(?<=[a-z]))(?:loss(?:es)?|err(?:ors?)?|cost|mse|mae|rmse|nll|perplexity|ppl)(?![a-z])", re.IGNORECASE
)
_GREATER = re.compile(
    r"(?:^|_)(?:acc|accuracy|score|f1|auc|bleu|precision|recall|reward|iou|dice|psnr)(?![a-z])", re.IGNORECASE
)
_KEPT = re.compile(
    r"^(?:\w+_)?(?:best|prev(?:ious)?|last|old|min(?:imum)?|max(?:imum)?|low(?:est)?|high(?:est)?|record)(?:_|$)",
    re.IGNORECASE,
)
_MOST, _LEAST = (
    re.compile(r"(?:^|_)(?:max|high)", re.IGNORECASE),
    re.compile(r"(?:^|_)(?:min|low)", re.IGNORECASE),
)
_SUM = re.compile(
    r"^(?:running|total|sum|cum(?:ulative)?|accum(?:ulated)?)(?:_|$)|(?:^|_)(?:sum|total)$", re.IGNORECASE
)
_COUNT = re.compile(
    r"(?:^|_)(?:count(?:er|s)?|correct|hits|wins|seen|tokens|samples|batches|wait(?:ed)?|bad_epochs|no_improve(?:ment|d)?|not_improved)(?:_|$)"
    r"|^(?:epochs|steps)_(?:no|without|since)_|^(?:num|n)_[a-z]+s$|^global_step$",
    re.IGNORECASE,
)
_SIZED = frozenset(
    "range zeros ones empty full rand randn randint arange linspace reshape view expand repeat Linear Embedding".split()  # noqa: SIM905
)
_NO_NUMBERS = (ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.JoinedStr)
_LESS, _MORE = (ast.Lt, ast.LtE), (ast.Gt, ast.GtE)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The value that such a name has before the first round."""
    found = start(usage, tree)
    if found is not None:
        yield found


def start(usage: Usage, tree: ast.Module) -> Guess | None:
    """The same of a name whose words and use agree; None of any other."""
    if usage.calls or usage.attributes or usage.subscripts:
        return None
    if _KEPT.search(usage.name):
        return _kept(usage, tree)
    added = [n for n in ast.walk(tree) if _is_added_to(n, usage.name)]
    if not added or _is_size(usage) or any(n < min(a.lineno for a in added) for n in _divisions(usage.name, tree)):  # type: ignore[attr-defined]
        return None
    if _COUNT.search(usage.name):
        return Guess("0", "it counts up: nothing is counted yet")
    if _SUM.search(usage.name) or _SMALLER.search(usage.name) or _GREATER.search(usage.name):
        return Guess("0.0", "it adds up: nothing is added yet")
    return None


def _kept(usage: Usage, tree: ast.Module) -> Guess | None:
    """Infinity or 0.0 for the best, or the last, of what is to become smaller or to grow."""
    name = usage.name
    sides = [side for node in ast.walk(tree) for side in _compared(node, name)]
    if _SMALLER.search(name) and not _MOST.search(name) and set(sides) == {"smaller"}:
        return Guess("float('inf')", "what it is compared with is to become smaller: nothing was measured yet")
    if _GREATER.search(name) and not _LEAST.search(name) and set(sides) == {"greater"}:
        return Guess("0.0", "what it is compared with is to grow: nothing was measured yet")
    return None


def _compared(node: ast.AST, name: str) -> Iterator[str]:
    """`smaller` or `greater`: what a measure must be to take the name's place; "" where its use does not tell, or another thing is compared."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test):
            for compare in (n for n in ast.walk(test) if isinstance(n, ast.Compare)):
                yield from _better(compare, name, node)
        case ast.Call(func=ast.Name(id="min" | "max" as which), args=[first, second]) if name in (
            getattr(first, "id", ""),
            getattr(second, "id", ""),
        ):
            yield "smaller" if which == "min" else "greater"


def _better(compare: ast.Compare, name: str, test: ast.If | ast.IfExp) -> Iterator[str]:
    """What a comparison of the name with a measure tells, by what is done where it holds: the name takes the measure, or the loop is given up."""
    match compare:
        case ast.Compare(left=left, ops=[op], comparators=[measure]) if _is_near(left, name):
            less = isinstance(op, _MORE)
        case ast.Compare(left=measure, ops=[op], comparators=[right]) if _is_near(right, name):
            less = isinstance(op, _LESS)
        case _:
            return
    if not isinstance(op, _LESS + _MORE) or not (_SMALLER if _SMALLER.search(name) else _GREATER).search(
        ast.unparse(measure)
    ):
        yield ""
        return
    taken = isinstance(test, ast.If) and any(_takes(s, name) for s in test.body)
    given_up = not taken and isinstance(test, ast.If) and any(map(_gives_up, test.body))
    yield ("smaller" if less != given_up else "greater") if taken or given_up else ""


def _is_near(node: ast.expr, name: str) -> bool:
    """Whether it is the name, or the name and a margin: `best_loss - 0.01`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult):
        node = node.left
    return isinstance(node, ast.Name) and node.id == name


def _takes(statement: ast.stmt, name: str) -> bool:
    return any(isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store) for n in ast.walk(statement))


def _gives_up(statement: ast.stmt) -> bool:
    """Whether it ends the loop, or counts a round without success."""
    return any(
        isinstance(n, ast.Break | ast.Return) or (isinstance(n, ast.AugAssign) and _COUNT.search(last_name(n.target)))
        for n in ast.walk(statement)
    )


def _is_added_to(node: ast.AST, name: str) -> bool:
    """`n += 1`, `n = n + 1`, `n = n + 1 if worse else 0`; not what joins lists or texts."""
    match node:
        case ast.AugAssign(target=ast.Name(id=target), op=ast.Add(), value=value):
            return target == name and _is_numeric(value)
        case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
            value = value.body if isinstance(value, ast.IfExp) else value
            match value:
                case ast.BinOp(left=ast.Name(id=left), op=ast.Add(), right=more):
                    return left == name and _is_numeric(more)
    return False


def _is_numeric(value: ast.expr) -> bool:
    return not isinstance(value, _NO_NUMBERS) and not (isinstance(value, ast.Constant) and isinstance(value.value, str))


def _is_size(usage: Usage) -> bool:
    """Whether something is made of that size, or a loop runs so often."""
    calls = [p for c in usage.contexts for p in c.parents[:3] if isinstance(p, ast.Call)]
    return any(last_name(c.func) in _SIZED for c in calls)


def _divisions(name: str, tree: ast.Module) -> list[int]:
    """The lines on which something is divided by it."""
    divided = (ast.Div, ast.FloorDiv, ast.Mod)
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.BinOp) and isinstance(n.op, divided)]
    return [n.lineno for n in nodes if last_name(n.right) == name]
