"""What a statement's result rests on: a program and a statement in, the causes for doubt out.

The program is followed backwards from the statement through the names that it reads. What is asked only of an object's form
(`x.shape`, `len(x)`, `p.numel()`) does not depend on the numbers in it; nor do numbers depend on the device that holds them.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.syntax import parse_module


@dataclass(frozen=True, slots=True)
class Reads:
    """The names that a piece of code reads."""

    data: frozenset[str]
    """Names whose numbers matter."""
    form: frozenset[str]
    """Names of which only shape, type or length matters."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The statements that a result is made of."""

    data: frozenset[str]
    form: frozenset[str]
    nodes: tuple[ast.stmt, ...] = ()
    data_nodes: tuple[ast.stmt, ...] = ()
    """Those of them that make numbers which matter."""

    @property
    def names(self) -> frozenset[str]:
        """All names on the way."""
        return self.data | self.form


FORM_ATTRIBUTES = frozenset(
    {"shape", "dtype", "ndim", "device", "requires_grad", "is_leaf", "itemsize", "nbytes", "__class__", "__name__"}
)
FORM_METHODS = frozenset(
    {"size", "numel", "dim", "nelement", "element_size", "is_contiguous", "stride", "ndimension", "type"}
)
FORM_CALLS = frozenset({"len", "type", "isinstance", "callable", "hasattr"})
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Where the numbers decide the shape.
COUNTING = frozenset(
    {"nonzero", "unique", "masked_select", "where", "argwhere", "flatnonzero", "set", "frozenset", "Counter", "filter"}
)


@functools.lru_cache(maxsize=512)
def parse(code: str) -> ast.Module | None:
    """The program's tree; None where it does not parse, or is nested too deeply for the parser."""
    try:
        return parse_module(code)
    except (SyntaxError, ValueError):
        return None


@functools.lru_cache(maxsize=2048)
def slice_back(code: str, line: int) -> Slice:
    """The top-level statements that the one at `line` (1-based) rests on, by the names that they bind and read."""
    tree = parse(code)
    if tree is None:
        return Slice(frozenset(), frozenset())
    index = next((i for i, s in enumerate(tree.body) if first_line(s) <= line <= (s.end_lineno or s.lineno)), None)
    if index is None:
        return Slice(frozenset(), frozenset())
    functions = form_functions(code)
    start = reads(tree.body[index], functions)
    data, form, taken = set(start.data), set(start.form), {index}
    changed = True
    while changed:
        changed = False
        for i in range(len(tree.body)):
            statement = tree.body[i]
            bound = binds(statement)
            wanted = bound & (data | form)
            if i in taken or not wanted or (i > index and not isinstance(statement, ast.FunctionDef | ast.ClassDef)):
                continue
            found = reads(statement, functions)
            taken.add(i)
            data |= found.data if wanted & data else found.data & counted(statement)
            form |= found.form | found.data
            changed = True
    nodes = tuple(tree.body[i] for i in sorted(taken))
    data_nodes = tuple(tree.body[i] for i in sorted(taken) if i == index or binds(tree.body[i]) & data)
    return Slice(frozenset(data), frozenset(form), nodes, data_nodes)


