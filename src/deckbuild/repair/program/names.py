"""What the statements of a program bind, change and read. In: syntax trees; out: names, in the order of their use.

Source: the scoping rules of Python's reference, section 4.2 (naming and binding).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

IN_PLACE = frozenset(
    (  # noqa: SIM905  a list of words reads best as one text
        "append extend insert add update remove pop popitem clear sort reverse setdefault discard appendleft extendleft "
        "load_state_dict register_buffer write writelines fit partial_fit"
    ).split()
)

_LIBRARIES = frozenset({"torch", "nn", "F", "init", "np", "numpy"})
Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def bound(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement binds in its own scope, those of nested blocks included, those of functions not."""
    names: set[str] = set()
    for node in _own_nodes(statement):
        names |= bound_by(node)
    return frozenset(names)


def changed(statement: ast.stmt) -> frozenset[str]:
    """The names whose objects a statement changes: `x[i] = …`, `x.a = …`, `x.append(…)`, `x += …`, `x[k].copy_(…)`, `@x.register`."""
    names: set[str] = set()
    for node in _own_nodes(statement):
        match node:
            case ast.Assign(targets=targets):
                names |= {n for t in targets for n in _roots_of_parts(t)}
            case ast.AugAssign(target=target):
                names |= {root(target)} | _roots_of_parts(target)
            case ast.Delete(targets=targets):
                names |= {n for t in targets for n in _roots_of_parts(t)}
            case ast.Expr(value=ast.Call() as call):
                names.add(changed_in_place(call))
            case ast.FunctionDef(decorator_list=decorators) | ast.ClassDef(decorator_list=decorators):
                names |= {_registering(d) for d in decorators}
    return frozenset(names - {""})


def used(node: ast.AST) -> frozenset[str]:
    """All names that are read anywhere below a node."""
    return frozenset(n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))


def imported_as(tree: ast.Module, module: str) -> str | None:
    """The name under which a program imports a module."""
    aliases = [a for n in tree.body if isinstance(n, ast.Import) for a in n.names]
    return next((a.asname or a.name for a in aliases if a.name == module), None)


def root(node: ast.expr) -> str:
    """`x` of `x.a[0].b(…)`; "" where no name stands at the root."""
    while True:
        match node:
            case ast.Attribute(value=value) | ast.Subscript(value=value) | ast.Starred(value=value):
                node = value
            case ast.Call(func=func):
                node = func
            case ast.Name(id=name):
                return name
            case _:
                return ""


def last_name(node: ast.AST) -> str:
    """`c` of `a.b.c`, `a` of `a`; "" of anything else."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def is_set_below(name: str, line: int, tree: ast.Module) -> bool:
    """Whether a plain statement at top level, below the line of a use, binds the name without reading it.

    What is set later in the loop that uses it is left out: there only the first round lacks it.
    """
    return any(
        isinstance(s, ast.Assign | ast.AnnAssign) and s.lineno > line and name in bound(s) and name not in used(s)
        for s in tree.body
    )


def first_line(statement: ast.stmt) -> int:
    """Of a decorated definition the line of its first decorator."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(d.lineno for d in decorators)])


def statement_at(tree: ast.Module | None, line: int | None) -> ast.stmt | None:
    """The innermost statement on a line."""
    here = [
        n
        for n in ast.walk(tree or ast.Module([], []))
        if isinstance(n, ast.stmt) and line is not None and n.lineno <= line <= (n.end_lineno or n.lineno)
    ]
    return max(here, key=lambda n: n.lineno, default=None)


def changed_in_place(call: ast.Call) -> str:
    """The name of the object that a method changes: its own, or what a module's function is given (`nn.init.ones_(x.weight)`); "" for none."""
    match call:
        case ast.Call(func=ast.Attribute(value=owner, attr=method), args=args) if method in IN_PLACE or (
            method.endswith("_") and not method.endswith("__")
        ):
            name = root(owner)
            return root(args[0]) if name in _LIBRARIES and args else name
        case _:
            return ""


def _registering(decorator: ast.expr) -> str:
    """The name of the object that a decorator tells of what it decorates: `f` of `@f.register` and of `@f.register(int)`; "" for none."""
    match decorator:
        case ast.Call(func=ast.Attribute(value=owner, attr="register")) | ast.Attribute(value=owner, attr="register"):
            return root(owner)
        case _:
            return ""


def _roots_of_parts(target: ast.expr) -> set[str]:
    match target:
        case ast.Tuple(elts=elts) | ast.List(elts=elts):
            return {n for e in elts for n in _roots_of_parts(e)}
        case ast.Attribute() | ast.Subscript():
            return {root(target)}
        case _:
            return set()


def bound_by(node: ast.AST) -> set[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            return {name}
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=aliases):
            return {a.asname or a.name.split(".")[0] for a in aliases}
        case ast.ImportFrom(names=aliases):
            return {a.asname or a.name for a in aliases if a.name != "*"}
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return {name}
        case ast.MatchMapping(rest=str(name)):
            return {name}
        case _:
            return set()


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """A node and what lies below it in the same scope; bindings of comprehensions are their own."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Scope):
            continue
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.comprehension):
                stack += [child.iter, *child.ifs]  # its target is bound in a scope of its own
            elif not isinstance(child, ast.expr_context | ast.operator | ast.cmpop):
                stack.append(child)
