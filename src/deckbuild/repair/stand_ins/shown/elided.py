"""Data that the deck shows only in part: `[3.5, 2.25, ...]` stands in with what is shown. In: a name; out: guesses.

It must leave alone: programs that ask for the end or the number of the entries, and what is shown behind the `...`.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from deckbuild.syntax import is_ellipsis

from ...lending.library import Definition
from ...program.names import bound, used
from ...program.usage import Usage, usage_of
from ...scene import Scene
from ..guess import Guess

LEAST_SHOWN = 2
LEFT_OUT = "shows these values and leaves the others out"
RESTS = (1, 4)
"""How many other entries the further values have in the place of those that are left out."""


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The shown entries of the nearest definition of the name in the file that leaves some out."""
    if depends_on_the_rest(usage):
        return
    for definition in scene.book.definitions.get(usage.name, ()):
        match definition.statement.node:
            case ast.Assign(value=value) if definition.chunk.path == scene.card.path:
                shown = without_rest(value)
                if shown is not None:
                    why = f"{_place(definition)} {LEFT_OUT}"
                    yield Guess(shown, why, other_rests(value), partial=True)


def without_rest(value: ast.expr) -> str | None:
    """The expression without what its lists leave out; None where nothing is left out, or it is no data."""
    shown = _Shown()
    rest = shown.visit(copy.deepcopy(value))
    told = shown.kept >= LEAST_SHOWN and used(rest) <= {"torch", "np"} and not is_elided(rest)
    return ast.unparse(rest) if told else None


def other_rests(value: ast.expr) -> tuple[str, ...]:
    """The expression with entries of ours in the place of what its lists leave out, like the last that is shown and unlike all of them."""
    return tuple(ast.unparse(_Shown(more).visit(copy.deepcopy(value))) for more in RESTS)


def shown_in_part(name: str, scene: Scene) -> bool:
    """Whether a card of the file shows some of the entries that a name has, and leaves others out."""
    found = [d for d in scene.book.definitions.get(name, ()) if d.chunk.path == scene.card.path]
    values = [d.statement.node.value for d in found if isinstance(d.statement.node, ast.Assign)]
    return any(
        is_elided(v) and any(isinstance(n, ast.Constant) and n.value is not ... for n in ast.walk(v)) for v in values
    )


def depends_on_the_rest(usage: Usage) -> bool:
    """Whether the end or the number of the entries is asked for, which what is shown cannot tell."""
    sized = {"shape", "size", "numel", "nelement", "view", "reshape"} & usage.attributes
    counted = any(isinstance(c.parent, ast.Call) and getattr(c.parent.func, "id", "") == "len" for c in usage.contexts)
    return bool(sized) or counted or any(isinstance(n, ast.USub) for s in usage.subscripts for n in ast.walk(s))


def made_of_all(name: str, tree: ast.Module) -> tuple[str, ...]:
    """The name and those of the program that are made of it as a whole, not of a part: `tensor = torch.tensor(rows)`."""
    found = [name]
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and any(is_read_whole(n, statement.value) for n in found):
            found += bound(statement) - set(found)
    return tuple(found)


def is_read_whole(name: str, tree: ast.AST) -> bool:
    """Whether a name is read otherwise than by its entries and slices."""
    contexts = usage_of(tree, name).contexts
    parts = [c for c in contexts if c.parents and isinstance(c.parent, ast.Subscript) and c.parent.value is c.node]
    return len(parts) < len(contexts)


def is_elided(node: ast.AST) -> bool:
    """Whether `...` stands for entries that are left out."""
    return any(isinstance(n, ast.List | ast.Tuple | ast.Set) and any(map(is_ellipsis, n.elts)) for n in ast.walk(node))


class _Shown(ast.NodeTransformer):
    """Takes `...` and all behind it out of lists, puts so many entries of ours there, and counts what stays."""

    def __init__(self, more: int = 0) -> None:
        self.kept = 0
        self._more = more

    def visit_List(self, node: ast.List) -> ast.AST:
        gap = next((n for n, e in enumerate(node.elts) if is_ellipsis(e)), None)
        self.generic_visit(node)
        if gap is not None:
            shown = node.elts[:gap]
            node.elts = [*shown, *(_Other(n).visit(copy.deepcopy(e)) for e in shown[-1:] for n in range(self._more))]
            self.kept += gap
        return node


class _Other(ast.NodeTransformer):
    """Makes an entry another one: far larger and far smaller numbers in turn, longer words, the other truth."""

    def __init__(self, place: int) -> None:
        self._place = place

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        match node.value:
            case bool():
                return ast.Constant(not node.value)
            case int() | float():
                return ast.Constant(node.value + (1 - 2 * (self._place % 2)) * (1000 + self._place))
            case str():
                return ast.Constant(node.value + "z" * (self._place + 1))
            case _:
                return node


def _place(definition: Definition) -> str:
    return f"the card “{definition.chunk.title}”"
