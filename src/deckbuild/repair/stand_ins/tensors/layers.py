"""Inputs of torch layers: what a name must be to be fed to a layer whose arguments the program states.

In: the program and the name; out: guesses whose shape follows from the layer, with sizes from the card's text where it
names the input's, and small ones of our own else (then with alternates, one even, one odd, and one whose places all differ).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...program.names import bound
from ...program.usage import Context, Usage
from ...scene import Scene
from ..guess import Guess, counted, filled
from ..reading.constants import Environment, constants, whole
from .spatial import spatial, stated_inputs

SPATIAL = {"Conv1d": 1, "Conv2d": 2, "Conv3d": 3, "ConvTranspose1d": 1, "ConvTranspose2d": 2, "ConvTranspose3d": 3}
POOLS = {
    "MaxPool1d": 1,
    "MaxPool2d": 2,
    "AvgPool1d": 1,
    "AvgPool2d": 2,
    "AdaptiveAvgPool2d": 2,
    "Upsample": 2,
    "ZeroPad2d": 2,
}
NORMS = {"BatchNorm1d": 0, "BatchNorm2d": 2, "BatchNorm3d": 3, "InstanceNorm2d": 2}
POINTWISE = frozenset("ReLU LeakyReLU Sigmoid Tanh GELU Softmax Dropout Identity ELU SiLU LogSoftmax Softplus".split())  # noqa: SIM905
MOST_DEEP = 4
FLATTENING = re.compile(
    r"(?P<name>\w+) = (?:torch\.flatten\((?P=name), |(?P=name)\.flatten\()(?:start_dim=)?1\)"
    r"|(?P<rows>\w+) = (?P=rows)\.(?:view|reshape)\([^,]+, [^,]+\)"
)
RECURRENT = frozenset({"LSTM", "GRU", "RNN"})


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer with the call that constructs it."""

    kind: str
    call: ast.Call
    names: Environment

    def argument(self, position: int, keyword: str) -> int | None:
        """The whole number given for a parameter."""
        given = next((k.value for k in self.call.keywords if k.arg == keyword), None)
        if given is None and position < len(self.call.args):
            given = self.call.args[position]
        return whole(given, self.names)

    def says(self, keyword: str, value: object) -> bool:
        """Whether a keyword argument is given as that literal."""
        return any(
            k.arg == keyword and isinstance(k.value, ast.Constant) and k.value.value == value
            for k in self.call.keywords
        )


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """Guesses for a name that is fed to a layer."""
    seen = set()
    for layer in layers_fed(usage, tree):
        for found in _for_layer(layer, scene):
            if found.value not in seen:
                seen.add(found.value)
                yield found


def layers_fed(usage: Usage, tree: ast.Module) -> Iterator[Layer]:
    """The layers that the name is the first argument of: `conv(x)`, `self.conv(x)` behind `net(x)`, `nn.ReLU()(x)`."""
    for context in usage.contexts:
        call = fed_call(context)
        if call is not None:
            yield from _layers_of(call.func, tree, constants(tree))


def fed_call(context: Context) -> ast.Call | None:
    """The call that it is the first argument of, what changes its type alone aside: `net(x)`, `net(x.to(device))`."""
    match context.parents:
        case (ast.Call(args=[first, *_]) as call, *_) if first is context.node:
            return call
        case (
            ast.Call(func=ast.Attribute(attr="to" | "float" | "detach" | "clone")) as inner,
            ast.Call(args=[first, *_]) as call,
            *_,
        ) if first is inner:
            return call
        case (ast.Attribute(attr="to" | "float"), ast.Call() as inner, ast.Call(args=[first, *_]) as call, *_) if (
            first is inner
        ):
            return call
        case _:
            return None


def _layers_of(func: ast.expr, tree: ast.Module, names: Environment, depth: int = 0) -> Iterator[Layer]:
    """The layers that a call of `func` runs first."""
    if depth > MOST_DEEP:
        return
    match func:
        case ast.Name(id=name) if isinstance(names.get(name), ast.Call):
            yield from _constructed(names[name], tree, names, depth)
        case ast.Call():
            yield from _constructed(func, tree, names, depth)


def _constructed(made: ast.expr, tree: ast.Module, names: Environment, depth: int) -> Iterator[Layer]:
    call = names.get(made.id) if isinstance(made, ast.Name) else made
    if not isinstance(call, ast.Call) or depth > MOST_DEEP:
        return
    match call.func:
        case ast.Attribute(attr="to" | "eval" | "train" | "cuda" | "cpu", value=inner):
            yield from _constructed(inner, tree, names, depth + 1)
        case ast.Attribute(attr="Sequential") | ast.Name(id="Sequential"):
            yield from _first_of_sequence(call, tree, names, depth)
        case ast.Attribute(attr=kind):
            yield Layer(kind, call, names)
        case ast.Name(id=kind):
            own = next((n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == kind), None)
            yield from _first_of_class(own, call, tree, names, depth) if own else iter([Layer(kind, call, names)])


