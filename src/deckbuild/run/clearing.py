"""What programs left on the disk, gone.

Goes in: a folder. Comes out: nothing. A program may nest folders thousands deep, under names as long as can be, and close them to
their owner: nothing here calls itself, and no path gets longer than the first.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from itertools import count


def clear_away(folder: str | os.PathLike[str]) -> None:
    """Removes the folder and all that is in it; what cannot be removed is left. Links are removed, never followed."""
    top, mark = os.fspath(folder), secrets.token_hex(8)
    places = (f"{top}/{mark}-{number}" for number in count())
    waiting = _emptied(top)
    while waiting:
        here = waiting.pop()
        for inner in _emptied(here):
            place = next(places)
            with suppress(OSError):
                os.rename(inner, place)  # noqa: PTH104
                waiting.append(place)
        with suppress(OSError):
            os.rmdir(here)  # noqa: PTH106
    with suppress(OSError):
        os.rmdir(top)  # noqa: PTH106


def _emptied(folder: str) -> list[str]:
    """The folders in it, open to their owner; everything else in it is gone."""
    inner = []
    for entry in _entries(folder):
        with suppress(OSError):
            if _is_folder(entry):
                os.chmod(entry.path, 0o700)  # noqa: PTH101
                inner.append(entry.path)
            else:
                os.unlink(entry.path)  # noqa: PTH108
    return inner


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Not a link to one, of whatever kind the system has."""
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return entry.is_dir(follow_symlinks=False) and not (tag and tag == junction)
