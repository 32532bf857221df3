"""The torch modules of a program: which names hold one, and the calls that make them. In: a tree; out: names and calls."""

from __future__ import annotations

import ast

PASSING = frozenset({"to", "eval", "train", "cuda", "cpu", "float", "double", "half", "requires_grad_", "apply"})
"""Methods of a module that return the module."""


def modules_of(tree: ast.Module) -> dict[str, ast.Call]:
    """Names bound at top level to what is constructed by a capitalized call that is a layer's or a module class's."""
    classes = {
        n.name for n in tree.body if isinstance(n, ast.ClassDef) and any("Module" in ast.unparse(b) for b in n.bases)
    }
    found = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                call = construction(value)
                if call is not None and _is_module(call.func, classes):
                    found[name] = call
    return found


def construction(value: ast.expr) -> ast.Call | None:
    """The constructing call behind `Net(…).to(device)`."""
    match value:
        case ast.Call(func=ast.Attribute(attr=attr, value=inner)) if attr in PASSING:
            return construction(inner)
        case ast.Call():
            return value
        case _:
            return None


def _is_module(func: ast.expr, classes: set[str]) -> bool:
    match func:
        case ast.Attribute(value=ast.Name(id="nn") | ast.Attribute(attr="nn"), attr=kind):
            return kind[:1].isupper() and kind not in ("Parameter", "Module")
        case ast.Name(id=kind):
            return kind in classes
        case _:
            return False
