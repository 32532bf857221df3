"""The calls to the kernel that Python's library has no function for.

Goes in: numbers and structures. Comes out: nothing, or an OSError with the name of the call.
"""

from __future__ import annotations

import ctypes
import os
from functools import cache

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MOUNT_SETATTR, OPEN_TREE, MOVE_MOUNT = 442, 428, 429
HERE = -100
"""`AT_FDCWD`."""
RECURSIVE = 0x8000
CLONED = 1
FROM_DESCRIPTOR = 4
READ_ONLY = 1
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
PR_CAP_AMBIENT_CLEAR_ALL = 4
CAP_DAC_READ_SEARCH = 2
CAPABILITY_VERSION = 0x20080522
CAPABILITIES = 64


class MountAttributes(ctypes.Structure):
    """`struct mount_attr`."""

    _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "users"))


class CapabilityHeader(ctypes.Structure):
    """`struct __user_cap_header_struct`."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class CapabilityData(ctypes.Structure):
    """`struct __user_cap_data_struct`, of which version 3 takes two."""

    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@cache
def libc() -> ctypes.CDLL:
    """The C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def checked(name: str, result: int) -> int:
    """The result. Raises OSError if it is negative."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def syscall(name: str, number: int, *arguments: object) -> int:
    """The result of a system call. Raises OSError."""
    converted = (ctypes.c_long(a) if isinstance(a, int) else a for a in arguments)
    return checked(name, libc().syscall(ctypes.c_long(number), *converted))


def prctl(option: int, *arguments: object) -> None:
    """Raises OSError."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    checked("prctl", libc().prctl(option, *(ctypes.c_ulong(a) if isinstance(a, int) else a for a in padded)))


def unshare(flags: int) -> None:
    """New namespaces for this process. Raises OSError."""
    checked("unshare", libc().unshare(flags))


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    """Raises OSError."""
    encoded = (None if x is None else x.encode() for x in (source, target, kind))
    first, second, third = encoded
    data = None if options is None else options.encode()
    checked(f"mount {target}", libc().mount(first, second, third, ctypes.c_ulong(flags), data))


def seal_mounts(path: str) -> None:
    """What is mounted there and below can only be read. Raises OSError (before Linux 5.12, too)."""
    wanted = MountAttributes(set=READ_ONLY)
    size = ctypes.sizeof(wanted)
    syscall("mount_setattr", MOUNT_SETATTR, HERE, path.encode(), RECURSIVE, ctypes.byref(wanted), size)


def take_tree(path: str) -> int:
    """The descriptor of a second mount of a folder, with all that is mounted in it, which stands nowhere yet. Raises OSError."""
    return syscall(f"open_tree {path}", OPEN_TREE, HERE, path.encode(), CLONED | RECURSIVE | os.O_CLOEXEC)


def put_tree(tree: int, path: str) -> None:
    """Mounts it. Raises OSError."""
    syscall(f"move_mount {path}", MOVE_MOUNT, tree, b"", HERE, path.encode(), FROM_DESCRIPTOR)


def drop_capabilities(keep: int | None = None) -> None:
    """This process and all that it starts have no power beyond that of its user, but for one that is kept. Raises OSError."""
    for capability in range(CAPABILITIES):
        if libc().prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0) < 0:
            break  # beyond the last one of this kernel, or not ours to drop: then there is none to drop
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    set_capabilities(0 if keep is None else 1 << keep)
    if keep is not None:
        prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, keep)


def set_capabilities(mask: int) -> None:
    """This process has these alone; what it starts may have others, unless it gains no privileges. Raises OSError."""
    header = CapabilityHeader(CAPABILITY_VERSION, 0)
    kept = (CapabilityData * 2)(CapabilityData(mask, mask, mask))
    checked("capset", libc().capset(ctypes.byref(header), ctypes.byref(kept)))
