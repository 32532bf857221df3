"""Code that a verb is said of, "`f(2)` returns …", "calling `show` prints …": a text in, the code out; and which statements of a program it is."""

from __future__ import annotations

import ast
import re

from .reliance import calls_in, parse, reads

SUBJECT = re.compile(
    r"(?:`(?P<code>[^`\n]+)`|(?P<call>\b[A-Za-z_][\w.]*\([^()`\n]*\)))\s*(?:(?:now|then|also|still|therefore|thus|hence|always|simply|just)\s+)*$",
    re.IGNORECASE,
)


def subject_of(text: str) -> str | None:
    """The code in backticks, or the call without them, that a text ends with; None where it ends otherwise."""
    found = SUBJECT.search(text)
    return (found["code"] or found["call"]).strip() if found else None


def may_print(subject: str) -> bool:
    """Whether what the program prints can be meant of it: it is a name, or a `print`. What another expression gives is asked of that itself."""
    return subject.isidentifier() or subject.startswith("print(")


def holds(statement: ast.stmt, subject: str) -> bool:
    """Whether a statement is the code that is spoken of; where that is a name, whether it reads or calls it."""
    if subject.isidentifier():
        return subject in calls_in(statement) | reads(statement).data
    tree = parse(subject)
    return tree is not None and ast.unparse(statement) == ast.unparse(tree)
