"""One program, run in this process.

Goes in: a Job and its Place. Comes out: an Outcome. The caller has made the process what a program finds at its start
(folder, standard input, limits); here are its module, its seeds, and what is recorded on the way.
"""

from __future__ import annotations

import _thread
import atexit
import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType, ModuleType
from typing import Any

import numpy as np
import torch

from deckbuild.model import Fault, Job, Outcome, Value

from .arrays import Budget, Look
from .faults import ended_well, fault_of, stopped
from .layers import Layers
from .lines import Lines
from .output import LIMIT_BYTES, Output, innermost
from .pieces import Piece, read_pieces
from .program import Program, compile_program
from .snapshot import snapshot
from .stores import stores
from .trail import Trail

ELEMENTS = 32_768
"""Of one value."""
READ = 32 << 20
"""Of all of them, for their statistics."""
FIGURES = 4
"""Drawn from the front and from the end of those that a program leaves open."""
_threads: Callable[[], int] = _thread._count
"""How many run besides this one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how a program runs."""

    path: str
    """Its file."""
    stdout: int
    """A descriptor of the file that standard output is written to."""
    output: Output
    """What writes to it."""
    seed: int
    lines: bool = False
    """Whether executed lines are recorded."""
    drawings: bool = False
    """Whether figures and large tensors are drawn, and every look is fresh; not for a hint."""


class Execution:
    """The run of one program, which can be stopped at any point of it."""

    def __init__(self, job: Job, place: Place, deliver: Callable[[Outcome], None]) -> None:
        self._job = job
        self._place = place
        self._deliver = deliver
        self._module = ModuleType("__main__")
        self._module.__file__ = place.path
        self._brief = job.record == "numbers"
        self._output = place.output
        self._output.begin(place.path, self._too_much)
        self._layers = None if self._brief else Layers(place.path)
        self._lines = Lines(place.path) if place.lines else None
        self._known: dict[int, tuple[object, object, Value]] | None = None if place.drawings else {}
        drawings = place.drawings and not self._brief
        self._look = Look(Budget(ELEMENTS), Budget(READ), drawings, self._known, self._brief)
        self._trail = Trail(self._module.__dict__, self._known, brief=self._brief)
        self._started = time.perf_counter()

    def run(self, ended: Callable[[], None] = lambda: None) -> Outcome:
        """What the program did, if it was not stopped; calls `ended` before it looks at what is left."""
        sys.modules["__main__"] = self._module
        sys.stdout = self._output
        seed_everything(self._place.seed)
        self._started = time.perf_counter()
        fault = self._execute()
        lines = self._lines.stop() if self._lines else ()
        calls = self._layers.stop() if self._layers else ()
        _join_threads()
        seconds = self._seconds()
        ended()
        self._output.muted = True
        values = [self._trail.known(self._value(name, value)) for name, value in self._trail.bound()]
        if self._place.drawings:
            values += self._trail.draw_figures(FIGURES, lambda figure: self._value("", figure))
        probed = tuple(self._probe(p) for p in self._job.probes)
        self._output.muted = False
        atexit._run_exitfuncs()
        self._output.flush()
        stdout, size = self._output.text(self._place.stdout)
        if size > LIMIT_BYTES:
            fault = Fault("output", "OutputLimit", f"{size} bytes of output; {LIMIT_BYTES} are allowed", None)
        return Outcome(
            fault=fault,
            stdout=stdout,
            prints=self._output.prints(),
            bindings=self._trail.bindings(),
            values=tuple(values),
            calls=calls,
            lines_run=lines,
            probed=probed,
            seconds=seconds,
        )

    def stop(self, frame: FrameType | None, limit: str) -> None:
        """Delivers the outcome of a program that ran out of time in this frame."""
        self._stop(stopped("timeout", "Timeout", f"still running after {limit}", frame, self._place.path))

    @property
    def tampers(self) -> bool:
        """Whether it may have changed what is not its own."""
        return self._trail.tampers or stores.seen

    def forget(self) -> None:
        """Lets go of what the program held, now and not in the middle of another one, when cycles are next looked for."""
        self._output.end()
        self._module.__dict__.clear()

    def _too_much(self) -> None:
        message = f"more than {LIMIT_BYTES} bytes of output"
        self._stop(stopped("output", "OutputLimit", message, sys._getframe(1), self._place.path))

    def _stop(self, fault: Fault) -> None:
        stdout, _ = self._output.text(self._place.stdout)
        self._deliver(Outcome(fault, stdout, self._output.prints(), seconds=self._seconds()))

    def _seconds(self) -> float:
        return round(time.perf_counter() - self._started, 6)

    def _execute(self) -> Fault | None:
        try:
            pieces = read_pieces(self._job.code, self._place.path) if self._brief else None
            if pieces is None:
                self._run_whole()
            else:
                self._run_pieces(pieces)
        except BaseException as error:
            self._trail.break_off()
            return None if ended_well(error) else fault_of(error, self._place.path)
        return None

    def _run_whole(self) -> None:
        program = compile_program(self._job.code, self._place.path, self._after)
        self._trail.expect(program.watched, self._job.code)
        self._watch(program)
        exec(program.code, self._module.__dict__)  # noqa: S102  to run it is the purpose

    def _run_pieces(self, pieces: tuple[Piece, ...]) -> None:
        for piece in pieces:
            try:
                value = eval(piece.code, self._module.__dict__)  # noqa: S307
            except BaseException:
                self._trail.suspect(piece.names)
                raise
            self._trail.add(
                (piece.line, piece.end_line), piece.names, value
            )  # a brief look calls nothing that could print

    def _watch(self, program: Program) -> None:
        if self._layers:
            self._layers.start()
        if self._lines:
            self._lines.start(program.code, program.statements)

    def _after(self, *value: object) -> None:
        """Called by the program after each of its statements."""
        if self._lines:
            self._lines.pause()
        self._output.muted = True
        self._trail.note(*value)
        self._output.muted = False
        if self._lines:
            self._lines.resume(innermost(sys._getframe(1), self._place.path))

    def _value(self, name: str, value: object) -> Value:
        self._look.data.elements = ELEMENTS
        return snapshot(name, value, self._look)

    def _probe(self, probe: str) -> Value | Fault:
        try:
            code = compile(probe, "<probe>", "eval", dont_inherit=True)
            return self._value(probe, eval(code, self._module.__dict__))  # noqa: S307
        except BaseException as error:
            return fault_of(error, self._place.path)


def seed_everything(seed: int) -> None:
    """The random states in which every program starts."""
    random.seed(seed)
    np.random.seed(seed)
    torch.default_generator.manual_seed(seed)  # what `torch.manual_seed` does on a machine without accelerators


def _join_threads() -> None:
    """Waits for the program's threads, as the interpreter does at its end; those of pools are told first that nothing more will come."""
    if not _threads():
        return
    pools: Any = sys.modules.get("concurrent.futures.thread")
    if pools is not None:
        pools._python_exit()
        pools._shutdown = False  # the next program of a batch may use pools again
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
