"""An instance of the deck's own module class, where no card makes one. In: a name that is used like a model; out: one guess.

It must leave alone: classes that want arguments, for their sizes would have to be invented.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...lending.unmade import unmade
from ...program.usage import Usage
from ...scene import Scene
from ..guess import Guess


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The class, called without arguments."""
    found = unmade(usage.name, scene)
    if found is not None and not required(found.statement.node):
        yield Guess(
            f"{found.name}()",
            f"the module class that stands nearest, of which no card makes an instance: {found.place}",
        )


def required(node: ast.stmt) -> list[str]:
    """The parameters of the constructor that have no default."""
    makers = (n for n in ast.walk(node) if isinstance(n, ast.FunctionDef) and n.name == "__init__")
    init = next(makers, None)
    if init is None:
        return []
    named = [*init.args.posonlyargs, *init.args.args]
    required = [a.arg for a in named[1 : len(named) - len(init.args.defaults)]]
    return required + [a.arg for a, d in zip(init.args.kwonlyargs, init.args.kw_defaults, strict=True) if d is None]
