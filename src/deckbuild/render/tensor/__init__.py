"""Values -> figures of a card: tables of digits, pictures, members, texts. Reads snapshots only; torch is never loaded."""

from .figure import Drawing, draw

__all__ = ["Drawing", "draw"]
