"""Tensors of which only the use is known: how they are indexed and what is called on them. In: a use; out: guesses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..scene import Scene
from ..usage import Usage
from .guess import Guess, counted

_METHODS = frozenset(
    "view reshape permute unsqueeze squeeze softmax argmax argmin transpose detach cpu numpy to float long backward dim size "  # noqa: SIM905
    "mean std var sum max min clone contiguous matmul mm bmm norm item flatten expand repeat masked_fill t".split()
)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A tensor of the rank that its subscripts show."""
    rank = max((len(s.elts) for s in usage.subscripts if isinstance(s, ast.Tuple)), default=0)
    if rank:
        yield Guess(counted([4] * rank if rank < 3 else [2] * (rank - 2) + [4, 4]), f"it is indexed by {rank} places")
    elif any(m in _METHODS for m, _ in usage.methods):
        yield Guess(counted((2, 3)), "methods of tensors are called on it")
