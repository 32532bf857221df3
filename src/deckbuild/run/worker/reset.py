"""A process between two programs of a batch: as it was before the first.

Goes in: nothing. Comes out: a function that puts back what programs commonly change, and tells whether the process is fit for
another program. What it cannot see is the reason why a batch gives hints, not evidence.
"""

from __future__ import annotations

import _thread
import atexit
import builtins
import gc
import locale
import logging
import os
import signal
import sys
import warnings
from collections.abc import Callable, MutableMapping
from typing import Any

import numpy as np
import torch
from torch.nn.modules import module as layers

from .foreign import BACKEND

OF_THE_SYSTEM = ("stdin", "stderr", "displayhook", "excepthook", "unraisablehook", "breakpointhook", "meta_path")
COUNTS: tuple[Callable[[], object], ...] = (
    _thread._count,
    *(getattr(torch._C, f"_len_torch_{kind}_stack") for kind in ("function", "dispatch")),
    torch.is_inference_mode_enabled,
    getattr(torch._C, "_is_any_autocast_enabled", torch.is_autocast_cpu_enabled),
    torch.is_warn_always_enabled,
    gc.isenabled,
    gc.get_threshold,
    sys.get_int_max_str_digits,
    sys.getswitchinterval,
)
"""What few programs change, and a new process has sooner than it is put back."""
ALARMS = {getattr(signal, name, None) for name in ("SIGALRM", "SIGPROF")}
"""Set anew for each program."""


def remember() -> Callable[[str], bool]:
    """A function that brings the present state back after a program of this text; False if it could not.

    Thousands of modules are not looked through for one that was exchanged if nothing was added and the text does not name their table;
    nor is put back, or asked for, what a text must name to change it.
    """
    modules, names, environment = dict(sys.modules), dict(vars(builtins)), dict(os.environ)
    path, main = list(sys.path), sys.modules["__main__"]
    filters, limit = list(warnings.filters), sys.getrecursionlimit()
    printing, errors, dtype = np.get_printoptions(), np.geterr(), torch.get_default_dtype()
    system = [(name, getattr(sys, name)) for name in OF_THE_SYSTEM]
    hooks = [d for name, d in vars(layers).items() if name.startswith("_global_") and isinstance(d, dict)]
    mask = os.umask(0)
    os.umask(mask)
    before, handlers, place, written_to = _counted(), _handlers(), _place(), os.fstat(1)

    def restore(code: str) -> bool:
        sys.settrace(None)
        sys.setprofile(None)
        atexit._clear()
        os.umask(mask)
        sys.modules["__main__"] = main
        sys.path[:] = path
        for name, value in system:
            if getattr(sys, name, None) is not value:
                setattr(sys, name, value)
        if len(sys.modules) != len(modules) or "modules" in code:
            _restore_modules(modules)
        if len(os.environ) != len(environment) or "environ" in code:
            _refill(os.environ, environment)
        if len(vars(builtins)) != len(names) or "builtins" in code:
            _refill(vars(builtins), names)
        warnings.resetwarnings()  # and with it is forgotten which were told
        warnings.filters[:] = filters  # type: ignore[index]
        sys.setrecursionlimit(limit)
        if "set" in code:
            np.set_printoptions(**printing)
            np.seterr(**errors)
        _restore_torch(dtype)
        _close_figures()
        if ("signal" in code and _handlers() != handlers) or ("locale" in code and _place() != place):
            return False
        return not any(hooks) and _counted() == before and os.path.samestat(os.fstat(1), written_to)

    return restore


def _counted() -> tuple[object, ...]:
    """All that is not put back, as far as a look at it is cheap."""
    root = logging.root
    loggers = (root.level, root.disabled, root.manager.disable, *root.handlers)
    return (*(count() for count in COUNTS), len(gc.callbacks), loggers)


def _place() -> str:
    """Whose way to write numbers and dates it is."""
    return locale.setlocale(locale.LC_ALL)


def _handlers() -> tuple[object, ...]:
    """What signals do, which are held back, and the timer that no alarm sets anew."""
    asked = ("pthread_sigmask", signal.SIG_BLOCK, ()), ("getitimer", signal.ITIMER_VIRTUAL)
    others = (getattr(signal, name)(*given) for name, *given in asked if hasattr(signal, name))
    return (*map(signal.getsignal, sorted(signal.valid_signals() - ALARMS)), *others)


def _refill(now: MutableMapping[str, Any], before: dict[str, Any]) -> None:
    for name in now.keys() - before.keys():
        del now[name]
    for name, value in before.items():
        if now.get(name) is not value:
            now[name] = value


def _restore_modules(before: dict[str, Any]) -> None:
    """Modules that a program made up are gone; libraries that it imported stay: they cannot be loaded twice."""
    for name in sys.modules.keys() - before.keys():
        origin = getattr(getattr(sys.modules[name], "__spec__", None), "origin", None)
        if origin is None and name.partition(".")[0] not in before:
            del sys.modules[name]
    sys.modules.update(before)
    before.clear()
    before.update(sys.modules)


def _restore_torch(dtype: torch.dtype) -> None:
    if torch.get_default_dtype() is not dtype:
        torch.set_default_dtype(dtype)
    torch.set_default_device(None)
    if not torch.is_grad_enabled():
        torch.set_grad_enabled(True)
    torch.set_num_threads(1)
    torch.set_printoptions(profile="default")  # type: ignore[no-untyped-call]
    if torch.are_deterministic_algorithms_enabled():
        torch.use_deterministic_algorithms(False)
    if torch.is_anomaly_enabled():
        torch.autograd.set_detect_anomaly(False)
    torch.set_float32_matmul_precision("highest")


def _close_figures() -> None:
    pyplot, library, backend = (sys.modules.get(n) for n in ("matplotlib.pyplot", "matplotlib", BACKEND))
    if pyplot is None or library is None or backend is None:
        return
    if backend.shown or pyplot.get_fignums():
        backend.shown.clear()
        pyplot.close("all")
        library.rcdefaults()
