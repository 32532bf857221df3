"""A program in pieces that are compiled once: candidates for the repair of one snippet share nearly all of their statements.

Goes in: source text. Comes out: its top-level statements, each a code object with its place in the text. Only for hints: equal
constants of different statements are different objects here (`a = 257; b = 257; a is b` is true in a file).
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from types import CodeType

from .bound import Names, read_names

START = re.compile(r"^(?!(?:else|elif|except|finally)\b)[^\s#)\]}]", re.MULTILINE)
"""Where a statement of the module may begin."""
BEFORE = re.compile(r"(?:[ \t]*(?:#.*)?\n)*")
UNFIT = re.compile(r"__future__|\bglobal\b|[\r\f\0]")
"""What bears on other statements, or makes other lines."""
KEPT = 2000
JOINED = 20
_kept: dict[tuple[str, str, int], tuple[Piece, ...]] = {}


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement; evaluated, its code gives the value of an expression, None for any other."""

    code: CodeType
    statement: ast.stmt
    names: Names


class _NotAloneError(Exception):
    """What a statement means depends on where it stands."""


def read_pieces(text: str, path: str) -> tuple[Piece, ...] | None:
    """The statements of the module; None if the text is to be compiled as a whole, be it only for the error that it gives."""
    starts = [m.start() for m in START.finditer(text)]
    if not starts or UNFIT.search(text) or not BEFORE.fullmatch(text, 0, starts[0]):
        return None
    if len(_kept) > KEPT:
        _kept.clear()
    pieces: list[Piece] = []
    end, line = starts[0], 1 + text.count("\n", 0, starts[0])
    for number, start in enumerate(starts):
        if start < end:
            continue
        for end in (*starts[number + 1 : number + JOINED], len(text)):
            found = _read(text[start:end], path, line)
            if found is not None:
                break
        else:
            return None
        pieces += found
        line += text.count("\n", start, end)
    return tuple(pieces)


def _read(text: str, path: str, line: int) -> tuple[Piece, ...] | None:
    """The statements of a text that begins on that line; None if it is not complete."""
    key = text, path, line
    if key not in _kept:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)
                _kept[key] = _compiled("\n" * (line - 1) + text, path)
        except (SyntaxError, ValueError, RecursionError, MemoryError, _NotAloneError):
            return None
    return _kept[key]


def _compiled(text: str, path: str) -> tuple[Piece, ...]:
    statements = ast.parse(text, path).body
    names = read_names(statements, text)
    return tuple(Piece(_code(s, path), s, n) for s, n in zip(statements, names, strict=True))


def _code(statement: ast.stmt, path: str) -> CodeType:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            raise _NotAloneError  # it documents the module if it is the first
        case ast.Expr(value=value):
            return compile(ast.Expression(value), path, "eval", dont_inherit=True)
    return compile(ast.Module([statement], []), path, "exec", dont_inherit=True)
