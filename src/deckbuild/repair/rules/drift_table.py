"""What libraries have renamed since cards were written: the tables of `api_drift.toml`, read once; and which cards are about that."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files

from ..scene import Scene

RULE = "api-drift"
TABLE: Mapping[str, Mapping[str, str]] = tomllib.loads(
    files(__package__).joinpath("api_drift.toml").read_text(encoding="utf-8")
)
_ABOUT_CHANGE = re.compile(
    r"\bdeprecat|\bobsolete|\bremoved (?:in|from|since)\b|\bno longer (?:exist|support|avail|work)|\brenamed\b|\bPython 2\b",
    re.IGNORECASE,
)


def is_about_change(scene: Scene) -> bool:
    """Whether the card speaks of names that are gone: then the old one is its lesson."""
    return _ABOUT_CHANGE.search(scene.text) is not None
