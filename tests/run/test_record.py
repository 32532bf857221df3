"""What is recorded of a run: prints, bindings, layers, lines, probes."""

from __future__ import annotations

from deckbuild.model import Fault, Value
from tests.run.running import RunCode


def test_prints_stand_at_their_lines(run: RunCode) -> None:
    outcome = run(
        """
        def show(x):
            print("in", x)
        print("a"); print("b")
        for i in range(2):
            show(i)
        print("x", end="")
        print("y",
              "z")
        """
    )
    assert [(p.line, p.text) for p in outcome.prints] == [
        (3, "a\n"),
        (3, "b\n"),
        (2, "in 0\n"),
        (2, "in 1\n"),
        (6, "x"),
        (7, "y z\n"),
    ]
    assert outcome.stdout == "".join(p.text for p in outcome.prints)


def test_redirected_output_is_not_output(run: RunCode) -> None:
    outcome = run(
        "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as s:\n    print(1)\nt = s.getvalue()"
    )
    assert outcome.stdout == ""
    assert outcome.prints == ()


def test_output_below_python_stands_in_its_place(run: RunCode) -> None:
    outcome = run("import os, sys\nprint('a')\nos.write(1, b'b\\n')\nsys.stdout.buffer.write(b'c\\n')\nprint('d')")
    assert outcome.stdout == "a\nb\nc\nd\n"


def test_bindings_follow_the_statements(run: RunCode) -> None:
    outcome = run(
        """
        import math
        x = [1]
        x.append(2)
        x.index(1)
        x[0] = 5
        for i in range(2):
            s = i
        len(x)
        def f():
            return 1
        """
    )
    assert [(b.line, b.end_line, b.value.name, b.value.data) for b in outcome.bindings] == [
        (2, 2, "x", [1]),
        (3, 3, "x", [1, 2]),
        (4, 4, "", 0),
        (5, 5, "x", [5, 2]),
        (6, 7, "i", 1),
        (6, 7, "s", 1),
        (8, 8, "", 2),
        (9, 10, "f", None),
    ]


def test_values_are_what_the_program_bound(run: RunCode) -> None:
    outcome = run(
        """
        import os.path as p, math
        from math import pi, sqrt
        from random import *
        try:
            import no_such_package_here as q
        except ImportError:
            q = None
        def f():
            global g
            g = 2
        f()
        a = pi
        del math
        """
    )
    assert [v.name for v in outcome.values] == ["f", "g", "a"]
    assert outcome.value("pi") is None


def test_a_failed_run_has_what_came_before(run: RunCode) -> None:
    outcome = run("x = 1\nprint(x)\ndef f():\n    return y\nf()\nz = 2", "x + 1")
    assert outcome.fault == Fault("raised", "NameError", "name 'y' is not defined", 4, (5, 4), "y")
    assert outcome.stdout == "1\n"
    assert [v.name for v in outcome.values] == ["x", "f"]
    assert isinstance(outcome.probed[0], Value)
    assert outcome.probed[0].data == 2


def test_layers(run: RunCode) -> None:
    outcome = run(
        """
        import torch
        from torch import nn
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv = nn.Conv2d(2, 3, 3, padding=1, stride=2)
                self.pool = nn.MaxPool1d(2, padding=1)
            def forward(self, x):
                return self.conv(x)
        net = Net()
        y = net(torch.zeros(1, 2, 5, 5))
        nn.Conv1d(1, 1, 4, padding="same")(torch.zeros(1, 1, 9))
        nn.Linear(3, 2)(torch.zeros(4, 3))
        """
    )
    calls = [(c.line, c.layer, c.inputs, c.output, c.padded, c.depth) for c in outcome.calls]
    assert calls == [
        (9, "Conv2d", ((1, 2, 5, 5),), (1, 3, 3, 3), (1, 2, 7, 7), 1),
        (11, "Net", ((1, 2, 5, 5),), (1, 3, 3, 3), None, 0),
        (12, "Conv1d", ((1, 1, 9),), (1, 1, 9), (1, 1, 12), 0),
        (13, "Linear", ((4, 3),), (4, 2), None, 0),
    ]
    assert ("stride", [2, 2]) in outcome.calls[0].settings


