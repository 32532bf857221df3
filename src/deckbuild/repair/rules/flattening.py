"""Rule `flatten`: a batch of pictures fed to a linear layer whose inputs are as many as a picture has values.

They are flattened where they are fed, in a method of a module too, or in the `nn.Sequential` in which the layer follows others for
pictures. It must leave alone: stand-ins (another one may have the sizes), sizes that do not multiply to just the layer's, and cards
that speak of sizes that do not match.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator

from deckbuild.model import Fault, Job

from ..draft import Change, Program, State, respelt
from ..program.names import last_name
from ..scene import Scene

RULE = "flatten"
_SHAPES = re.compile(r"shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x\d+\)")
_ABOUT_ERRORS = re.compile(
    r"\bmismatch|\bdo(?:es)? not match\b|\bincompatible|\berrors?\b|\bcannot be multiplied", re.IGNORECASE
)
_OF_PICTURES = ("Conv", "MaxPool", "AvgPool", "AdaptiveAvgPool", "BatchNorm2d")
_MARK = "its sizes:"


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state that feeds each picture as one row."""
    shapes, tree = _SHAPES.search(fault.message), program.tree()
    if shapes is None or tree is None or _ABOUT_ERRORS.search(scene.prose):
        return
    yield from _at_top_level(state, program, shapes, fault, scene)
    if int(shapes[1]) * int(shapes[2]) % int(shapes[3]) == 0:
        yield from _inside(state, program, tree, shapes, fault)


def _inside(state: State, program: Program, tree: ast.Module, shapes: re.Match[str], fault: Fault) -> Iterator[State]:
    """The state that flattens in a method, on the fault's line, or before the first linear layer of a sequence."""
    why = f"the layer wants {shapes[3]} values, and gets rows of {shapes[2]}"
    change = Change(RULE, why, fault.message.split("\n")[0][:160])
    methods = [
        m for c in ast.walk(tree) if isinstance(c, ast.ClassDef) for m in c.body if isinstance(m, ast.FunctionDef)
    ]
    inner = {id(n) for m in methods for n in ast.walk(m)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self")), args=[ast.Name(id=name) as fed]) if (
                id(node) in inner and node.lineno == fault.line
            ):
                flat = respelt(state, program, fed, f"{name}.flatten(1)", change, 1.0)
            case ast.Call(func=func, args=layers) if last_name(func) == "Sequential":
                flat = _in_sequence(state, program, layers, change)
            case _:
                continue
        if flat is not None:
            yield flat


def _in_sequence(state: State, program: Program, layers: list[ast.expr], change: Change) -> State | None:
    """The state whose sequence flattens before its first linear layer, if layers for pictures stand before that."""
    kinds = [last_name(layer.func) if isinstance(layer, ast.Call) else "" for layer in layers]
    place = kinds.index("Linear") if "Linear" in kinds else 0
    if "Flatten" in kinds or not any(kind.startswith(_OF_PICTURES) for kind in kinds[:place]):
        return None
    layer = layers[place]
    text = ast.get_source_segment(program.code, layer) or ""
    home = text.partition("Linear")[0]
    return respelt(state, program, layer, f"{home}Flatten(), {text}", change, 1.0)


def _at_top_level(state: State, program: Program, shapes: re.Match[str], fault: Fault, scene: Scene) -> Iterator[State]:
    """The state that flattens a tensor where the program feeds it to a layer."""
    tree = program.tree()
    line = fault.frames[0] if fault.frames else fault.line
    body = tree.body if tree is not None else []
    statement = next((s for s in body if s.lineno <= (line or 0) <= (s.end_lineno or s.lineno)), None)
    if statement is None:
        return
    fed = [
        n.args[0]
        for n in ast.walk(statement)
        if isinstance(n, ast.Call)
        and isinstance(n.func, ast.Name)
        and not state.assumes(n.func.id)
        and len(n.args) == 1
        and isinstance(n.args[0], ast.Name)
    ]
    for argument in fed:
        sizes = _sizes(argument.id, program, statement.lineno, scene)
        if (
            state.assumes(argument.id)
            or len(sizes) < 2
            or math.prod(sizes[:-1]) != int(shapes[1])
            or sizes[-1] != int(shapes[2])
        ):
            continue
        method = _flattening(sizes, int(shapes[3]))
        if method is None:
            continue
        why = f"the layer wants {shapes[3]} values, and `{argument.id}` has {' × '.join(map(str, sizes))}"
        change = Change(RULE, why, fault.message.split("\n")[0][:160])
        if (flat := respelt(state, program, argument, argument.id + method, change, 1.0)) is not None:
            yield flat


def _sizes(name: str, program: Program, line: int, scene: Scene) -> tuple[int, ...]:
    """The shape of what a name holds when the program comes to a line; empty where there is none."""
    before = "\n".join(program.code.split("\n")[: line - 1])
    (outcome,) = scene.run.trial([Job(f"{before}\nprint({_MARK!r}, *{name}.shape)\n")])
    said = outcome.stdout.rpartition(_MARK)[2].split() if outcome.ok else []
    return tuple(map(int, said)) if all(x.isdecimal() for x in said) else ()


def _flattening(sizes: tuple[int, ...], wanted: int) -> str | None:
    """How the trailing sizes become just the wanted number."""
    if len(sizes) > 2 and math.prod(sizes[1:]) == wanted:
        return ".flatten(1)"
    return ".flatten()" if math.prod(sizes) == wanted else None
