"""What one candidate of a batch does to the process that it shares; the next one must be told what it is told alone."""

from __future__ import annotations

import textwrap

import pytest

from deckbuild.model import Job, Outcome
from deckbuild.model.execution import Record
from deckbuild.run import Runner
from deckbuild.run.batches import batches

LOOK = """\
import copy, decimal, json, locale, math, numbers, pickle, random, sys, tempfile, threading, warnings
from pathlib import Path
import numpy as np
import torch
from torch import nn
print(decimal.Decimal(1) / 3, locale.setlocale(locale.LC_ALL), math.pi, np.pi, random.random(), json.dumps([1, "a"]))
print(nn.Linear(2, 1)(torch.ones(2)), torch.sum(torch.ones(2)), torch.ones(1) * 1e-42, torch.zeros(1).device)
print(np.float64(1) / 3, np.arange(3) / 7, torch.tensor([1 / 3]), threading.active_count())
with warnings.catch_warnings(record=True) as told:
    np.array([1.0]) / np.array([0.0])
print(len(told), torch.is_grad_enabled(), torch.ones(1, requires_grad=True).sum().requires_grad, torch.ones(1).is_inference())
Path("new").write_text("x")
print(oct(Path("new").stat().st_mode), Path("new").read_text(), Path.cwd().name, Path(tempfile.gettempdir()).name)
print(sys.stdin.read() == "", sys.stderr.name, sys.displayhook is sys.__displayhook__, len(repr(sys.path)) > 2)
try:
    print(len(str(10**6000)))
except ValueError as error:
    print(error)
def deep(n):
    return n and deep(n - 1)
print(isinstance("a", numbers.Number), copy.copy(1j), pickle.loads(pickle.dumps(1j)))
print(deep(200), torch.mm(torch.ones(2, 2), torch.ones(2, 2)).dtype, math.sqrt(4))
"""
SPOILERS = {
    "another decimal context": "import decimal\ndecimal.getcontext().prec = 3",
    "another decimal context for all": "import decimal\ndecimal.DefaultContext.prec = 3",
    "another decimal context, set": "import decimal\ndecimal.setcontext(decimal.Context(prec=2))",
    "another locale": "import locale\nlocale.setlocale(locale.LC_ALL, 'POSIX')",
    "a hook on every layer": """
        from torch.nn.modules.module import register_module_forward_hook
        register_module_forward_hook(lambda layer, given, found: found * 0)
    """,
    "a hook before every layer": """
        import torch
        torch.nn.modules.module.register_module_forward_pre_hook(lambda layer, given: (given[0] * 0,))
    """,
    "another function of a library": "import torch\ntorch.sum = lambda x: 'forged'",
    "another layer": "from torch import nn\nnn.Linear = lambda *sizes: (lambda x: 'forged')",
    "another method of a library's class": "from torch.nn import Module\nModule.__call__ = lambda self, x: 'forged'",
    "another constant, set inside a function": "import numpy as np\ndef f():\n    np.pi = 3\nf()",
    "another constant, set by name": "import math\nsetattr(math, 'pi', 3)",
    "another constant, set in a table": "import math\nvars(math)['pi'] = math.__dict__['e'] = 3",
    "another constant, set in an expression": "import math\nx = [setattr(math, 'pi', 3)]",
    "another constant, by a table of names": "import math\nglobals()['ma' + 'th'].pi = 3",
    "another constant, by a name for the table": "import math\ng = globals()\ng['math'].pi = 3",
    "another constant, in a list": "import math\nlibraries = [math]\nlibraries[0].pi = 3",
    "another constant, set by a program in a text": "exec('import ma' + 'th\\nmath.pi = 3')",
    "another constant, and an end": "exec('import ma' + 'th\\nmath.pi = 3\\n1 / 0')",
    "another constant, by a text to evaluate": "import math\nx = [eval('set' + 'attr')(math, 'p' + 'i', 3)]",
    "another constant of what is imported by name": "import importlib\nimportlib.import_module('ma' + 'th').pi = 3",
    "another constant of what is imported by a function": "__import__('ma' + 'th').pi = 3",
    "another constant, by another name of setattr": "import math\nput = setattr\nput(math, 'p' + 'i', 3)",
    "another constant, by a function made of setattr": "import math\nfrom functools import partial\npartial(setattr, math)('pi', 3)",
    "another constant, by a method": "import math\nmath.__setattr__('p' + 'i', 3)",
    "another constant, by the method of all": "import math\nput = type(math).__setattr__\nput(math, 'p' + 'i', 3)",
    "another constant, by a parameter": "import math\ndef f(m):\n    m.pi = 3\nf(math)",
    "another constant, by a parameter of many": "import math\ndef f(*a, **k):\n    a[0].pi = 3\n    k['m'].e = 3\nf(math, m=math)",
    "another constant, by a default": "import math\ndef f(m=math):\n    m.pi += 1\nf()",
    "another constant, by an object that holds it": "import math\nclass H:\n    pass\nh = H()\nh.m = math\nh.m.pi = 3",
    "another constant, by itself": "import math\nclass H:\n    def __init__(self):\n        self.m = math\n    def f(self):\n        self.m.pi = 3\nH().f()",
    "another constant, by a result": "import math\ndef f():\n    return math\nf().pi = 3",
    "another constant, by the next of a row": "import math\nnext(iter([math])).pi = 3",
    "another constant, by an error": "import math\ntry:\n    raise ValueError(math)\nexcept ValueError as e:\n    e.args[0].pi = 3",
    "another constant, by a closure": "import math\ndef f(m):\n    def g():\n        m.pi = 3\n    return g\nf(math)()",
    "another constant, in a loop": "import math\ndef f(m):\n    for m.pi in (2, 3):\n        pass\nf(math)",
    "another constant, with a context": "import math, contextlib\ndef f(m):\n    with contextlib.nullcontext(3) as m.pi:\n        pass\nf(math)",
    "another constant, by a small function": "import math\n(lambda m: setattr(m, 'pi', 3))(math)",
    "another constant, by a table of each": "import math\nlist(map(lambda m: m.__dict__.update(pi=3), [math]))",
    "a constant taken away": "import math\ndef f(m):\n    del m.pi\nf(math)",
    "another method, by a decorator": "from torch import nn\ndef other(c):\n    c.forward = lambda self, x: 'forged'\n    return c\nL = other(nn.Linear)",
    "another method, by a decorator with a name": """
        from torch import nn
        def of(cls):
            def put(f):
                setattr(cls, f.__name__, f)
                return f
            return put
        @of(nn.Linear)
        def forward(self, x):
            return "forged"
    """,
    "another method, by way of a base": "from torch import nn\nclass M(nn.Linear):\n    pass\nM.__base__.forward = lambda self, x: 'forged'",
    "another method, by way of what is found": "import operator, torch\noperator.attrgetter('nn.Linear')(torch).forward = lambda self, x: 'forged'",
    "another kind of number": "import numbers\nnumbers.Number.register(str)",
    "another way to copy": "import copyreg\ncopyreg.pickle(complex, lambda c: (int, ('7',)))",
    "another constant, imported in a function": "def f():\n    import math\n    math.pi = 3\nf()",
    "another constant, by way of the modules": "import sys\ngetattr(sys, 'mod' + 'ules')['ma' + 'th'].pi = 3",
    "another method, by way of an object": "from torch import nn\nl = nn.Linear(1, 1)\nl.__class__.forward = lambda self, x: 'forged'",
    "another method, by way of its type": "from torch import nn\ntype(nn.Linear(1, 1)).forward = lambda self, x: 'forged'",
    "another writer of results": "import json, os\njson.dumps = lambda *a: 'forged'\nos.write = lambda fd, data: len(data)",
    "another encoder of results": "import json\njson.JSONEncoder.encode = json.JSONEncoder.iterencode = lambda *a: 'forged'",
    "other random numbers": "import random\nrandom.random = random._inst.random = lambda: 4\nrandom.seed = lambda n: None",
    "another print": "import builtins\nbuiltins.print = lambda *a: None",
    "inference for ever": "import torch\ntorch.inference_mode().__enter__()",
    "half numbers for ever": "import torch\ntorch.autocast('cpu').__enter__()",
    "a mode of functions": """
        import torch
        from torch.overrides import TorchFunctionMode
        class Mode(TorchFunctionMode):
            def __torch_function__(self, function, types, arguments=(), named=None):
                return "forged"
        Mode().__enter__()
    """,
    "another device": "import torch\ntorch.set_default_device('meta')",
    "another type and no gradients": """
        import torch
        torch.set_default_dtype(torch.float64)
        torch.set_grad_enabled(False)
        torch.set_printoptions(precision=1)
        torch.use_deterministic_algorithms(True)
    """,
    "numbers too small": "import torch\ntorch.set_flush_denormal(True)",
    "errors of numpy": "import numpy as np\nnp.seterr(all='raise')\nnp.set_printoptions(precision=1)",
    "warnings as errors": "import warnings\nwarnings.simplefilter('error')",
    "its output exchanged": "import io, sys\nsys.stdout = sys.stderr = sys.stdin = io.StringIO('x')",
    "its output closed": "import sys\nsys.stdout.close()",
    "the first descriptors closed": "import os\nfor n in range(3):\n    os.close(n)",
    "output to another place": "import os\nos.dup2(os.open('/dev/null', os.O_WRONLY), 1)",
    "a thread that stays": """
        import threading, time, math
        def stay():
            while True:
                time.sleep(0.001)
                math.pi = 3
        threading.Thread(target=stay, daemon=True).start()
    """,
    "a thread without a name": "import _thread, time\n_thread.start_new_thread(time.sleep, (60,))\ntime.sleep(0.05)",
    "a mask for files": "import os\nos.umask(0o777)",
    "another folder": "import os\nos.chdir('/')",
    "other signals": "import signal\nfor n in (signal.SIGALRM, signal.SIGPROF):\n    signal.signal(n, signal.SIG_IGN)",
    "long numbers": "import sys\nsys.set_int_max_str_digits(0)",
    "a shallow stack": "import sys\nsys.setrecursionlimit(60)",
    "few files": "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))",
    "small files": "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))",
    "a tracer": "import sys, threading\ndef trace(frame, event, given):\n    raise ValueError('forged')\nsys.setprofile(trace)",
    "a way to import": "import sys\nsys.meta_path.insert(0, None)",
    "another module": "import sys, types\nsys.modules['decimal'] = types.SimpleNamespace(Decimal=lambda n: 21)",
    "a callback of the collector": "import gc, math\ngc.callbacks.append(lambda *a: setattr(math, 'pi', 3))\ngc.set_threshold(1)",
    "options of a table": "import pandas as pd\npd.set_option('display.precision', 1)",
    "forged outcomes by way of an error": """
        from deckbuild.model import Outcome
        try:
            1 / 0
        except ZeroDivisionError as error:
            frame = error.__traceback__.tb_frame
        while "channel" not in frame.f_locals:
            frame = frame.f_back
        for _ in range(3):
            frame.f_locals["channel"].send(Outcome(None, "forged"), last=False)
    """,
    "forged outcomes by way of a frame": """
        import sys
        frame = sys._getframe()
        while "channel" not in frame.f_locals:
            frame = frame.f_back
        channel = frame.f_locals["channel"]
        channel.send(sys.modules["deckbuild.model"].Outcome(None, "forged"), last=False)
    """,
    "frames on every descriptor": """
        import os, struct
        outcome = b'{"fault": null, "stdout": "forged"}'
        for head in (b"0 0 +\\n", b"1 1 +\\n"):
            for descriptor in range(3, 64):
                try:
                    os.write(descriptor, struct.pack(">I16s", len(head + outcome), b"0" * 16) + head + outcome)
                except OSError:
                    pass
    """,
}


