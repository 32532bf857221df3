"""The last layer of the model that made outputs: it tells which loss they are for. In: an expression of a program; out: the layer's kind.

`nn.Sequential(…, nn.Sigmoid())`, a class whose `forward` returns what such a sequence gives, or ends with the function itself.
"""

from __future__ import annotations

import ast

from ...program.names import last_name
from .constants import Environment, constants

_FUNCTIONS = {"sigmoid": "Sigmoid", "log_softmax": "LogSoftmax", "softmax": "Softmax", "tanh": "Tanh"}
_SAME = frozenset({"squeeze", "view", "reshape", "flatten", "unsqueeze"})
"""Methods behind the last layer that change no number."""


def last_layer(outputs: ast.expr, tree: ast.Module) -> str:
    """The kind of the last layer of the model that outputs are made by; "" where it is not to be seen."""
    names = constants(tree)
    made: ast.expr | None = names.get(outputs.id) if isinstance(outputs, ast.Name) else outputs
    while isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute):
        made = made.func.value  # `D(x).squeeze()`
    model = names.get(made.func.id) if isinstance(made, ast.Call) and isinstance(made.func, ast.Name) else None
    return _end(model, names, tree)


def _end(model: ast.expr | None, names: Environment, tree: ast.Module) -> str:
    """The last layer of what a call constructs, `.to(device)` and the like behind it aside."""
    while isinstance(model, ast.Call):
        match model:
            case ast.Call(func=func, args=[*_, ast.Call() as last]) if last_name(func) == "Sequential":
                return last_name(last.func)
            case ast.Call(func=ast.Name(id=kind)):
                own = next((n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == kind), None)
                return _end_of_class(own, names, tree) if own is not None else ""
            case ast.Call(func=ast.Attribute(value=inner)):
                model = inner
            case _:
                return ""
    return ""


def _end_of_class(own: ast.ClassDef, names: Environment, tree: ast.Module) -> str:
    """What the only `return` of `forward` calls last: a function, or a part of the class."""
    forward = next((n for n in own.body if isinstance(n, ast.FunctionDef) and n.name == "forward"), None)
    returned = [n.value for n in ast.walk(forward) if isinstance(n, ast.Return)] if forward is not None else []
    if forward is None or len(returned) != 1:
        return ""
    last = _given(returned[0], forward)
    while isinstance(last, ast.Call) and isinstance(last.func, ast.Attribute) and last.func.attr in _SAME:
        last = last.func.value
    match last:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=part)):
            made = [
                n.value
                for n in ast.walk(own)
                if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == f"self.{part}"
            ]
            layer = made[0] if len(made) == 1 else None
            return _end(layer, names, tree) or (last_name(layer.func) if isinstance(layer, ast.Call) else "")
        case ast.Call(func=func):
            return _FUNCTIONS.get(last_name(func), "")
        case _:
            return ""


def _given(returned: ast.expr | None, forward: ast.FunctionDef) -> ast.expr | None:
    """What is returned, or what the name that is returned gets in the statement before: `x = self.end(x)` and `return x`."""
    match forward.body, returned:
        case [*_, ast.Assign(targets=[ast.Name(id=name)], value=value), ast.Return()], ast.Name(id=given) if (
            name == given
        ):
            return value
        case _:
            return returned
