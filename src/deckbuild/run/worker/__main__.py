"""The warm process, started by the build as `python -m deckbuild.run.worker` with a clean environment.

Goes in: on standard input the secret of the channel, a frame with the Setup, then frames with requests. Comes out: on
standard output a frame with how it is confined, one when it is ready, then frames with outcomes. It ends with its standard input.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import deckbuild
from deckbuild.run.frames import NONCE_BYTES, Frames, frame
from deckbuild.run.sandbox import kernel, landlock
from deckbuild.run.sandbox.interpreter import start_over
from deckbuild.run.sandbox.namespaces import Wish, World, enter_world
from deckbuild.run.sandbox.policy import Policy, interpreter_folders, library_folders, prepare, read_policy
from deckbuild.run.sandbox.probe import KINDS, laid_bait, probe, seen_sealed

from .request import COMMAND, SEALED, Setup, read_request, read_setup


def main() -> None:
    """Reads the setup, settles in a world of its own, loads the libraries, serves."""
    if sys.argv[1:] == [SEALED] and sys.platform == "linux":
        start_over(COMMAND)
    gc.disable()  # what libraries make when they are loaded stays; only a child looks for cycles, among what is its own
    requests, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    nonce = _read_exactly(requests, NONCE_BYTES)
    setup = read_setup(_first_payload(requests, Frames(nonce)))
    policy = read_policy(setup.sandbox, setup.allow, setup.without)
    world, confinement = _settle(setup, policy)
    told = {"confinement": confinement, "layers": _layers(world, confinement, setup)}
    os.write(answers, frame(json.dumps(told).encode(), nonce))
    if setup.only_look:
        return
    from .attempt import Cell, Channel, serve_once  # last, and with it torch: what follows is a copy of this process
    from .passing import pass_batches_by_value
    from .preload import fork_works, preload
    from .serve import Server

    preload()
    if policy.processes and policy.has("seccomp"):
        pass_batches_by_value()
    forks = "fork" not in setup.without and hasattr(os, "fork") and fork_works()
    os.write(answers, frame(json.dumps({"forks": forks}).encode(), nonce))
    if forks:
        Server(setup, policy, world, requests, answers, nonce).serve()
    else:
        request = read_request(_first_payload(requests, Frames(nonce)))
        world = replace(world, sealed=False)  # which takes a process of one thread: a library may have started others
        serve_once(request, Cell(setup, policy, world, setup.scratch), Channel(answers, nonce, request, 0))
    os._exit(0)  # not one library wants to be taken apart in order


def _settle(setup: Setup, policy: Policy) -> tuple[World, dict[str, str]]:
    """The world the process lives in from now on, and what is seen to be confined."""
    if sys.platform != "linux":
        return World(why="Linux only"), dict.fromkeys(KINDS, f"open: the layers need Linux, this is {sys.platform}")
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    own = str(Path(deckbuild.__file__).resolve().parent)
    needed = (*library_folders(), own, *policy.read, *(interpreter_folders() if policy.processes else ()))
    with laid_bait(setup.scratch) as bait:
        wish = Wish(
            setup.scratch,
            needed,
            policy.write,
            policy.network,
            setup.slots,
            namespaces=policy.has("namespaces"),
            forks="fork" not in setup.without,
        )
        world = enter_world(wish) if policy.active else World(why="--sandbox off")
        folder = Path(setup.scratch) / "attack"
        folder.mkdir()
        world = seen_sealed(policy, world, str(folder), bait)
        prepare(policy, world)
        return world, probe(policy, world, str(folder), bait)


def _layers(world: World, confinement: dict[str, str], setup: Setup) -> list[str]:
    """What of it makes a difference to what a program can do, and how it is told."""
    sealed = world.sealed and "fork" not in setup.without
    built = {"separate": world.separate, "counted": world.counted, "sealed": sealed}
    confined = {kind: verdict == "confined" for kind, verdict in confinement.items()}
    rights = min(landlock.version(), landlock.COMPLETE) if sys.platform == "linux" else 0
    return [*(name for name, holds in (built | confined).items() if holds), f"landlock {rights}"]


def _read_exactly(descriptor: int, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = os.read(descriptor, size - len(data))
        if not more:
            sys.exit("the build closed the channel")
        data += more
    return data


def _first_payload(descriptor: int, frames: Frames) -> bytes:
    while True:
        for payload in frames.feed(_read_exactly(descriptor, 1)):
            return payload


if __name__ == "__main__":
    main()
