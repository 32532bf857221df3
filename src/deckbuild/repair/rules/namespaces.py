"""Rule `other-namespace`: a name that is asked of the wrong module of a library, in other letters, or by its mathematical name.

`F.ReLU` is `F.relu`, `torch.Linear` is `torch.nn.Linear`, `np.norm` is `np.linalg.norm`, `math.ln` is `math.log`, `ax.xlabel` is
`ax.set_xlabel`. It must leave alone: names that no neighbour of the module has, and names that the prose speaks of.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from deckbuild.model import Fault, Job

from ..draft import Change, Program, State, respelt
from ..program.names import imported_as
from ..scene import Scene

RULE = "other-namespace"
_NO_NAME = re.compile(r"^module '([\w.]+)' has no attribute '(\w+)'|^'(Axes)' object has no attribute '(\w+)'")
_TITLE = "'Text' object is not callable"
_NEIGHBOURS = {
    "torch": ("torch.nn", "torch.nn.functional", "torch.optim", "torch.utils.data", "torch.linalg", "torch.nn.init"),
    "torch.nn": ("torch.nn.functional", "torch.nn.init", "torch.optim", "torch.utils.data", "torch"),
    "torch.nn.functional": ("torch", "torch.nn"),
    "torch.optim": ("torch.optim.lr_scheduler", "torch.nn"),
    "torch.functional": ("torch.nn.functional",),
    "torch.utils": ("torch.utils.data",),
    "numpy": ("numpy.linalg", "numpy.random", "numpy.fft"),
    "numpy.linalg": ("numpy",),
    "numpy.random": ("numpy",),
    "math": ("builtins",),
    "datetime": ("datetime.datetime",),
}
"""Where else a module's names are looked for, the likeliest place first; what is in two of them is the same thing."""
_CALLED = {
    "math.ln": "log",
    "numpy.ln": "log",
    "torch.ln": "log",
    "math.arcsin": "asin",
    "math.arccos": "acos",
    "math.arctan": "atan",
    "torch.array": "tensor",
    "torch.expand_dims": "unsqueeze",
    "torch.power": "pow",
    "numpy.tensor": "array",
    "numpy.unsqueeze": "expand_dims",
    "time.now": "time",
    "random.rand": "random",
}
"""What a module has under another name than its neighbours or the books."""
_OF_AXES = frozenset({"title", "xlabel", "ylabel", "zlabel", "xlim", "ylim", "xticks", "yticks"})
_MARK = "its names:"


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state that asks for the name where it is."""
    tree = program.tree()
    if tree is None or fault.kind != "raised":
        return
    asked = _NO_NAME.match(fault.message)
    module, name = (
        (asked[1] or asked[3], asked[2] or asked[4])
        if asked
        else ("Axes", "title")
        if _TITLE in fault.message
        else ("", "")
    )
    if not module or re.search(rf"\.{name}\b", scene.prose):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == name and node.lineno == fault.line:
            for more, text in enumerate(_found(tree, module, name, ast.unparse(node.value), scene)):
                change = Change(RULE, f"`{ast.unparse(node)}` is called `{text}`", fault.message.split("\n")[0][:160])
                if (changed := respelt(state, program, node, text, change, 0.6 + more / 10)) is not None:
                    yield changed


def _found(tree: ast.Module, module: str, name: str, owner: str, scene: Scene) -> Iterator[str]:
    """The name as the program can write it: as a function before as a class, which takes settings and no data."""
    if module == "Axes":
        if name in _OF_AXES:
            yield f"{owner}.set_{name}"
    elif (called := _CALLED.get(f"{module}.{name}")) is not None:
        yield f"{owner}.{called}"
    elif module == "matplotlib.pyplot":
        if name.startswith("set_"):
            yield f"{owner}.{name.removeprefix('set_')}"
    else:
        homes = (module, *_NEIGHBOURS.get(module, ()))
        where: dict[str, str] = {}
        for home, names in zip(homes, _names_in(homes, scene), strict=True):
            where |= {n: home for n in names if n.lower() == name.lower() and n not in where}
        for exact in sorted(where, key=lambda n: n[0].isupper()):
            yield _spelt(tree, module, where[exact], exact, owner)


def _spelt(tree: ast.Module, module: str, home: str, name: str, owner: str) -> str:
    if home == module:
        return f"{owner}.{name}"
    if home == "builtins":
        return name
    alias = imported_as(tree, home)
    if alias is None and home.startswith(f"{module}."):
        return f"{owner}{home.removeprefix(module)}.{name}"
    return f"{alias or home}.{name}"


def _names_in(modules: Iterable[str], scene: Scene) -> list[list[str]]:
    """What each of the modules has."""
    probes = [
        "import builtins, importlib\n"
        f"at, _, last = {module!r}.rpartition('.')\n"
        "try:\n"
        f"    home = importlib.import_module({module!r})\n"
        "except ImportError:\n"
        "    home = getattr(importlib.import_module(at), last)\n"
        f"print({_MARK!r}, *(n for n in dir(home) if not n.startswith('_')))\n"
        for module in modules
    ]
    outcomes = scene.run.trial([Job(probe) for probe in probes])
    return [o.stdout.rpartition(_MARK)[2].split() if o.ok else [] for o in outcomes]
