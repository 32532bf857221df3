"""Checked cards -> notes: Markdown, formulas, code, tensors and corrections as HTML that Anki shows well on a phone.

Nothing is computed here and nothing is loaded from elsewhere: what is drawn is what the model holds.
"""

from .note import draw_note
from .style import note_style

__all__ = ["draw_note", "note_style"]
