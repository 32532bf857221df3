"""Typographic characters where Python wants plain ones: quotes, minus, dashes, multiplication signs, hard blanks, and others.

The wide forms of East Asian print, and raised digits, are replaced only where Python stumbles over them; inside texts they stay.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from deckbuild.syntax import syntax_error

from ..draft import Change, Draft, Line, parse, replace_lines

RULE = "typographic-character"
MOST = 200
"""Wide characters of one snippet."""
_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "′": "'",
        "−": "-", "–": "-", "—": "-", "×": "*", "⋅": "*", "∗": "*", "∕": "/", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
        "\u00a0": " ", "\u2009": " ", "\u200b": "", "\ufeff": "",
    }
)  # fmt: skip
_RAISED = {"²": "**2", "³": "**3"}


def mend(draft: Draft) -> Draft:
    """The draft with those characters made plain."""
    change = Change(RULE, "a typographic character stands where Python wants a plain one", "the line is Python with it")
    draft = _narrowed(draft, change)
    if parse(draft.text) is not None:
        return draft
    return replace(draft, lines=tuple(_plain(line, change) for line in draft.lines))


def _narrowed(draft: Draft, change: Change) -> Draft:
    """The draft with each wide character that is no Python as its common form."""
    texts = [line.text for line in draft.lines]
    for _ in range(MOST):
        error = syntax_error("\n".join(texts))
        if error is None or not error.lineno or not error.offset:
            break
        line, at = texts[error.lineno - 1], error.offset - 1
        narrow = _narrow(line[at : at + 1])
        if not str(error.msg).startswith("invalid character") or not narrow:
            break
        texts[error.lineno - 1] = line[:at] + narrow + line[at + 1 :]
    return replace_lines(draft, 0, len(texts) - 1, texts, change)


def _narrow(character: str) -> str:
    """What Python reads for a wide form or a raised digit; "" for any other character."""
    if unicodedata.east_asian_width(character or " ") in ("F", "W"):
        common = unicodedata.normalize("NFKC", character)
        return common if common.isascii() else ""
    return _RAISED.get(character, "")


def _plain(line: Line, change: Change) -> Line:
    text = line.text.translate(_PLAIN)
    return line if text == line.text else replace(line, text=text, changes=(*line.changes, change))
