"""System calls confined by a filter program, which any process may ask of the kernel for itself.

Goes in: what is allowed, the process's own number. Comes out: the filter (a BPF program), and a process under it.
Source: the kernel's Documentation/userspace-api/seccomp_filter.rst; struct seccomp_data.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .kernel import PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, prctl
from .syscalls import (
    ABSENT,
    ALWAYS,
    INTERNET,
    MACHINES,
    MARKS,
    NETWORK,
    OWN_OR_ZERO,
    OWN_PROCESS,
    PAIR,
    PROCESSES,
    SETTINGS,
    SOCKET,
    STREAM_PAIRS,
    THREADS,
    UNKNOWN_FROM,
    Machine,
)

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_AT, ARCH_AT, FIRST_ARGUMENT_AT, SECOND_ARGUMENT_AT = 0, 4, 16, 24
ALLOW, FAIL, KILL = 0x7FFF0000, 0x00050000, 0x80000000
REFUSED = FAIL | errno.EPERM
CLONE_THREAD = 0x00010000
CLONE_NEW = 0x7E020000
"""Every flag that makes a namespace."""
FILTER_MODE = 2
STEP_BYTES = 8
ANYBODY = 0x5EEDFACE
"""Stands for the number of the process, and for nothing else in a filter."""


@dataclass(frozen=True, slots=True)
class Step:
    """An instruction: code, steps to skip if true, if false, operand."""

    code: int
    operand: int
    if_true: int = 0
    if_false: int = 0

    def packed(self) -> bytes:
        """`struct sock_filter`."""
        return struct.pack("=HBBI", self.code, self.if_true, self.if_false, self.operand)


def machine() -> Machine | None:
    """This one; None if it has no table here."""
    return MACHINES.get(platform.machine())


@dataclass(frozen=True, slots=True)
class Passed:
    """What may pass besides the ordinary."""

    network: bool = False
    processes: bool = False
    marks: bool = False
    """Modes, owners, times and attributes of files."""

    def denied(self) -> frozenset[str]:
        """The calls that may not."""
        kinds = ((self.network, NETWORK), (self.processes, PROCESSES), (self.marks, MARKS))
        return ALWAYS.union(*(calls for passes, calls in kinds if not passes))


def confine_calls(passed: Passed) -> None:
    """From now on the process is under the filter. Raises OSError if the kernel or the machine does not offer it."""
    code = packed_filter(passed).replace(ANYBODY.to_bytes(4, sys.byteorder), os.getpid().to_bytes(4, sys.byteorder))
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // STEP_BYTES, ctypes.addressof(buffer))
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_SECCOMP, FILTER_MODE, ctypes.c_char_p(program))


@cache
def packed_filter(passed: Passed) -> bytes:
    """The filter of this machine as the kernel takes it, with ANYBODY for the process. Raises OSError if there is no table."""
    here = machine()
    if here is None:
        raise OSError(errno.ENOSYS, f"no table of system calls for {platform.machine()}")
    return b"".join(step.packed() for step in write_filter(here, ANYBODY, passed))


def write_filter(on: Machine, own: int, passed: Passed) -> tuple[Step, ...]:
    """Fails with EPERM what is denied, with ENOSYS what is to be taken for absent; kills what comes by another interface."""
    return (
        Step(LOAD, ARCH_AT),
        Step(EQUAL, on.audit_arch, if_true=1),
        Step(RETURN, KILL),
        Step(LOAD, NUMBER_AT),
        Step(AT_LEAST, UNKNOWN_FROM, if_false=1),  # those of another interface of the processor (x32) among them
        Step(RETURN, FAIL | errno.ENOSYS),
        *_verdicts(on, passed.denied(), errno.EPERM),
        *_verdicts(on, {ABSENT}, errno.ENOSYS),
        *_settings(on),
        *_only(on, PAIR, SECOND_ARGUMENT_AT, STREAM_PAIRS),
        *(_only(on, SOCKET, FIRST_ARGUMENT_AT, INTERNET) if passed.network else ()),
        *_own(on, OWN_OR_ZERO, own, or_zero=True),
        *(() if passed.processes else _own(on, OWN_PROCESS, own, or_zero=False)),
        *(_no_namespaces(on) if passed.processes else _threads_only(on)),
        Step(RETURN, ALLOW),
    )


def _verdicts(on: Machine, names: set[str] | frozenset[str], number: int) -> Iterator[Step]:
    """One comparison and one verdict each: a jump reaches 255 steps, and nobody has to count."""
    for name in sorted(names):
        call = on.number(name)
        if call is not None:
            yield Step(EQUAL, call, if_false=1)
            yield Step(RETURN, FAIL | number)


def _settings(on: Machine) -> Iterator[Step]:
    """Of calls that do many things, a few."""
    for name, denied in SETTINGS.items():
        check = (
            Step(LOAD, SECOND_ARGUMENT_AT),
            *(step for what in denied.values() for step in (Step(EQUAL, what, if_false=1), Step(RETURN, REFUSED))),
            Step(RETURN, ALLOW),
        )
        yield Step(EQUAL, on.known(name), if_false=len(check))
        yield from check


def _only(on: Machine, name: str, argument_at: int, allowed: tuple[int, ...]) -> Iterator[Step]:
    """Of the kinds of sockets, these."""
    check = (
        Step(LOAD, argument_at),
        *(step for kind in allowed for step in (Step(EQUAL, kind, if_false=1), Step(RETURN, ALLOW))),
        Step(RETURN, REFUSED),
    )
    yield Step(EQUAL, on.known(name), if_false=len(check))
    yield from check


def _own(on: Machine, names: frozenset[str], own: int, *, or_zero: bool) -> Iterator[Step]:
    """The first argument (a 32-bit number) is the process itself."""
    for name in sorted(names):
        call = on.number(name)
        if call is not None:
            zero = (Step(EQUAL, 0, if_true=2),) if or_zero else ()
            check = (
                Step(LOAD, FIRST_ARGUMENT_AT),
                *zero,
                Step(EQUAL, own, if_true=1),
                Step(RETURN, REFUSED),
            )
            yield Step(EQUAL, call, if_false=len(check) + 1)
            yield from check
            yield Step(RETURN, ALLOW)


def _threads_only(on: Machine) -> Iterator[Step]:
    yield Step(EQUAL, on.known(THREADS), if_false=3)
    yield Step(LOAD, FIRST_ARGUMENT_AT)
    yield Step(ANY_BIT, CLONE_THREAD, if_true=1)
    yield Step(RETURN, REFUSED)


def _no_namespaces(on: Machine) -> Iterator[Step]:
    yield Step(EQUAL, on.known(THREADS), if_false=3)
    yield Step(LOAD, FIRST_ARGUMENT_AT)
    yield Step(ANY_BIT, CLONE_NEW, if_false=1)
    yield Step(RETURN, REFUSED)
