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
from ..meant import is_about_failure
from ..program.names import is_only_noted, is_set_below
from ..program.needs import Need
from ..program.usage import Usage
from ..refusals.nowhere import lack
from ..scene import Provider, Scene
from ..stand_ins import (
    arrays,
    assembled,
    elided,
    encoded,
    initialized,
    instances,
    layers,
    listed,
    loaders,
    loops,
    masked,
    matrices,
    models,
    ndarrays,
    noted,
    numbers,
    operands,
    own_inputs,
    passed,
    picked,
    pictures,
    plain,
    regressions,
    reshaped,
    rounds,
    scalars,
    stated,
    tensors,
    times,
    trackers,
    training,
    vocabularies,
    written_out,
)
from ..stand_ins.elided import shown_in_part
from ..stand_ins.guess import Guess
from ..stand_ins.parts import Guesser
from ..stand_ins.places import as_places
from ..stand_ins.reached import reached
from ..stand_ins.rescaled import rescaled
from ..stand_ins.written import is_of_other_kind, is_written, misshapen
from .conventions import MODULES

RULE = "stand-in"
ELEMENTS = (layers.guess, training.guess, tensors.guess)
"""What tells the elements of a loop."""


def _looped(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    return loops.guess(usage, tree, scene, ELEMENTS)


def _fed_on(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    return passed.guess(usage, tree, scene, (layers.guess, reshaped.guess))


def _loaded(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    return loaders.guess(usage, tree, scene, (reshaped.guess, layers.guess, training.guess, _fed_on))


DIRECT: tuple[Guesser, ...] = (
    written_out.guess,
    stated.guess,
    trackers.guess,
    rounds.guess,
    picked.guess,
    noted.guess,
    own_inputs.guess,
    layers.guess,
    training.guess,
    instances.guess,
    models.guess,
    initialized.guess,
    assembled.guess,
    scalars.guess,
    vocabularies.guess,
    encoded.guess,
    times.guess,
    _loaded,
    _looped,
    reshaped.guess,
    arrays.guess,
    masked.guess,
    ndarrays.guess,
    regressions.guess,
    operands.guess,
    matrices.guess,
    tensors.guess,
    pictures.guess,
    listed.guess,
    plain.guess,
)
"""What the uses of the name itself tell."""


def _passed(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    return passed.guess(usage, tree, scene, DIRECT)


GUESSERS: tuple[Guesser, ...] = (elided.guess, *DIRECT[:17], _passed, *DIRECT[17:])
STRONG: frozenset[Guesser] = frozenset(
    {
        written_out.guess,
        stated.guess,
        picked.guess,
        noted.guess,
        own_inputs.guess,
        layers.guess,
        reshaped.guess,
        arrays.guess,
        masked.guess,
        ndarrays.guess,
        regressions.guess,
        operands.guess,
        matrices.guess,
    }
)
"""What tells a shape: then it is no plain number."""
FIXED: frozenset[Guesser] = frozenset({elided.guess, rounds.guess, times.guess, trackers.guess, scalars.guess})
"""What gives the book's own numbers, or settings: these stay as they are."""
MOST = 8
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


def guesses(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """At most MOST different values that a name may have, those with the strongest evidence first."""
    told: set[Guesser] = set()
    different: set[str] = set()
    reaching = not is_about_failure(scene)
    for guesser in GUESSERS:
        if guesser in (operands.guess, plain.guess) and told & STRONG:
            continue
        for found in guesser(usage, tree, scene):
            told.add(guesser)
            guess = found if guesser in FIXED else rescaled(numbers.suited(found, tree), tree)
            if reaching and not guess.copied:
                guess = replace(guess, value=as_places(reached(guess.value, usage, tree), usage))
            if guess.value not in different and len(different) < MOST:
                different.add(guess.value)
                yield guess


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
