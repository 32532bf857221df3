"""What a program may reach: its folder, the libraries, little else.

Goes in: the options `--sandbox` and `--allow`. Comes out: a Policy, and from it the confinement of one child.
"""

from __future__ import annotations

import contextlib
import os
import site
import sys
import sysconfig
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import landlock, seccomp
from .namespaces import World
from .rlimits import limit_processes
from .seal import seal

PROCESSES = 64
SYSTEM_READ = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo", "/usr/share/fonts"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/sys/devices/system/cpu", "/proc/self"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/version", "/proc/sys/kernel/osrelease"),
    *("/dev/urandom", "/dev/random", "/dev/zero"),
)
NETWORK_READ = (
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/nsswitch.conf",
    "/etc/ssl",
    "/usr/share/ca-certificates",
    "/run/systemd/resolve",
)
PROGRAMS = ("/bin", "/usr/bin", "/usr/local/bin", "/usr/include", "/usr/libexec")


LAYERS = ("fork", "namespaces", "landlock", "seccomp")
VARIABLE = "DECKBUILD_WITHOUT"
"""Names layers to do without, with commas between, as on a machine that lacks them."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the command line allows."""

    active: bool = True
    network: bool = False
    processes: bool = False
    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    """Layers that are not there."""

    def has(self, layer: str) -> bool:
        """Whether the layer is to be used."""
        return self.active and sys.platform == "linux" and layer not in self.without


def read_policy(sandbox: str, allow: Iterable[str], without: Iterable[str] = ()) -> Policy:
    """The policy. Raises ValueError for a word that allows nothing known."""
    allowed: dict[str, list[str]] = {"read": [], "write": []}
    words = set()
    for entry in allow:
        kind, equals, folder = entry.partition("=")
        if equals and folder and kind in allowed:
            allowed[kind].append(os.path.realpath(folder))
        elif entry in ("network", "processes"):
            words.add(entry)
        else:
            raise ValueError(entry)
    return Policy(
        active=sandbox != "off",
        network="network" in words,
        processes="processes" in words,
        read=tuple(allowed["read"]),
        write=tuple(allowed["write"]),
        without=frozenset(without),
    )


def layers_without(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The layers that the environment says to do without. Raises ValueError for what is none."""
    words = tuple(word.strip() for word in environment.get(VARIABLE, "").split(",") if word.strip())
    for word in words:
        if word not in LAYERS:
            raise ValueError(word)
    return words


@cache
def library_folders() -> tuple[str, ...]:
    """Where Python and its packages lie. Not `sys.path`: the folder of a script may be anybody's home."""
    paths = sysconfig.get_paths()
    named = [paths[n] for n in ("stdlib", "platstdlib", "purelib", "platlib")]
    shared = [str(Path(prefix) / "lib") for prefix in (sys.prefix, sys.base_prefix)]
    found = (*named, *site.getsitepackages(), *([site.getusersitepackages()] if site.ENABLE_USER_SITE else []), *shared)
    return tuple(dict.fromkeys(os.path.realpath(p) for p in found if Path(p).is_dir()))


def interpreter_folders() -> tuple[str, ...]:
    """Where Python itself lies, for programs that may start another one: so do those that share memory, to clear it away."""
    found = (Path(sys.executable).parent, Path(os.path.realpath(sys.executable)).parent)
    return tuple(dict.fromkeys(str(path) for path in found if path.is_dir()))


def confine(policy: Policy, world: World, folder: str) -> dict[str, str]:
    """Confines this process to a folder and the libraries. What a layer could not do stands under its name.

    Raises OSError if a world that is sealed cannot be sealed for this process.
    """
    refused: dict[str, str] = {}
    if not policy.active:
        return refused
    if world.sealed:
        seal(folder, policy.write, _shared_memory(policy, world))
    if world.counted:
        limit_processes(PROCESSES)
    layers: dict[str, Callable[[], None]] = {
        "landlock": lambda: landlock.confine_files(_access(policy, world), folder),
        "seccomp": lambda: seccomp.confine_calls(_passed(policy, world)),
    }
    for name, confine_by in layers.items():
        if not policy.has(name):
            refused[name] = f"{name} is {'switched off' if sys.platform == 'linux' else 'Linux only'}"
            continue
        try:
            confine_by()
        except OSError as error:
            refused[name] = f"{name}: {error.strerror}"
    return refused


def prepare(policy: Policy, world: World) -> None:
    """What is the same for every child is worked out once, before the first."""
    _access(policy, world)
    if policy.has("seccomp"):
        with contextlib.suppress(OSError):  # no table for this machine: told when it is asked for
            seccomp.packed_filter(_passed(policy, world))


@cache
def _access(policy: Policy, world: World) -> landlock.Access:
    """All but the folder of the program."""
    environment = (
        (f"{sys.prefix}/pyvenv.cfg",) if policy.processes else ()
    )  # by which another Python finds the libraries
    network = NETWORK_READ if policy.network else ()
    read = (*library_folders(), *SYSTEM_READ, *network, *environment, *policy.read)
    execute = (*PROGRAMS, *interpreter_folders(), "/lib", "/lib64", "/usr/lib", "/usr/lib64", *library_folders())
    return landlock.Access(
        read=tuple(path for path in read if Path(path).exists()),
        write=("/dev/null", *_shared_memory(policy, world), *policy.write),
        execute=tuple(path for path in execute if Path(path).exists()) if policy.processes else (),
        network=policy.network,
    )


def _shared_memory(policy: Policy, world: World) -> tuple[str, ...]:
    return ("/dev/shm",) if policy.processes and world.separate else ()  # noqa: S108


def _passed(policy: Policy, world: World) -> seccomp.Passed:
    return seccomp.Passed(policy.network, policy.processes, world.sealed)
