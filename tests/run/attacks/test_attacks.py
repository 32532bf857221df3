"""Each attack is made for real; it must not win, must not stop the runner, and must be told where it is a failure."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from deckbuild.model import Job
from deckbuild.options import RunOptions
from deckbuild.run import Runner
from deckbuild.run.sandbox.namespaces import NOBODY

ATTACKS = {
    name.strip(): code.lstrip("\n")
    for name, _, code in (
        part.partition("\n")
        for part in re.split(r"^=== ", (Path(__file__).parent / "attacks.txt").read_text(), flags=re.MULTILINE)[1:]
    )
}
TOLD = {
    "endless output": "output",
    "an endless loop": "timeout",
    "a loop that is deaf": "timeout",
    "closed output and a long sleep": "timeout",
    "stopped": "timeout",
    "leave by exit": "exit",
    "leave at once": "exit",
    "crash": "killed",
    "fifty gigabytes at once": "memory",
    "memory in steps": "memory",
    "kill by number": "denied",
    "connect by TCP": "denied",
    "a fork bomb": "denied",
    "a forged result on every descriptor": "broken",
    "other builtins": "broken",
    "change the mode of a file elsewhere": "denied",
    "change times above by way of an open folder": "denied",
    "change the mode of the interpreter by way of the process": "denied",
    "a letter through a pair of sockets": "denied",
    "a signal by way of a descriptor": "denied",
    "other functions for what records": "raised",
    "a program made in memory": "denied",
    "a signal by way of a process's descriptor": "denied",
    "its own tracer instead of the recorder's": "raised",
    "its alarm called off": "timeout",
    "outcomes written by hand": "broken",
    "outcomes without an end": "broken",
    "an outcome that is too large": "broken",
    "an outcome of what there cannot be": "broken",
    "standard output cut by itself": "raised",
}
WORLDS = {"all layers": (), "no namespaces": ("namespaces",)}


@dataclass(frozen=True, slots=True)
class Prey:
    """What the attacks are after."""

    folder: Path
    victim: subprocess.Popen[bytes]
    tcp: socket.socket
    udp: socket.socket
    local: socket.socket
    abstract: socket.socket
    box: socket.socket
    before: os.stat_result
    """Of the secret."""

    def fill(self, code: str) -> str:
        """The attack on it."""
        places = {
            "DIR": str(self.folder),
            "SECRET": str(self.folder / "secret"),
            "TCP": str(self.tcp.getsockname()[1]),
            "UDP": str(self.udp.getsockname()[1]),
            "SOCKET": str(self.folder / "socket"),
            "ABSTRACT": f"deckbuild-test-{os.getpid()}",
            "VICTIM": str(self.victim.pid),
        }
        return re.sub(rf"\b({'|'.join(places)})\b", lambda m: places[m[0]], code)

    def harm(self) -> str:
        """What has been done to it; empty: nothing."""
        if self.victim.poll() is not None:
            return "the victim is dead"
        if sorted(p.name for p in self.folder.iterdir()) != ["box", "secret", "socket"]:
            return "a file was written"
        now = (self.folder / "secret").stat()
        if (now.st_mode, now.st_mtime_ns, now.st_size) != (
            self.before.st_mode,
            self.before.st_mtime_ns,
            self.before.st_size,
        ):
            return "a file was changed"
        for listener in (self.tcp, self.local, self.abstract, self.udp, self.box):
            try:
                listener.recv(1) if listener.type is socket.SOCK_DGRAM else listener.accept()
            except BlockingIOError:
                continue
            return "a listener was reached"
        return ""


@pytest.fixture(scope="module")
def prey() -> Iterator[Prey]:
    """Open to every user of the machine, its own programs' user's where that is another: it is not the file system that protects."""
    other = NOBODY if os.geteuid() == 0 else None
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o777)
        (folder / "secret").write_text("secret")
        (folder / "secret").chmod(0o666)
        if other:
            os.chown(folder / "secret", other, other)
        unix = ((socket.AF_UNIX, kind) for kind in (socket.SOCK_STREAM, socket.SOCK_STREAM, socket.SOCK_DGRAM))
        kinds = ((socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_DGRAM), *unix)
        tcp, udp, local, abstract, box = (stack.enter_context(socket.socket(family, kind)) for family, kind in kinds)
        tcp.bind(("127.0.0.1", 0))
        udp.bind(("127.0.0.1", 0))
        local.bind(str(folder / "socket"))
        box.bind(str(folder / "box"))
        for name in ("socket", "box"):
            (folder / name).chmod(0o777)
        abstract.bind(f"\0deckbuild-test-{os.getpid()}")
        for listener in (tcp, local, abstract):
            listener.listen()
        for listener in (tcp, udp, local, abstract, box):
            listener.setblocking(False)
        victim = stack.enter_context(subprocess.Popen(["sleep", "600"], user=other))
        stack.callback(victim.kill)
        yield Prey(folder, victim, tcp, udp, local, abstract, box, (folder / "secret").stat())


@pytest.fixture(scope="module", params=WORLDS)
def runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    os.environ["DECKBUILD_TEST_TOKEN"] = "secret"
    with Runner(RunOptions(cache=False, timeout_s=2.0, memory_mb=1200, jobs=2), WORLDS[request.param]) as runner:
        found = runner.confinement()
        if any(found[kind] != "confined" for kind in ("files", "network", "processes")):
            pytest.skip(f"this machine does not offer the layers: {found}")
        if request.param == "all layers" and found["disk"] != "confined":
            pytest.skip(f"this machine refuses namespaces: {found['disk']}")
        yield runner
    del os.environ["DECKBUILD_TEST_TOKEN"]


def test_there_are_as_many_attacks_as_were_made() -> None:
    assert len(ATTACKS) == 85


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_does_not_win(name: str, runner: Runner, prey: Prey) -> None:
    attack, after = Job(prey.fill(ATTACKS[name])), Job("x = 1\nprint(x)\n")
    outcome, innocent = runner.confirm([attack, after])
    assert "HIT" not in outcome.stdout
    assert prey.harm() == ""
    assert innocent.ok
    assert innocent.stdout == "1\n"
    if name in TOLD:
        assert outcome.fault is not None
        assert outcome.fault.kind == TOLD[name]


NEARBY = r"""
import socket
kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM)
for kind in kinds:
    for place in ("SOCKET", "DIR/box", "\0" "ABSTRACT"):
        try:
            socket.socket(socket.AF_UNIX, kind).connect(place)
        except OSError:
            continue
        print("HIT", place)
