"""Tensors told by the company that they keep: torch's functions that they are fed to, and the tensors that they are calculated with.

In: a name that is fed to `torch.softmax`, or meets another tensor in a sum; out: a small random tensor. What meets place by place
has one shape, so that queries and keys, or a mean and a variance, fit each other. It must leave alone: programs without torch,
models, and names of which nothing says that they hold a tensor.

Source: the shapes that programs of this field use: (features), (tokens, features), (batch, tokens, features).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.prose import sizes

from ...program.usage import Context, Usage, literal
from ...scene import Scene
from ..guess import Guess, drawn
from ..networks.models import is_model_name, knows_torch
from ..reading.meetings import Meetings, is_weight, meetings
from ..reading.parts import is_id_name, is_picture_name
from .tensors import is_numpys, of_library

SHAPES = {1: (4,), 2: (3, 4), 3: (2, 3, 4), 4: (2, 3, 4, 4), 5: (2, 3, 4, 4, 4)}
OTHERS = {1: (5,), 2: (5, 7), 3: (3, 5, 7), 4: (3, 2, 5, 7), 5: (3, 2, 5, 7, 7)}
MOST = 200_000
_NAMED = re.compile(
    r"(?:^|_)(?:logits?|emb(?:edding)?s?|features?|encodings?|latents?|noise|probs|mask(?:_\w+)?|attn_(?:weights|scores))$"
    r"|^z(?:_?\d+|_[a-z]\w*)$"
)
"""Names of tensors."""
_MASK = re.compile(r"(?:^|_)mask(?:_|$)")
_CLASS_NUMBERS = "torch.arange(6).reshape(2, 3) % 4"
_SHAPE = re.compile(r"\b(?:shapes?|sizes?|dimensions?)\b[^.;()]{0,20}$", re.IGNORECASE)
_ALONG = frozenset(
    {
        "transpose",
        "size",
        "softmax",
        "log_softmax",
        "mean",
        "sum",
        "std",
        "var",
        "argmax",
        "argmin",
        "max",
        "min",
        "cumsum",
        "cumprod",
        "norm",
    }
)
"""What is told the number of a dimension."""


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A tensor of the shape that the text gives, or else of the rank that it and its company are used with."""
    if not knows_torch(tree, scene) or is_numpys(tree) or usage.calls or is_model_name(usage.name):
        return
    met = meetings(tree)
    named = any(_NAMED.search(n.lower()) for n in met.group(usage.name)) and all(map(_is_term, usage.contexts))
    if not (met.is_tensor(usage.name) or named) or (is_weight(usage.name) and usage.name not in met.tensors):
        return
    group = met.group(usage.name)
    make = _masking if _MASK.search(usage.name.lower()) and not _is_fed_to_fill(usage) else drawn
    for shape in {met.shapes[name] for name in group & met.shapes.keys() if met.shapes[name]}:
        yield Guess(make(shape), f"what it is calculated with has the shape {shape}")
    rank = _rank(group, met, tree)
    if _is_class_target(usage, tree):
        yield Guess(_CLASS_NUMBERS, "class numbers, for each place of outputs that are flattened too")
        return
    if rank in (None, 2) and is_id_name(usage.name):
        yield Guess("torch.tensor([[0, 1, 2, 3], [3, 2, 1, 0]])", "rows of small ids, as its name says")
        return
    if rank in (None, 2) and is_picture_name(usage.name):
        return
    for dims, said in _stated(scene, rank):
        yield Guess(drawn(dims), f"it is used as a tensor, and the text gives the shape {said}", copied=(said,))
    for n in (rank,) if rank else (2, 3, 1):
        square = bool(group & met.squares)
        yield Guess(
            of_library(make(_squared(SHAPES[n], square)), tree, usage.name),
            "it is calculated with as a tensor; the sizes are deckbuild's choice",
            alternates=(of_library(make(_squared(OTHERS[n], square)), tree, usage.name),),
        )


