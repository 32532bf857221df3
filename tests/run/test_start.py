"""How every run starts: as the contract says, and as a file run by Python would find it."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import numpy as np
import pytest

from deckbuild.model import Job, Value
from deckbuild.options import RunOptions
from deckbuild.run import Runner
from deckbuild.run.sandbox.probe import ALLOWED
from tests.run.running import RunCode, confirmed


def test_the_process(run: RunCode) -> None:
    outcome = run(
        """
        import inspect, os, sys, torch
        def f():
            return 1
        facts = [__name__, sys.argv == [os.path.basename(__file__)], os.listdir("."), os.environ["PYTHONHASHSEED"],
                 os.environ["CUDA_VISIBLE_DEVICES"], torch.get_num_threads(), sys.stdin.read(), inspect.getsource(f),
                 sys.modules["__main__"].f is f, os.environ.get("USER"), sys.path[0] == os.getcwd()]
        """
    )
    value = outcome.value("facts")
    assert value is not None
    source = "def f():\n    return 1\n"
    assert value.data == ["__main__", True, [], "0", "", 1, "", source, True, None, True]


PLACE = """
import locale, os, time
facts = [time.localtime(0).tm_hour, time.strftime("%Z"), os.environ["TZ"], os.environ["LC_ALL"], os.environ["LANG"]]
facts += [name for name, value in os.environ.items() if "elsewhere" in value or name.startswith(("LC_", "LANG"))]
facts.append(os.environ["PATH"].startswith("elsewhere"))
"""


@pytest.mark.parametrize(("allow", "finding"), [((), []), (("processes",), ["PATH", "PYTHONPATH"])])
def test_the_place_where_it_is_built_is_not_seen(
    allow: tuple[str, ...], finding: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for what other processes need, where those are allowed."""
    there = {"TZ": "ABC5", "LC_ALL": "POSIX", "LANG": "de_DE.UTF-8", "LC_TIME": "fr_FR", "LANGUAGE": "de"}
    for name, setting in there.items():
        monkeypatch.setenv(name, setting)
    for name in ("PATH", "PYTHONPATH"):
        monkeypatch.setenv(name, os.pathsep.join(("elsewhere", os.environ.get(name, ""))))
    with Runner(RunOptions(cache=False, jobs=1, allow=allow)) as runner:
        if runner.confinement()["processes"] not in ("confined", ALLOWED):
            pytest.skip("this machine does not offer the layers")
        value = confirmed(runner, PLACE).value("facts")
    assert value is not None
    assert isinstance(value.data, list)
    assert value.data[:5] == [0, "UTC", "UTC", "C.UTF-8", "C.UTF-8"]
    assert sorted(value.data[5:-1], key=str) == sorted(["LC_ALL", "LANG", *finding])
    assert value.data[-1] == bool(finding)


def test_the_seeds(run: RunCode) -> None:
    outcome = run("import random, numpy, torch\na, b, c = random.random(), numpy.random.rand(), torch.rand(1).item()")
    random.seed(0)
    data = {v.name: v.data for v in outcome.values}
    assert data["a"] == random.random()
    assert data["b"] == np.random.RandomState(0).rand()
    assert data["c"] == pytest.approx(0.4963, abs=1e-4)


def test_a_seed_of_its_own_wins(run: RunCode) -> None:
    outcome = run("import torch\ntorch.manual_seed(7)\na = torch.rand(3)\ntorch.manual_seed(7)\nb = torch.rand(3)")
    a, b = outcome.values
    assert a.data == b.data


def test_looking_draws_no_numbers(run: RunCode) -> None:
    outcome = run(
        """
        import torch
        class Noisy:
            def __repr__(self):
                print("seen")
                return f"Noisy({torch.rand(1).item()})"
        a = Noisy()
        x = torch.rand(1).item()
        torch.manual_seed(0)
        y = torch.rand(1).item()
        """
    )
    x, y = outcome.value("x"), outcome.value("y")
    assert x is not None
    assert y is not None
    assert x.data == y.data
    assert outcome.stdout == ""


def test_equal_constants_are_one_object_as_in_any_file(run: RunCode) -> None:
    assert run("a = 1000000\nb = 1000000\nprint(a is b)\n").stdout == "True\n"


def test_future_imports_docstrings_and_main_blocks(run: RunCode) -> None:
    outcome = run(
        '''
        """Doc."""
        from __future__ import annotations
        def f(x: Undefined) -> None: ...
        "not the docstring"
        if __name__ == "__main__":
            y = __doc__
        '''
    )
    assert outcome.ok
    y = outcome.value("y")
    assert y is not None
    assert y.data == "Doc."


def test_an_end_by_exit_is_a_normal_end(run: RunCode) -> None:
    for call in ("sys.exit()", "sys.exit(0)", "exit()", "raise SystemExit"):
        assert run(f"import sys\nx = 1\n{call}\ny = 2").ok
    fault = run("import sys\nsys.exit('no')").fault
    assert fault is not None
    assert (fault.kind, fault.type, fault.line) == ("exit", "SystemExit", 2)


def test_what_runs_at_the_end_is_part_of_the_run(run: RunCode) -> None:
    outcome = run(
        """
        import atexit, threading, time
        atexit.register(lambda: print("bye"))
        threading.Thread(target=lambda: (time.sleep(0.1), print("thread"))).start()
        print("end")
        """
    )
    assert outcome.stdout == "end\nthread\nbye\n"


def test_programs_do_not_see_each_other(warm: Runner) -> None:
    first = Job(
        "import torch, builtins, sys\ntorch.set_default_dtype(torch.float64)\nbuiltins.left = 1\nsys.path.clear()"
    )
    second = Job("import torch, builtins\nd = str(torch.ones(1).dtype)\nh = hasattr(builtins, 'left')")
    for outcomes in (warm.trial([first, second]), warm.confirm([first, second])):
        assert [v.data for v in outcomes[1].values] == ["torch.float32", False]


def test_the_seed_is_an_option() -> None:
    with Runner(RunOptions(cache=False, seed=5, jobs=1)) as runner:
        (outcome,) = runner.trial([Job("import random\nx = random.random()")])
    random.seed(5)
    assert outcome.values[0].data == random.random()


def test_the_collector_is_as_ever_and_leaves_the_libraries_alone(run: RunCode) -> None:
    outcome = run(
        "import gc, sys",
        "gc.isenabled()",
        "list(gc.get_threshold()) == [700, 10, 10] or sys.version_info >= (3, 12)",
        "gc.get_freeze_count() > 100_000",
    )
    assert [v.data for v in outcome.probed if isinstance(v, Value)] == [True, True, True]


def test_the_warm_process_loads_nothing_that_only_the_build_needs() -> None:
    names = ("sqlite3", "platformdirs", "deckbuild.run.runner", "deckbuild.run.cache")
    code = f"import sys, deckbuild.run.worker.__main__; print([n for n in {names} if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
