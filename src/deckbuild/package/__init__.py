"""Notes -> an Anki package whose import updates what changed, and nothing else.

In: cards, and the notes that were drawn from them. Out: their identities (`identify`), decks and tags, the times at
which their content last changed (`Ledger`), and the bytes of the package (`pack`). Nothing here writes a file.
"""

from .apkg import pack
from .existing import read_package
from .identity import identify
from .ledger import Entry, Ledger, dump_ledger, parse_ledger
from .naming import deck_name, tags
from .record import record

__all__ = [
    "Entry",
    "Ledger",
    "deck_name",
    "dump_ledger",
    "identify",
    "pack",
    "parse_ledger",
    "read_package",
    "record",
    "tags",
]
