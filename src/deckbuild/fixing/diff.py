"""A file before and after -> a unified diff that `patch -p0` takes, line ends included."""

from __future__ import annotations

import difflib
import io
import os


def unified_diff(path: str, before: bytes, after: bytes) -> bytes:
    """The diff; empty where nothing differs."""
    name = os.fsencode(path)
    old, new = (io.BytesIO(data).readlines() for data in (before, after))
    lines = difflib.diff_bytes(difflib.unified_diff, old, new, name, name)
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)
