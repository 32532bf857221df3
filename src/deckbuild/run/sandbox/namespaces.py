"""A world of its own for the warm process: processes, network, IPC, disks of limited size, another user than root.

Goes in: a folder, what is needed and allowed. Comes out: the same program, now process 1 of its namespaces, and what was
achieved. Called before any library is loaded, while there is one thread.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import kernel

DISK_MB = 256
"""For one program; a program that takes more is ended."""
INODES = 200_000
SHARED_MEMORY_MB = 64
NOBODY = 65534


@dataclass(frozen=True, slots=True)
class World:
    """What the process lives in."""

    separate: bool = False
    """Whether it has its own processes, network, IPC and disks."""
    why: str = ""
    """Why not."""
    counted: bool = False
    """Whether a limit on the number of processes counts only its own."""
    sealed: bool = False
    """Whether each program has a disk of its own, and can change nothing on any other: seen by attacks."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    scratch: str
    """The folder that becomes a disk."""
    needed: tuple[str, ...]
    """Folders that must stay readable."""
    written: tuple[str, ...]
    """Folders that must stay writable; root's own can only be written by root, which is then not given up."""
    network: bool
    slots: int
    """How many programs share the disk."""
    namespaces: bool = True
    """Whether they are tried at all."""
    forks: bool = True
    """Whether programs will run in children; the kernel spares process 1 the signals that it sends itself."""


def enter_world(wish: Wish) -> World:
    """What was achieved. The process that returns is a child of the caller, who ends as it ends."""
    world = World(why="namespaces are switched off")
    keep = None
    for recipe in _recipes(wish):
        refused = rehearse(partial(recipe, wish))
        if refused == 0:
            world = recipe(wish)
            break
        world = World(why=f"namespaces refused: {os.strerror(refused)}")
    else:
        keep = _give_up_root(wish)
    kernel.drop_capabilities(keep)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    if world.separate:  # else its parent is the build, of which it may be a thread that ends
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    return world


def _recipes(wish: Wish) -> tuple[Callable[[Wish], World], ...]:
    """What is tried, the best first."""
    if not wish.namespaces:
        return ()
    return (_as_root, _as_user) if os.geteuid() == 0 and _suits_nobody(wish) else (_as_user,)


def rehearse(recipe: Callable[[], object]) -> int:
    """0, or the error number with which it fails in a child: half a world would be worse than none."""
    pid = os.fork()
    if pid == 0:
        status = errno.EPROTO
        try:
            recipe()
            status = 0
        except OSError as error:
            status = error.errno or errno.EPROTO
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _as_user(wish: Wish) -> World:
    """By a user namespace, which needs no power."""
    user, group = os.geteuid(), os.getegid()
    kernel.unshare(kernel.CLONE_NEWUSER)
    map_user(user, group)
    _separate(wish)
    _mount_disks(wish, user)
    _become_first(wish)
    return World(separate=True, counted=user != 0)


def _as_root(wish: Wish) -> World:
    """By root's power, which is then given up; private homes (of root itself) are hidden, and what is needed in them shown."""
    _separate(wish)
    _hide_homes((*wish.needed, *wish.written, wish.scratch))
    _mount_disks(wish, NOBODY)
    _become_first(wish)
    _become_nobody()
    with contextlib.suppress(OSError):  # without it processes are not counted, and the limit on them is left out
        kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
        kernel.unshare(kernel.CLONE_NEWUSER)
        map_user(NOBODY, NOBODY)
        return World(separate=True, counted=True)
    return World(separate=True)


def _give_up_root(wish: Wish) -> int | None:
    """No namespaces, but at least not root. The one power of root that is kept, where what is needed cannot be read without it."""
    if os.geteuid() != 0 or not _are_open(wish.written, 0o7):
        return None
    needed = (*wish.needed, *wish.written, wish.scratch)
    parents = {parent for path in needed for parent in Path(path).parents} - {Path(wish.scratch).parent}
    is_open = _are_open(wish.needed, 0o5) and all(p.stat().st_mode & 1 for p in parents)
    try:
        os.chown(wish.scratch, NOBODY, NOBODY)
        Path(wish.scratch).parent.chmod(0o711)
        kernel.prctl(kernel.PR_SET_KEEPCAPS, 0 if is_open else 1)
        _become_nobody()
    except PermissionError:  # a root without the power to change users: the attacks tell
        with contextlib.suppress(PermissionError):
            os.chown(wish.scratch, 0, 0)
        return None
    return None if is_open else kernel.CAP_DAC_READ_SEARCH


def _suits_nobody(wish: Wish) -> bool:
    """Whether the folders themselves are open to everybody."""
    return _are_open(wish.needed, 0o5) and _are_open(wish.written, 0o7)


def _are_open(paths: Sequence[str], mode: int) -> bool:
    return all(Path(path).stat().st_mode & mode == mode for path in paths)


def _separate(wish: Wish) -> None:
    network = 0 if wish.network else kernel.CLONE_NEWNET
    kernel.unshare(network | kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS)
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)


def map_user(user: int, group: int) -> None:
    """The user keeps its number inside."""
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _hide_homes(paths: Sequence[str]) -> None:
    """Where a folder above a needed one lets nobody through, an empty one takes its place, with the needed one in it."""
    blocked = [(path, home) for path in paths if (home := _private_parent(path))]
    kept = [(path, os.open(path, os.O_PATH)) for path, _ in blocked]
    for home in dict.fromkeys(home for _, home in blocked):
        kernel.mount("tmpfs", home, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755,size=1m")
    for path, descriptor in kept:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103
        kernel.mount(f"/proc/self/fd/{descriptor}", path, None, kernel.MS_BIND | kernel.MS_REC)
        os.close(descriptor)


def _private_parent(path: str) -> str | None:
    """The uppermost folder above this one that others may not pass."""
    return next((str(p) for p in reversed(Path(path).parents) if not p.stat().st_mode & 1), None)


def _mount_disks(wish: Wish, owner: int) -> None:
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    size = f"size={DISK_MB * (wish.slots + 1)}m,nr_inodes={INODES},mode=700,uid={owner},gid={owner}"
    kernel.mount("tmpfs", wish.scratch, "tmpfs", flags, size)
    kernel.mount("tmpfs", "/dev/shm", "tmpfs", flags, f"size={SHARED_MEMORY_MB}m,mode=1777")  # noqa: S108
    os.chdir(wish.scratch)


def _become_first(wish: Wish) -> None:
    """Process 1 of the new namespace, or its child."""
    _go_on_in_a_child()
    with contextlib.suppress(OSError):  # refused where a container masks parts of /proc; Landlock closes the old one
        flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
        kernel.mount("proc", "/proc", "proc", flags)
    if not wish.forks:
        _go_on_in_a_child()


def _go_on_in_a_child() -> None:
    """Forks: the child returns, and dies with its parent; the parent ends as the child does."""
    pid = os.fork()
    if pid:
        os.closerange(0, os.sysconf("SC_OPEN_MAX"))
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os._exit(status if status >= 0 else 128 - status)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def _become_nobody() -> None:
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
