"""The numbers of a stand-in: others than those of the program's other names, small ones where a model is trained.

In: a guess and the program; out: the guess with numbers that suit it. It must leave alone: settings, counts and what the card states.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from ...program.usage import literal
from ..guess import Guess

_COUNTED = re.compile(
    r"(?P<library>torch|np)\.arange\((?:(?P<start>\d+)\.0?, )?(?P<stop>\d+)\.0?\)(?:\.reshape\((?P<dims>[\d, ]+)\))?"
)
_CLASS = re.compile(r"torch\.eye\((?P<classes>\d+)\)(?P<one>\[0\])?")
_SECOND = {
    "'some text'": "'another text'",
    "'abc'": "'def'",
    "['first', 'second']": "['third', 'fourth']",
}
MOST = 8
"""Names of one program that are told apart."""


def suited(guess: Guess, tree: ast.Module) -> Guess:
    """The guess with numbers in [0, 1) where the program trains, and with none that another name of the program has.

    Two ends of a blend with the same numbers would show no transition; counted inputs make a training diverge.
    """
    if guess.copied:
        return guess
    if _trains(tree):
        guess = replace(guess, value=_drawn(guess.value), alternates=tuple(map(_drawn, guess.alternates)))
    taken = [ast.unparse(s.value) for s in tree.body if isinstance(s, ast.Assign)]
    for step in range(MOST):
        value = _moved(guess.value, step)
        if step and value == guess.value:
            break
        if not _meets(value, taken):
            return replace(guess, value=value, alternates=tuple(_moved(v, step) for v in guess.alternates))
    return guess


def _trains(tree: ast.Module) -> bool:
    """Whether the program calls `backward` or `step` on anything."""
    called = (n.func for n in ast.walk(tree) if isinstance(n, ast.Call))
    return any(isinstance(f, ast.Attribute) and f.attr in ("backward", "step") for f in called)


def _drawn(value: str) -> str:
    return _COUNTED.sub(lambda m: f"torch.rand({m['dims'] or m['stop']})" if m["library"] == "torch" else m[0], value)


def _moved(value: str, step: int) -> str:
    """The value with its numbers moved on by as many as there are of them, `step` times; the same where nothing can be moved."""
    if not step:
        return value
    if _COUNTED.search(value):
        return _COUNTED.sub(lambda m: _counted_on(m, step), value)
    if (label := _CLASS.fullmatch(value)) is not None:
        place = step % int(label["classes"])
        return f"{value[:-3]}[{place}]" if label["one"] else f"{value}.roll({place}, 0)" if place else value
    found = literal(ast.parse(value, mode="eval").body)
    if isinstance(found, float):
        return repr(found + step)
    if isinstance(found, list) and (numbers := _count(found)):
        return repr(_shifted(found, numbers * step))
    return _SECOND.get(value, value) if step == 1 else value


def _counted_on(found: re.Match[str], step: int) -> str:
    size = int(found["stop"])
    shape = f".reshape({found['dims']})" if found["dims"] else ""
    return f"{found['library']}.arange({size * step}., {size * (step + 1)}.){shape}"


def _count(entries: list[object]) -> int:
    """How many numbers nested lists hold; 0 where they hold anything else."""
    counts = [_count(e) if isinstance(e, list) else int(isinstance(e, int | float)) for e in entries]
    return sum(counts) if all(counts) else 0


def _shifted(entry: object, by: int) -> object:
    if isinstance(entry, list):
        return [_shifted(e, by) for e in entry]
    assert isinstance(entry, int | float)
    return entry + by


def _meets(value: str, taken: list[str]) -> bool:
    """Whether another name has the same value, or one that counts through the same numbers."""
    ranges = {_range(m) for text in taken for m in _COUNTED.finditer(text)}
    own = {_range(m) for m in _COUNTED.finditer(value)}
    return bool(own & ranges) if own else ast.unparse(ast.parse(value, mode="eval")) in taken


def _range(found: re.Match[str]) -> tuple[int, int]:
    return int(found["start"] or 0), int(found["stop"])
