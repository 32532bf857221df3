"""Names of a package that are loaded when they are asked for. In: where each of them is; out: the package's `__getattr__`.

A rebuild that changes nothing takes about as long as it takes to load what it may need; what it will not need can wait.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping


def on_demand(package: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """A function that loads a name from its module, which is given as it would be imported from the package.

    The function raises AttributeError for any other name.
    """

    def load(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(places[name], package), name)

    return load
