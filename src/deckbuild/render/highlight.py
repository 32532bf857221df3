"""Source text -> its lines as tokens of six classes: k keyword, b builtin, f name of a function or class, s string, m number, c comment.

Six, where Pygments has seventy: a card's code is short, and each class costs bytes on every line and a colour in two modes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound


class Token(NamedTuple):
    """A piece of a line, and its class or ""."""

    kind: str
    text: str


Line = tuple[Token, ...]

LONGEST = 10_000
"""Characters that are coloured: Pygments takes seconds for more, of the worst sort."""
_KINDS: tuple[tuple[_TokenType, str], ...] = (
    (Keyword, "k"),
    (Operator.Word, "k"),
    (Name.Builtin, "b"),
    (Name.Exception, "b"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Decorator, "f"),
    (Name.Tag, "k"),
    (String, "s"),
    (Number, "m"),
    (Comment, "c"),
)
_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "output", "none"})


def highlight(source: str, language: str | None) -> tuple[Line, ...]:
    """One tuple of tokens a line, neighbours of one class merged; what is endless, or in a language that is not known, stays plain."""
    lexer = _lexer(_name(source, language)) if len(source) <= LONGEST else None
    if lexer is None:
        return tuple((Token("", line),) if line else () for line in source.split("\n"))
    lines: list[list[Token]] = [[]]
    for token_type, value in lexer.get_tokens(source):
        kind = _kind(token_type)
        for i, piece in enumerate(value.split("\n")):
            if i:
                lines.append([])
            _append(lines[-1], kind, piece)
    return tuple(tuple(line) for line in lines[: source.count("\n") + 1])


def _name(source: str, language: str | None) -> str:
    name = (language or "").lower()
    return "pycon" if name.startswith("py") and source.lstrip().startswith(">>>") else name


def _append(line: list[Token], kind: str, piece: str) -> None:
    if line and (line[-1].kind == kind or not piece.strip()):
        line[-1] = Token(line[-1].kind, line[-1].text + piece)
    elif piece:
        line.append(Token(kind if piece.strip() else "", piece))


@lru_cache(maxsize=64)
def _lexer(name: str) -> Lexer | None:
    """The lexer of a language, made once: making one costs more than using it."""
    if name in _PLAIN:
        return None
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _kind(token_type: _TokenType) -> str:
    return next((kind for ancestor, kind in _KINDS if token_type in ancestor), "")
