"""Attacks at the start of the warm process: what a layer is said to stop, it is seen to stop.

Goes in: a policy, the world the process lives in, a bait. Comes out: for files, network, processes and disk `confined`, or
`open: why`.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from deckbuild.model import Confinement

from .namespaces import World
from .policy import Policy, confine

ALLOWED = "open: allowed by --allow"
KINDS = ("files", "network", "processes", "disk")


@dataclass(frozen=True, slots=True)
class Bait:
    """What the attacks are after; it is laid before anything is confined."""

    secret: str
    """A file that may not be read or written."""
    scratch: str
    """The folder of all programs."""
    port: int
    """Where somebody listens, on 127.0.0.1."""
    abstract: str
    """The name of a socket without a file."""
    box: str
    """That of one which takes letters from anybody."""
    local: Path
    """A socket in the file system."""


@contextlib.contextmanager
def laid_bait(scratch: str) -> Iterator[Bait]:
    """The bait, as long as it is needed."""
    kinds = (
        (socket.AF_INET, socket.SOCK_STREAM),
        (socket.AF_UNIX, socket.SOCK_STREAM),
        (socket.AF_UNIX, socket.SOCK_STREAM),
        (socket.AF_UNIX, socket.SOCK_DGRAM),
    )
    secret = Path(scratch).with_suffix(".secret")
    secret.write_text("nobody may read this")
    with contextlib.ExitStack() as stack:
        listener, nameless, local, box = (stack.enter_context(socket.socket(*kind)) for kind in kinds)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        abstract = f"\0deckbuild-{os.getpid()}"
        nameless.bind(abstract)
        nameless.listen()
        path = secret.with_suffix(".socket")
        with _nearby(path) as name:
            local.bind(name)
        path.chmod(0o777)
        path.parent.chmod(0o711)  # else whoever was root could not come by, whatever the layers do
        local.listen()
        box.bind(f"{abstract}-box")
        yield Bait(str(secret), scratch, listener.getsockname()[1], abstract, f"{abstract}-box", path)


@contextlib.contextmanager
def _nearby(path: Path) -> Iterator[str]:
    """A short name of it: that of a socket holds 107 bytes."""
    folder = os.open(path.parent, os.O_PATH)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def seen_sealed(policy: Policy, world: World, folder: str, bait: Bait) -> World:
    """The world, sealed if a child in which calls that mark files pass reaches none elsewhere, nor anything else of `files`."""
    sealed = replace(world, sealed=True)
    possible = world.separate and "/" not in policy.write  # who may write everywhere has nothing to be sealed
    return sealed if possible and probe(policy, sealed, folder, bait)["files"] == "confined" else world


def probe(policy: Policy, world: World, folder: str, bait: Bait) -> Confinement:
    """What a child that is confined like every program achieves."""
    if not policy.active:
        return dict.fromkeys(KINDS, "open: --sandbox off")
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        found: dict[str, str] = dict.fromkeys(KINDS, "open: the attacking process failed")
        try:
            os.closerange(3, read + 1)
            refused = confine(policy, world, folder)
            found = _attack(policy, world, bait, refused)
        finally:
            os.write(write, json.dumps(found).encode())
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        found = json.loads(answer.read() or "{}")
    os.waitpid(pid, 0)
    return {kind: found.get(kind, "open: the attacking process was ended") for kind in KINDS}


def _attack(policy: Policy, world: World, bait: Bait, refused: dict[str, str]) -> Confinement:
    local = (_calls, _calls_by_path, _posts)
    attacks: dict[str, tuple[Callable[[Bait], object], ...]] = {
        "files": (
            *(_reads, _writes, _lists, _changes, _changes_python, _changes_neighbours),
            *(local if policy.network else ()),  # which is of the internet alone
        ),
        "network": (_connects, *local),
        "processes": (_forks, _signals, *(() if world.separate else (_still_root,))),
    }
    allowed = {"files": False, "network": policy.network, "processes": policy.processes}
    found = {
        kind: ALLOWED if allowed[kind] else _verdict(tried, bait, world, refused) for kind, tried in attacks.items()
    }
    return found | {"disk": "confined" if world.separate else f"open: {world.why}; only watched"}


def _verdict(attacks: tuple[Callable[[Bait], object], ...], bait: Bait, world: World, refused: dict[str, str]) -> str:
    for attack in attacks:
        with contextlib.suppress(OSError):
            attack(bait)
            reasons = "; ".join((*refused.values(), *((world.why,) if world.why else ())))
            name = attack.__name__.strip("_").replace("_", " ")
            return f"open: {name}{' although all layers are there' if not reasons else f' ({reasons})'}"
    return "confined"


def _reads(bait: Bait) -> object:
    return Path(bait.secret).read_text()


def _writes(bait: Bait) -> object:
    return Path(bait.secret).with_suffix(".new").write_text("")


def _lists(_: Bait) -> object:
    return list(Path("/etc").iterdir())


def _changes(bait: Bait) -> None:
    os.chmod(bait.secret, 0o644)  # noqa: PTH101


def _changes_python(_: Bait) -> None:
    """By way of the process, whose program was opened before anything was sealed."""
    os.chmod("/proc/self/exe", os.stat("/proc/self/exe").st_mode & 0o7777)  # noqa: PTH101, PTH116


def _changes_neighbours(bait: Bait) -> None:
    """The folder in which all programs have theirs."""
    os.chmod(bait.scratch, 0o700)  # noqa: PTH101


def _connects(bait: Bait) -> None:
    with socket.create_connection(("127.0.0.1", bait.port), timeout=1):
        pass


def _calls(bait: Bait) -> None:
    with socket.socket(socket.AF_UNIX) as local:
        local.connect(bait.abstract)


def _calls_by_path(bait: Bait) -> None:
    with socket.socket(socket.AF_UNIX) as local, _nearby(bait.local) as name:
        local.connect(name)


def _posts(bait: Bait) -> None:
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with left, right:
        left.sendto(b"x", bait.box)


def _forks(_: Bait) -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _signals(_: Bait) -> None:
    os.kill(os.getppid(), 0)


def _still_root(_: Bait) -> None:
    """Among the processes of the machine, root is let do what no layer foresees."""
    if os.geteuid() != 0:
        raise PermissionError
