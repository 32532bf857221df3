"""What is passed to a function of the program: the function's own use of its parameter tells what it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..program.usage import Usage, usage_of
from ..scene import Scene
from .guess import Guess
from .reading.parts import Guesser


def guess(usage: Usage, tree: ast.Module, scene: Scene, guessers: tuple[Guesser, ...]) -> Iterator[Guess]:
    """The guesses for the parameters that the name is given for, inside the functions and methods of the program."""
    for function, parameter in _parameters(usage, tree):
        inside = ast.Module([*tree.body, *function.body], [])
        for guesser in guessers:
            yield from guesser(usage_of(ast.Module(list(function.body), []), parameter), inside, scene)


def _parameters(usage: Usage, tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, str]]:
    functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
    for context in usage.contexts:
        match context.parents:
            case (ast.keyword(arg=str(keyword)), ast.Call(func=ast.Name(id=called)), *_) if called in functions:
                yield functions[called], keyword
            case (ast.Call(func=ast.Name(id=called), args=args), *_) if called in functions and context.node in args:
                names = [a.arg for a in functions[called].args.args]
                index = args.index(context.node)
                if index < len(names):
                    yield functions[called], names[index]