def _first_of_sequence(call: ast.Call, tree: ast.Module, names: Environment, depth: int) -> Iterator[Layer]:
    for argument in call.args:
        found = list(_layers_of(argument, tree, names, depth + 1))
        if found and found[0].kind not in POINTWISE:
            yield found[0]
            return


def _first_of_class(
    own: ast.ClassDef, call: ast.Call, tree: ast.Module, names: Environment, depth: int
) -> Iterator[Layer]:
    """The layers that the class's `forward` feeds its first argument to."""
    methods = {n.name: n for n in own.body if isinstance(n, ast.FunctionDef)}
    start, forward = methods.get("__init__"), methods.get("forward")
    if start is None or forward is None or len(forward.args.args) < 2:
        return
    inside = {**names, **_parameters(start, call)}
    parts = {
        t.attr: n.value
        for n in ast.walk(start)
        if isinstance(n, ast.Assign)
        for t in n.targets
        if isinstance(t, ast.Attribute) and isinstance(t.value, ast.Name) and t.value.id == "self"
    }
    given = forward.args.args[1].arg
    for node in _before_it_is_changed(given, forward):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=part), args=[ast.Name(id=first), *_]):
                if first == given and part in parts:
                    yield from _constructed(parts[part], tree, inside, depth + 1)


def _before_it_is_changed(given: str, forward: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of the statements up to the first that gives the parameter another value: what reads it behind is fed something else.

    Rows that are made flat (`x = x.view(x.size(0), -1)`) are what they were, if they were flat.
    """
    for statement in forward.body:
        yield from ast.walk(statement)
        if given in bound(statement) and not _flattens(given, statement):
            return


def _flattens(given: str, statement: ast.stmt) -> bool:
    """Whether it does nothing but make rows of the parameter flat."""
    found = FLATTENING.fullmatch(ast.unparse(statement))
    return found is not None and given in (found["name"], found["rows"])


def _parameters(start: ast.FunctionDef, call: ast.Call) -> dict[str, ast.expr]:
    names = [a.arg for a in start.args.args][1:]
    defaults = dict(zip(reversed(names), reversed(start.args.defaults), strict=False))
    given = dict(zip(names, call.args, strict=False))
    return {**defaults, **given, **{k.arg: k.value for k in call.keywords if k.arg}}


def _for_layer(layer: Layer, scene: Scene) -> Iterator[Guess]:
    kind = layer.kind
    if kind in SPATIAL:
        channels = layer.argument(0, "in_channels")
        if channels:
            kernel = layer.argument(2, "kernel_size") or 1
            yield from spatial(kind, channels, SPATIAL[kind], kernel, scene)
    elif kind in POOLS:
        yield from spatial(kind, 1, POOLS[kind], 1, scene)
    elif kind in NORMS:
        yield from _normed(layer, scene)
    elif kind == "Linear":
        if width := layer.argument(0, "in_features"):
            yield Guess(filled((2, width)), f"`Linear` takes {width} features; two rows", (filled((3, width)),))
    elif kind == "Embedding":
        if count := layer.argument(0, "num_embeddings"):
            ids = list(range(min(count, 4)))
            yield Guess(
                f"torch.tensor([{ids}, {ids[::-1]}])",
                f"two rows of ids below {count}, for `Embedding`",
                (f"torch.arange(15).reshape(3, 5) % {count}",),
            )
    elif kind == "LayerNorm":
        if width := layer.argument(0, "normalized_shape"):
            yield Guess(filled((2, width)), f"`LayerNorm` takes {width} features; two rows", (filled((3, width)),))
    elif kind in RECURRENT and (width := layer.argument(0, "input_size")):
        first = layer.says("batch_first", True)
        shape, other = ((2, 3, width), (3, 5, width)) if first else ((3, 2, width), (5, 3, width))
        yield Guess(
            filled(shape), f"`{kind}` takes sequences of {width} features: two of three steps", (filled(other),)
        )


def _normed(layer: Layer, scene: Scene) -> Iterator[Guess]:
    channels = layer.argument(0, "num_features")
    if not channels:
        return
    rank = NORMS[layer.kind]
    for dims, said in stated_inputs(scene, rank, channels) if rank else ():
        yield Guess(
            filled((2, channels, *dims)),
            f"`{layer.kind}` takes {channels} channels; the text names {said}",
            alternates=(filled((3, channels, *dims)),),
            copied=(said,),
        )
    yield Guess(counted((4, channels, *[4] * rank)), f"`{layer.kind}` takes {channels} channels; a batch of four")