def first_line(statement: ast.stmt) -> int:
    """Of a decorated definition the line of its first decorator."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(d.lineno for d in decorators)])


@functools.lru_cache(maxsize=512)
def form_functions(code: str) -> frozenset[str]:
    """The functions of a program that ask only for the form of what they are given: `def size_of(m): return sum(p.numel() for p in m.parameters())`."""
    tree = parse(code)
    return frozenset(name for s in (tree.body if tree else []) for name, f in functions_of(s) if asks_form(f))


def functions_of(statement: ast.stmt) -> Iterator[tuple[str, ast.FunctionDef | ast.Lambda]]:
    """The function that a statement defines, with its name."""
    match statement:
        case ast.FunctionDef(name=name):
            yield name, statement
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda() as function):
            yield name, function
        case _:
            pass


def asks_form(function: ast.FunctionDef | ast.Lambda) -> bool:
    """Whether of each parameter only the form is asked."""
    parameters = {n.arg for n in ast.walk(function.args) if isinstance(n, ast.arg)}
    asked = {id(n) for n in asked_of_form(function)}
    read = [n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id in parameters]
    return bool(read) and all(id(n) in asked for n in read)


@functools.lru_cache(maxsize=8192)
def reads(statement: ast.AST, functions: frozenset[str] = frozenset()) -> Reads:
    """The names that a statement reads anywhere in it, those inside functions included; `functions` ask only for the form of what they take."""
    form_nodes = {id(n) for n in asked_of_form(statement, functions)}
    loaded = [n for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    data = {n.id for n in loaded if id(n) not in form_nodes}
    return Reads(frozenset(data), frozenset(n.id for n in loaded) - data)


def asked_of_form(tree: ast.AST, functions: frozenset[str] = frozenset()) -> Iterator[ast.Name]:
    """The name nodes below an expression that only asks for shape, type or length."""
    for target in form_targets(tree, functions):
        yield from (n for n in ast.walk(target) if isinstance(n, ast.Name))


def form_targets(tree: ast.AST, functions: frozenset[str] = frozenset()) -> Iterator[ast.expr]:
    """The expressions of which only shape, type or length is asked, if numbers do not decide it."""
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in FORM_METHODS:
                targets = [value]
            case ast.Call(func=ast.Name(id=name), args=[value, *_]) if name in FORM_CALLS:
                targets = [value]
            case ast.Call(func=ast.Name(id=name), args=values, keywords=keywords) if name in functions:
                targets = [*values, *(k.value for k in keywords)]
            case ast.For(iter=ast.Call(func=ast.Attribute(value=value, attr="parameters")), target=ast.Name(id=name)):
                targets = [value] if all(only_form(s, name) for s in node.body) else []
            case ast.Attribute(value=value, attr=attr) if attr in FORM_ATTRIBUTES:
                targets = [value]
            case ast.Call(func=ast.Attribute(attr="to"), args=[ast.Name() as device]):
                targets = [device]
            case ast.keyword(arg="device" | "map_location", value=value):
                targets = [value]
            case ast.GeneratorExp(elt=element, generators=[*_, ast.comprehension(target=ast.Name(id=name))] as loops):
                targets = [loop.iter for loop in loops] if only_form(element, name) else []
        yield from (t for t in targets if not any(decides_shape(n) for n in ast.walk(t)))


def only_form(element: ast.AST, name: str) -> bool:
    """Whether a comprehension or loop asks only for the form of its variable: `p.numel() for p in …`."""
    asked = {id(n) for n in asked_of_form(element)}
    return all(id(n) in asked for n in ast.walk(element) if isinstance(n, ast.Name) and n.id == name)


def decides_shape(node: ast.AST) -> bool:
    """Whether the shape of this depends on numbers: a mask, `nonzero`, `unique`, a comprehension with a condition."""
    match node:
        case ast.comprehension(ifs=[_, *_]):
            return True
        case ast.Subscript(slice=ast.Compare()):
            return True
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in COUNTING
        case _:
            return False


def counted(statement: ast.stmt) -> frozenset[str]:
    """The names whose numbers decide the shape of what a statement binds."""
    return reads(statement).data if any(decides_shape(n) for n in ast.walk(statement)) else frozenset()


@functools.lru_cache(maxsize=8192)
def binds(statement: ast.stmt) -> frozenset[str]:
    """The names that a top-level statement binds or may change: by assignment, definition, import, subscript or method call."""
    found: set[str] = set()
    for node in outside_functions(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.alias(name=name, asname=alias):
                found.add(alias or name.split(".")[0])
            case ast.Subscript(ctx=ast.Store(), value=value) | ast.Attribute(ctx=ast.Store(), value=value):
                found |= root(value)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=value))):
                found |= root(value)
    return frozenset(found)


def outside_functions(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes of a statement, without the bodies of functions and classes that it defines."""
    queue: list[ast.AST] = [statement]
    while queue:
        node = queue.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef | ast.Lambda):
            queue.extend(ast.iter_child_nodes(node))


def root(value: ast.expr) -> set[str]:
    """The name that `x[0].y` starts from."""
    while isinstance(value, ast.Attribute | ast.Subscript | ast.Call):
        value = value.func if isinstance(value, ast.Call) else value.value
    return {value.id} if isinstance(value, ast.Name) else set()


def calls_in(statement: ast.stmt) -> frozenset[str]:
    """The names of the functions and methods that a statement calls."""
    calls = [n.func for n in ast.walk(statement) if isinstance(n, ast.Call)]
    return frozenset(
        f.id if isinstance(f, ast.Name) else f.attr for f in calls if isinstance(f, ast.Name | ast.Attribute)
    )
