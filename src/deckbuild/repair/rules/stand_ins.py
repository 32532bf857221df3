"""Rule `stand-in`: a value for a name that the deck nowhere defines, inferred from its use; always told as an assumption.

It must leave alone: names that the deck defines, or that the program sets too late (that is its fault), functions whose meaning
would have to be invented, and names whose use says nothing about what they are, or that stand in annotations alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from ..draft import Addition, Change
from ..program.annotations import is_only_noted
from ..program.names import is_set_below
from ..program.needs import Need
from ..program.usage import Usage
from ..refusals.nowhere import lack
from ..scene import Provider, Scene
from ..stand_ins.guess import Guess
from ..stand_ins.guesses import guesses
from ..stand_ins.shown.elided import shown_in_part
from ..stand_ins.shown.written import is_of_other_kind, is_written, misshapen
from .conventions import MODULES

RULE = "stand-in"
_MADE_UP = re.compile(r"\b(?:arange|range|linspace|rand\w*)\(")
"""Entries that count or are drawn by chance."""


def provide(need: Need, usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Provider]:
    """Guesses as providers, those with the strongest evidence first; none for what is imported elsewhere.

    Where an earlier card writes the data down, only what this card's own text gives in their place is offered.
    """
    if (
        need.name in ("self", "cls")
        or need.name in MODULES
        or need.name in scene.book.imports
        or is_set_below(need.name, need.line, tree)
        or is_of_other_kind(usage, scene)
        or is_only_noted(need.name, tree)
    ):
        return
    unlike = shown_in_part(need.name, scene)
    written, why = is_written(usage, tree, scene), f"`{need.name}` {lack(need.name, scene)}"
    other = misshapen(usage, tree, scene)
    for rank, guess in enumerate(guesses(usage, tree, scene)):
        if guess.copied or not written:
            if other is not None:
                guess = replace(guess, why=f"{guess.why}; the card {other}")
            provider = _provider(need, guess, rank, why)
            made_up = unlike and not guess.partial and _MADE_UP.search(guess.value) is not None
            yield replace(provider, additions=tuple(replace(a, unlike=made_up) for a in provider.additions))


def _provider(need: Need, guess: Guess, rank: int, why: str) -> Provider:
    change = Change(RULE, why, guess.why)
    addition = Addition(
        f"{need.name} = {guess.value}",
        change,
        frozenset({need.name}),
        need.name,
        assumption=True,
        alternates=tuple(f"{need.name} = {v}" for v in guess.alternates),
        copied=guess.copied,
        partial=guess.partial,
    )
    return Provider((addition,), 5.0 + 0.35 * rank)
