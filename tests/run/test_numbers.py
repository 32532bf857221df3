"""Candidates of which only the numbers are recorded, many in one process."""

from __future__ import annotations

import textwrap

import pytest

from deckbuild.model import Job, Outcome, Value
from deckbuild.run import Runner

PROGRAM = """\
import numpy as np
import torch
from torch import nn
torch.manual_seed(3)
layer = nn.Linear(2, 2)
x = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
x = layer(x)
s = x.sum()
s.item()
n = 3
flag = n > 2
a = np.array([1, 2, 4])
h = np.float64(0.5)
x.mul_(2) if False else None
label = "a text"
rows = [1, 2, 3]
def f():
    return 1 / 0
"""


def _numbers(values: tuple[Value, ...]) -> list[tuple[object, ...]]:
    return [
        (v.name, v.type, v.dtype, v.shape, v.stats, v.data if isinstance(v.data, int | float) else None) for v in values
    ]


def _trial(runner: Runner, *jobs: Job) -> tuple[Outcome, ...]:
    return runner.trial(jobs)


def test_the_numbers_are_those_of_the_whole_record(warm: Runner) -> None:
    brief, whole = _trial(warm, Job(PROGRAM, record="numbers"), Job(PROGRAM))
    assert brief.ok
    assert _numbers(brief.values) == _numbers(whole.values)
    assert [(b.line, b.end_line) for b in brief.bindings] == [(b.line, b.end_line) for b in whole.bindings]
    assert _numbers(tuple(b.value for b in brief.bindings)) == _numbers(tuple(b.value for b in whole.bindings))


def test_nothing_else_is_recorded(warm: Runner) -> None:
    brief, whole = _trial(warm, Job(PROGRAM, record="numbers"), Job(PROGRAM))
    assert not any(v.text or v.members or v.settings for v in brief.values)
    assert not brief.calls
    assert whole.calls
    assert any(v.text and v.members for v in whole.values)


def test_the_same_fault_on_the_same_line(warm: Runner) -> None:
    ends = ["f()\n", "x = (\n", "return 1\n", "import sys\nsys.exit(3)\n", "def g():\n    global q\n    q = z\ng()\n"]
    for end in ends:
        brief, whole = _trial(warm, Job(PROGRAM + end, record="numbers"), Job(PROGRAM + end))
        assert whole.fault is not None
        assert brief.fault == whole.fault


def test_of_the_program_s_own_code_nothing_is_called(warm: Runner) -> None:
    code = "class A(float):\n    def __repr__(self):\n        raise SystemExit\na = A(2.5)\nb = [a]\n"
    (brief, _) = _trial(warm, Job(code, record="numbers"), Job("x = 1", record="numbers"))
    assert brief.value("a") == Value("a", "__main__.A", data=2.5)


def test_each_begins_as_if_it_were_alone(warm: Runner) -> None:
    """Its folder is empty, its module fresh, its random numbers the same, whatever the one before it left."""
    look = (
        "import os, sys, builtins, random, inspect\n"
        "import torch\n"
        "files = len(os.listdir())\n"
        "clean = not hasattr(builtins, 'left') and 'left' not in os.environ and 'left' not in sys.modules\n"
        "clean2 = 'old' not in globals() and sys.modules['json'] is __import__('json') and os.environ['HOME'] != 'x'\n"
        "drawn = random.random()\n"
        "double = torch.ones(1).double().sum() if torch.ones(1).dtype is torch.float32 else 0\n"
        "def own():\n    return 1\n"
        "length = len(inspect.getsource(own))\n"
        "text = len(open(__file__).read())\n"
    )
    spoilers = [
        "open('left.txt', 'w').write('x')",
        "import os\nos.rmdir('../work')",
        "import builtins\nbuiltins.left = 1\nold = 1",
        "import os\nos.environ['left'] = '1'\nos.environ['HOME'] = 'x'",
        "import os\nos.environ['HOME'] = 'x'",
        "import sys, types\nsys.modules['left'] = types.ModuleType('left')",
        "import sys\nsys.modules['json'] = None",
        "import torch, random\ntorch.set_default_dtype(torch.float64)\nrandom.random()",
        "def own():\n    return 22222\n",
        "x = 1",
    ]
    jobs = [Job(code, record="numbers") for spoiler in spoilers for code in (spoiler, look)]
    found = _trial(warm, *jobs)
    assert [o.fault for o in found] == [None] * len(jobs)
    (alone,) = _trial(warm, Job(look, record="numbers"))
    for outcome in found[1::2]:
        assert _numbers(outcome.values) == _numbers(alone.values)
    assert [v.data for v in alone.values if v.name in ("files", "clean", "clean2", "text")] == [
        0,
        True,
        True,
        len(look),
    ]


