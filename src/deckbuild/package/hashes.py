"""Texts -> short names that stay the same for ever: of notes, answers, contents and decks."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from functools import lru_cache

REMEMBERED = 1 << 16
"""A build asks four times for the hashes of each card."""


@lru_cache(REMEMBERED)
def short_hash(*parts: str) -> str:
    """16 characters (80 bits), lower-case letters and digits; no two lists of parts are joined to the same text."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    digest = hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return base64.b32encode(digest).decode("ascii").lower()


def stable_number(text: str) -> int:
    """At least 0 and below 2⁴⁰."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).digest())


def fold(text: str) -> str:
    """The text in NFC, every run of white space one blank: what is left when nothing but typing habits differ."""
    return " ".join(unicodedata.normalize("NFC", text).split())
