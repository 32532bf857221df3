"""Python's parser, one thread at a time. In: code; out: its syntax tree.

CPython 3.11 and 3.12 count the depth of trees under construction in one place for all threads, and raise a SystemError where two
interleave (CPython issue 106905); cards are checked in several threads.
"""

from __future__ import annotations

import ast
import threading

_ONE_AT_A_TIME = threading.Lock()


def parse_module(code: str) -> ast.Module:
    """The tree of a program. Raises SyntaxError, ValueError, RecursionError and MemoryError as `ast.parse` does."""
    with _ONE_AT_A_TIME:
        return ast.parse(code)


def parse_expression(code: str) -> ast.expr:
    """The tree of an expression. Raises as `parse_module`."""
    with _ONE_AT_A_TIME:
        return ast.parse(code, mode="eval").body