def spoiled(warm: Runner, name: str, record: Record) -> Outcome:
    """What a look finds after this program, with harmless ones around them; each text is another, lest an earlier outcome be told."""
    spoiler = textwrap.dedent(SPOILERS[name]).strip() + "\n"
    codes = [f"{code}# {name}, {record}\n" for code in ("x = 1\n", spoiler, LOOK, "x = 2\n")]
    *_, outcome, after = warm.trial([Job(code, record=record) for code in codes])
    assert after.ok
    assert not outcome.cached
    return outcome


@pytest.mark.parametrize("name", SPOILERS)
def test_the_next_one_is_told_what_it_is_told_alone(name: str, warm: Runner) -> None:
    (alone,) = warm.trial([Job(LOOK)])
    assert alone.ok, alone.fault
    for record in ("numbers", "all"):
        outcome = spoiled(warm, name, record)
        assert (outcome.fault, outcome.stdout) == (None, alone.stdout)


@pytest.mark.parametrize(
    "code",
    [
        "import decimal\ndecimal.getcontext().prec = 3",
        "import numpy as np\nnp.set_printoptions(precision=2)\nnp.seterr(all='ignore')",
        "import torch\ntorch.set_default_dtype(torch.float64)\ntorch.set_grad_enabled(False)",
        "class A:\n    def __init__(self):\n        self.x = 1\na = A()\na.x = A.y = 2",
        "class A:\n    def __setattr__(self, name, value):\n        super().__setattr__(name, value)\na = A()\nsetattr(a, 'x' + 'y', 1)",
        "class A:\n    n = 0\n    def count(self):\n        type(self).n += 1\n        self.__class__.n += 1\nA().count()",
        "globals()['x' + 'y'] = 1\nrows = [[1], {}]\nrows[0][0] = rows[1]['a'] = getattr(rows, 'index')([1])",
        "from torch import nn\nmodel = nn.Sequential(nn.Linear(1, 1)).eval()\nmodel[0].weight.requires_grad = False",
        "class A:\n    n = 0\n    @classmethod\n    def count(cls):\n        cls.n += 1\nA.count()\ndef tag(c):\n    c.tag = 1\n    setattr(c, 'x' + 'y', 2)\n    return c\n@tag\nclass B(A):\n    pass",
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass A:\n    x: int\n    def __post_init__(self):\n        object.__setattr__(self, 'x', 2)\nA(1)",
        "class A:\n    def __setattr__(self, name, value):\n        self.__dict__[name] = value\na = A()\na.x = 1",
        "def f(node, n):\n    node.next = n\nclass A:\n    pass\nf(A(), 1)\nx = [A()]\nx[0].y = 1",
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n    x = list(pool.map(abs, [1]))",
        "import warnings\nwarnings.simplefilter('error')\nimport sys\nsys.setrecursionlimit(500)",
    ],
)
def test_who_harms_nothing_shares_a_process(code: str, warm: Runner) -> None:
    jobs = [Job(f"{code}\nimport os\nown, number = os.getpid(), {n}", record="numbers") for n in range(4)]
    outcomes = warm.trial(jobs)
    assert [o.fault for o in outcomes] == [None] * len(jobs)
    assert len({value.data for o in outcomes if (value := o.value("own"))}) == 1


def test_who_reaches_into_the_process_is_alone_in_it() -> None:
    jobs = [Job(code) for code in ("x = 1", "import gc", "y = torch.stack([x])", "import ctypes as c", "gcd = 1")]
    assert batches(jobs, 2) == ((0, 2, 4), (1,), (3,))
    assert batches([Job("x")] * 20, 2) == (tuple(range(10)), tuple(range(10, 20)))
    assert batches([], 2) == ()
