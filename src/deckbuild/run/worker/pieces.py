"""A program in pieces that are compiled once: candidates for the repair of one snippet share nearly all of their statements.

Goes in: source text. Comes out: its top-level statements, each a code object with its place in the text. Only for hints: equal
constants of different statements are different objects here (`a = 257; b = 257; a is b` is true in a file).
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from opcode import opmap
from types import CodeType

from .bound import Names, is_plain, read_names
from .stores import stores

START = re.compile(r"^(?!(?:else|elif|except|finally)\b)(?=[^\s#)\]}])", re.MULTILINE)
"""Where a statement of the module may begin."""
BEFORE = re.compile(r"(?:[ \t]*(?:#.*)?\n)*")
GLOBAL = re.compile(r"\bglobal\b")
UNFIT = ("__future__", "\r", "\f", "\0")
"""What bears on other statements, or makes other lines."""
ASSIGNED = re.compile(r"([A-Za-z_]\w*) = [^;\n]+\n*", re.ASCII)
STORES = tuple(opmap[n] for n in ("STORE_NAME", "STORE_ATTR", "STORE_SUBSCR", "STORE_SLICE") if n in opmap)
KEPT = 2000
JOINED = 20
_kept: dict[tuple[str, str, int], tuple[Piece, ...]] = {}


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement; evaluated, its code gives the value of an expression, None for any other."""

    code: CodeType
    line: int
    end_line: int
    names: Names


class _NotAloneError(Exception):
    """What a statement means depends on where it stands."""


def read_pieces(text: str, path: str) -> tuple[Piece, ...] | None:
    """The statements of the module; None if the text is to be compiled as a whole, be it only for the error that it gives."""
    before, *parts = START.split(text)
    if not parts or _is_unfit(text) or not BEFORE.fullmatch(before):
        return None
    if len(_kept) > KEPT:
        _kept.clear()
    pieces: list[Piece] = []
    line, first = 1 + before.count("\n"), 0
    while first < len(parts):
        part, end = parts[first], first + 1
        found = _read(part, path, line)
        while found is None and end < len(parts):
            end = end + 1 if end - first < JOINED else len(parts)
            part = "".join(parts[first:end])
            found = _read(part, path, line)
        if found is None:
            return None
        pieces += found
        line, first = line + part.count("\n"), end
    return tuple(pieces)


def _is_unfit(text: str) -> bool:
    return any(mark in text for mark in UNFIT) or ("global" in text and GLOBAL.search(text) is not None)


def _read(text: str, path: str, line: int) -> tuple[Piece, ...] | None:
    """The statements of a text that begins on that line; None if it is not complete."""
    key = text, path, line
    found = _kept.get(key)
    if found is None:
        try:
            found = _kept[key] = _assignment(text, path, line) or _compiled("\n" * (line - 1) + text, path)
        except (SyntaxError, ValueError, RecursionError, MemoryError, _NotAloneError):
            return None
    return found


def _assignment(text: str, path: str, line: int) -> tuple[Piece, ...] | None:
    """Of `name = expression` on one line, in half of the time, since no tree is made; None if it may assign anything else.

    It is what most candidates differ in.
    """
    found = ASSIGNED.fullmatch(text)
    if found is None or not is_plain(text):
        return None
    code = compile("\n" * (line - 1) + text, path, "exec", dont_inherit=True)
    if sum(map(code.co_code[::2].count, STORES)) > 1:  # `a = b = 1`
        return None
    return (Piece(code, line, line, Names((found[1],), (), ())),)


def _compiled(text: str, path: str) -> tuple[Piece, ...]:
    statements = ast.parse(text, path).body
    names = read_names(statements, text)
    if stores.started:
        for statement in statements:
            stores.watch(statement)
    both = zip(statements, names, strict=True)
    return tuple(Piece(_code(s, path), s.lineno, s.end_lineno or s.lineno, n) for s, n in both)


def _code(statement: ast.stmt, path: str) -> CodeType:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            raise _NotAloneError  # it documents the module if it is the first
        case ast.Expr(value=value):
            return compile(ast.Expression(value), path, "eval", dont_inherit=True)
    return compile(ast.Module([statement], []), path, "exec", dont_inherit=True)
