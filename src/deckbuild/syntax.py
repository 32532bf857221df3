"""Python's parser, one thread at a time, and what in its trees is no program. In: code; out: its syntax tree, or its error.

CPython 3.11 and 3.12 count the depth of trees under construction in one place for all threads, and raise a SystemError where two
interleave (CPython issue 106905); cards are checked in several threads.
"""

from __future__ import annotations

import ast
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

DEEPEST = 200
"""Levels of a tree that are followed: what does so takes up to three of Python's 1,000 calls for each."""
_ONE_AT_A_TIME = threading.Lock()
_PRINTED = frozenset({"tensor", "array", "torch.Size"})
"""What tensors, arrays and their sizes print before their entries; whoever makes one writes the module, or gives it a name."""
_IN_PRINTED = (ast.Constant, ast.UnaryOp, ast.USub, ast.List, ast.Tuple, ast.Load)


class TooDeepError(SyntaxError):
    """The code may be right, but is nested more deeply than the parser, or what looks at its tree, can follow."""


def parse_module(code: str) -> ast.Module:
    """The tree of a program. Raises SyntaxError and ValueError as `ast.parse` does; TooDeepError, which is a SyntaxError, too."""
    with _ONE_AT_A_TIME, _followed():
        tree = ast.parse(code)
    if len(code) > DEEPEST and _is_deeper(tree, DEEPEST):
        raise TooDeepError("it is nested too deeply")
    return tree


def parse_expression(code: str) -> ast.expr:
    """The tree of an expression. Raises as `parse_module`."""
    with _ONE_AT_A_TIME, _followed():
        return ast.parse(code, mode="eval").body


def is_too_deep(code: str) -> bool:
    """Whether code is nested too deeply to be followed."""
    try:
        parse_module(code)
    except TooDeepError:
        return True
    except (SyntaxError, ValueError):
        return False
    return False


def _is_deeper(tree: ast.AST, most: int) -> bool:
    """Whether a tree has more levels than so many."""
    level = [tree]
    for _ in range(most):
        values = [value for node in level for value in vars(node).values()]
        lists = [value for value in values if type(value) is list]
        level = [node for node in (*values, *chain.from_iterable(lists)) if isinstance(node, ast.AST)]
        if not level:
            return False
    return True


@contextmanager
def _followed() -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        if error.msg.startswith("too many"):  # nested parentheses, levels of indentation
            raise TooDeepError(error.msg) from error
        raise
    except (RecursionError, MemoryError) as error:
        raise TooDeepError("it is nested too deeply") from error


def syntax_error(code: str) -> SyntaxError | None:
    """The interpreter's own error; None where the code parses, or where the parser itself gives up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in cards' strings are the cards' affair
        try:
            parse_module(code + "\n")
        except (TooDeepError, ValueError):
            return None
        except SyntaxError as error:
            return error
    return None


def continued(code: Sequence[str], below: Sequence[str]) -> int:
    """How many of the lines below a session's statement are the rest of it, though no `...` says so: a body, or what closes its brackets."""
    found = 0
    if syntax_error("\n".join(code)) is None:
        return found
    for n, line in enumerate(below, 1):
        if not line.strip() or (found and not line[0].isspace()):
            break
        if syntax_error("\n".join((*code, *below[:n]))) is None:
            found = n
        elif found:
            break
    return found


def is_ellipsis(node: ast.AST | None) -> bool:
    """Whether a node is `...`."""
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def holds_ellipsis(tree: ast.AST) -> bool:
    """Whether `...` stands anywhere in a tree."""
    return any(map(is_ellipsis, ast.walk(tree)))


def is_printed_form(tree: ast.Module) -> bool:
    """Whether code holds only what values look like when they are printed: `tensor([1., 2.], dtype=torch.float64)`."""
    return bool(tree.body) and all(isinstance(s, ast.Expr) and _is_printed(s.value) for s in tree.body)


def _is_printed(value: ast.expr) -> bool:
    """Whether an expression is a printed name with written entries in its brackets; a dtype or device behind them is any word."""
    match value:
        case ast.Call(func=func, args=[entries]):
            return ast.unparse(func) in _PRINTED and all(isinstance(n, _IN_PRINTED) for n in ast.walk(entries))
        case _:
            return False
