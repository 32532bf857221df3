"""Rule `apply-layer`: a layer and an input that fits it, on one card and never applied, are applied.

In: the state of a whole card; out: the state with the line that applies the layer, and what had to be corrected for it.
It must leave alone: layers that are called, cards with several inputs that fit, and inputs that are made after the layer's last use.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from deckbuild.model import Job, Outcome

from .draft import Addition, Change, Program, State
from .program.modules import modules_of
from .program.names import bound, used
from .rules.dimensions import correct
from .scene import Scene

RULE = "apply-layer"
_TENSORS = ("torch.Tensor", "torch.nn.parameter.Parameter")


def apply_layers(state: State, scene: Scene) -> State:
    """The state in which each such layer is applied to the one input that fits."""
    if not state.drafts or any(d.expects for d in state.drafts):
        return state
    program = state.program()
    tree = program.tree()
    if tree is None:
        return state
    idle = [name for name, call in modules_of(tree).items() if _is_own(program, call) and not _applied(tree, name)]
    if len(idle) != 1:
        return state
    (outcome,) = scene.run.trial([Job(program.code)])
    fitting = [
        s for s in (_applied_to(state, program, tree, idle[0], x, scene) for x in _inputs(tree, outcome, idle[0])) if s
    ]
    return fitting[0] if len(fitting) == 1 else state


def _is_own(program: Program, call: ast.Call) -> bool:
    place = program.place(call.lineno)
    return place is not None and place.line is not None


def _applied(tree: ast.Module, layer: str) -> bool:
    """Whether the layer is called, given away whole, or kept in something."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func, args=args, keywords=keywords):
                given = [*args, *(k.value for k in keywords)]
                if any(isinstance(x, ast.Name) and x.id == layer for x in [func, *given]):
                    return True
            case ast.Assign(value=ast.Name(id=name)) | ast.Expr(value=ast.Name(id=name)) if name == layer:
                return True
    return False


def _inputs(tree: ast.Module, outcome: Outcome, layer: str) -> list[str]:
    """Tensors bound before the layer's last mention that are not its parameters' values."""
    mentions = [n for n, s in enumerate(tree.body) if layer in used(s)]
    last = mentions[-1] if mentions else max(n for n, s in enumerate(tree.body) if layer in bound(s))
    weights = {n for s in tree.body if layer in used(s) or "copy_" in ast.unparse(s) for n in used(s)}
    values = {v.name: v for v in outcome.values}
    return [
        name
        for n, statement in enumerate(tree.body[: last + 1])
        for name in sorted(bound(statement))
        if (v := values.get(name)) is not None
        and v.type in _TENSORS
        and v.shape
        and len(v.shape) >= 2
        and name not in weights
    ]


def _applied_to(
    state: State, program: Program, tree: ast.Module, layer: str, tensor: str, scene: Scene
) -> State | None:
    """The state in which `layer(tensor)` runs; the tensor may need dimensions for it."""
    mentions = [s.lineno for s in tree.body if {layer, tensor} & (used(s) | bound(s))]
    place = program.place(_last_mention(tree, layer, mentions))
    if place is None:
        return None
    taken = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    name = next(n for n in ("output", "result", f"{layer}_output", f"{layer}_of_{tensor}") if n not in taken)
    text = f"{name} = {layer}({tensor})"
    change = Change(
        RULE, f"`{layer}` and its input `{tensor}` stand on the card and are never brought together", f"`{text}` runs"
    )
    draft = state.drafts[place.draft]
    addition = Addition(text, change, frozenset({name}), "")
    applied = state.with_draft(place.draft, replace(draft, after=(*draft.after, addition)), 1.0)
    (outcome,) = scene.run.trial([Job(applied.program().code)])
    if outcome.ok:
        return applied
    assert outcome.fault is not None
    mended = list(correct(applied, applied.program(), outcome.fault, scene))
    results = scene.run.trial([Job(s.program().code) for s in mended])
    return next((s for s, o in zip(mended, results, strict=True) if o.ok), None)


def _last_mention(tree: ast.Module, layer: str, mentions: list[int]) -> int:
    """The last line that speaks of the layer or the input, or of something made from the layer (its state dict)."""
    made = {layer}
    last = max(mentions)
    for statement in tree.body:
        if used(statement) & made:
            made |= bound(statement)
            last = max(last, statement.lineno)
    return last
