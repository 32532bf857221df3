"""A name of a package all of whose names a card imports (`from shapes import *`), the package not being installed.

In: a name that the deck nowhere defines; out: one line, or None. It is taken for the package's, with the reason, only where an earlier
card of the file uses it under such an import alone; where a card of the book does, or one close before
speaks of the package, it is told as a possibility.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from deckbuild.model import Job, SkipReason

from ..program.usage import usage_of
from ..refusals.nowhere import lack
from ..refusals.refuse import explain
from ..scene import Scene
from .library import NEAR_CARDS, Chunk, Statement


@dataclass(frozen=True, slots=True)
class FromStar:
    """What is told of the name."""

    said: str
    reason: SkipReason | None = None


def from_star(name: str, tree: ast.Module | None, scene: Scene) -> FromStar | None:
    """What an import of all names may have to do with the name; None where there is none, or nothing speaks for it."""
    if "*" not in scene.book.imports or tree is None:
        return None
    own = scene.library.chunk(scene.card)
    here = own.order if own is not None else 0
    chunks = [c for c in scene.library.chunks.values() if c.book == scene.card.source.book and _stars(c)]
    for chunk in sorted(chunks, key=lambda c: (not _uses(c, name), c.path != scene.card.path, abs(c.order - here))):
        whys = [_lacks(s, scene) for s, _ in _stars(chunk)]
        if None not in whys:
            reason, why = next(w for w in whys if w is not None)
            where = f"“{chunk.title}” ({PurePosixPath(chunk.path).name}:{_stars(chunk)[0][0].snippet.line})"
            if _uses(chunk, name) and chunk.path == scene.card.path and chunk.order < here:
                return FromStar(f"comes from the package that {where} imports: {why}", reason)
            if not _is_called(name, tree) or not (_uses(chunk, name) or _is_spoken_of(chunk, here, scene)):
                return None
            return FromStar(f"{lack(name, scene)}; it may be of the package that {where} imports: {why}")
    return None


def _is_called(name: str, tree: ast.Module) -> bool:
    """Whether it is a function's: an object with fields may be made by one, and is none of the package's names."""
    return bool(usage_of(tree, name).calls)


def _is_spoken_of(chunk: Chunk, here: int, scene: Scene) -> bool:
    """Whether the card that imports the package, or one that names it in code's type, stands close before in the file."""
    near = [c for c in scene.library.chunks.values() if c.path == scene.card.path and 0 <= here - c.order <= NEAR_CARDS]
    word = re.compile(rf"`(?:{'|'.join(re.escape((node.module or '').split('.')[0]) for _, node in _stars(chunk))})\b")
    cards = [scene.library.cards[c.path, c.line] for c in near]
    return chunk in near or any(
        word.search(p.text) for card in cards for _, passage in card.passages for p in passage.prose
    )


def _stars(chunk: Chunk) -> list[tuple[Statement, ast.ImportFrom]]:
    nodes = [(s, s.node) for s in chunk.statements]
    return [(s, node) for s, node in nodes if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"]


def _uses(chunk: Chunk, name: str) -> bool:
    """Whether the card reads the name and does not bind it."""
    return any(name in s.uses for s in chunk.statements) and not any(name in s.binds for s in chunk.statements)


def _lacks(statement: Statement, scene: Scene) -> tuple[SkipReason, str] | None:
    """Why the import does not load; None where it does."""
    (outcome,) = scene.run.trial([Job(f"{statement.text}\n")])
    refusal = explain(outcome.fault, statement.text, statement.node) if outcome.fault is not None else None
    return (refusal.reason, refusal.why) if refusal is not None and refusal.reason is not None else None
