"""The paths of a command line in; the files to read out, each once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from deckbuild.errors import UsageError

STDIN = "-"
_SUFFIXES = (".md", ".txt")
_OPEN_PIPES = "/dev/fd/"
"""Where a shell puts what it writes into itself, as for `<(…)`: such a pipe has its writer, and ends."""
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
"""What may keep its reader waiting for ever, or never end."""

Identity: TypeAlias = tuple[int, int] | str
"""Device and inode of a file, the name of what has none."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read."""

    path: str
    """As it is shown: as given, or folder/relative."""
    location: str
    """Where it is read from; `-` for standard input."""
    identity: Identity
    why_not: str = ""
    """Why a folder could not be searched, or a file is not to be opened."""


def find_files(paths: Sequence[str]) -> list[Found]:
    """The files behind the paths: folders searched for Markdown and text, what is hidden in them skipped.

    A file that is reached twice, through a link or two arguments, is found once. Raises UsageError for a path where
    there is nothing.
    """
    return _once((found for path in paths for found in _behind(path)), set())


def find_siblings(files: Sequence[Found]) -> list[Found]:
    """The other text files in the folders of these files."""
    folders: dict[str, str] = {}
    for file in files:
        if file.location != STDIN:
            folders.setdefault(str(Path(file.location).parent), _folder(file.path))
    siblings = (s for location, shown in folders.items() for s in _in(location, shown, set()) if isinstance(s, Found))
    return _once(siblings, {file.identity for file in files})


def _once(found: Iterable[Found], seen: set[Identity]) -> list[Found]:
    """Those that were not seen before, under any name."""
    new = []
    for file in found:
        if file.identity not in seen:
            seen.add(file.identity)
            new.append(file)
    return new


def _behind(path: str) -> Iterator[Found]:
    """What one argument stands for."""
    if path == STDIN:
        yield Found(STDIN, STDIN, STDIN)
    elif not os.path.exists(path):  # noqa: PTH110  Path("") is the current folder, which nobody asked for
        raise UsageError(f"{path}: no such file or folder; give a Markdown file, a folder, or - for standard input")
    elif Path(path).is_dir():
        yield from _below(path, "" if path == "." else path.rstrip("/") + "/", set())
    else:
        found = Path(path).stat()
        why_not = "" if path.startswith(_OPEN_PIPES) else _why_special(found.st_mode)
        yield Found(_shown(path), path, (found.st_dev, found.st_ino), why_not)


def _below(location: str, shown: str, entered: set[Identity]) -> Iterator[Found]:
    """The text files in a folder and the folders below it; one that a link leads back to is entered once."""
    for found in _in(location, shown, entered):
        if isinstance(found, Found):
            yield found
        else:
            yield from _below(found.path, f"{shown}{found.name}/", entered)


def _in(location: str, shown: str, entered: set[Identity]) -> Iterator[Found | os.DirEntry[str]]:
    """The text files of a folder and the folders in it that are entered for the first time, by name."""
    try:
        with os.scandir(location) as scan:
            entries = sorted((e for e in scan if not e.name.startswith(".")), key=lambda e: e.name)
    except OSError as error:
        yield Found(_shown(shown), location, location, error.strerror or str(error))
        return
    for entry in entries:
        try:
            is_folder, found = entry.is_dir(), entry.stat()
        except OSError:  # a link that leads nowhere, or to itself
            continue
        identity = found.st_dev, found.st_ino
        if not is_folder and entry.name.lower().endswith(_SUFFIXES):
            yield Found(_shown(shown + entry.name), entry.path, identity, _why_special(found.st_mode))
        elif is_folder and identity not in entered:
            entered.add(identity)
            yield entry


def _why_special(mode: int) -> str:
    """Why what has this mode is not opened; nothing for a file."""
    kind = next((name for is_one, name in _SPECIAL if is_one(mode)), "")
    return f"it is {kind}, not a file, and may never end (pipe its text in, and name the source -)" if kind else ""


def _folder(path: str) -> str:
    """The folder of a path as it is shown, with the `/` behind it."""
    return path[: path.rfind("/") + 1]


def _shown(path: str) -> str:
    """A path as reports show it: with `/`, and writable as UTF-8 whatever bytes it has."""
    return os.fsencode(path).decode("utf-8", "replace").replace(os.sep, "/")
