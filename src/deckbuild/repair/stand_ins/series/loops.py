"""What is looped over: a name whose elements are used in a way that tells what they are. In: a use; out: guesses.

The elements are guessed like names of their own, from what the loop's body does with the loop's targets.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...program.usage import Usage, usage_of
from ...scene import Scene
from ..guess import Guess
from ..reading.parts import Guesser


def guess(usage: Usage, tree: ast.Module, scene: Scene, elements: tuple[Guesser, ...]) -> Iterator[Guess]:
    """A list of two elements, each as the loop needs it."""
    for target in targets(usage):
        element = _element(target, tree, scene, elements)
        if element is not None:
            value = element.value
            yield Guess(
                f"[{value}, {value}]" if len(value) < 60 else f"[{value}]",
                f"its elements are used one by one: {element.why}",
            )


def targets(usage: Usage) -> Iterator[ast.expr]:
    """The targets of the loops over the name, behind `enumerate` and `tqdm` too."""
    for context in usage.contexts:
        node: ast.AST = context.node
        for parent in context.parents:
            match parent:
                case ast.Call(func=ast.Name(id="tqdm" | "list" | "iter" | "sorted" | "reversed"), args=[first, *_]) if (
                    first is node
                ):
                    node = parent
                case ast.Call(func=ast.Name(id="enumerate"), args=[first, *_]) if first is node:
                    yield from _behind_enumerate(context.parents)
                    break
                case ast.For(iter=it, target=target) | ast.comprehension(iter=it, target=target) if it is node:
                    yield target
                    break
                case _:
                    break


def _behind_enumerate(parents: tuple[ast.AST, ...]) -> Iterator[ast.expr]:
    for parent in parents:
        match parent:
            case ast.For(target=ast.Tuple(elts=[_, target])) | ast.comprehension(target=ast.Tuple(elts=[_, target])):
                yield target
                return


def _element(target: ast.expr, tree: ast.Module, scene: Scene, elements: tuple[Guesser, ...]) -> Guess | None:
    match target:
        case ast.Name(id=name):
            usage = usage_of(tree, name)
            return next((g for guesser in elements for g in guesser(usage, tree, scene)), None)
        case ast.Tuple(elts=elts) | ast.List(elts=elts):
            parts = [_element(e, tree, scene, elements) or _unused(e, tree) for e in elts]
            if any(p is None for p in parts):
                return None
            values = [p.value for p in parts if p]
            return Guess(f"({', '.join(values)})", "; ".join(dict.fromkeys(p.why for p in parts if p)))
        case _:
            return None


def _unused(target: ast.expr, tree: ast.Module) -> Guess | None:
    """A target that nothing reads may be anything."""
    if isinstance(target, ast.Name) and not usage_of(tree, target.id).contexts:
        return Guess("0", "one of them is not used")
    return None