def test_lines_inside_functions_are_seen(run: RunCode) -> None:
    outcome = run(
        """
        def f(x):
            if x:
                return 1
            return 2
        class C:
            a = 1
            def m(self):
                return 3
        f(0)
        """
    )
    assert outcome.lines_run == (1, 2, 4, 5, 6, 7, 9)


def test_a_long_loop_hides_no_line_after_it(run: RunCode) -> None:
    outcome = run(
        """
        def f():
            s = 0
            for i in range(30000):
                s += i
            return s
        f()
        x = 1
        for i in range(30000):
            x += 1
        y = 2
        """
    )
    assert set(outcome.lines_run) >= {1, 2, 3, 4, 6, 7, 8, 9, 10}


def test_many_calls_of_others_hide_no_line_after_them(run: RunCode) -> None:
    outcome = run(
        """
        import copy
        def total(rounds):
            '''The sum.'''
            s = 0
            for n in range(rounds):
                s += len(copy.deepcopy([[n], [n + 1]] * 20))
            t = round(s)
            for _ in range(2):
                t += 1
            if t < 0:
                return 0
            return t
        def main():
            first = total(3_000)
            second = abs(first)
            try:
                int(str(second) + "x")
            except ValueError:
                second += 1
            return second
        print(main())
        """
    )
    assert outcome.lines_run == (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21)


def test_a_long_loop_of_a_function_hides_no_line_before_its_return(run: RunCode) -> None:
    outcome = run(
        """
        def f(rounds):
            s = 0
            for i in range(rounds):
                s += i
                if s < 0:
                    s = 1
                    break
            t = s % 10
            if t == 11:
                return 12
            return t
        print(f(60_000))
        """
    )
    assert outcome.lines_run == (1, 2, 3, 4, 5, 8, 9, 11, 12)


def test_what_follows_an_error_was_not_run(run: RunCode) -> None:
    outcome = run(
        """
        def f(x):
            y = 1 / x
            return y
        def g():
            while True:
                try:
                    f(0)
                    z = 1
                except ZeroDivisionError:
                    return 2
        g()
        """
    )
    assert outcome.lines_run == (1, 2, 4, 5, 6, 7, 9, 10, 11)


def test_probes(run: RunCode) -> None:
    outcome = run("x = [3, 4]", "x[1]", "x.shape", "x[", "len(x)")
    first, second, third, fourth = outcome.probed
    assert isinstance(first, Value)
    assert (first.name, first.data) == ("x[1]", 4)
    assert isinstance(second, Fault)
    assert (second.type, second.name) == ("AttributeError", "shape")
    assert isinstance(third, Fault)
    assert third.kind == "syntax"
    assert isinstance(fourth, Value)


def test_what_differs_between_runs_is_no_data(run: RunCode) -> None:
    outcome = run(
        """
        import os, time
        t = time.time_ns()
        a = id(object())
        o = object()
        w = os.getcwd()
        s = {"a", "b", "c"}
        print(o)
        print("at", t)
        """
    )
    assert outcome.unstable == ("t", "a", "w")
    assert outcome.stdout == "<object object at 0x…>\nat …\n"
    assert outcome.value("s") is not None


def test_syntax_errors_have_their_line(run: RunCode) -> None:
    for code, line in (("x = 1\ny = (2", 2), ("return 1", 1), ("x = 1\n  y = 2", 2), ("for", 1)):
        fault = run(code).fault
        assert fault is not None
        assert (fault.kind, fault.line) == ("syntax", line)


def test_a_message_names_no_place_of_this_machine(run: RunCode) -> None:
    fault = run("from collections import Mapping").fault
    assert fault is not None
    assert fault.message == "cannot import name 'Mapping' from 'collections'"
