"""All guesses at what a name may be, those with the strongest evidence first. In: a use of a name; out: values that fit the program.

It must leave alone: names whose use says nothing about what they are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from ..meant import is_about_failure
from ..program.usage import Usage
from ..scene import Scene
from . import passed
from .fitting import numbers
from .fitting.places import as_places
from .fitting.reached import reached
from .fitting.rescaled import rescaled
from .guess import Guess
from .networks import assembled, initialized, instances, models, training
from .reading.parts import Guesser
from .series import encoded, listed, loaders, loops, vocabularies
from .shown import elided, written_out
from .tensors import (
    arrays,
    layers,
    masked,
    matrices,
    ndarrays,
    noted,
    operands,
    own_inputs,
    picked,
    pictures,
    regressions,
    reshaped,
    stated,
    tensors,
)
from .values import plain, rounds, scalars, times, trackers

MOST = 8
ELEMENTS = (layers.guess, training.guess, tensors.guess)
"""What tells the elements of a loop."""


def _looped(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    return loops.guess(usage, tree, scene, ELEMENTS)


def _fed_on(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    return passed.guess(usage, tree, scene, (layers.guess, reshaped.guess))


def _loaded(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    return loaders.guess(usage, tree, scene, (reshaped.guess, layers.guess, training.guess, _fed_on))


NEAR: tuple[Guesser, ...] = (
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
)
"""What the uses of the name itself, or the cards' words, tell most surely."""
FAR: tuple[Guesser, ...] = (
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
"""What they suggest."""


def _passed(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    return passed.guess(usage, tree, scene, (*NEAR, *FAR))


GUESSERS: tuple[Guesser, ...] = (elided.guess, *NEAR, _passed, *FAR)
"""In the order in which their evidence counts: what a function does with it comes before what a use here only suggests."""
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
