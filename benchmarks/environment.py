"""The environment that whatever is measured runs in, ours and what it is compared with."""

from __future__ import annotations

import os


def environment() -> dict[str, str]:
    """One thread, the same hashes each time, and modules that are compiled once, as they are for a user."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
