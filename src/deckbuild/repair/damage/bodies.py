"""Empty bodies: a block that holds only comments, or nothing, gets a `pass`, and the card says so.

It must leave alone: a header right above a statement that is not indented: that statement is the body, and where it ends nobody says.
"""

from __future__ import annotations

import re

from deckbuild.syntax import syntax_error

from ..draft import Change, Draft, insert_line

RULE = "empty-body"
MOST = 20
_HEADER = re.compile(r"expected an indented block after .* on line (\d+)")


def mend(draft: Draft) -> Draft:
    """The draft with a `pass` in each block without a statement."""
    for _ in range(MOST):
        header = _empty_block(draft.text)
        if header is None:
            return draft
        indent = _body_indent(draft, header)
        last = header
        while last < len(draft.lines) and _belongs(draft.lines[last].text, indent):
            last += 1
        if last == header < len(draft.lines) and draft.lines[last].text.strip():
            return draft
        change = Change(RULE, _why(draft, header, last), "Python wants a statement there; it does nothing")
        draft = insert_line(draft, last, indent + "pass", change)
    return draft


def _why(draft: Draft, header: int, last: int) -> str:
    """What the body of the block lacks; `last`: the line (0-based) behind its comments."""
    if last > header:
        return "a block holds only comments"
    cut = not any(line.text.strip() for line in draft.lines[header:])
    return "the code is cut off at the start of a block" if cut else "a block holds nothing"


def _empty_block(code: str) -> int | None:
    """The line (1-based) on which the header of the first block without a statement ends."""
    error = syntax_error(code)
    found = _HEADER.search(str(error.msg)) if error is not None else None
    return _end_of_header(code, int(found[1])) if found else None


def _end_of_header(code: str, line: int) -> int:
    lines = code.split("\n")
    for n in range(line, len(lines) + 1):
        if lines[n - 1].split("#")[0].rstrip().endswith(":"):
            return n
    return line


def _body_indent(draft: Draft, header: int) -> str:
    own = re.match(r"\s*", draft.lines[header - 1].text)
    blanks = own[0] if own else ""
    for line in draft.lines[header:]:
        if line.text.strip():
            inner = line.text[: len(line.text) - len(line.text.lstrip())]
            return inner if len(inner) > len(blanks) and line.text.lstrip().startswith("#") else blanks + "    "
    return blanks + "    "


def _belongs(text: str, indent: str) -> bool:
    """Whether a line is a comment of the block."""
    return text.startswith(indent + "#")
