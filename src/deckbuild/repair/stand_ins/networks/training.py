"""The cast of a training loop: optimizers, losses and targets that fit each other. In: a use; out: guesses.

Source: the training loop of PyTorch's own introduction: zero_grad, forward, loss, backward, step.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...program.modules import modules_of
from ...program.usage import Context, Usage
from ...scene import Scene
from ..guess import Guess, drawn
from ..reading.constants import constants, whole
from ..reading.elsewhere import with_models
from ..reading.endings import last_layer
from .models import is_model_name

CLASSES, ROWS = 3, 2
_OPTIMIZER = frozenset({"step", "zero_grad", "param_groups", "state_dict"})
_OPT = re.compile(r"_?opt(?:im(?:izer)?)?_?", re.IGNORECASE)
_SCALER = frozenset({"scale", "step", "update", "unscale_", "state_dict", "load_state_dict"})
_LOSS_NAMES = ("criterion", "loss_fn", "loss_function", "loss_func", "lossfn", "loss_criterion")
_LOSSES = {
    "bce": "nn.BCEWithLogitsLoss()",
    "mse": "nn.MSELoss()",
    "l1": "nn.L1Loss()",
    "cross": "nn.CrossEntropyLoss()",
    "ce": "nn.CrossEntropyLoss()",
}
_AFTER = {"Sigmoid": "nn.BCELoss()", "LogSoftmax": "nn.NLLLoss()"}
"""The loss that is made for outputs of a layer."""
_WIDTH_AT = {"Linear": 1, "LazyLinear": 0}
"""Where a layer's call says how many features come out."""
_KEEPS_SHAPE = frozenset({"float", "double", "to"})
_CLASS_LOSSES = frozenset({"CrossEntropyLoss", "NLLLoss", "cross_entropy", "nll_loss"})
_VALUE_LOSSES = frozenset(
    {"MSELoss", "L1Loss", "SmoothL1Loss", "BCELoss", "BCEWithLogitsLoss", "mse_loss", "binary_cross_entropy"}
)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """An optimizer, a schedule, a scaler, a loss or a target, as the name is used."""
    yield from _optimizer(usage, tree)
    yield from _schedule(usage)
    yield from _scaler(usage)
    yield from _loss(usage, with_models(_fed(usage, tree), tree, scene))
    yield from _target(usage, tree, scene)


def _optimizer(usage: Usage, tree: ast.Module) -> Iterator[Guess]:
    if usage.calls or "opt" not in usage.name.lower() or not (usage.attributes & _OPTIMIZER or _is_scheduled(usage)):
        return
    made = [name for name, call in modules_of(tree).items() if not ast.unparse(call.func).endswith("Loss")]
    found = [*made, *_trained(tree)]
    for model in _owners(usage.name, list(dict.fromkeys(found)))[:1]:
        yield Guess(f"torch.optim.SGD({model}.parameters(), lr=0.01)", f"it steps the parameters of `{model}`")
    if not found and (_is_scheduled(usage) or usage.attributes == {"param_groups"}):
        yield Guess("torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)", "it steps a single parameter")


def _is_scheduled(usage: Usage) -> bool:
    """Whether it is given to a schedule: `StepLR(optimizer, 30)`."""
    return any(isinstance(c.parent, ast.Call) and ast.unparse(c.parent.func).endswith("LR") for c in usage.contexts)


def _trained(tree: ast.Module) -> list[str]:
    """Names that are used as models and not made here."""
    return [
        node.func.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("parameters", "train")
        and isinstance(node.func.value, ast.Name)
    ] + [
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and is_model_name(node.func.id)
    ]


def _owners(optimizer: str, models: list[str]) -> list[str]:
    """The models whose parameters it may step, the likeliest first: those that `optimizer_G`, `d_optim` or `opt_gen` names, else the last.

    None where the name speaks of one that is not among several.
    """
    owner = _OPT.sub("", optimizer).lower()
    named = [m for m in models if owner and (m.lower().startswith(owner) or m.lower().endswith(owner))]
    return named or ([] if owner and len(models) > 1 else models[::-1])


def _schedule(usage: Usage) -> Iterator[Guess]:
    if re.search(r"sched", usage.name, re.IGNORECASE) and usage.attributes & {"step", "state_dict"} and not usage.calls:
        yield Guess("torch.optim.lr_scheduler.StepLR(optimizer, step_size=1)", "it is stepped with the optimizer")


def _scaler(usage: Usage) -> Iterator[Guess]:
    """What scales losses of half precision; not what scales features (`fit`)."""
    if "scaler" in usage.name.lower() and usage.attributes and usage.attributes <= _SCALER and not usage.calls:
        yield Guess(
            "torch.amp.GradScaler('cpu', enabled=False)", "it scales losses; on a processor there is nothing to scale"
        )


