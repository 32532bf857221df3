"""The filter, run by a small interpreter of filter programs, for both machines."""

from __future__ import annotations

import errno
import socket

import pytest

from deckbuild.run.sandbox import seccomp
from deckbuild.run.sandbox.seccomp import ALLOW, FAIL, KILL, Passed, Step, write_filter
from deckbuild.run.sandbox.syscalls import (
    ALWAYS,
    MACHINES,
    MARKS,
    NETWORK,
    NUMBERS,
    PROCESSES,
    SETTINGS,
    STREAM_PAIRS,
    UNKNOWN_FROM,
    Machine,
)

OWN = 4242
DENIED = FAIL | errno.EPERM
ABSENT = FAIL | errno.ENOSYS
READ = {"x86_64": 0, "aarch64": 63}
WRITE = {"x86_64": 1, "aarch64": 64}
ONLY_X86 = {"fork", "vfork", "chmod", "chown", "lchown", "utime", "utimes", "futimesat", "inotify_init"}
"""Calls that the table for all later machines left out, since a younger one does the same."""
LANDLOCK = (444, 445, 446)
DATAGRAMS = 2
THREAD_FLAGS = 0x3D0F00
FORK_FLAGS = 0x01200011
NEW_USER = 0x10000000


def judge(steps: tuple[Step, ...], arch: int, number: int, argument: int = 0, second: int = 0) -> int:
    """What the kernel would do with a call."""
    memory = {
        seccomp.NUMBER_AT: number,
        seccomp.ARCH_AT: arch,
        seccomp.FIRST_ARGUMENT_AT: argument & 0xFFFFFFFF,
        seccomp.SECOND_ARGUMENT_AT: second & 0xFFFFFFFF,
    }
    here = loaded = 0
    while True:
        step = steps[here]
        here += 1
        match step.code:
            case seccomp.LOAD:
                loaded = memory[step.operand]
            case seccomp.RETURN:
                return step.operand
            case seccomp.EQUAL:
                here += step.if_true if loaded == step.operand else step.if_false
            case seccomp.AT_LEAST:
                here += step.if_true if loaded >= step.operand else step.if_false
            case seccomp.ANY_BIT:
                here += step.if_true if loaded & step.operand else step.if_false
            case other:
                pytest.fail(f"no such instruction: {other:#x}")


def calls(machine: Machine, names: frozenset[str]) -> list[int]:
    return [number for name in names if (number := machine.number(name)) is not None]


