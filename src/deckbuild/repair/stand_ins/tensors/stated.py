"""Shapes that the card states of a name: `print(x.shape)  # torch.Size([46])` tells how large x is.

In: a name whose shape the program asks for; out: a guess of just that shape. The statement then proves nothing (`copied`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from deckbuild.model import Claim, Snippet
from deckbuild.prose import sizes
from deckbuild.syntax import parse_module

from ...program.usage import Usage, usage_of
from ...scene import Scene
from ..guess import Guess, filled
from .tensors import of_library

MOST = 1_000_000


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A tensor of the shape that a claim about the printed shape of the name states."""
    if not usage.attributes & {"shape", "size"}:
        return
    for dims, claim in stated_shapes(usage.name, scene):
        text = of_library(filled(dims), tree)
        yield Guess(text, f"the card states its shape: {claim.expected}", copied=(claim.text,))


def stated_shapes(name: str, scene: Scene) -> Iterator[tuple[tuple[int, ...], Claim]]:
    """The shapes that claims about the printed shape of a name state, each with its claim."""
    for snippet in scene.card.snippets:
        for claim in scene.claims:
            dims = _stated(claim, snippet, name)
            if dims is not None:
                yield dims, claim


def _stated(claim: Claim, snippet: Snippet, name: str) -> tuple[int, ...] | None:
    """The one size that the claim states of the name's shape."""
    if claim.snippet != snippet.line or not snippet.is_python:
        return None
    found = sizes(claim.expected)
    if len(found) != 1 or max(found[0].dims, default=0) > MOST:
        return None
    lines = snippet.source.split("\n")
    asked = [n for n, line in enumerate(lines) if ".shape" in line or ".size()" in line]
    at = claim.line - snippet.line
    if at not in asked and len(asked) != 1:
        return None
    line = lines[at if at in asked else asked[0]]
    return found[0].dims if _asks_only_for(line.strip(), name) else None


def _asks_only_for(line: str, name: str) -> bool:
    """Whether a line asks for the shape of the name and of nothing else."""
    try:
        tree = parse_module(line)
    except SyntaxError:
        return False
    asked = {
        ast.unparse(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in ("shape", "size")
    }
    return asked == {name} and bool(usage_of(tree, name).contexts)
