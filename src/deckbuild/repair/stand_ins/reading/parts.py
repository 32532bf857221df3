"""What a batch or an example is made of, told by the names that it is unpacked into. In: a part's name; out: a guess of two rows.

What the program does with a part speaks first (a layer, a loss, a shape); its name only where that says nothing.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Iterator

from deckbuild.prose import role_sizes

from ...program.usage import Usage, usage_of
from ...scene import Scene
from ..guess import Guess, counted

Guesser = Callable[[Usage, ast.Module, Scene], Iterator[Guess]]

_BUILTINS = frozenset(dir(builtins))
ROWS = 2
SIDE = 8
MOST_SIDE = 256
WIDTH = 4
_LABELS = re.compile(r"^(?:\w+_)?(?:labels?|targets?|classes|y|yb|y_batch|y_true|lab)$")
_IDS = re.compile(r"^(?:\w+_)?(?:ids?|idx|tokens?|src|trg|tgt|seqs?|sequences?|(?:input|target)_batch)$")
_PICTURES = re.compile(r"^(?:\w+_)?(?:images?|imgs?|pics?|pictures?|photos?|faces?|real|reals|real_samples|fake)_?\d*$")
_OF_PICTURES = re.compile(r"\b(?:images?|pictures?|photos?|pixels?|MNIST|CIFAR)\b", re.IGNORECASE)
_GRID = re.compile(r"[`*)$\\\s-]*(?:grid|table|subplots?|figure|inch)", re.IGNORECASE)
_COLOR = re.compile(r"\bcolou?r|\bRGB\b|three[- ]channel|\b3 channels", re.IGNORECASE)
_GRAY = re.compile(r"gr[ae]y-?\s?scale|MNIST|single[- ]channel|black[- ]and[- ]white", re.IGNORECASE)
_RESIZES = re.compile(r"(?<![A-Za-z])Resize\(\s*(?:size\s*=\s*)?[\[(]\s*(\d+)\s*,\s*(\d+)\s*,?\s*[\])]")
_CUTS = re.compile(r"Crop\(")


def part(
    name: str, index: int, tree: ast.Module, scene: Scene, guessers: tuple[Guesser, ...], rows: int = ROWS
) -> Guess:
    """The value of the part at that index of a batch of that many rows."""
    usage = usage_of(tree, name)
    found = next((g for guesser in guessers for g in guesser(usage, tree, scene)), None) if rows == ROWS else None
    return found or _by_name(
        name, 0 if index and _is_fed(usage) and not _LABELS.match(name.lower()) else index, scene, rows
    )


def _is_fed(usage: Usage) -> bool:
    """Whether it goes into something that it is the only input of, like a model: labels do not."""
    calls = [c.parent for c in usage.contexts if isinstance(c.parent, ast.Call) and isinstance(c.parent.func, ast.Name)]
    return any(len(c.args) == 1 and c.func.id not in _BUILTINS for c in calls if isinstance(c.func, ast.Name))


def _by_name(name: str, index: int, scene: Scene, rows: int) -> Guess:
    if is_id_name(name):
        return Guess("torch.tensor([[0, 1, 2, 3], [3, 2, 1, 0]])", "rows of small ids")
    if is_picture_name(name) or (index == 0 and speaks_of_pictures(scene)):
        return picture(scene, rows)
    if index or _LABELS.match(name.lower()):
        return Guess(f"torch.arange({rows}) % 2" if rows > ROWS else "torch.tensor([0, 1])", "labels are class numbers")
    return Guess(counted((rows, WIDTH)), f"{rows} rows of {WIDTH} features; the sizes are deckbuild's choice")


def is_id_name(name: str) -> bool:
    """Whether a name is one that rows of ids usually have."""
    return _IDS.match(name.lower()) is not None


def is_picture_name(name: str) -> bool:
    """Whether a name is one that pictures usually have."""
    return _PICTURES.match(name) is not None


def picture(scene: Scene, rows: int | None) -> Guess:
    """Random pictures, channels first, as many as `rows` (None: a single one without a batch), of the size that the text names."""
    dims, said = picture_size(scene)
    if said is not None:
        return Guess(_random(rows, dims), f"pictures of {said}, as the text says", copied=(said,))
    if (size := _resized(scene)) is not None:
        why = f"random pictures, channels first, of {size[0]}x{size[1]}, to which the file's programs resize theirs"
        return Guess(_random(rows, (dims[0], *size)), why)
    return Guess(
        _random(rows, dims),
        "small random pictures, channels first; the size is deckbuild's choice",
        alternates=tuple(_random(rows, (dims[0], n, n)) for n in (SIDE + 1, SIDE + 2)),
    )


def picture_size(scene: Scene) -> tuple[tuple[int, ...], str | None]:
    """Channels, height and width of the card's pictures, and how its text says so; a size of our own and None where it does not."""
    channels = 1 if _GRAY.search(scene.text) and not _COLOR.search(scene.text) else 3
    return next(_stated(scene.text, channels), ((channels, SIDE, SIDE), None))


def _resized(scene: Scene) -> tuple[int, ...] | None:
    """Height and width to which the file's programs bring their pictures, where all of them agree and none cuts them."""
    texts = [s.text for c in scene.library.chunks.values() if c.path == scene.card.path for s in c.statements]
    sizes = {tuple(map(int, m.groups())) for t in texts for m in _RESIZES.finditer(t)}
    if len(sizes) != 1 or any(map(_CUTS.search, texts)):
        return None
    size = sizes.pop()
    return size if max(size) <= MOST_SIDE else None


def speaks_of_pictures(scene: Scene) -> bool:
    """Whether the card's text does."""
    return _OF_PICTURES.search(scene.text) is not None


def _stated(text: str, channels: int) -> Iterator[tuple[tuple[int, ...], str | None]]:
    """The sizes that a text says of pictures; not those of the grid that they are shown in."""
    for found in role_sizes(text):
        dims, said = found.size.dims, text[found.size.start : found.size.end]
        if found.role != "input" or max(dims) > MOST_SIDE or _GRID.match(text[found.size.end :]):
            continue
        if len(dims) == 3 and dims[0] in (1, 3):
            yield dims, said
        elif len(dims) == 2 and min(dims) > 1:
            yield (channels, *dims), said


def _random(rows: int | None, dims: tuple[int, ...]) -> str:
    return f"torch.rand({', '.join(map(str, dims if rows is None else (rows, *dims)))})"
