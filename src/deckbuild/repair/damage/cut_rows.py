"""Rows cut in two: `x = 1  # :p What is x?` ends the block above it, and leaves the row's own code outside.

It must leave alone: rows that are no Python behind the block, such as a sentence that ends in a number sign, and single words.
"""

from __future__ import annotations

import keyword
import textwrap

from ..draft import Change, Draft, insert_line, parse

RULE = "cut-row"
_CHANGE = Change(
    RULE, "a question in the place of a remark cuts the block off", "the code stands on the row of the question"
)


def mend(draft: Draft) -> Draft:
    """The draft with the code of the row that cuts it off as its last line, if it reads as one with the others."""
    rest = draft.snippet.rest
    word = rest.strip()
    if not rest or (word.isidentifier() and not keyword.iskeyword(word)):
        return draft
    if parse(textwrap.dedent(f"{draft.text}\n{rest}")) is None:
        return draft
    return insert_line(draft, len(draft.lines), rest, _CHANGE)
