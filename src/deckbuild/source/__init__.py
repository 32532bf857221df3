"""Files in; a Deck of Cards out, and a diagnostic for everything in them that had to be guessed or left out."""

from .deck import read_deck

__all__ = ["read_deck"]
