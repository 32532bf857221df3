"""A disk of its own for the programs of one process; whatever else is mounted can only be read.

Goes in: a folder, what may be written besides. Comes out: the same process in a user and a mount namespace of its own. Landlock
does not govern modes, owners, times and attributes: here they fail everywhere else, also in the folders of other programs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from . import kernel
from .namespaces import DISK_MB, INODES, SHARED_MEMORY_MB, map_user


def seal(folder: str, written: Sequence[str], shared: Sequence[str] = ()) -> None:
    """The folder is an empty disk now, gone with the process; so are those where it shares memory with processes of its own.

    The process has one thread. Raises OSError.
    """
    user, group = os.geteuid(), os.getegid()
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # else the files by which the user is mapped are root's
    kernel.unshare(kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS)
    map_user(user, group)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    trees = [(kernel.take_tree(path), path) for path in written]
    kernel.seal_mounts("/")
    for tree, path in trees:
        kernel.put_tree(tree, path)
        os.close(tree)
    for path, size_mb in ((folder, DISK_MB), *((path, SHARED_MEMORY_MB) for path in shared)):
        size = f"size={size_mb}m,nr_inodes={INODES},mode=700"
        kernel.mount("tmpfs", path, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, size)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.set_capabilities(0)
