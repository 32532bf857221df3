"""What a program reads and does not bind. In: a syntax tree; out: the missing names, in the order of their use.

Source: the scoping rules of Python's reference, section 4.2 (naming and binding).
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .names import Comprehension, bound, bound_by
from .usage import Context, usage_of

BUILTINS = frozenset(dir(builtins)) | {
    "__name__",
    "__file__",
    "__doc__",
    "__builtins__",
    "__annotations__",
    "__class__",
}


_OFTEN_DATA = frozenset({"input", "filter", "hash", "iter", "max", "min", "sum", "id", "dir", "vars"})
_TAKES_FUNCTIONS = frozenset(
    "map filter sorted reduce partial print help type callable isinstance getattr hasattr id repr str accumulate apply agg "  # noqa: SIM905
    "signature wraps vectorize Thread submit append".split()
)


@dataclass(frozen=True, slots=True)
class Need:
    """A name that nothing binds before it is used."""

    name: str
    line: int
    """Of the first use, in the program."""
    deferred: bool
    """Whether all uses stand in function bodies, so that the name is needed only when one is called."""


@lru_cache(maxsize=256)
def needs(tree: ast.Module) -> tuple[Need, ...]:
    """The names that the program reads and that it does not bind before the use, in the order of use."""
    reader = _Reader(set(BUILTINS - _taken_as_data(tree)))
    for statement in tree.body:
        reader.statement(statement)
    return reader.finish()


def _taken_as_data(tree: ast.Module) -> frozenset[str]:
    """The builtin functions that the program never calls and fits into a calculation or feeds to something: names of its own."""
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} & _OFTEN_DATA
    usages = [usage_of(tree, name) for name in names]
    return frozenset(u.name for u in usages if u.contexts and not u.calls and all(map(_is_data, u.contexts)))


def _is_data(context: Context) -> bool:
    match context.parents:
        case (ast.BinOp() | ast.Slice() | ast.Attribute(), *_):
            return True
        case (ast.Subscript(value=value), *_):
            return value is context.node
        case (ast.Call(func=func, args=args), *_):
            return context.node in args and ast.unparse(func).split(".")[-1] not in _TAKES_FUNCTIONS
        case _:
            return False


def free(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement reads and does not bind itself, those of function bodies included; no builtins."""
    return frozenset(need.name for need in needs(_alone(statement)))


@lru_cache(maxsize=512)
def _alone(statement: ast.stmt) -> ast.Module:
    return ast.Module([statement], [])


