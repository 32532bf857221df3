"""Output of candidates of which only numbers are recorded: held in memory, and told as if it had been in a file."""

from __future__ import annotations

import pytest

from deckbuild.model import Job, Outcome
from deckbuild.options import RunOptions
from deckbuild.run import Runner

WRITING = {
    "nothing": "x = 1",
    "lines and pieces": "print('a', 'b')\nprint('c', end='')\nfor n in range(3):\n    print(n)",
    "half a character": "print('\\ud800 \\u00e9 \\r\\n')",
    "more than is kept": "for n in range(9_000):\n    print(n, 'a line of text')",
    "at the end": "import atexit\natexit.register(print, 'bye')\nprint('here')",
    "an error after it": "print('a')\n1 / 0",
    "another writer": "import sys\nprint('a')\nsys.stdout.write('b\\n')\nsys.stdout.buffer.write(b'c\\n')\nprint('d')",
    "below Python, in its place": "import os, sys\nprint('a')\nos.write(sys.stdout.fileno(), b'b\\n')\nprint('c')",
    "to elsewhere and back": "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n    print('a')\nprint('b')",
    "with another encoding": "import sys\nsys.stdout.reconfigure(encoding='ascii', errors='backslashreplace')\nprint('\\u00e9')",
    "closed": "import sys\nprint('a')\nsys.stdout.close()",
}


def told(outcome: Outcome) -> tuple[object, ...]:
    """What is known of the output and of the end."""
    return outcome.stdout, outcome.prints, outcome.fault


@pytest.mark.parametrize("name", WRITING)
def test_it_is_what_the_file_holds(name: str, warm: Runner) -> None:
    whole = warm.trial([Job(WRITING[name]), Job("print('next')")])
    brief = warm.trial([Job(code, record="numbers") for code in (WRITING[name], "print('next')")])
    assert [*map(told, brief)] == [*map(told, whole)]
    assert brief[1].stdout == "next\n"


def test_what_is_written_below_python_stands_before_it(warm: Runner) -> None:
    """Only where the program does not name its output."""
    (outcome,) = warm.trial([Job("import os\nprint('a')\nos.write(1, b'b\\n')\nprint('c')", record="numbers")])
    assert outcome.stdout == "b\na\nc\n"


def test_too_much_of_it_is_no_success(warm: Runner) -> None:
    loud, *others = warm.trial(
        [Job(c, record="numbers") for c in ("while True:\n    print('x' * 999)", "print(1)", "print(2)")]
    )
    assert loud.fault is not None
    assert loud.fault.kind == "output"
    assert loud.stdout.startswith("x" * 999)
    assert [o.stdout for o in others] == ["1\n", "2\n"]


def test_of_one_that_is_stopped_is_told_what_it_wrote() -> None:
    codes = ("print('a')\nwhile True:\n    pass", "print('b')")
    with Runner(RunOptions(cache=False, timeout_s=1.5, jobs=1)) as runner:
        stopped, after = runner.trial([Job(code, record="numbers") for code in codes])
    assert stopped.fault is not None
    assert (stopped.fault.kind, stopped.stdout, after.stdout) == ("timeout", "a\n", "b\n")
