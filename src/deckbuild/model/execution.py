"""Programs and what they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


Record: TypeAlias = Literal["all", "numbers"]


@dataclass(frozen=True, slots=True)
class Job:
    """A complete program, and expressions to evaluate in its namespace afterwards."""

    code: str
    probes: tuple[str, ...] = ()
    record: Record = "all"
    """`numbers`: of values only name, type and what is counted: a scalar, an array's dtype, shape and statistics; no layer calls.
    An eighth of the time: for many candidates of which few are looked at again."""
    reseed: int = 0
    """Added to the build's seed: to see what another seed changes."""


@dataclass(frozen=True, slots=True)
class Stats:
    """Of the finite elements; std with ddof 1 (nan for one element)."""

    mean: float
    std: float
    low: float
    high: float
    nonfinite: int
    count: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A 2-D slice of a large tensor, averaged over blocks to at most 128×128; nan and inf as they are."""

    index: tuple[int, ...]
    """The leading indices of the slice."""
    shape: tuple[int, int]
    """Of the slice before averaging."""
    rows: tuple[tuple[float, ...], ...]
    stats: Stats


@dataclass(frozen=True, slots=True)
class Preview:
    """Of a tensor with more elements than are reported: what a drawing of it needs."""

    edges: Json
    """Nested lists: of each axis longer than 8 only the first 3 and the last 3 places, of others all."""
    pictures: tuple[Picture, ...]
    """At most 8 slices (else the first 3 and last 3), where both trailing axes exceed 8."""
    stats: Stats


@dataclass(frozen=True, slots=True)
class Value:
    """A plain snapshot of an object of the program; no torch is needed to read it."""

    name: str
    """The name or expression that has the value; "" for none."""
    type: str
    """`torch.Tensor`, `numpy.ndarray`, `int`, `torch.nn.modules.conv.Conv2d`, `dict`, …: module and qualified name, builtins bare."""
    dtype: str | None = None
    """Without the library's name: `float32`."""
    shape: tuple[int, ...] | None = None
    data: Json = None
    """Nested lists of numbers (nan and inf as the strings `nan`, `inf`, `-inf`), a scalar, a text; None over 4096 elements and for what has no data."""
    text: str = ""
    """Its `repr`, addresses as `0x…`, cut at 2,000 characters."""
    preview: Preview | None = None
    stats: Stats | None = None
    """Of numeric tensors and arrays with at least one element."""
    requires_grad: bool = False
    grad_fn: str | None = None
    device: str | None = None
    members: tuple[Value, ...] = ()
    """Of a module or state dict its parameters and buffers, of a list, tuple or dict its first 20 entries (named by index or key)."""
    settings: tuple[tuple[str, Json], ...] = ()
    """Of a torch module: its constants (`in_channels`, `stride`, …)."""
    media: str | None = None
    """A PNG in base64: of a matplotlib figure."""
    table: tuple[tuple[str, ...], ...] | None = None
    """Of a DataFrame or Series: header row and at most 20 rows, as text."""
    length: int | None = None
    """`len()` where there is one."""


FaultKind: TypeAlias = Literal[
    "raised", "syntax", "timeout", "memory", "killed", "exit", "output", "denied", "uncached", "broken"
]


@dataclass(frozen=True, slots=True)
class Fault:
    """How a program ended that did not come to its end."""

    kind: FaultKind
    type: str
    """The exception's class name, bare; `Timeout`, `OutOfMemory`, `Killed`, `Exit`, `OutputLimit` for what is no exception."""
    message: str
    line: int | None
    """Innermost line of the program (1-based, of `code`), None where none is known."""
    frames: tuple[int, ...] = ()
    """Lines of the program from the outermost to the innermost frame."""
    name: str | None = None
    """The missing name of NameError, ModuleNotFoundError, AttributeError."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What one line of the program wrote, consecutive writes of one execution of the line joined."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Binding:
    """What a top-level statement left: the value of a name that it binds or changes, or of an expression statement (name "")."""

    line: int
    end_line: int
    value: Value


@dataclass(frozen=True, slots=True)
class LayerCall:
    """A torch module applied to something."""

    line: int | None
    """Innermost line of the program that led to the call."""
    layer: str
    """Its class name, bare: `Conv2d`."""
    settings: tuple[tuple[str, Json], ...]
    inputs: tuple[tuple[int, ...], ...]
    """Shapes of the tensors among its positional arguments."""
    output: tuple[int, ...] | None
    """Shape of what it returned, if that is a tensor."""
    padded: tuple[int, ...] | None = None
    """Shape of the first input after the layer's own zero padding, computed by padding it; None where the layer has none."""
    depth: int = 0
    """0: called by the program; 1: called by a module that the program called; …"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program did."""

    fault: Fault | None
    stdout: str = ""
    """Capped; addresses as `0x…`; `…` for what differed between two runs."""
    prints: tuple[Printed, ...] = ()
    bindings: tuple[Binding, ...] = ()
    """In the order of execution."""
    values: tuple[Value, ...] = ()
    """Names bound at top level by the program (not modules), at their final values."""
    calls: tuple[LayerCall, ...] = ()
    lines_run: tuple[int, ...] = ()
    """Lines of the program that were executed, those inside functions included."""
    probed: tuple[Value | Fault, ...] = ()
    """One per probe of the job."""
    seconds: float = 0.0
    cached: bool = False
    unstable: tuple[str, ...] = ()
    """Names whose value differed between two runs (their data is None)."""

    @property
    def ok(self) -> bool:
        """Whether the program came to its end."""
        return self.fault is None

    def value(self, name: str) -> Value | None:
        """The final value of a name."""
        return next((v for v in self.values if v.name == name), None)

    def placed(self) -> list[Value | int]:
        """The final values; for one that a binding holds, the place of that: what is written down need not say it twice."""
        places = {id(binding.value): place for place, binding in enumerate(self.bindings)}
        return [places.get(id(value), value) for value in self.values]

    def at(self, place: int) -> Value:
        """The value that a binding holds, by the place of that. Raises ValueError if there is none."""
        if not 0 <= place < len(self.bindings):
            raise ValueError(f"no binding has the place {place}")
        return self.bindings[place].value


class Run(Protocol):
    """How the other stages run programs; results in the order of the jobs."""

    def trial(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """Cheap: many candidates in one process; an outcome is a hint, not evidence."""
        ...

    def confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """Evidence: each in a clean process, and a second time to see what differs between runs."""
        ...
