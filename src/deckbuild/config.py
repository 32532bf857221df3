"""A configuration file -> settings for the command line's options.

In: the sources. Out: what `deckbuild.toml`, or `[tool.deckbuild]` of a `pyproject.toml`, next to them or in a folder above
says; the nearest file counts, and of two in one folder `deckbuild.toml`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, TypeAlias, assert_never

from .errors import UsageError

Kind: TypeAlias = Literal["text", "path", "whole number", "number", "switch", "words"]

KINDS: Mapping[str, Kind] = {
    "output": "path",
    "report": "path",
    "junit": "path",
    "sarif": "path",
    "format": "text",
    "jobs": "whole number",
    "timeout": "number",
    "memory": "whole number",
    "seed": "whole number",
    "sandbox": "text",
    "allow": "words",
    "cache-dir": "path",
    "no-cache": "switch",
    "frozen": "switch",
    "executor": "text",
    "repair-command": "text",
    "repair-record": "path",
    "repair-timeout": "number",
    "strict": "switch",
    "fail-on": "words",
    "baseline": "path",
    "update-baseline": "switch",
    "quiet": "switch",
    "verbose": "switch",
    "ledger": "path",
    "min-rating": "whole number",
    "deck": "text",
    "context": "text",
    "tag": "words",
    "diff": "switch",
    "fix-claims": "switch",
    "folder": "path",
    "serve": "switch",
}
"""Every option of the commands, without its dashes; `folder` is the `-o` of `preview`."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a file says."""

    path: Path | None
    settings: Mapping[str, Any]
    """By the option's name with `_`; paths are relative to the working folder, or absolute."""


def read_config(sources: Sequence[str]) -> Config:
    """The settings that hold for the sources; none if there is no file.

    Raises: UsageError, if the file cannot be read, or an entry's name or type is not known.
    """
    for folder in (start := _start(sources), *start.parents):
        for name in ("deckbuild.toml", "pyproject.toml"):
            path = folder / name
            table = _table(path) if path.is_file() else None
            if table is not None:
                return Config(path, {key.replace("-", "_"): _setting(path, key, v) for key, v in table.items()})
    return Config(None, {})


def _start(sources: Sequence[str]) -> Path:
    """The folder that all sources lie in."""
    folders = [p if (p := Path(s).absolute()).is_dir() else p.parent for s in sources if s != "-"]
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def _table(path: Path) -> dict[str, Any] | None:
    """The entries with `-` for `_`; None, if a `pyproject.toml` has no table for deckbuild."""
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    if path.name == "pyproject.toml":
        tools = content.get("tool", {})
        if "deckbuild" not in tools:
            return None
        content = tools["deckbuild"]
    return {key.replace("_", "-"): value for key, value in content.items()}


def _setting(path: Path, key: str, value: Any) -> Any:
    if key not in KINDS:
        near = get_close_matches(key, KINDS, n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(KINDS)}"
        raise UsageError(f"{path}: unknown setting '{key}' · {hint}")
    kind = KINDS[key]
    match kind:
        case "text" if isinstance(value, str):
            return value
        case "path" if isinstance(value, str):
            return _beside(path, value)
        case "whole number" if isinstance(value, int) and not isinstance(value, bool):
            return value
        case "number" if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        case "switch" if isinstance(value, bool):
            return value
        case "words" if isinstance(value, str) or _are_texts(value):
            words = value.split(",") if isinstance(value, str) else value
            return tuple(_word(path, word.strip()) for word in words)
        case "text" | "path" | "whole number" | "number" | "switch" | "words":
            raise UsageError(f"{path}: '{key}' is {value!r} · expected {_named(kind)}")
        case _:
            assert_never(kind)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _word(path: Path, word: str) -> str:
    """`read=DIR` and `write=DIR` of `allow` name folders."""
    name, equals, folder = word.partition("=")
    return f"{name}={_beside(path, folder)}" if equals and name in {"read", "write"} else word


def _beside(path: Path, relative: str) -> str:
    """The path as seen from the working folder; what is written in a file is meant from where the file lies."""
    if relative == "-":
        return relative
    return os.path.relpath(path.parent / Path(relative).expanduser())


def _named(kind: Kind) -> str:
    names = {"words": "a list of words", "path": "a path as text", "switch": "true or false"}
    return names.get(kind, f"a {kind}")
