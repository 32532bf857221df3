"""Vocabularies that a class of the deck is made with: the words that the program has it encode, numbered. In: a use; out: a mapping, or a list.

It must leave alone: what a class does not look words up in, and vocabularies of which nothing is encoded here but more words than a reader
would follow.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...lending.fits import initializer
from ...program.usage import Usage, usage_of
from ...scene import Scene
from ..guess import Guess
from ..reading.constants import constants

MOST = 60
_PIECES = re.compile(r"\w+|--|[^\w\s]")
_SPECIAL = re.compile(r"<\|?\w+\|?>|\[(?:UNK|PAD|CLS|SEP|MASK|BOS|EOS)\]")
_SPLITS = re.compile(r"[\\()\[\]^$*+]|\{\d")
"""What patterns hold, and texts seldom."""
_ENCODES = frozenset({"encode", "tokenize", "text_to_ids", "to_ids"})
OWN_TEXT = "some text"


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The words of all texts that the program writes down for it, in the order of their characters; of a text of deckbuild's own where there are none."""
    for owner, parameter in _taking(usage, tree):
        form = _form(owner, parameter)
        words = _words(owner, tree)
        if form is None or len(words) > MOST:
            continue
        value = f"{{{', '.join(f'{w!r}: {n}' for n, w in enumerate(words))}}}" if form == "mapping" else repr(words)
        yield Guess(value, "the words that are encoded here, numbered; which number a word has is deckbuild's choice")


def _taking(usage: Usage, tree: ast.Module) -> Iterator[tuple[ast.ClassDef, str]]:
    """The classes of the program that are made with it, and what they call it."""
    classes = {s.name: s for s in tree.body if isinstance(s, ast.ClassDef)}
    for context in usage.contexts:
        match context.parents:
            case (ast.Call(func=ast.Name(id=made), args=args), *_) if made in classes and context.node in args:
                names = _parameters(classes[made])
                place = args.index(context.node)
                if place < len(names):
                    yield classes[made], names[place]
            case (ast.keyword(arg=str(keyword)), ast.Call(func=ast.Name(id=made)), *_) if made in classes:
                yield classes[made], keyword


def _parameters(owner: ast.ClassDef) -> list[str]:
    init = initializer(owner)
    return [a.arg for a in init.args.args[1:]] if init is not None else []


def _form(owner: ast.ClassDef, parameter: str) -> str | None:
    """Whether words are looked up in it, or it lists them; None where neither is seen, or nothing is encoded."""
    if not any(isinstance(n, ast.FunctionDef) and n.name in _ENCODES for n in owner.body):
        return None
    usage = usage_of(owner, parameter)
    if any(isinstance(c.parent, ast.Call) and ast.unparse(c.parent.func) == "enumerate" for c in usage.contexts):
        return "list"
    return "mapping" if usage.attributes & {"items", "keys"} or _is_kept(owner, parameter) else None


def _is_kept(owner: ast.ClassDef, parameter: str) -> bool:
    """Whether it becomes an attribute in which something is looked up."""
    kept = [
        ast.unparse(n.targets[0])
        for n in ast.walk(owner)
        if isinstance(n, ast.Assign) and isinstance(n.value, ast.Name) and n.value.id == parameter
    ]
    looked_up = [n.value for n in ast.walk(owner) if isinstance(n, ast.Subscript)]
    looked_up += [n.value for n in ast.walk(owner) if isinstance(n, ast.Attribute) and n.attr == "get"]
    return any(ast.unparse(n) in kept for n in looked_up)


def _words(owner: ast.ClassDef, tree: ast.Module) -> list[str]:
    """The pieces of the encoded texts, at spaces or by a pattern as the class cuts them, and the special ones of which it speaks."""
    texts = list(_texts(tree)) or [OWN_TEXT]
    said = [n.value for n in ast.walk(owner) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    special = {s for text in (*texts, *(s for s in said if not _SPLITS.search(s))) for s in _SPECIAL.findall(text)}
    if any(isinstance(n, ast.Attribute) and n.attr == "lower" for n in ast.walk(owner)):
        texts = [t.lower() for t in texts]
    by_pattern = any(isinstance(n, ast.Name) and n.id == "re" for n in ast.walk(owner))
    pieces = {p for t in texts for p in (_PIECES.findall(_SPECIAL.sub(" ", t)) if by_pattern else t.split())}
    return sorted(pieces | special)


def _texts(tree: ast.Module) -> Iterator[str]:
    """What is given to be encoded: written there, or a name that is bound to a text."""
    names = constants(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=attr), args=[given, *_]) if attr in _ENCODES:
                given = names.get(given.id, given) if isinstance(given, ast.Name) else given
                yield from (
                    n.value for n in ast.walk(given) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                )