def _masking(shape: tuple[int, ...]) -> str:
    """A tensor of that shape that keeps the first places and hides the later ones: ones and zeros, as a mask has."""
    dims = ", ".join(map(str, shape))
    return f"torch.tril(torch.ones({dims}))" if len(shape) > 1 else f"torch.ones({dims})"


def _is_fed_to_fill(usage: Usage) -> bool:
    """Whether it says as it is where `masked_fill` fills: then it must be of truth values."""
    return any(
        isinstance(c.parent, ast.UnaryOp)
        or (isinstance(c.parent, ast.Call) and ast.unparse(c.parent.func).endswith(("masked_fill", "masked_fill_")))
        for c in usage.contexts
    )


def _is_class_target(usage: Usage, tree: ast.Module) -> bool:
    """Whether, flattened, it is the second input of a loss of classes."""
    flat = f"{usage.name}.flatten()"
    given = {flat} | {
        ast.unparse(n.targets[0]) for n in ast.walk(tree) if isinstance(n, ast.Assign) and ast.unparse(n.value) == flat
    }
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func).endswith("cross_entropy")]
    return any(len(c.args) > 1 and ast.unparse(c.args[1]) in given for c in calls)


def _is_term(context: Context) -> bool:
    """Whether it stands in a calculation."""
    return isinstance(context.parent, ast.BinOp)


def _squared(shape: tuple[int, ...], square: bool) -> tuple[int, ...]:
    """The shape with its last two dimensions alike, for tokens against tokens."""
    return (*shape[:-1], shape[-2]) if square and len(shape) > 1 else shape


def _stated(scene: Scene, rank: int | None) -> Iterator[tuple[tuple[int, ...], str]]:
    """The one shape of that rank of which the card's text speaks; none where it speaks of several."""
    text = scene.prose
    found = {
        s.dims: text[s.start : s.end]
        for s in sizes(text)
        if s.kind in ("tuple", "torch", "list")
        and (s.kind != "tuple" or _SHAPE.search(text[: s.start]))
        and len(s.dims) == rank
    }
    if len(found) == 1:
        yield from found.items()


def _rank(group: frozenset[str], met: Meetings, tree: ast.Module) -> int | None:
    """The number of dimensions that some use of the group asks for; None where none does."""
    exact = [n for name in group for n in met.ranks.get(name, ())]
    least = [n for node in ast.walk(tree) for name, n in _reach(node) if name in group]
    if exact:
        return min(max(exact), max(SHAPES))
    least = [n for n in least if n in SHAPES]
    if least and max(least) > 1:
        return max(least)
    return 1 if least else None


def _reach(node: ast.AST) -> Iterator[tuple[str, int]]:
    """(name, the least rank) that a dimension's number asks for: `x.size(2)`, `x.shape[-1]`, `torch.softmax(x, dim=-1)`."""
    match node:
        case ast.Subscript(value=ast.Attribute(value=owner, attr="shape"), slice=place):
            yield from _least(owner, [place], "shape")
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="torch" | "F"), attr=attr), args=[owner, *more], keywords=keywords
        ) if attr in _ALONG:
            yield from _least(owner, [*more[:1], *(k.value for k in keywords if k.arg == "dim")], attr)
        case ast.Call(func=ast.Attribute(value=owner, attr=attr), args=args, keywords=keywords) if attr in _ALONG:
            yield from _least(owner, [*args, *(k.value for k in keywords if k.arg == "dim")], attr)


def _least(owner: ast.expr, places: list[ast.expr], attr: str) -> Iterator[tuple[str, int]]:
    """The least rank that the numbers of dimensions ask for; what is summed up over the first has others."""
    least = 1 if attr in ("softmax", "log_softmax", "cumsum", "cumprod") else 2
    numbers = [n for p in places if isinstance(n := literal(p), int) and not isinstance(n, bool)]
    if isinstance(owner, ast.Name):
        yield from ((owner.id, max(n + 1, least) if n >= 0 else max(-n, 2)) for n in numbers)
