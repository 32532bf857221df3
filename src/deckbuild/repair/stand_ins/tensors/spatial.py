"""Inputs of layers that slide over space: pictures, and what has one dimension or three. In: a layer's words; out: guesses.

As many and as large as the card's text says, or small ones of our own that exceed the kernel, with alternates: one even, one odd,
and one whose places all differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckbuild.prose import counts, role_sizes

from ...scene import Scene
from ..guess import Guess, filled

SIZES = (6, 7, 8)
"""The sides that deckbuild chooses where nothing names one: the first, and the alternates."""
MOST_IMAGES = 256
TOLD_APART = (3, 5, 7, 11, 13)
"""Primes, all different: a last alternate, in which no place of a shape can be taken for another."""


def spatial(kind: str, channels: int, rank: int, kernel: int, scene: Scene) -> Iterator[Guess]:
    """As many images as the text says, or one; its sides as the text says, or small ones that exceed the kernel."""
    batches = stated_batches(scene)
    images, batch_said = batches[0] if len(batches) == 1 else (1, "")
    for dims, said in stated_inputs(scene, rank, channels):
        yield Guess(
            filled((images, channels, *dims)),
            f"`{kind}` takes [N, {channels}, …]; the text names an input of {said}{batch_said and f' and a {batch_said}'}",
            alternates=() if batch_said else (filled((3, channels, *dims)),),
            copied=(said, batch_said) if batch_said else (said,),
        )
    more = max(0, kernel - 5)
    first, *others = (n + more for n in SIZES)
    batch, _, *sides = TOLD_APART
    yield Guess(
        filled((1, channels, *[first] * rank)),
        f"`{kind}` takes [N, {channels}, …]; the size is deckbuild's choice",
        alternates=(
            *(filled((1, channels, *[n] * rank)) for n in others),
            filled((batch, channels, *(n + more for n in sides[:rank]))),
        ),
    )


def stated_batches(scene: Scene) -> list[tuple[int, str]]:
    """The sizes of batches of which the card's text speaks, each once."""
    text = scene.text
    said = {c.number: text[c.start : c.end] for c in counts(text) if c.noun == "batch" and 0 < c.number <= MOST_IMAGES}
    return list(said.items())


def stated_inputs(scene: Scene, rank: int, channels: int) -> Iterator[tuple[tuple[int, ...], str]]:
    """Sizes of that many dimensions that the card's text says of an input."""
    text = scene.text
    seen = set()
    for found in role_sizes(text):
        dims, said = found.size.dims, text[found.size.start : found.size.end]
        if len(dims) == rank + 1 and dims[0] == channels:
            dims = dims[1:]
        elif len(dims) == rank + 1 and dims[-1] == channels:
            dims = dims[:-1]
        if found.role == "input" and len(dims) == rank and max(dims) <= 1024 and dims not in seen:
            seen.add(dims)
            yield dims, said
