"""Vocabularies: what words, characters or classes numbers stand for, and back. In: a name that is looked up in; out: a guess.

The entries say that they are made up (`word7`), but for characters, whose two directions agree, so that what is encoded decodes to
itself. It must leave alone: names that are read whole, counted, cut or filled, and lookups of words that the program itself writes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...program.names import last_name
from ...program.usage import Context, Usage, literal
from ...scene import Scene
from ..guess import Guess
from ..networks.models import IDS

_NUMBER = r"(?:idx|ix|index|id|int|i)"
_TO = r"_?(?:to|2)_?"
_CLASSES = re.compile(r"^(?:\w+_)?(?:classes|class_?names|class_?labels|label_?names|labels?_map|target_?names)$")
_CHARACTERS = re.compile(rf"^(?:\w+_)?(?:itos|{_NUMBER}{_TO}(?:ch|chr|chars?|characters?))$")
_OF_CHARACTERS = re.compile(rf"^(?:\w+_)?(?:stoi|(?:ch|chr|chars?|characters?){_TO}{_NUMBER})$")
_WORDS = re.compile(rf"^(?:\w+_)?{_NUMBER}{_TO}(?:w|words?|tok|tokens?|vocab|str|strings?)$")
_OF_NUMBERS = re.compile(rf"_{_NUMBER}_(?:dict|map)$")
_ALPHABET = "string.printable[10:] + string.digits"
"""Letters first: a number is then no digit."""
_KINDS = (
    (_CLASSES, f"[f'class{{n}}' for n in range({IDS})]", "made-up names of classes, by their numbers"),
    (_CHARACTERS, f"dict(enumerate({_ALPHABET}))", "all characters that can be printed, by their numbers"),
    (
        _OF_CHARACTERS,
        f"{{c: n for n, c in enumerate({_ALPHABET})}}",
        "numbers for all characters that can be printed",
    ),
    (_WORDS, f"{{n: f'word{{n}}' for n in range({IDS})}}", "made-up words, by their numbers"),
)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The vocabulary that the name speaks of."""
    if not usage.contexts or usage.stored or not all(map(_is_looked_up, usage.contexts)):
        return
    name = usage.name.lower()
    yield from (Guess(value, why) for form, value, why in _KINDS if form.search(name))
    if _OF_NUMBERS.search(name) and all(map(_is_number, usage.subscripts)):
        yield Guess(*_KINDS[-1][1:])


def _is_number(key: ast.expr) -> bool:
    """Whether a key can be nothing else: `ids[0].item()`, `int(k)`."""
    return isinstance(key, ast.Call) and last_name(key.func) in ("item", "int")


def _is_looked_up(context: Context) -> bool:
    """Whether a single entry is asked for, by what is no written word: `classes[k]`, `itos.get(k, '?')`."""
    match context.parents:
        case (ast.Subscript(value=value, slice=key), *_) if value is context.node:
            return not isinstance(key, ast.Slice | ast.Tuple) and not isinstance(literal(key), str)
        case (ast.Attribute(attr="get"), ast.Call(args=[key, *_]), *_):
            return not isinstance(literal(key), str)
        case _:
            return False
