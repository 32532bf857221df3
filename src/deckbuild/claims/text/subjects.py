"""Code that a verb is said of, "`f(2)` returns …", "calling `show` prints …": a text in, the code out; and which statements of a program it is."""

from __future__ import annotations

import ast
import re

from ..facts.reliance import binds, calls_in, parse

SUBJECT = re.compile(
    r"(?:`(?P<code>[^`\n]+)`|(?P<call>\b[A-Za-z_][\w.]*\([^()`\n]*\)))\s*(?:(?:now|then|also|still|therefore|thus|hence|always|simply|just)\s+)*$",
    re.IGNORECASE,
)


def subject_of(text: str) -> str | None:
    """The code in backticks, or the call without them, that a text ends with; None where it ends otherwise."""
    found = SUBJECT.search(text)
    return (found["code"] or found["call"]).strip() if found else None


def is_of_expression(text: str) -> bool:
    """Whether a text ends with code that is neither a name nor a `print`: what is said of it is asked of that itself, not of what is printed."""
    subject = subject_of(text)
    return subject is not None and not (subject.isidentifier() or subject.startswith("print("))


def is_of_variable(text: str, source: str) -> bool:
    """Whether a text ends with the name of a variable of a program: what is said of it is no output, but its value."""
    subject, tree = subject_of(text), parse(source)
    assigned = [s for s in (tree.body if tree is not None else []) if isinstance(s, ast.Assign | ast.AnnAssign)]
    return any(subject in binds(s) for s in assigned)


def holds(statement: ast.stmt, subject: str) -> bool:
    """Whether a statement is the code that is spoken of; where that is a name, whether it calls or binds it, or shows nothing else."""
    if subject.isidentifier():
        alone = ast.unparse(statement) in (subject, f"print({subject})")
        return alone or subject in calls_in(statement) | binds(statement)
    tree = parse(subject)
    return tree is not None and ast.unparse(statement) == ast.unparse(tree)
