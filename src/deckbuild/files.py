"""Files that are replaced whole or stay as they were.

In: paths and their new contents. Out: all of them written, or none, and no temporary file left behind.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from .errors import UsageError


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """All files hold their new contents; missing folders are made.

    Each content is written in full beside its file before the first file is replaced, in the order given. A device or a
    pipe is written to as it is. Raises: UsageError, if a file cannot be written; then the old files still stand.
    """
    with ExitStack() as leftovers:
        ready: list[tuple[Path, Path]] = []
        for path, content in contents.items():
            check_writable(path)
            try:
                if path.exists() and not path.is_file():
                    path.write_bytes(content)
                    continue
                target = Path(os.path.realpath(path))
                target.parent.mkdir(parents=True, exist_ok=True)
                beside = target.with_name(f".{target.name[:200]}.{os.getpid()}.new")
                leftovers.callback(beside.unlink, missing_ok=True)
                _write_through(beside, content)
                if target.exists():
                    shutil.copymode(target, beside)
            except OSError as error:
                raise UsageError(_refusal(path, error.strerror or str(error))) from error
            ready.append((beside, target))
        for beside, target in ready:
            try:
                beside.replace(target)
            except OSError as error:
                raise UsageError(_refusal(target, error.strerror or str(error))) from error


def check_writable(path: Path) -> None:
    """Nothing, if a file can be written there, its missing folders included.

    Raises: UsageError, if not; it is asked before the work begins.
    """
    if path.is_dir():
        raise UsageError(_refusal(path, "it is a folder"))
    if path.exists() and not path.is_file():
        return
    folder = Path(os.path.realpath(path)).parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise UsageError(_refusal(path, f"{folder} is not a folder"))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(_refusal(path, f"the folder {folder} is write-protected"))


def _write_through(path: Path, content: bytes) -> None:
    """To the disk, so that a crash after the renaming finds the content there."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refusal(path: Path, why: str) -> str:
    return f"{path}: cannot be written: {why} · choose another place"