def _loss(usage: Usage, tree: ast.Module) -> Iterator[Guess]:
    name = usage.name.lower()
    if not usage.calls or any(len(c.args) != 2 for c in usage.calls) or usage.methods:
        return
    named = [made for word, made in _LOSSES.items() if word in name.split("_")]
    ends = [made for call in usage.calls if (made := _AFTER.get(last_layer(call.args[0], tree))) is not None]
    if not named and ends and name in _LOSS_NAMES:
        yield Guess(ends[0], "it is called with what the last layer of the model gives, and targets")
    elif named or name in _LOSS_NAMES:
        usual = ["nn.MSELoss()", "nn.CrossEntropyLoss()"]
        for kind in named[:1] or (usual[::-1] if _of_classes(usage) else usual):
            yield Guess(kind, "it is called with outputs and targets")


def _fed(usage: Usage, tree: ast.Module) -> Iterator[str]:
    """The names that are called to make the outputs of a loss."""
    names = constants(tree)
    for call in usage.calls:
        outputs = call.args[0] if call.args else None
        if isinstance(outputs, ast.Name):
            outputs = names.get(outputs.id)
        yield from (
            n.func.id for n in ast.walk(outputs or call) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
        )


def _of_classes(usage: Usage) -> bool:
    return any(isinstance(c.args[1], ast.Name) and c.args[1].id in ("labels", "label") for c in usage.calls)


def _target(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """What stands second in a loss: class numbers, or values of the outputs' shape."""
    names = {**_losses_of_deck(usage, scene), **constants(tree)}
    for context in usage.contexts:
        given, parent = _as_given(context)
        match parent:
            case ast.Call(args=[outputs, second, *_], func=func) if second is given:
                kind = _loss_kind(func, names)
                known = _output_width(outputs, tree)
                width = known or CLASSES
                if known is None and given is not context.node:
                    continue
                if kind in _CLASS_LOSSES:
                    yield Guess(
                        f"torch.tensor({[i % width for i in range(ROWS)]})",
                        f"class numbers below {width}, for `{kind}`",
                    )
                elif kind in _VALUE_LOSSES:
                    yield Guess(drawn((ROWS, width)), f"as many values as the outputs have, for `{kind}`")


def _as_given(context: Context) -> tuple[ast.AST, ast.AST]:
    """The target and the call that it is given to, behind what changes its type alone: `y`, `y.float()`, `y.to(device)`."""
    node: ast.AST = context.node
    parents = iter(context.parents)
    for parent in parents:
        if not isinstance(parent, ast.Attribute) or parent.attr not in _KEEPS_SHAPE:
            return node, parent
        node = next(parents, parent)
    return node, node


def _losses_of_deck(usage: Usage, scene: Scene) -> dict[str, ast.expr]:
    """What the deck makes the called names to, where all its cards make them to the same: the program has yet to bring it in."""
    calls = [c.parent.func for c in usage.contexts if isinstance(c.parent, ast.Call)]
    found: dict[str, ast.expr] = {}
    for name in {func.id for func in calls if isinstance(func, ast.Name)}:
        nodes = [d.statement.node for d in scene.book.definitions.get(name, ())]
        made = {ast.unparse(n.value): n.value for n in nodes if isinstance(n, ast.Assign)}
        if len(made) == 1:
            found[name] = next(iter(made.values()))
    return found


def _loss_kind(func: ast.expr, names: dict[str, ast.expr]) -> str:
    match func:
        case ast.Attribute(attr=attr):
            return attr
        case ast.Name(id=name) if isinstance(names.get(name), ast.Call):
            made = names[name]
            assert isinstance(made, ast.Call)
            return _loss_kind(made.func, {})
        case ast.Name(id=name):
            return name
        case _:
            return ""


def _output_width(outputs: ast.expr, tree: ast.Module) -> int | None:
    """The features of what a model returns: those of the last `Linear` or `LazyLinear` of the model that made it."""
    names = constants(tree)
    if isinstance(outputs, ast.Name):
        outputs = names.get(outputs.id, outputs)
    if not (isinstance(outputs, ast.Call) and isinstance(outputs.func, ast.Name)):
        return None
    made = names.get(outputs.func.id)
    scope: ast.AST | None = made
    if isinstance(made, ast.Call) and isinstance(made.func, ast.Name):
        own = made.func.id
        scope = next((n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == own), made)
    found = [
        whole(n.args[at], names)
        for n in ast.walk(scope or ast.Module([], []))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
        if (at := _WIDTH_AT.get(n.func.attr)) is not None and len(n.args) > at
    ]
    return found[-1] if found else None
