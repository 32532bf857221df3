"""Names that functions bind, too, so that a text may mean what they are there: a program or a card in, the names out."""

from __future__ import annotations

import ast
import functools

from deckbuild.model import Card

from .reliance import binds, parse

INSIDE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.comprehension)


@functools.lru_cache(maxsize=256)
def top_names(source: str) -> frozenset[str]:
    """The names that a snippet binds outside functions."""
    tree = parse(source)
    return frozenset(n for s in (tree.body if tree else []) for n in binds(s))


@functools.lru_cache(maxsize=256)
def inner_names(source: str) -> frozenset[str]:
    """The names that are bound inside functions, classes and comprehensions, or as parameters."""
    tree = parse(source)
    inside = [n for s in (ast.walk(tree) if tree else []) if isinstance(s, INSIDE) for n in ast.walk(s)]
    stored = {n.id for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return frozenset(stored | {n.arg for n in inside if isinstance(n, ast.arg)})


def is_inner(name: str | None, card: Card) -> bool:
    """Whether a name is bound inside a function, class or comprehension of the card's Python, whatever it is outside."""
    return name is not None and any(name in inner_names(s.source) for s in card.snippets if s.is_python)
