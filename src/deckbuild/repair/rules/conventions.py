"""What names conventionally mean: the table of `conventions.toml`, read once. Out: names with the imports that bind them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from importlib.resources import files

_TABLE: Mapping[str, Mapping[str, str]] = tomllib.loads(
    files(__package__).joinpath("conventions.toml").read_text(encoding="utf-8")
)


def _by_name(section: str) -> dict[str, tuple[str, ...]]:
    """The modules that a section names for a name, in the order of the table."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for module, names in _TABLE[section].items():
        for name in names.split():
            found[name] += (module,)
    return dict(found)


MODULES = dict(_TABLE["modules"])
"""Names of modules, with the statement that imports each."""
HOMES = {name: modules[0] for name, modules in _by_name("objects").items()}
"""Names that mean one thing, with the module that has it."""
OBJECTS = {name: f"from {module} import {name}" for name, module in HOMES.items()}
"""The same, with the statement that imports each."""
FUNCTIONS = _by_name("functions")
"""Names of functions, with the modules that have it, the most usual first: each gives the same or fails."""
CONSTANTS = _by_name("constants")
"""The same for values that are not called."""
WITH_AFFINITY = _by_name("with-affinity")
"""Names with modules that count only where names are taken from them."""
