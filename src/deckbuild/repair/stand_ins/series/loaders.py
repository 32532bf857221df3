"""Loaders and data sets that only other programs or packages could give: a few small random examples of the right kind.

In: a name that is used as one; out: guesses. Only data stands in for data: no model, no function, no tokenizer.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial

from ...program.names import last_name
from ...program.usage import Usage, literal, usage_of
from ...scene import Scene
from ..guess import Guess
from ..reading.batches import alike, batch_rows, of_rows
from ..reading.constants import constants, whole
from ..reading.parts import ROWS, Guesser, part
from ..reading.subjects import subject
from ..tensors import reshaped
from .loops import targets
from .splits import handed_on, split_count

_LOADER = re.compile(r"(?:^|_)(?:data)?_?loader(?:_|$)|dataloader", re.IGNORECASE)
_DATASET = re.compile(r"dataset|(?:^|_)(?:train|training|test|val|valid|validation)_?(?:data|set|ds)$", re.IGNORECASE)
_MANY, MOST = 64, 512
_OF_LOADER = frozenset({"dataset", "batch_size", "sampler"})
_OF_ARRAYS = frozenset({"data", "targets"})
_OF_TENSORS = frozenset({"dim", "dtype", "float", "permute", "reshape", "shape", "size", "to", "view"})
"""What a batch is asked for that is one tensor, and no pair."""
_TORCH = "torch.utils.data"


def guess(usage: Usage, tree: ast.Module, scene: Scene, guessers: tuple[Guesser, ...]) -> Iterator[Guess]:
    """A loader of two batches or a data set of two examples, of as many rows as the program says, and of many; `subject` tells of what."""
    if _is_loader(usage):
        batch = batch_rows(tree, scene)
        if batch is not None and batch != ROWS:
            yield _loader(usage, _parts_of_rows(usage, tree, scene, guessers, batch), batch)
        for rows in (ROWS, _MANY):
            yield _loader(usage, _parts(usage, tree, scene, guessers, rows), rows)
    elif _is_dataset(usage):
        if usage.attributes and usage.attributes <= _OF_ARRAYS:
            yield _arrays()
            return
        split = split_count(usage, tree)
        for rows in (split,) if split is not None else _counts(usage, tree, scene):
            parts = (_parts if split is None else _parts_of_rows)(usage, tree, scene, guessers, rows)
            value = f"{_TORCH}.TensorDataset({', '.join(p.value for p in parts)})"
            yield Guess(value, _why("a small data set", parts), copied=_copied(parts))


def _is_loader(usage: Usage) -> bool:
    return _LOADER.search(usage.name) is not None and not usage.calls and not usage.subscripts


def _is_dataset(usage: Usage) -> bool:
    if usage.calls or usage.methods or any(isinstance(s, ast.Tuple | ast.Slice) for s in usage.subscripts):
        return False
    split = any(isinstance(c.parent, ast.Call) and _is_split(c.parent) for c in usage.contexts)
    return bool(_loading(usage)) or (
        _DATASET.search(usage.name) is not None and bool(usage.subscripts or usage.attributes or split)
    )


def _counts(usage: Usage, tree: ast.Module, scene: Scene) -> tuple[int, ...]:
    """How many examples a data set may have: a whole batch at least, where what is less is dropped."""
    names = constants(tree)
    dropping = [
        c for c in _loading(usage) if any(k.arg == "drop_last" and literal(k.value) is True for k in c.keywords)
    ]
    sizes = [whole(k.value, names) for c in dropping for k in c.keywords if k.arg == "batch_size"]
    needed = max([n for n in sizes if n is not None and n <= MOST], default=_MANY if dropping else 0)
    needed = max(needed, batch_rows(tree, scene) or 0)
    return (needed,) if needed else (ROWS, _MANY)


def _loading(usage: Usage) -> list[ast.Call]:
    """The calls that make loaders of it."""
    return [
        p
        for c in usage.contexts
        for p in c.parents
        if isinstance(p, ast.Call) and "DataLoader" in ast.unparse(p.func) and c.node not in p.args[1:]
    ]


def _loader(usage: Usage, parts: tuple[Guess, ...], rows: int) -> Guess:
    values = ", ".join(p.value for p in parts)
    batch = f"({values})" if len(parts) > 1 else values
    value = f"[{batch}, {batch}]" if len(batch) < 80 else f"[{batch}] * 2"
    if usage.attributes & _OF_LOADER:
        value = f"{_TORCH}.DataLoader({_TORCH}.TensorDataset({values}), batch_size={rows})"
    return Guess(value, _why("small batches instead of the book's data", parts), copied=_copied(parts))


def _arrays() -> Guess:
    pixels, labels = "torch.randint(0, 256, (2, 8, 8))", "torch.tensor([0, 1])"
    return Guess(
        f"types.SimpleNamespace(data={pixels}, targets={labels})", "two small random pictures and their labels"
    )


def _parts(usage: Usage, tree: ast.Module, scene: Scene, guessers: tuple[Guesser, ...], rows: int) -> tuple[Guess, ...]:
    names = next(_unpacked(usage, tree), subject(tree, scene))
    return alike(tuple(part(name, n, tree, scene, guessers, rows) for n, name in enumerate(names)))


def _parts_of_rows(
    usage: Usage, tree: ast.Module, scene: Scene, guessers: tuple[Guesser, ...], rows: int
) -> tuple[Guess, ...]:
    """The parts of a batch of as many rows as the program says that it has."""
    told = tuple(partial(reshaped.guess, rows=rows) if g is reshaped.guess else g for g in guessers)
    return tuple(of_rows(p, rows) for p in _parts(usage, tree, scene, told, ROWS))


def _unpacked(usage: Usage, tree: ast.Module) -> Iterator[tuple[str, ...]]:
    """The names that its elements, or those of its loader, are taken apart into: by a loop, by `a, b = next(iter(x))`, `a, b = x[0]`, inside
    the loop, or later. One name where `a = next(iter(x))` is used as a tensor.
    """
    for target in (t for given in (usage, *handed_on(usage, tree)) for t in targets(given)):
        names = _names(target)
        inner = [n for name in names[:1] for n in _assigned(tree, name)] if len(names) == 1 else []
        yield next(iter(inner), names)
    for context in usage.contexts:
        for parent in context.parents:
            match parent:
                case ast.Assign(targets=[ast.Tuple() as target], value=value) if not _is_split(value):
                    yield _names(target)
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="next"))):
                    yield from _assigned(tree, name)
                    if usage_of(tree, name).attributes & _OF_TENSORS:
                        yield (name,)


def _is_split(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and last_name(value.func) == "random_split"


def _assigned(tree: ast.Module, name: str) -> Iterator[tuple[str, ...]]:
    """Of `a, b = batch` the names."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Tuple() as target], value=ast.Name(id=source)) if source == name:
                yield _names(target)


def _names(target: ast.expr) -> tuple[str, ...]:
    elts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return tuple(e.id if isinstance(e, ast.Name) else "_" for e in elts)


def _why(what: str, parts: tuple[Guess, ...]) -> str:
    return f"{what}: {'; '.join(dict.fromkeys(p.why for p in parts))}"


def _copied(parts: tuple[Guess, ...]) -> tuple[str, ...]:
    return tuple(said for p in parts for said in p.copied)
