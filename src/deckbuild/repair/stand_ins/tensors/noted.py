"""Tensors of the shapes that the card notes in letters beside its code, and small numbers for the letters. In: a use; out: guesses.

Equal letters are equal numbers; the features of all heads together are as many as the heads times those of one. It must leave
alone: what is not calculated with as a tensor (`# point: (x, y)`), and letters that are no side of one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from math import prod

from ...program.names import last_name
from ...program.usage import Context, Usage
from ...scene import Scene
from ..guess import Guess, drawn
from ..reading.constants import Environment, constants, whole
from ..reading.meetings import meetings
from ..reading.notes import notes, spoken
from .layers import layers_fed
from .tensors import of_library

_BATCH = re.compile(r"^(?:b|n|bs|bsz|batch(?:_size)?)$", re.IGNORECASE)
_HEADS = re.compile(r"^(?:h|nh|(?:n_|num_|n)?heads?)$", re.IGNORECASE)
_SHAPING = frozenset({"view", "reshape", "expand", "zeros", "ones", "rand", "randn", "empty", "full"})
FREE = (3, 4, 5, 6, 7, 8)
MOST = 1_000_000


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A tensor of the noted shape, or the number of a letter in it."""
    sources = tuple(s.source for s in scene.card.snippets if s.is_python)
    found = notes(sources, scene.prose)
    if usage.calls or not found:
        return
    is_tensor = (
        meetings(tree).is_tensor(usage.name)
        or any(map(_is_factor, usage.contexts))
        or next(layers_fed(usage, tree), None) is not None
    )
    sizes = _sizes((*spoken(sources), *(n.dims for n in found)), tree, scene.text)
    for note in found:
        dims = tuple(sizes[d] for d in note.dims)
        if is_tensor and note.name == usage.name and 0 < prod(dims) <= MOST:
            text = of_library(drawn(dims), tree)
            yield Guess(text, f"the card notes its shape: {note.said}", copied=(note.said,))
            return
    if usage.name in sizes and any(map(_is_side, usage.contexts)):
        number = str(sizes[usage.name])
        yield Guess(number, "the card writes shapes with it; the number is deckbuild's choice", copied=(usage.name,))


def _is_factor(context: Context) -> bool:
    return isinstance(context.parent, ast.BinOp) and isinstance(context.parent.op, ast.MatMult)


def _is_side(context: Context) -> bool:
    """Whether it is a side of a tensor that is made or brought to a shape."""
    calls = [p for p in context.parents[:2] if isinstance(p, ast.Call)]
    return any(last_name(c.func) in _SHAPING for c in calls) and not isinstance(context.parent, ast.BinOp)


def _sizes(shapes: tuple[tuple[str, ...], ...], tree: ast.Module, text: str) -> dict[str, int]:
    """A number for each letter: the program's own, or that of the text, or a small one that no other letter has."""
    known = constants(tree)
    letters = tuple(dict.fromkeys(d for dims in shapes for d in dims))
    sizes = {letter: n for letter in letters if (n := _told(letter, known, text)) is not None}
    for letter in letters:
        if letter in sizes:
            continue
        first = _BATCH.match(letter) and all(letter not in dims[1:] for dims in shapes)
        free = (n for n in FREE if n not in sizes.values())
        sizes[letter] = 2 if first or _HEADS.match(letter) else next(free, FREE[-1])
    products = (*_together(shapes), *_products(text))
    return sizes | {e: sizes[a] * sizes[b] for e, a, b in products if e not in known and {a, b} <= sizes.keys()}


def _told(letter: str, known: Environment, text: str) -> int | None:
    """The number that the program gives it, or the text, if it gives one only."""
    if letter.isdecimal():
        return int(letter)
    if letter in known:
        return whole(known[letter], known)
    said = set(re.findall(rf"(?<!\w){re.escape(letter)}`?\s*=\s*`?(\d{{1,3}})(?![\w.])", text))
    return int(said.pop()) if len(said) == 1 else None


def _together(shapes: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, str, str]]:
    """(all features, heads, features of one head): what ends a shape without heads, where another ends with those of one head."""
    split = [dims for dims in shapes if len(dims) == 4 and any(map(_HEADS.match, dims))]
    inside = {d for dims in split for d in dims}
    for dims in shapes:
        if split and len(dims) == 3 and not dims[-1].isdecimal() and dims[-1] not in inside:
            heads = next(d for d in split[0] if _HEADS.match(d))
            yield dims[-1], heads, next((d[-1] for d in split if d.count(d[-1]) == 1), split[0][-1])


def _products(text: str) -> Iterator[tuple[str, str, str]]:
    """(product, factor, factor) of `d_out = heads × width`."""
    for m in re.finditer(r"(?<!\w)([A-Za-z]\w*)\s*=\s*([A-Za-z]\w*)\s*[×*]\s*([A-Za-z]\w*)(?!\w|\s*[×*+/(-])", text):
        yield m[1], m[2], m[3]
