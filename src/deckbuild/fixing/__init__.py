"""What a check found to correct -> the Markdown files with it, minimal, and everything else byte for byte.

In: the bytes of files, and how to read and to check them. Out: the new bytes, or why a correction is not written. Nothing here
reads or writes a file, and nothing of the other stages is known: only the values that they make.
"""

from .changes import Refusal
from .deck import Fixed, fix_deck
from .diff import unified_diff

__all__ = ["Fixed", "Refusal", "fix_deck", "unified_diff"]