@dataclass(slots=True)
class _Reader:
    """Walks a module in the order of execution and notes what is read before it is bound."""

    known: set[str]
    missing: dict[str, Need] = field(default_factory=dict)
    later: list[tuple[str, int, str]] = field(default_factory=list)
    """Reads in function bodies, with the function's name ("" inside a class): decided at the end of the module."""
    live: set[str] = field(default_factory=set)
    """Names that are read outside of function bodies."""
    stars: bool = False

    def finish(self) -> tuple[Need, ...]:
        live = self.reached()
        for name, line, owner in sorted(self.later, key=lambda x: x[2] not in live):
            if name not in self.known and name not in self.missing:
                self.missing[name] = Need(name, line, deferred=owner not in live)
        return () if self.stars else tuple(sorted(self.missing.values(), key=lambda n: n.line))

    def reached(self) -> set[str]:
        """The names read at top level, and by the functions among them in turn."""
        live = set(self.live)
        for _ in self.later:
            more = {name for name, _, owner in self.later if owner in live} - live
            if not more:
                break
            live |= more
        return live

    def statement(self, node: ast.stmt) -> None:  # noqa: C901  one case a kind of statement
        match node:
            case ast.ImportFrom(names=aliases) if any(a.name == "*" for a in aliases):
                self.stars = True
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self.scope(node)
                self.known.add(node.name)
            case ast.AugAssign():
                self.read(node.value)
                self.read(node.target, also_stored=True)
                self.known |= bound(node)
            case ast.Try() | ast.TryStar():
                self.parts(node.body)
                for handler in node.handlers:
                    self.handler(handler)
                self.parts([*node.orelse, *node.finalbody])
            case ast.For() | ast.AsyncFor():
                self.read(node.iter)
                self.known |= bound(ast.Assign(targets=[node.target], value=node.iter))
                self.parts([*node.body, *node.orelse])
            case ast.While() | ast.If():
                self.read(node.test)
                self.parts([*node.body, *node.orelse])
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    self.read(item.context_expr)
                    if item.optional_vars is not None:
                        self.known |= {n for x in ast.walk(item.optional_vars) for n in bound_by(x)}
                self.parts(node.body)
            case ast.Match():
                self.read(node.subject)
                for case in node.cases:
                    self.known |= {n for x in ast.walk(case.pattern) for n in bound_by(x)}
                    if case.guard is not None:
                        self.read(case.guard)
                    self.parts(case.body)
            case _:
                self.read(node)
                self.known |= bound(node)

    def parts(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self.statement(statement)

    def handler(self, node: ast.ExceptHandler) -> None:
        if node.type is not None:
            self.read(node.type)
        if node.name:
            self.known.add(node.name)
        self.parts(node.body)

    def scope(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        for decorator in node.decorator_list:
            self.read(decorator)
        if isinstance(node, ast.ClassDef):
            for base in (*node.bases, *(k.value for k in node.keywords)):
                self.read(base)
            inner = _Reader(set(self.known) | {"__module__", "__qualname__"})
            inner.parts(node.body)
            self.missing.update({n: need for n, need in inner.missing.items() if n not in self.missing})
            self.later += [(n, line, "") for n, line, _ in inner.later if n != node.name]
        else:
            for default in (*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)):
                self.read(default)
            for note in _annotations(node):
                self.read(note)
            self.later += [(n, line, node.name) for n, line in _free(node) if n != node.name]

    def read(self, node: ast.AST, also_stored: bool = False) -> None:
        for name, line in _reads(node, frozenset()):
            self.live.add(name)
            self.miss(name, line)
        for inner in ast.walk(node):
            if isinstance(inner, ast.NamedExpr) and isinstance(inner.target, ast.Name):
                self.known.add(inner.target.id)
        if also_stored and isinstance(node, ast.Name):
            self.miss(node.id, node.lineno)

    def miss(self, name: str, line: int) -> None:
        if name not in self.known and name not in self.missing:
            self.missing[name] = Need(name, line, deferred=False)


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    a = node.args
    for argument in (
        *a.posonlyargs,
        *a.args,
        *a.kwonlyargs,
        *([a.vararg] if a.vararg else []),
        *([a.kwarg] if a.kwarg else []),
    ):
        if argument.annotation is not None:
            yield argument.annotation
    if node.returns is not None:
        yield node.returns


def _free(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Iterator[tuple[str, int]]:
    """The names that a function reads and does not bind."""
    a = node.args
    own = {x.arg for x in (*a.posonlyargs, *a.args, *a.kwonlyargs)}
    own |= {x.arg for x in (a.vararg, a.kwarg) if x is not None}
    body = node.body if isinstance(node.body, list) else [node.body]
    declared = {n for x in body for y in ast.walk(x) if isinstance(y, ast.Global) for n in y.names}
    for part in body:
        own |= bound(part) if isinstance(part, ast.stmt) else set()
    yield from ((n, line) for part in body for n, line in _reads(part, frozenset(own - declared)))


def _reads(node: ast.AST, own: frozenset[str]) -> Iterator[tuple[str, int]]:
    """(name, line) of what is read below a node and not in `own`, in the order of the text."""
    match node:
        case ast.Name(id=name, ctx=ast.Load() | ast.Del()):
            if name not in own:
                yield name, node.lineno
        case ast.Lambda():
            yield from ((n, line) for n, line in _free(node) if n not in own)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            for part in (*node.decorator_list, *node.args.defaults, *(d for d in node.args.kw_defaults if d)):
                yield from _reads(part, own)
            yield from ((n, line) for n, line in _free(node) if n not in own and n != node.name)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _comprehension_reads(node, own)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _reads(child, own)


def _comprehension_reads(node: Comprehension, own: frozenset[str]) -> Iterator[tuple[str, int]]:
    inner = own
    for generator in node.generators:
        yield from _reads(generator.iter, inner)
        inner = inner | {n for x in ast.walk(generator.target) for n in bound_by(x)}
        for condition in generator.ifs:
            yield from _reads(condition, inner)
    results = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
    for result in results:
        yield from _reads(result, inner)
