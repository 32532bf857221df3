"""Class numbers, and the rows of probabilities out of which they pick: `y_pred[np.arange(n), y_true]`. In: a use; out: guesses.

There is one class number for each row. It must leave alone: places that are counted themselves (`grid[i, j]`), and more rows than a
reader can follow.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...program.names import last_name
from ...program.usage import Usage, literal, usage_of
from ...scene import Scene
from ..guess import Guess
from ..reading.constants import Environment, constants, whole

ROWS, MOST = 3, 8
CLASSES = (0, 2, 1)
TWO = (0, 1, 1)
CHANCES = ((0.7, 0.2, 0.1), (0.1, 0.3, 0.6), (0.2, 0.5, 0.3))
_ARRAYS = frozenset({"array", "tensor", "asarray"})


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The class numbers of a few rows, or as many rows of three probabilities."""
    names = constants(tree)
    of_copies = [c for name in _copies(usage.name, tree) for c in usage_of(tree, name).contexts]
    for context in (*usage.contexts, *of_copies):
        node = next((p for p in context.parents[:2] if isinstance(p, ast.Subscript)), None)
        rows = _rows(node, names) if node is not None else None
        if node is None or rows is None or rows > MOST:
            continue
        make = "torch.tensor" if _is_of_torch(node, tree) else "np.array"
        if node.value is context.node:
            yield Guess(
                f"{make}({[[*CHANCES[n % 3]] for n in range(rows)]})",
                "one entry is picked out of each row; the numbers are deckbuild's choice",
            )
        elif isinstance(node.slice, ast.Tuple) and node.slice.elts[1] is context.node:
            for classes in (CLASSES, TWO):
                yield Guess(
                    f"{make}({[classes[n % 3] for n in range(rows)]})", "it picks one class for each row of predictions"
                )


def _copies(name: str, tree: ast.Module) -> Iterator[str]:
    """The names of what has its shape: `np.clip(x, …)`, `x.copy()`."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=copy)],
                value=ast.Call(func=ast.Attribute(value=owner, attr="clip" | "copy" | "clone"), args=args),
            ):
                if name in (getattr(x, "id", "") for x in (owner, *args[:1])):
                    yield copy


def _rows(node: ast.Subscript, names: Environment) -> int | None:
    """How many rows something is picked out of; None where the first places are not counted up."""
    match node.slice:
        case ast.Tuple(elts=[counted, ast.Name()]):
            if isinstance(counted, ast.Name):
                counted = names.get(counted.id, counted)
            if not isinstance(counted, ast.Call) or last_name(counted.func) not in ("arange", "range"):
                return None
            if len(counted.args) != 1:
                return None
            return whole(counted.args[0], names) or _written(node.value, names) or ROWS
        case _:
            return None


def _written(owner: ast.expr, names: Environment) -> int | None:
    """How many rows the program writes down for it."""
    made = names.get(owner.id) if isinstance(owner, ast.Name) else None
    if isinstance(made, ast.Call) and last_name(made.func) in _ARRAYS and made.args:
        made = made.args[0]
    rows = literal(made)
    return len(rows) if isinstance(rows, list) else None


def _is_of_torch(node: ast.Subscript, tree: ast.Module) -> bool:
    """Whether what counts the places is torch's, or plain `range` in a program without numpy."""
    read = {n.id for n in ast.walk(node.slice) if isinstance(n, ast.Name)}
    all_read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    return "torch" in read or ("np" not in all_read and bool({"torch", "F", "nn"} & all_read))
