"""Files in; a Deck of Cards out, and a diagnostic for everything in them that had to be guessed or left out."""

from .deck import read_deck
from .diagnostics import CODES, Code
from .near import near_repeats

__all__ = ["CODES", "Code", "near_repeats", "read_deck"]