@pytest.fixture(params=MACHINES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def machine(name: str) -> Machine:
    return MACHINES[name]


@pytest.fixture
def strict(machine: Machine) -> tuple[Step, ...]:
    return write_filter(machine, OWN, Passed())


def test_ordinary_calls_pass(name: str, machine: Machine, strict: tuple[Step, ...]) -> None:
    for number in (READ[name], WRITE[name], *LANDLOCK):
        assert judge(strict, machine.audit_arch, number) == ALLOW


def test_what_is_denied_fails(machine: Machine, strict: tuple[Step, ...]) -> None:
    for number in calls(machine, ALWAYS | MARKS | NETWORK | PROCESSES):
        assert judge(strict, machine.audit_arch, number, OWN) == DENIED


def test_another_interface_is_no_way_round(machine: Machine, strict: tuple[Step, ...]) -> None:
    assert judge(strict, 0x40000003, 11) == KILL
    others = {m.audit_arch for m in MACHINES.values()} - {machine.audit_arch}
    assert {judge(strict, arch, READ["x86_64"]) for arch in others} == {KILL}


def test_younger_calls_and_those_of_x32_are_absent(machine: Machine, strict: tuple[Step, ...]) -> None:
    for number in (UNKNOWN_FROM, 467, 0x40000000 | 57, 0x40000000, 0xFFFFFFFF):
        assert judge(strict, machine.audit_arch, number) == ABSENT
    assert judge(strict, machine.audit_arch, UNKNOWN_FROM - 1) == ALLOW


def test_each_machine_has_its_own_numbers() -> None:
    here, there = (MACHINES[name] for name in ("x86_64", "aarch64"))
    assert {name for name in NUMBERS if there.number(name) is None} == ONLY_X86 | {
        "iopl",
        "ioperm",
        "uselib",
        "modify_ldt",
    }
    assert [there.number(n) for n in ("clone", "execve", "socket", "kill")] == [220, 221, 198, 129]
    assert [here.number(n) for n in ("clone", "execve", "socket", "kill")] == [56, 59, 41, 62]
    for name, (one, other) in NUMBERS.items():
        assert (one is not None and one >= 424) == (other is not None and other >= 424), name
        assert one == other or (one or 0) < 424, name
    for machine in (here, there):
        numbers = [number for name in NUMBERS if (number := machine.number(name)) is not None]
        assert len(numbers) == len(set(numbers))


def test_a_pair_of_sockets_is_a_stream(machine: Machine, strict: tuple[Step, ...]) -> None:
    pair = machine.known("socketpair")
    assert {judge(strict, machine.audit_arch, pair, 1, kind) for kind in STREAM_PAIRS} == {ALLOW}
    assert judge(strict, machine.audit_arch, pair, 1, DATAGRAMS) == DENIED
    loose = write_filter(machine, OWN, Passed(network=True))
    assert judge(loose, machine.audit_arch, pair, 1, DATAGRAMS) == DENIED


def test_the_network_is_the_internet(machine: Machine) -> None:
    loose = write_filter(machine, OWN, Passed(network=True))
    sockets = {family: judge(loose, machine.audit_arch, machine.known("socket"), family) for family in range(46)}
    assert {family for family, verdict in sockets.items() if verdict == ALLOW} == {socket.AF_INET, socket.AF_INET6}
    assert set(sockets.values()) == {ALLOW, DENIED}


def test_of_calls_that_do_many_things_a_few_are_denied(machine: Machine, strict: tuple[Step, ...]) -> None:
    for name, denied in SETTINGS.items():
        for what in (*denied.values(), denied[next(iter(denied))] | 1 << 32):
            assert judge(strict, machine.audit_arch, machine.known(name), 1, what) == DENIED
        for what in (0, 1, 3, 0x5401, 0x5421):  # duplicate, flags; size of a terminal, not to wait
            assert judge(strict, machine.audit_arch, machine.known(name), 1, what) == ALLOW


def test_threads_start_and_processes_do_not(machine: Machine, strict: tuple[Step, ...]) -> None:
    clone, clone3 = machine.number("clone"), machine.number("clone3")
    assert clone is not None
    assert clone3 is not None
    assert judge(strict, machine.audit_arch, clone, THREAD_FLAGS) == ALLOW
    assert judge(strict, machine.audit_arch, clone, FORK_FLAGS) == DENIED
    assert judge(strict, machine.audit_arch, clone3, THREAD_FLAGS) == ABSENT


def test_signals_reach_only_the_process_itself(machine: Machine, strict: tuple[Step, ...]) -> None:
    for number in calls(machine, frozenset({"kill", "tgkill"})):
        assert judge(strict, machine.audit_arch, number, OWN) == ALLOW
        for other in (1, 0, -1, OWN + 1, -OWN):
            assert judge(strict, machine.audit_arch, number, other) == DENIED


def test_limits_are_those_of_the_process_itself(machine: Machine, strict: tuple[Step, ...]) -> None:
    for number in calls(machine, frozenset({"prlimit64", "sched_setaffinity"})):
        assert [judge(strict, machine.audit_arch, number, p) for p in (0, OWN, 1)] == [ALLOW, ALLOW, DENIED]


def test_what_is_allowed_passes(machine: Machine) -> None:
    loose = write_filter(machine, OWN, Passed(network=True, processes=True))
    clone = machine.number("clone")
    assert clone is not None
    for number in calls(machine, (NETWORK - {"socket"}) | PROCESSES | frozenset({"kill"})):
        assert judge(loose, machine.audit_arch, number, 7) == ALLOW
    assert judge(loose, machine.audit_arch, clone, FORK_FLAGS) == ALLOW
    assert judge(loose, machine.audit_arch, clone, FORK_FLAGS | NEW_USER) == DENIED
    for number in calls(machine, ALWAYS | MARKS):
        assert judge(loose, machine.audit_arch, number) == DENIED


def test_files_may_be_marked_where_all_others_are_sealed(machine: Machine) -> None:
    sealed = write_filter(machine, OWN, Passed(marks=True))
    assert {judge(sealed, machine.audit_arch, number) for number in calls(machine, MARKS)} == {ALLOW}
    others = calls(machine, ALWAYS | NETWORK | PROCESSES)
    assert {judge(sealed, machine.audit_arch, number, OWN) for number in others} == {DENIED}


def test_jumps_stay_inside_the_program(strict: tuple[Step, ...]) -> None:
    for here, step in enumerate(strict):
        if step.code != seccomp.RETURN:
            assert here + 1 + max(step.if_true, step.if_false) < len(strict)
    assert strict[-1] == Step(seccomp.RETURN, ALLOW)
    assert len(strict) < 4096
