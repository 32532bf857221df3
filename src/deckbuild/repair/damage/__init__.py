"""Text damage: what keeps a snippet from being parsed although it is Python. In: a snippet; out: a draft, or the error that is left.

One kind of damage a module; each offers a draft without it, and what then parses is taken. In a snippet that parses as it
stands only the word for a percent sign is looked for, where it can be no word, and underscores that Markdown took.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from deckbuild.model import Fault, Snippet
from deckbuild.syntax import syntax_error

from ..draft import Draft, parse, start_draft
from . import (
    bodies,
    cut_rows,
    line_numbers,
    magics,
    percent,
    punctuation,
    sentences,
    sessions,
    terminators,
    underscores,
)

KINDS: tuple[Callable[[Draft], Draft], ...] = (
    line_numbers.mend,
    terminators.mend,
    magics.mend,
    punctuation.mend,
    percent.mend,
    bodies.mend,
    sentences.mend,
)


@lru_cache(maxsize=4096)
def clean(snippet: Snippet) -> Draft:
    """The snippet's draft, text damage undone if the result parses; else the snippet as written."""
    whole = underscores.mend(_dedented(cut_rows.mend(start_draft(snippet))))
    session = sessions.mend(whole)
    if session is not whole:
        return percent.mend_texts(_mended(session) or session)
    return percent.mend_texts(whole if parse(whole.text) is not None else _mended(whole) or whole)


def syntax_fault(snippet: Snippet) -> Fault:
    """What Python still says of a snippet when plain damage has been undone, at the line of the file that it names."""
    draft = clean(snippet)
    error = syntax_error(draft.text)
    if error is None:
        return Fault("syntax", "SyntaxError", "it does not parse", snippet.line)
    index = min(max((error.lineno or 1) - 1, 0), len(draft.lines) - 1)
    return Fault("syntax", type(error).__name__, str(error.msg), draft.file_line(index))


def _mended(draft: Draft) -> Draft | None:
    """The draft after the kinds of damage in turn, as soon as it parses."""
    for mend in KINDS:
        if parse(draft.text) is not None:
            return draft
        draft = mend(draft)
    return draft if parse(draft.text) is not None else None


def _dedented(draft: Draft) -> Draft:
    """Common indentation is the list's that the fence stood in, not the snippet's: no correction."""
    texts = textwrap.dedent(draft.text).split("\n")
    return replace(draft, lines=tuple(replace(x, text=t) for x, t in zip(draft.lines, texts, strict=True)))