try:
    socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b"x", "DIR/box")
except OSError:
    pass
for family in (16, 17, 38, 40):
    try:
        socket.socket(family, socket.SOCK_DGRAM)
    except OSError:
        continue
    print("HIT", family)
"""
FAR = """
import socket
there = socket.create_connection(("localhost", PORT), timeout=5)
left, right = socket.socketpair()
left.send(b"x")
print(right.recv(1), there.getpeername()[0])
"""


@pytest.mark.parametrize("without", WORLDS.values(), ids=WORLDS)
def test_the_network_that_is_allowed_leads_to_no_neighbour(without: tuple[str, ...], prey: Prey) -> None:
    """A socket in the file system may be a container's master, or a desktop's."""
    with Runner(RunOptions(cache=False, timeout_s=10.0, jobs=1, allow=("network",)), without) as open_:
        if any(open_.confinement()[kind] != "confined" for kind in ("files", "processes")):
            pytest.skip(f"this machine does not offer the layers: {open_.confinement()}")
        near, far = open_.trial([Job(prey.fill(NEARBY)), Job(prey.fill(FAR.replace("PORT", "TCP")))])
    assert (near.fault, near.stdout) == (None, "")
    assert (far.fault, far.stdout) == (None, "b'x' 127.0.0.1\n")
    prey.tcp.accept()[0].close()
    assert prey.harm() == ""


FILLING = """
import os
print(os.listdir("/dev/shm"))
with open("/dev/shm/left", "wb") as f:
    f.write(b"x" * (60 << 20))
"""
SHARING = """
from multiprocessing import shared_memory
memory = shared_memory.SharedMemory(create=True, size=20 << 20)
memory.buf[:] = bytes(20 << 20)
memory.close()
memory.unlink()
print("shared")
"""


def test_memory_that_is_shared_is_shared_with_no_other_program() -> None:
    """Processes that are allowed may share memory; what is left there neither tells nor takes anything from the next program."""
    with Runner(RunOptions(cache=False, timeout_s=20.0, jobs=1, allow=("processes",))) as open_:
        if "sealed" not in open_._workers.layers():
            pytest.skip("this machine refuses namespaces")
        filling, sharing, again = open_.confirm([Job(FILLING), Job(SHARING), Job(FILLING)])
    assert [(o.fault, o.stdout) for o in (filling, sharing, again)] == [
        (None, "[]\n"),
        (None, "shared\n"),
        (None, "[]\n"),
    ]


def test_the_process_that_forks_is_reached_where_its_descriptors_stay_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the attack is known to be one: it is only the closed descriptors that it fails at."""
    (tmp_path / "sitecustomize.py").write_text("import os\nos.closerange = lambda low, high: None\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Runner(RunOptions(cache=False, timeout_s=5.0, jobs=1)) as unguarded:
        (outcome,) = unguarded.trial([Job(ATTACKS["reach the process that forks"])])
    assert outcome.stdout == "HIT"
