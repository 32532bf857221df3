"""Rule `import-path`: an import of the wrong module of a library (`from torch.utils import DataLoader`), or of Python's own by a slip.

It must leave alone: names that several parts of a library have, and modules that may be a package of that name.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from deckbuild.model import Fault, Job

from ..draft import Change, Program, State, respelt
from ..program.strokes import is_near
from ..scene import Scene
from .drift_table import is_about_change

RULE = "import-path"
_NO_NAME = re.compile(r"^cannot import name '(\w+)' from '([\w.]+)'")
_PARTS = {
    "torch": ("torch.nn", "torch.optim", "torch.utils.data"),
    "torch.utils": ("torch.utils.data",),
    "torch.nn": ("torch.nn.functional", "torch.optim", "torch.utils.data"),
    "sklearn": (
        "sklearn.model_selection",
        "sklearn.linear_model",
        "sklearn.metrics",
        "sklearn.preprocessing",
        "sklearn.datasets",
        "sklearn.ensemble",
        "sklearn.cluster",
        "sklearn.decomposition",
    ),
    "scipy": ("scipy.integrate", "scipy.optimize", "scipy.linalg", "scipy.stats", "scipy.special", "scipy.signal"),
    "numpy": ("numpy.linalg", "numpy.random"),
    "typing": ("collections.abc", "collections"),
    "collections": ("typing",),
}
_PLOT = re.compile(r"^module 'matplotlib' has no attribute '\w+'")


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state whose import names the module that has what it asks for."""
    tree = program.tree()
    if tree is None or fault.kind != "raised" or is_about_change(scene):
        return
    for node, text, why in _rightly(tree, fault, scene):
        change = Change(RULE, why, fault.message.split("\n")[0][:160])
        if (changed := respelt(state, program, node, text, change, 0.5)) is not None:
            yield changed


def _rightly(tree: ast.Module, fault: Fault, scene: Scene) -> Iterator[tuple[ast.AST, str, str]]:
    """(import, its new text, why)."""
    missing = _NO_NAME.match(fault.message)
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names, level=0) if node.lineno == fault.line:
                if missing is not None and module == missing[2]:
                    homes = [h for h in _PARTS.get(module, ()) if _has(h, names, scene)]
                elif fault.type == "ModuleNotFoundError" and module == fault.name:
                    homes = [m for m in sys.stdlib_module_names if _is_slip(module, m) and _has(m, names, scene)]
                else:
                    homes = []
                if len(homes) == 1:
                    text = ast.unparse(ast.ImportFrom(homes[0], names, 0))
                    yield node, text, f"it is `{homes[0]}` that has the name"
            case ast.Import(names=[ast.alias(name="matplotlib", asname=str(alias))]) if _PLOT.match(fault.message):
                yield node, f"import matplotlib.pyplot as {alias}", "it is the module `pyplot` that draws"


def _is_slip(wrong: str, right: str) -> bool:
    """Whether a module's name is a stroke from another, or lacks or has a final letter too many."""
    return not right.startswith("_") and (is_near(wrong, right) or f"{wrong}s" == right or f"{right}s" == wrong)


def _has(module: str, names: list[ast.alias], scene: Scene) -> bool:
    (outcome,) = scene.run.trial([Job(f"from {module} import {', '.join(a.name for a in names)}\n")])
    return outcome.ok
