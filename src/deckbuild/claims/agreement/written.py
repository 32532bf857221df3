"""Printed text as a tree: `tensor([[1., 2.]], grad_fn=<…>)`, `{'a': 1}`, `[1 2 3]`, `Mean: 0.5` in, nodes out.

Any text can be read; what is no literal becomes words. Numbers keep the precision that they are written with.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TypeAlias

from deckbuild.prose import Number, numbers


@dataclass(frozen=True, slots=True)
class Num:
    """A number."""

    number: Number


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted string, without its quotes."""

    value: str
    of_bytes: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A name, a word, a mark between them, an object in angle brackets."""

    value: str


@dataclass(frozen=True, slots=True)
class Gap:
    """`...`: something left out."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry `key: value` of a dict."""

    key: Node
    value: Node


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in brackets: `[`, `(` or `{`."""

    bracket: str
    items: tuple[Node, ...]
    comma: bool = False
    """Whether a comma stands before the closing bracket, as in `(1,)`."""


@dataclass(frozen=True, slots=True)
class Call:
    """`name(items, option=value)`."""

    name: str
    items: tuple[Node, ...]
    options: tuple[tuple[str, Node], ...] = ()


Node: TypeAlias = "Num | Text | Word | Gap | Pair | Group | Call"

STRING = re.compile(r"""[bru]{0,2}(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")""", re.IGNORECASE)
NAME = re.compile(r"[^\W\d][\w.]*(?<!\.)")
OPTION = re.compile(r"([^\W\d]\w*)=(?!=)")
GAP = re.compile(r"\.\.\.|…")
ANGLE = re.compile(r"<[A-Za-z][^<>\n]*>")
NUMBER = re.compile(r"[-+−]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+−]?\d+)?j?")
TYPE = re.compile(
    r"(?:torch|np|numpy)\.(?:u?int|float|complex|bfloat)\d+|torch\.bool|(?:u?int|float|complex)(?:8|16|32|64|128)|<class '[\w.]+'>"
)
# `005`, `0xff`, `3j`: not the number of its digits.
CODED = re.compile(r"[-+−]?(?:0[0-9]+(?![\d.])|0[xob][0-9a-f]+\b|\d+(?:\.\d*)?j\b)", re.IGNORECASE)
INFINITE = re.compile(r"[-−](?:inf|nan)\b")
CLOSE = {"[": "]", "(": ")", "{": "}"}
DEEPEST = 40


@functools.lru_cache(maxsize=4096)
def read_written(text: str) -> tuple[Node, ...]:
    """The nodes of a text, in their order; commas and line breaks leave no trace."""
    reader = Reader(text)
    nodes: list[Node] = []
    while reader.more():
        if (node := reader.node(0)) is not None:
            nodes.append(node)
    return tuple(nodes)


class Reader:
    """A place in a text that moves on; not shared."""

    def __init__(self, text: str) -> None:
        """At the beginning of `text`."""
        self.text = text
        self.at = 0

    def more(self) -> bool:
        """Whether anything but blanks is left; they are skipped."""
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n,":
            self.at += 1
        return self.at < len(self.text)

    def take(self, pattern: re.Pattern[str]) -> str | None:
        """What matches here, moving behind it."""
        if m := pattern.match(self.text, self.at):
            self.at = m.end()
            return m[0]
        return None

    def node(self, depth: int) -> Node | None:
        """The next node; None for a closing bracket that nothing opened."""
        char = self.text[self.at]
        if found := self.take(STRING):
            return Text(unquoted(found), of_bytes="b" in found[: found.index(found[-1])].lower())
        if self.take(GAP):
            return Gap()
        if char in CLOSE and depth < DEEPEST:
            self.at += 1
            return self.group(char, depth)
        if found := self.take(ANGLE):
            return Word(re.sub(r"0x[0-9a-fA-F…]+(?:\.\.\.)?", "0x…", found))
        if (m := NUMBER.match(self.text, self.at)) and (number := plain_number(m, self.text)):
            self.at = m.end()
            return Num(number)
        if found := self.take(CODED) or self.take(INFINITE):
            return Word(found)
        if found := self.take(NAME):
            return self.named(found, depth)
        self.at += 1
        return None if char in CLOSE.values() else Word(char)

    def named(self, name: str, depth: int) -> Node:
        """A word, or a call where a bracket follows at once."""
        if self.text[self.at : self.at + 1] != "(" or depth >= DEEPEST:
            return Word(name)
        self.at += 1
        items: list[Node] = []
        options: list[tuple[str, Node]] = []
        while self.more() and self.text[self.at] != ")":
            option = OPTION.match(self.text, self.at)
            if option:
                self.at = option.end()
            if not self.more():
                break
            node = self.node(depth + 1)
            if node and option:
                options.append((option[1], node))
            elif node:
                items.append(node)
        self.at += 1
        return Call(name, tuple(items), tuple(options))

    def group(self, opened: str, depth: int) -> Group:
        """The items up to the closing bracket, or to the end."""
        items: list[Node] = []
        while self.more() and self.text[self.at] != CLOSE[opened]:
            if (node := self.node(depth + 1)) is None:
                continue
            if isinstance(node, Word) and node.value == ":" and opened == "{" and items and self.more():
                value = self.node(depth + 1)
                items[-1] = Pair(items[-1], value) if value else items[-1]
                continue
            items.append(node)
        before = min(self.at, len(self.text))
        while before and self.text[before - 1].isspace():
            before -= 1
        comma = self.text[before - 1 : before] == ","
        self.at += 1
        return Group(opened, tuple(items), comma)


def unquoted(text: str) -> str:
    """Without prefix and quotes."""
    bare = text.lstrip("bruBRU")
    return bare[1:-1]


def plain_number(match: re.Match[str], text: str) -> Number | None:
    """The number at a place, if it is one by itself and no part of a word or a version."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 2]
    if re.match(r"\w|\.\d", after) or re.match(r"[\w.]", before) or "j" in match[0] or CODED.fullmatch(match[0]):
        return None
    found = numbers(match[0] + "]")
    return found[0] if len(found) == 1 and found[0].text == match[0] else None


def are_literals(nodes: tuple[Node, ...]) -> bool:
    """Whether the nodes are values and nothing else, however many."""
    return all(is_literal((n,)) for n in nodes)


def is_literal(nodes: tuple[Node, ...]) -> bool:
    """Whether the text is one value and nothing else: a number, a string, a list, a tensor, True, None."""
    match nodes:
        case (Num() | Text(),):
            return True
        case (Word(value=word),):
            return word in ("True", "False", "None", "nan", "inf", "-inf")
        case (Group(bracket=bracket, items=items, comma=comma),):
            return (bracket != "(" or len(items) != 1 or comma) and all(plain(i) for i in items)
        case (Call(items=items, options=options),):
            return all(plain(i) for i in items) and all(plain(o) or isinstance(o, Word) for _, o in options)
        case _:
            return False


def is_type(text: str) -> bool:
    """Whether the text is the name of a type as programs print it."""
    return TYPE.fullmatch(text.strip()) is not None


def plain(node: Node) -> bool:
    """Whether an item belongs to a literal: words do not."""
    match node:
        case Pair(key=key, value=value):
            return plain(key) and plain(value)
        case Gap():
            return True
        case _:
            return is_literal((node,))
