"""The libraries that the warm process holds, so that no program waits for them.

Goes in: the text of programs. Comes out: modules in `sys.modules`. What is always needed is loaded at the start; what only
some decks use when the first program that names it arrives.
"""

from __future__ import annotations

import ast
import atexit
import importlib
import os
import signal
import time
import warnings
import weakref
from importlib.util import find_spec
from typing import Any

import numpy as np
import torch

from .arrays import Budget, Look
from .execute import seed_everything
from .foreign import BACKEND
from .snapshot import snapshot

ON_DEMAND = {
    "matplotlib": ("matplotlib.pyplot", BACKEND),
    "pandas": ("pandas",),
    "scipy": ("scipy",),
    "sympy": ("sympy",),
    "torchvision": ("torchvision",),
    "seaborn": ("seaborn",),
    "sklearn": ("sklearn",),
}
FORK_LIMIT_S = 5.0
DYNAMO = "torch._dynamo"
"""Every optimizer imports it at its first use: 0.8 s in each child."""


def preload() -> None:
    """torch and numpy, warm, on one thread."""
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    seed_everything(0)
    for value in ((torch.randn(2, 2, requires_grad=True) @ torch.eye(2)).sum(), torch.nn.Linear(1, 1), np.zeros(2)):
        snapshot("", value, Look(Budget(100), Budget(100), drawings=True))
    _forget_exits()


def fork_works() -> bool:
    """Whether a child of this process can compute: on some systems a fork after loading such libraries hangs or dies."""
    pid = os.fork()
    if pid == 0:
        x = torch.ones(64, 64, requires_grad=True)
        (x @ x).sum().backward()  # type: ignore[no-untyped-call]
        os._exit(0 if len(repr(x.grad)) > 0 else 1)
    deadline = time.monotonic() + FORK_LIMIT_S
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return False


def _forget_exits() -> None:
    """What libraries want done at the end of the process (torch: 60 ms of taking itself apart) is not done in each child."""
    atexit._clear()
    registry: Any = weakref.finalize
    registry._registered_with_atexit = False  # so that a program's own finalizers register again


class Demand:
    """The libraries that programs asked for so far."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def load(self, code: str) -> None:
        """Loads what this program needs and the process has not; a library that cannot be loaded is left to the program."""
        for name in _wanted(code) - self._known:
            self._known.add(name)
            for module in ON_DEMAND.get(name, (name,)):
                self._load(module)
            _forget_exits()

    def _load(self, module: str) -> None:
        if find_spec(module.partition(".")[0]) is None:
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                importlib.import_module(module)
            except Exception as error:  # the program will meet the same, and be told so
                os.write(2, f"{module}: {error}\n".encode())


def _wanted(code: str) -> set[str]:
    words = {DYNAMO} if "optim" in code else set()
    if not any(name in code for name in ON_DEMAND):
        return words
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return words
    for node in ast.walk(tree):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
        words |= {n.partition(".")[0] for n in names} & ON_DEMAND.keys()
    return words
