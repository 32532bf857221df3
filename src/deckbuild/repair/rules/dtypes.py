"""Rule `dtype`: a tensor whose type an operation does not take, converted where it is made or, if it is used elsewhere, at the use.

It must leave alone: stand-ins (another one may have the type), numbers that whole ones would not keep,
tensors whose type the prose or the question speaks of, and operands of which several could be meant.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..program.names import last_name
from ..program.usage import literal
from ..scene import Scene
from .state_dict_keys import append_argument

RULE = "dtype"
_WANTS_FLOAT = re.compile(
    r"expected (?:m1 and m2 to have the same dtype|scalar type Float but found (?:Long|Int|Byte|Double))|"
    r"could not infer output dtype|mat1 and mat2 must have the same dtype, but got (?:Long|Int|Byte|Double) and Float|"
    r"addmv input tensors must have the same dtype|expected both vectors to have same dtype|must be floating point|"
    r"only (?:T|t)ensors of floating point|Only Tensors of floating point|std and var only support floating point|"
    r"not implemented for '(?:Long|Int|Bool|Byte)'|Input type \((?:Long|Int|Byte)Tensor\)|Input type \((?:long int|int|double)\)|"
    r"Input dtype must be either a floating point|Found dtype (?:Long|Int|Bool) but expected Float|"
    r"result type Float can't be cast to the desired output type (?:Long|Int)"
)
_WANTS_LONG = re.compile(
    r"expected scalar type Long but found (?:Float|Int|Double)|Expected tensor for argument #1 'indices' to have one of|"
    r"expected target dtype to be Long|tensors used as indices must be long|only applicable to index tensor of type LongTensor"
)
_WANTS_TENSOR = re.compile(r"must be Tensor, not (?:int|float|list)\b")
_OF_ONE = frozenset({"sqrt", "rsqrt", "exp", "log", "sin", "cos", "tanh", "sigmoid"})
_DRAWN = frozenset({"rand", "randn", "rand_like", "randn_like", "normal", "uniform", "linspace"})
_NEEDS_DETACH = re.compile(r"Can't call numpy\(\) on Tensor that requires grad")


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """States in which one tensor of the fault's line has the type that is asked for."""
    tree = program.tree()
    if tree is None or fault.kind != "raised":
        return
    if _WANTS_TENSOR.search(fault.message):
        yield from _wrapped(state, program, tree, fault)
    if _NEEDS_DETACH.search(fault.message):
        yield from _detached(state, program, tree, fault)
    method = (
        ".float()" if _WANTS_FLOAT.search(fault.message) else ".long()" if _WANTS_LONG.search(fault.message) else None
    )
    if method is None or re.search(r"\bdtype|\bint64|\bfloat32|data type", scene.question):
        return
    change = Change(
        RULE,
        f"the operation takes no such type: `{method[1:]}` gives the one it takes",
        fault.message.split("\n")[0][:160],
    )
    if method == ".float()":
        yield from _made_of_floats(state, program, tree, fault, change)
    for name in _operands(tree, fault):
        if method == ".long()" and _is_fractional(name, tree):
            continue
        yield from _where_made(state, program, tree, name, method, change)
        yield from _where_used(state, program, tree, name, method, fault, change)
    for made in _arguments_made(tree, fault):
        if method == ".long()" and _has_fractions(made):
            continue
        text = f"{ast.get_source_segment(program.code, made)}{method}"
        if (converted := respelt(state, program, made, text, change, 1.0)) is not None:
            yield converted


def _is_fractional(name: str, tree: ast.Module) -> bool:
    """Whether the name is bound to a tensor of numbers that whole ones would not keep."""
    made = [s.value for s in tree.body if isinstance(s, ast.Assign) and name in map(ast.unparse, s.targets)]
    return any(map(_has_fractions, made))


