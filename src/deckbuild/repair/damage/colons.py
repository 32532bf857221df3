"""Missing colons: the header of a block that Python says wants one."""

from __future__ import annotations

import warnings

from deckbuild.syntax import parse_module

from ..draft import Change, Draft, replace_lines

RULE = "missing-colon"
MOST = 5


def mend(draft: Draft) -> Draft:
    """The draft with a colon at the end of each header that Python says wants one, before a comment."""
    for _ in range(MOST):
        at = _wanting(draft.text)
        if at is None:
            return draft
        line, message = at
        code, mark, comment = draft.lines[line].text.partition("  #")
        change = Change(RULE, "the header of a block lacks its colon", f"Python: {message}")
        draft = replace_lines(draft, line, line, [f"{code.rstrip()}:{mark}{comment}"], change)
    return draft


def _wanting(code: str) -> tuple[int, str] | None:
    """The line (index) on which Python expects a colon at the end, and its message."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parse_module(code + "\n")
        except SyntaxError as error:
            text = (error.text or "").split("#")[0].rstrip()
            at_end = error.offset is not None and error.offset > len(text)
            return (
                (error.lineno - 1, str(error.msg)) if error.lineno and at_end and error.msg == "expected ':'" else None
            )
        except (ValueError, RecursionError, MemoryError):
            return None
    return None
