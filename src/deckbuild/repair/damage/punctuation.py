"""Typographic characters where Python wants plain ones: quotes, minus, dashes, multiplication signs, hard blanks."""

from __future__ import annotations

from dataclasses import replace

from ..draft import Change, Draft, Line

RULE = "typographic-character"
_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "′": "'",
        "−": "-", "–": "-", "—": "-", "×": "*", "⋅": "*", "∗": "*", "∕": "/", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
        "\u00a0": " ", "\u2009": " ", "\u200b": "", "\ufeff": "",
    }
)  # fmt: skip


def mend(draft: Draft) -> Draft:
    """The draft with those characters made plain."""
    change = Change(RULE, "a typographic character stands where Python wants a plain one", "the line is Python with it")
    return replace(draft, lines=tuple(_plain(line, change) for line in draft.lines))


def _plain(line: Line, change: Change) -> Line:
    text = line.text.translate(_PLAIN)
    return line if text == line.text else replace(line, text=text, changes=(*line.changes, change))
