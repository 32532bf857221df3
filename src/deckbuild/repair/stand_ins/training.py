"""The cast of a training loop: models, losses, optimizers and targets that fit each other. In: a use; out: guesses.

Source: the training loop of PyTorch's own introduction: zero_grad, forward, loss, backward, step.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..modules import modules_of
from ..scene import Scene
from ..usage import Usage
from .constants import constants, whole
from .guess import Guess, drawn

WIDTH, CLASSES, ROWS = 4, 3, 2
_MODULE_METHODS = frozenset(
    {"parameters", "train", "eval", "state_dict", "zero_grad", "named_parameters", "load_state_dict"}
)
_MODULE_NAMES = frozenset(
    {"model", "net", "network", "generator", "discriminator", "critic", "encoder", "decoder", "gen", "disc", "vae"}
)
_LOSS_NAMES = ("criterion", "loss_fn", "loss_function", "loss_func", "lossfn", "loss_criterion")
_LOSSES = {
    "bce": "nn.BCEWithLogitsLoss()",
    "mse": "nn.MSELoss()",
    "cross": "nn.CrossEntropyLoss()",
    "ce": "nn.CrossEntropyLoss()",
}
_CLASS_LOSSES = frozenset({"CrossEntropyLoss", "NLLLoss", "cross_entropy", "nll_loss"})
_VALUE_LOSSES = frozenset(
    {"MSELoss", "L1Loss", "SmoothL1Loss", "BCELoss", "BCEWithLogitsLoss", "mse_loss", "binary_cross_entropy"}
)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """An optimizer, a loss, a target or a model, as the name is used."""
    yield from _optimizer(usage, tree)
    yield from _loss(usage)
    yield from _target(usage, tree)
    yield from _model(usage, tree)


def _optimizer(usage: Usage, tree: ast.Module) -> Iterator[Guess]:
    called = {m for m, _ in usage.methods}
    if "step" in called and not usage.calls:
        if "optim" not in usage.name.lower() and "opt" not in usage.name.lower() and "zero_grad" not in called:
            return
        for model in [*modules_of(tree), *_trained(tree)][-1:]:
            yield Guess(f"torch.optim.SGD({model}.parameters(), lr=0.01)", f"it steps the parameters of `{model}`")


def _trained(tree: ast.Module) -> list[str]:
    """Names that are used as models and not made here."""
    return [
        node.func.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("parameters", "train")
        and isinstance(node.func.value, ast.Name)
    ]


def _loss(usage: Usage) -> Iterator[Guess]:
    name = usage.name.lower()
    if not usage.calls or any(len(c.args) != 2 for c in usage.calls) or usage.methods:
        return
    if name in _LOSS_NAMES or any(word in name.split("_") for word in _LOSSES):
        kind = next((made for word, made in _LOSSES.items() if word in name.split("_")), "nn.MSELoss()")
        yield Guess(kind, "it is called with outputs and targets")


def _target(usage: Usage, tree: ast.Module) -> Iterator[Guess]:
    """What stands second in a loss: class numbers, or values of the outputs' shape."""
    names = constants(tree)
    for context in usage.contexts:
        match context.parent:
            case ast.Call(args=[outputs, second, *_], func=func) if second is context.node:
                kind = _loss_kind(func, names)
                width = _output_width(outputs, tree) or CLASSES
                if kind in _CLASS_LOSSES:
                    yield Guess(
                        f"torch.tensor({[i % width for i in range(ROWS)]})",
                        f"class numbers below {width}, for `{kind}`",
                    )
                elif kind in _VALUE_LOSSES:
                    yield Guess(drawn((ROWS, width)), f"as many values as the outputs have, for `{kind}`")


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
    """The features of what a model returns: the last `Linear` of the model that made it."""
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
        whole(n.args[1], names)
        for n in ast.walk(scope or ast.Module([], []))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr == "Linear" and len(n.args) > 1
    ]
    return found[-1] if found else None


def _model(usage: Usage, tree: ast.Module) -> Iterator[Guess]:
    used = {m for m, _ in usage.methods}
    named = usage.name.lower() in _MODULE_NAMES or usage.name.lower().endswith(("_model", "_net"))
    if (
        not (used & _MODULE_METHODS or (named and usage.calls))
        or "predict" in usage.attributes
        or "fit" in usage.attributes
    ):
        return
    if usage.attributes - _MODULE_METHODS - {"to", "cuda", "cpu", "training"}:
        return
    yield Guess(f"nn.Linear({WIDTH}, {CLASSES})", "it is trained and called like a small model")
    yield Guess(
        f"nn.Sequential(nn.Flatten(), nn.LazyLinear({CLASSES}))", "it is called like a model, with inputs of any shape"
    )
