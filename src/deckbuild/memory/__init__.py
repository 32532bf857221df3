"""What an earlier build found out about a card, and drew of it, while nothing has changed that it depends on.

Goes in: a store, the deck, the options. Comes out: for each card its Check and its Note, or nothing.
"""

from .memory import Check, Memory, open_memory

__all__ = ["Check", "Memory", "open_memory"]
