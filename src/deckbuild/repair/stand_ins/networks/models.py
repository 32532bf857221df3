"""Small untrained models in place of the ones that a book trains: what goes in and what comes out, nothing learned.

In: a name that is trained or called like a model; out: guesses. It must leave alone: models with methods of their own
(`generate`, `encode`, `fit`), whose meaning would have to be invented.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...program.modules import construction
from ...program.names import last_name, used
from ...program.usage import Usage
from ...scene import Scene
from ..guess import Guess
from ..reading.constants import Environment, constants
from ..reading.judges import JUDGES, judged_width
from ..reading.parts import is_picture_name
from .painters import OWNED, WIDTH, makes_pictures, painters, shows_pictures

CLASSES = 3
IDS = 100
_METHODS = frozenset({"parameters", "train", "eval", "state_dict", "zero_grad", "named_parameters", "load_state_dict"})
_PLAIN = _METHODS | {"to", "cuda", "cpu", "training", "modules", "children", "apply"}
_TRAINED = frozenset({"parameters", "train", "zero_grad"})
_KEPT = frozenset({"state_dict", "load_state_dict"})
_OTHER = re.compile(r"sched|optim|(?:^|_)opt(?:_|$)|scaler|loss|criterion|loader|sampler", re.IGNORECASE)
"""Names of what has a state and is no model."""
_WRAPPERS = frozenset({"DataParallel", "DistributedDataParallel", "compile"})
_WRITERS = frozenset({"torch.save", "torch.jit.script", "torch.jit.trace", "torch.onnx.export"})
_NAME = re.compile(
    r"^(?:(?:\w+_)?(?:model|net|network)|net_?[gd]|gen(?:erator)?(?:_\w+)?|disc(?:riminator)?(?:_\w+)?|critic(?:_\w+)?|encoder|decoder|vae|[GD])$",
)
_IDS = re.compile(
    r"^(?:\w+_)?(?:ids?|idx(?:_\w+)?|tokens?|encoded(?:_\w+)?|context|prompt|start|generated|input_batch)$"
)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The smallest layer that may be fed and returns something of the kind; the run tells which fits."""
    trained = {m for m, _ in usage.methods} & _METHODS
    called = is_model_name(usage.name) and (bool(usage.calls) or _is_moved(usage)) and knows_torch(tree, scene)
    if not (trained or called) or usage.attributes - _PLAIN or _is_made_by_deck(usage.name, scene):
        return
    if trained <= _KEPT and _OTHER.search(usage.name):
        return
    if usage.calls and _is_fed_ids(usage, constants(tree)):
        yield Guess(f"nn.Embedding({IDS}, {IDS})", f"it gets ids and gives {IDS} numbers for each; nothing is learned")
        return
    plain, flat = _layers(usage, tree, scene)
    order: tuple[tuple[str, str], ...] = (flat, plain) if _is_fed_pictures(usage) else (plain, flat)
    if makes_pictures(usage):
        order = (*painters(usage, tree), *order) if shows_pictures(tree) else (*order, *painters(usage, tree))
    for value, why in order:
        yield Guess(value, why)


def _is_moved(usage: Usage) -> bool:
    """Whether it is brought to a device, wrapped like a module, or written down as one."""
    calls = [c.parent.func for c in usage.contexts if isinstance(c.parent, ast.Call)]
    wrapped = any(last_name(f) in _WRAPPERS or ast.unparse(f) in _WRITERS for f in calls)
    return wrapped or bool({m for m, _ in usage.methods} & {"to", "cuda", "cpu"})


def _layers(usage: Usage, tree: ast.Module, scene: Scene) -> tuple[tuple[str, str], tuple[str, str]]:
    """A layer for rows of features, and one for inputs of any shape; of a judge's two sides one number, a probability if that is lost on.

    A generator gives as many as the file's judge takes.
    """
    classes = 1 if JUDGES.match(usage.name) else judged_width(usage.name, scene) or CLASSES
    ends = ", nn.Sigmoid()" if classes == 1 and any(_is_called(n, "BCELoss") for n in ast.walk(tree)) else ""
    plain = f"nn.Sequential(nn.Linear({WIDTH}, {classes}){ends})" if ends else f"nn.Linear({WIDTH}, {classes})"
    return (
        (plain, _why(usage)),
        (
            f"nn.Sequential(nn.Flatten(), nn.LazyLinear({classes}){ends})",
            "it is called like a model, with inputs of any shape",
        ),
    )


def _why(usage: Usage) -> str:
    if not usage.calls and usage.attributes & OWNED:
        return "only its parameters are asked for, which any small model has; nothing is learned"
    treated = "trained and called" if usage.attributes & _TRAINED else "called"
    return f"it is {treated} like a small model; nothing is learned"


def _is_called(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name


def _is_fed_pictures(usage: Usage) -> bool:
    return any(isinstance(a, ast.Name) and is_picture_name(a.id) for c in usage.calls for a in c.args[:1])


def _is_made_by_deck(name: str, scene: Scene) -> bool:
    """Whether another card of the file makes the model: then nothing may stand in its place."""
    for definition in scene.book.definitions.get(name, ()):
        node = definition.statement.node
        if definition.chunk.path != scene.card.path or not isinstance(node, ast.Assign) or name in used(node.value):
            continue
        call = construction(node.value)
        if (
            call is not None
            and isinstance(call.func, ast.Attribute)
            and ast.unparse(call.func.value).split(".")[-1] == "nn"
        ):
            return True
        if call is not None and isinstance(call.func, ast.Name) and call.func.id in scene.book.definitions:
            return True
    return False


def is_model_name(name: str) -> bool:
    """Whether a name is one that models usually have."""
    return _NAME.match(name) is not None or _NAME.match(name.lower()) is not None


def knows_torch(tree: ast.Module, scene: Scene) -> bool:
    """Whether the program, or the book that it stands in, works with torch."""
    words = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} & {"torch", "nn", "F", "optim"}
    lines = (line for counts in scene.book.imports.values() for _, line in counts)
    return bool(words) or any(line.split()[1].split(".")[0] == "torch" for line in lines)


def _is_output(value: ast.expr | None) -> bool:
    """Whether a value is what a model gives."""
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and is_model_name(value.func.id)


def _is_fed_ids(usage: Usage, names: Environment) -> bool:
    """Whether it is called with what is named like ids (and no model gave), or asked for the last position of what it returns."""
    given = [
        a.id for c in usage.calls for a in c.args[:1] if isinstance(a, ast.Name) and not _is_output(names.get(a.id))
    ]
    return any(_IDS.match(name) for name in given) or any(
        isinstance(p, ast.Subscript) and isinstance(p.slice, ast.Tuple) and len(p.slice.elts) == 3
        for c in usage.contexts
        for p in c.parents[1:2]
    )
