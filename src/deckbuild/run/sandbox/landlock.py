"""Files, TCP and signals confined by Landlock, which any process may ask of the kernel for itself.

Goes in: what may be read and written. Comes out: a process, and all its descendants, that reaches nothing else.
Source: the kernel's include/uapi/linux/landlock.h; the rights of each version from its Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass

from .kernel import PR_SET_NO_NEW_PRIVS, prctl, syscall

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG = 1
PATH_BENEATH = 1

EXECUTE = 1 << 0
WRITE_FILE = 1 << 1
READ_FILE = 1 << 2
READ_DIR = 1 << 3
TRUNCATE = 1 << 14
FILE_RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many of the lowest bits of the file rights a version knows; later versions as 5."""
COMPLETE = 6
"""From this version on nothing came that is asked of it here."""
TCP_RIGHTS = 0b11
SCOPES = 0b11
READING = READ_FILE | READ_DIR
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | (1 << 15)


class Ruleset(ctypes.Structure):
    """`struct landlock_ruleset_attr`."""

    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class PathBeneath(ctypes.Structure):
    """`struct landlock_path_beneath_attr`."""

    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("rights", ctypes.c_uint64), ("parent", ctypes.c_int32))


@dataclass(frozen=True, slots=True)
class Access:
    """What is left to a program; folders with all that is in them."""

    read: tuple[str, ...]
    write: tuple[str, ...]
    execute: tuple[str, ...] = ()
    network: bool = False


def version() -> int:
    """That of the kernel; 0 where it has no Landlock."""
    try:
        return syscall("landlock_create_ruleset", CREATE_RULESET, None, 0, VERSION_FLAG)
    except OSError:
        return 0


def confine_files(access: Access, folder: str) -> None:
    """From now on the process has this access, and may do all in the folder but execute. Raises OSError if the kernel refuses; paths that do not exist are left out."""
    known = version()
    rights = (1 << FILE_RIGHTS_OF_VERSION[min(max(known, 1), 5)]) - 1
    tcp = TCP_RIGHTS if known >= 4 and not access.network else 0
    size = 8 if known < 4 else 16 if known < COMPLETE else 24
    ruleset = Ruleset(rights, tcp, SCOPES if known >= COMPLETE else 0)
    descriptor = syscall("landlock_create_ruleset", CREATE_RULESET, ctypes.byref(ruleset), size, 0)
    try:
        _add(descriptor, access.read, READING)
        _add(descriptor, access.execute, READING | EXECUTE)
        _add(descriptor, (*access.write, folder), rights & ~EXECUTE)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        syscall("landlock_restrict_self", RESTRICT_SELF, descriptor, 0)
    finally:
        os.close(descriptor)


def _add(ruleset: int, paths: Iterable[str], rights: int) -> None:
    for path in paths:
        try:
            parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # what is not there cannot be opened later either: whoever creates it does so in a writable folder
        try:
            is_folder = stat.S_ISDIR(os.fstat(parent).st_mode)
            rule = PathBeneath(rights if is_folder else rights & OF_FILES, parent)
            syscall("landlock_add_rule", ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
        finally:
            os.close(parent)
