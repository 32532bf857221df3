"""Shapes that a card notes beside its code in letters or numbers: `# q: (B, H, T, D)`, `# (B, T, D) @ (B, D, T) → (B, T, T)`.

In: the Python of a card; out: for a name the dimensions that it has before the card's code changes it. It must leave alone: what a
line gives, notes that hold more than names and numbers, and names of which two notes say different things.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.syntax import parse_module

_DIM = r"(?:[A-Za-z]\w*|\d+)"
_DIMS = rf"[(\[]\s*{_DIM}(?:\s*,\s*{_DIM})+\s*[)\]]"
_OWN = re.compile(
    rf"^\s*#\s*(?P<name>[A-Za-z_]\w*)\s*(?:\bshape\b|\.shape\b)?\s*[:=]?\s*(?:shape\s*)?(?P<dims>{_DIMS})\s*$"
)
_SENTENCE = re.compile(
    rf"(?<![\w.`])`?(?P<name>[A-Za-z_]\w*)`? (?:has (?:the |a )?shape|is of shape)(?: of)? `?(?P<dims>{_DIMS})"
)
_CHANGED = re.compile(rf"^(?P<dims>{_DIMS})\s*(?:→|-+>|=>)\s*{_DIMS}")
_PRODUCT = re.compile(rf"^(?P<left>{_DIMS})\s*@\s*(?P<right>{_DIMS})\s*(?:→|-+>|=>|=)\s*{_DIMS}")
_QUOTED = re.compile(r"`(?P<code>[^`\n]+)`(?:\s*(?::|—|–|has (?:the )?shape|is of shape|of shape)\s*`?)(?P<said>[(\[][^\n]*?[)\]])(?=`?(?:[.,;\s]|$))(?!`?\s*(?:→|->|@))")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """What a card notes of the shape of a name."""

    name: str
    dims: tuple[str, ...]
    """Letters, or digits."""
    said: str
    """As it stands in the card."""


def notes(sources: tuple[str, ...], prose: str = "") -> tuple[Note, ...]:
    """The notes of a card's Python, of each name the first, in reading order, then those of its text; none of a name that an earlier line gives."""
    found: dict[str, Note] = {}
    given: set[str] = set()
    for source in sources:
        for line in source.split("\n"):
            code, _, comment = line.partition("#")
            for note in (*_own(line), *_beside(code, comment.strip())):
                if note.name not in given:
                    found.setdefault(note.name, note)
            given |= _bound(code)
    for m in _QUOTED.finditer(prose):
        own = [n for n in _own(f"# {m['code']}: {m['said']}") if n.name not in given]
        for note in (*own, *_beside(m["code"], m["said"].replace("`", ""))):
            found.setdefault(note.name, note)
    return tuple(found.values())


def spoken(sources: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """All shapes that stand in the comments of a card's Python, whatever they are of."""
    comments = [line.partition("#")[2] for source in sources for line in source.split("\n")]
    return tuple(dict.fromkeys(_split(m[0]) for text in comments for m in re.finditer(_DIMS, text)))


def _own(line: str) -> Iterator[Note]:
    """`# q: (B, T, D)`, on a line by itself, or a comment that says it in words: `# q has the shape (B, T, D)`."""
    said = (_OWN.match(line), *_SENTENCE.finditer(line.partition("#")[2]))
    yield from (Note(m["name"], _split(m["dims"]), m["dims"]) for m in said if m is not None)


def _beside(code: str, comment: str) -> Iterator[Note]:
    """What the comment behind a line says of the names that the line reads."""
    value = _value(code)
    changed, product = _CHANGED.match(comment), _PRODUCT.match(comment)
    if value is None:
        return
    if product is not None:
        for node in ast.walk(value):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
                yield from _of_factor(node.left, product["left"])
                yield from _of_factor(node.right, product["right"])
                return
    elif changed is not None and (name := _subject(value)) is not None:
        yield Note(name, _split(changed["dims"]), changed["dims"])


def _of_factor(node: ast.expr, said: str) -> Iterator[Note]:
    """A name, or one whose last two dimensions are turned first: `k.transpose(-2, -1)`."""
    match node:
        case ast.Name(id=name):
            yield Note(name, _split(said), said)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="transpose"), args=[first, second]) if {
            ast.unparse(first),
            ast.unparse(second),
        } == {"-2", "-1"}:
            *front, last, other = _split(said)
            yield Note(name, (*front, other, last), said)


def _subject(value: ast.expr) -> str | None:
    """The one thing that a line changes: `x` of `x.transpose(1, 2)`, of `norm(x)`."""
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if name not in ("torch", "F", "nn", "np", "self"):
            return name
        case ast.Call(func=ast.Attribute(value=inner)) if isinstance(inner, ast.Call | ast.BinOp):
            return _subject(inner)
        case ast.BinOp(op=ast.MatMult(), right=ast.Name(id=name)):
            return name  # weights, as many rows as columns, leave the shape of what they weigh
        case ast.Call(args=[ast.Name(id=name)]):
            return name
        case _:
            return None


def _value(code: str) -> ast.expr | None:
    """What a line of code calculates; None where it is no assignment or expression by itself."""
    try:
        body = parse_module(code.strip()).body
    except (SyntaxError, ValueError):
        return None
    match body:
        case [ast.Assign(value=value) | ast.Expr(value=value)]:
            return value
        case _:
            return None


def _bound(code: str) -> frozenset[str]:
    return (
        frozenset(re.findall(r"(?:^|,)\s*([A-Za-z_]\w*)\s*(?=,|=(?!=))", code.split("=")[0] + "="))
        if "=" in code
        else frozenset()
    )


def _split(dims: str) -> tuple[str, ...]:
    return tuple(d.strip() for d in dims.strip("()[] ").split(","))