def _has_fractions(value: ast.expr) -> bool:
    drawn = any(isinstance(n, ast.Call) and last_name(n.func) in _DRAWN for n in ast.walk(value))
    return drawn or any(
        isinstance(n, ast.Constant) and isinstance(n.value, float) and not n.value.is_integer() for n in ast.walk(value)
    )


def _arguments_made(tree: ast.Module, fault: Fault) -> Iterator[ast.expr]:
    """The tensors that are made right where they are fed, on the fault's outermost line."""
    lines = {*fault.frames[:1], fault.line}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.lineno in lines:
            yield from (a for a in node.args if _makes_tensor(a))


def _made_of_floats(state: State, program: Program, tree: ast.Module, fault: Fault, change: Change) -> Iterator[State]:
    """`torch.tensor([1, 2], requires_grad=True)` with the type that gradients need."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="tensor"), keywords=keywords) if node.lineno == fault.line:
                given = {k.arg for k in keywords}
                if "requires_grad" in given and "dtype" not in given:
                    yield from append_argument(state, program, node, "dtype=torch.float32", change, 0.8)


def _where_made(
    state: State, program: Program, tree: ast.Module, name: str, method: str, change: Change
) -> Iterator[State]:
    """The tensor converted where it is made; dearer where other lines show or use it, too."""
    reads = sum(isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load) for n in ast.walk(tree))
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name and _makes_tensor(value):
                text = f"{ast.get_source_segment(program.code, value)}{method}"
                if (converted := respelt(state, program, value, text, change, 1.0 if reads == 1 else 2.0)) is not None:
                    yield converted


def _where_used(
    state: State, program: Program, tree: ast.Module, name: str, method: str, fault: Fault, change: Change
) -> Iterator[State]:
    """The tensor converted at its only use on the fault's line."""
    lines = {*fault.frames[:1], fault.line}
    uses = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name and n.lineno in lines]
    called = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    fed = [n for n in uses if isinstance(n.ctx, ast.Load) and id(n) not in called]
    if len(uses) != 1 or not fed or state.assumes(name):
        return
    if (converted := respelt(state, program, fed[0], name + method, change, 1.5)) is not None:
        yield converted


def _makes_tensor(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value).startswith("torch.")


def _operands(tree: ast.Module, fault: Fault) -> list[str]:
    """The names on the fault's outermost line."""
    lines = {*fault.frames[:1], fault.line}
    found = [
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load) and n.lineno in lines
    ]
    return list(dict.fromkeys(found))


def _detached(state: State, program: Program, tree: ast.Module, fault: Fault) -> Iterator[State]:
    """`x.numpy()` of a tensor with gradients becomes `x.detach().numpy()`, as torch's message says."""
    change = Change(
        RULE, "a tensor with gradients is detached before it becomes an array", fault.message.split("\n")[0][:160]
    )
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="numpy") as method) if node.lineno == fault.line:
                owner = (ast.get_source_segment(program.code, method) or "").removesuffix("numpy")
                if (detached := respelt(state, program, method, f"{owner}detach().numpy", change, 0.8)) is not None:
                    yield detached


def _wrapped(state: State, program: Program, tree: ast.Module, fault: Fault) -> Iterator[State]:
    """`x = 3` that is fed to a layer becomes `x = torch.tensor(3)`, as torch's message says."""
    change = Change(
        RULE, "the operation takes a tensor, not a plain number or list", fault.message.split("\n")[0][:160]
    )
    names = set(_operands(tree, fault))
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in names and _is_plain(value):
                text = f"torch.tensor({ast.get_source_segment(program.code, value)})"
                if (made := respelt(state, program, value, text, change, 0.8)) is not None:
                    yield made

    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="torch"), attr=name), args=[ast.Name() as number]) if (
                name in _OF_ONE and node.lineno == fault.line
            ):
                text = f"torch.tensor({number.id})"
                if (made := respelt(state, program, number, text, change, 0.9)) is not None:
                    yield made


def _is_plain(value: ast.expr) -> bool:
    return isinstance(literal(value), int | float | list) and not isinstance(literal(value), bool)
