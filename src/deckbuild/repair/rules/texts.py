"""Rule `text`: a number that is put to a text without being made one.

It must leave alone: cards that speak of conversions or types, where the error is the lesson.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..scene import Scene

RULE = "text"
_CONCATENATED = re.compile(
    r"^can only concatenate str \(not \"(?:int|float|bool|numpy\.\w+)\"\) to str"
    r"|^unsupported operand type\(s\) for \+: '(?:int|float|bool|numpy\.\w+)' and 'str'"
)
_JOINED = re.compile(r"^sequence item \d+: expected str instance, (?:int|float|bool) found")
_ABOUT = re.compile(
    r"\bstrings?\b|\bstr\b|\bf-string|\bconver|\bcast\b|\bcoerc|\btyp(?:e|es|ed|ing)\b|\bconcatenat|\bimplicit",
    re.IGNORECASE,
)


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """States in which one operand, or what is joined, is made a text."""
    tree = program.tree()
    if tree is None or fault.type != "TypeError" or _ABOUT.search(scene.prose):
        return
    change = Change(RULE, "a number is no text until it is made one", fault.message)
    here = [n for n in ast.walk(tree) if getattr(n, "lineno", None) == fault.line]
    for node, text in _made_texts(here, fault.message, program.code):
        if (made := respelt(state, program, node, text, change, 0.6)) is not None:
            yield made


def _made_texts(here: list[ast.AST], message: str, code: str) -> Iterator[tuple[ast.AST, str]]:
    if _CONCATENATED.match(message):
        sums = [n for n in here if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Add)]
        if any(isinstance(x, ast.Constant) and isinstance(x.value, str) for n in sums for x in (n.left, n.right)):
            for operand in (x for n in sums for x in (n.left, n.right)):
                if not _has_text(operand):
                    yield operand, f"str({ast.get_source_segment(code, operand)})"
    elif _JOINED.match(message):
        for node in here:
            match node:
                case ast.Call(func=ast.Attribute(attr="join"), args=[items]):
                    yield items, f"map(str, {ast.get_source_segment(code, items)})"


def _has_text(node: ast.expr) -> bool:
    """Whether a text is written in an expression, outside the calls in it."""
    match node:
        case ast.BinOp(left=left, right=right):
            return _has_text(left) or _has_text(right)
        case ast.Constant(value=value):
            return isinstance(value, str)
        case _:
            return isinstance(node, ast.JoinedStr)
