"""The paths of a command line in; the files to read out, each once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deckbuild.errors import UsageError

SUFFIXES = (".md", ".txt")
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read."""

    path: str
    """As it is shown: as given, or folder/relative."""
    location: str
    """Where it is read from; `-` for standard input."""
    why_not: str = ""
    """Why a folder could not be searched."""


def find_files(paths: Sequence[str]) -> list[Found]:
    """The files behind the paths: folders searched for Markdown and text, hidden ones in them skipped.

    A file that is reached twice, through a link or two arguments, is found once. Raises UsageError for a path where
    there is nothing.
    """
    seen: set[tuple[int, int] | str] = set()
    return [found for path in paths for found in _behind(path) if _is_new(found, seen)]


def find_siblings(found: Sequence[Found]) -> list[Found]:
    """The other text files in the folders of these files."""
    seen: set[tuple[int, int] | str] = set()
    folders: dict[Path, Path] = {}
    for file in found:
        if _is_new(file, seen) and file.location != STDIN:
            folders.setdefault(Path(file.location).parent, Path(file.path).parent)
    siblings = (sibling for folder, shown in folders.items() for sibling in _beside(folder, shown))
    return [sibling for sibling in siblings if _is_new(sibling, seen)]


def _behind(path: str) -> Iterator[Found]:
    """What one argument stands for."""
    if path == STDIN:
        yield Found(STDIN, STDIN)
    elif not os.path.exists(path):  # noqa: PTH110  Path("") is the current folder, which nobody asked for
        raise UsageError(f"{path}: no such file or folder; give a Markdown file, a folder, or - for standard input")
    elif Path(path).is_dir():
        yield from _below(path)
    else:
        yield Found(_shown(path), path)


def _below(folder: str) -> Iterator[Found]:
    """The text files in a folder and the folders below it; a folder that a link leads back to is entered once."""
    seen: set[tuple[int, int]] = set()
    failed: list[OSError] = []
    for here, below, names in os.walk(folder, followlinks=True, onerror=failed.append):
        below[:] = sorted(name for name in below if not name.startswith(".") and _enter(Path(here, name), seen))
        relative = Path(here).relative_to(folder)
        for name in sorted(names):
            if _is_text(name) and Path(here, name).is_file():
                yield Found(_shown(Path(folder, relative, name)), str(Path(here, name)))
    for error in failed:
        yield Found(_shown(error.filename), error.filename, error.strerror or str(error))


def _enter(folder: Path, seen: set[tuple[int, int]]) -> bool:
    """Whether a folder is met for the first time."""
    try:
        stat = folder.stat()
    except OSError:
        return True
    key = (stat.st_dev, stat.st_ino)
    new = key not in seen
    seen.add(key)
    return new


def _beside(folder: Path, shown: Path) -> list[Found]:
    """The text files of a folder, by name."""
    try:
        names = sorted(entry.name for entry in folder.iterdir() if _is_text(entry.name) and entry.is_file())
    except OSError as error:
        return [Found(_shown(shown), str(folder), error.strerror or str(error))]
    return [Found(_shown(shown / name), str(folder / name)) for name in names]


def _is_text(name: str) -> bool:
    """Whether a file name promises Markdown or text."""
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def _is_new(found: Found, seen: set[tuple[int, int] | str]) -> bool:
    """Whether a file was not met before, under any name; notes it."""
    key: tuple[int, int] | str = STDIN
    if found.location != STDIN:
        stat = Path(found.location).stat()
        key = (stat.st_dev, stat.st_ino)
    new = key not in seen
    seen.add(key)
    return new


def _shown(path: str | Path) -> str:
    """A path as reports show it: with `/`, and writable as UTF-8 whatever bytes it has."""
    return os.fsencode(path).decode("utf-8", "replace").replace(os.sep, "/")
