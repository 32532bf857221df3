"""Checked cards -> notes: Markdown, formulas, code, tensors and corrections as HTML that Anki shows well on a phone.

Nothing is computed here and nothing is loaded from elsewhere: what is drawn is what the model holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.model import CheckedCard, Note, Versions

from .style import note_style

if TYPE_CHECKING:
    from .note import ContextSide


def draw_note(checked: CheckedCard, versions: Versions, seed: int, *, context: ContextSide = "hint") -> Note:
    """The card as Anki keeps it. What it takes to draw is loaded now: a build that knows all its notes draws none."""
    from .note import draw_note as draw

    return draw(checked, versions, seed, context=context)


__all__ = ["draw_note", "note_style"]