LINES_WANTED = {
    "a compiler that reads them": """
        import torch
        @torch.jit.script
        def f(x: torch.Tensor):
            return x * 21
        number = f(torch.full((1,), 2.0)).item()
    """,
    "a logged error": """
        import io, logging
        told = io.StringIO()
        log = logging.getLogger("a")
        log.addHandler(logging.StreamHandler(told))
        try:
            {}["missing"]
        except KeyError:
            log.exception("failed")
        number = told.getvalue().count('{}["missing"]') + told.getvalue().count("^")
    """,
    "a data class": """
        from dataclasses import dataclass, field
        @dataclass
        class Point:
            x: float = 42.0
            rest: list = field(default_factory=list)
        number = Point().x
    """,
    "its own file": "number = len(open(__file__).read())",
    "its own file by another way": "import sys\nnumber = len(open(sys._getframe().f_code.co_filename).read())",
    "what lies beside its folder": "import os\nnumber = len(os.listdir('..'))",
}


@pytest.mark.parametrize("name", LINES_WANTED)
def test_the_lines_of_a_program_are_found_whoever_wants_them(name: str, warm: Runner) -> None:
    """Also where no file was written for the one before it, and one was for that before."""
    code = textwrap.dedent(LINES_WANTED[name]).lstrip("\n")
    jobs = [Job(c, record="numbers") for c in (code, "x = 1", code, f"# longer\n{code}", "x = 2", code)]
    found = _trial(warm, *jobs)
    assert [o.fault for o in found] == [None] * len(jobs)
    (alone,) = _trial(warm, Job(code))
    numbers = [o.value("number") for o in (alone, found[0], found[2], found[5])]
    assert all(v is not None and v.data == (numbers[0] and numbers[0].data) for v in numbers), numbers


def test_every_program_has_the_same_memory(warm: Runner) -> None:
    """What is kept back for the recording of one is not there for the next."""
    code = "import resource\nsoft = resource.getrlimit(resource.RLIMIT_AS)[0]\n"
    found = _trial(warm, *[Job(f"{code}n = {n}", record="numbers") for n in range(3)])
    assert len({v.data for o in found if (v := o.value("soft"))}) == 1


def test_what_a_program_held_is_let_go_with_it(warm: Runner) -> None:
    """And what it says then is not told of the one after it; a stranger's last word that never ends is its own fault."""
    farewell = (
        "class A:\n    def __del__(self):\n        print('left')\n        open('../left', 'w').close()\na = A()\n"
    )
    seen = "import os\nx = int(os.path.exists('../left'))"
    deaf = "class A:\n    def __del__(self):\n        while True: pass\na = A()\n"
    found = _trial(warm, *(Job(c, record="numbers") for c in (farewell, seen, deaf, "x = 2")))
    assert [o.fault and o.fault.type for o in found] == [None, None, "Timeout", None]
    assert [o.stdout for o in found] == [""] * 4
    assert [v.data for o in (found[1], found[3]) for v in o.values] == [1, 2]


def test_a_long_batch_in_which_some_die(warm: Runner) -> None:
    """Outcomes are fetched several at a time: none is lost, none is told of another."""
    deadly = {20: "import os\nos._exit(3)", 21: "import ctypes\nctypes.string_at(0)", 44: "1 / 0"}
    jobs = [Job(deadly.get(n, f"x = {n}\nprint(x)"), record="numbers") for n in range(60)]
    found = _trial(warm, *jobs)
    assert {n: o.fault.kind for n, o in enumerate(found) if o.fault} == {20: "exit", 21: "killed", 44: "raised"}
    assert all(o.stdout == f"{n}\n" and o.values[0].data == n for n, o in enumerate(found) if o.ok)
