"""A program made ready to run: compiled as one piece, with a call after each of its top-level statements.

Goes in: source text. Comes out: a code object, and its statements. The module stays one code object, so that equal
constants are the same object, as in any file (`a = 257; b = 257; a is b` is true in a file, false line by line in a shell);
the call is reached through the constants, so that no name of the program or of `builtins` is taken for it.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType

from .stores import stores

MARK = b"deckbuild: after this statement"


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled program; `watched` are the statements after which the hook is called, in their order."""

    code: CodeType
    watched: tuple[ast.stmt, ...]
    statements: tuple[ast.stmt, ...]


def compile_program(text: str, path: str, hook: Callable[..., object]) -> Program:
    """The program; `hook(value)` is called by an expression statement, `hook()` after any other.

    Raises SyntaxError, ValueError (null bytes), RecursionError or MemoryError as `compile` does.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        try:
            return _compiled(text, path, hook)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            compile(text, path, "exec", dont_inherit=True)  # the message must be that of the untouched text
            raise


def _compiled(text: str, path: str, hook: Callable[..., object]) -> Program:
    tree = ast.parse(text, path)
    statements = tuple(tree.body)
    head = _head(tree.body)
    if stores.started:
        tree = ast.parse(text, path)  # another: the statements stay as they are written
        stores.watch(tree)
    tree.body = [*tree.body[:head], *(n for s in tree.body[head:] for n in _watch(s))]
    code = compile(tree, path, "exec", dont_inherit=True)
    constants = tuple(hook if c == MARK and type(c) is bytes else c for c in code.co_consts)
    return Program(code.replace(co_consts=constants), statements[head:], statements)


def _head(body: list[ast.stmt]) -> int:
    """How many statements must stay first: the docstring and what is imported from `__future__`."""
    for count, statement in enumerate(body):
        match statement:
            case ast.Expr(value=ast.Constant(value=str())) if count == 0:
                pass
            case ast.ImportFrom(module="__future__", level=0):
                pass
            case _:
                return count
    return len(body)


def _watch(statement: ast.stmt) -> Iterator[ast.stmt]:
    values = [statement.value] if isinstance(statement, ast.Expr) else []
    if not values:
        yield statement
    place = ast.Constant(MARK)
    call = ast.Expr(ast.Call(place, [*values], []))
    for node in (call, call.value, place):
        ast.copy_location(node, statement)
    yield call
