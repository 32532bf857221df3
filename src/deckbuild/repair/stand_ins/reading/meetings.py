"""Which names of a program hold tensors of one shape: those that meet place by place, or are made from each other so.

In: a syntax tree; out: the groups, what is known of their ranks, and which are of tokens against tokens.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import lru_cache

from .built import made

KEEPS = frozenset(
    "exp log sqrt abs pow clamp relu sigmoid tanh float double half long bool detach clone cpu cuda to contiguous "  # noqa: SIM905
    "requires_grad_ masked_fill softmax log_softmax cumsum cumprod neg square rsqrt dropout gelu silu leaky_relu "
    "rand_like randn_like zeros_like ones_like sin cos where lerp normalize type type_as round sign erf nan_to_num".split()
)
"""Methods and functions whose result has the shape of what they get."""
FED = KEEPS | frozenset(
    "sum mean std var max min topk argmax argmin multinomial sort norm cat stack matmul bmm mm dot einsum flatten unsqueeze "  # noqa: SIM905
    "squeeze transpose permute gather cross_entropy mse_loss l1_loss nll_loss binary_cross_entropy cosine_similarity argsort "
    "binary_cross_entropy_with_logits smooth_l1_loss triu tril outer allclose equal kl_div scaled_dot_product_attention".split()
)
"""What takes tensors: `torch.topk`, `F.mse_loss`."""
METHODS = (FED - {"sort", "where", "to", "cpu", "cuda", "type", "normalize"}) | {
    "view",
    "reshape",
    "item",
    "numel",
    "size",
    "dim",
}
"""Methods that tensors have, and neither numbers nor lists nor models."""
_ROWS = frozenset({"cat", "stack"})
_JOINED = frozenset(
    {"cat", "stack", "where", "mse_loss", "l1_loss", "smooth_l1_loss", "kl_div", "lerp", "allclose", "equal"}
)
_WEIGHT = re.compile(
    r"^(?:[abcdgijnprstw]|lr|alpha|beta|gamma|eps(?:ilon)?|lam(?:bda)?\w*|weight\w*|coeff?\w*|factor|scale\w*|rate|dt|steps?|temperature"
    r"|\w+_(?:rate|weight|factor|scale|coeff?|lambda))$",
    re.IGNORECASE,
)
"""Names that numbers have which tensors are multiplied by."""
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)


@dataclass(slots=True)
class Meetings:
    """What a program's calculations tell of the names in them."""

    links: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of names that have one shape."""
    tensors: set[str] = field(default_factory=set)
    """Names that are used as only tensors are."""
    ranks: dict[str, list[int]] = field(default_factory=dict)
    """Exact numbers of dimensions that uses ask for."""
    shapes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Shapes of tensors that the program makes of literals and whole numbers."""
    squares: set[str] = field(default_factory=set)
    """Names that are multiplied as matrices by what is not turned, or masked: tokens against tokens."""

    def group(self, name: str) -> frozenset[str]:
        """The name and all that have its shape."""
        found = {name}
        for _ in self.links:
            more = {b for a, b in self.links if a in found} | {a for a, b in self.links if b in found}
            if more <= found:
                break
            found |= more
        return frozenset(found)

    def is_tensor(self, name: str) -> bool:
        """Whether the name, or what has its shape, is used as only tensors are."""
        return bool(self.group(name) & self.tensors)

    def rank(self, name: str, rank: int) -> None:
        """Notes an exact number of dimensions."""
        self.ranks.setdefault(name, []).append(rank)
        self.tensors.add(name)


@lru_cache(maxsize=32)
def meetings(tree: ast.Module) -> Meetings:
    """The groups of a program."""
    met = Meetings()
    nodes = list(ast.walk(tree))
    for look in (_of_shapes, _of_functions, _of_methods, _of_rows, _of_sums):
        for node in nodes:
            look(node, met)
    return met


def is_weight(name: str) -> bool:
    """Whether a name is one that numbers have which tensors are multiplied by."""
    return _WEIGHT.match(name) is not None


def carrier(node: ast.expr, met: Meetings) -> str | None:
    """The name whose shape an expression has: `x` of `(1 - x).exp() * 2`; None where it is made of none, or reshaped, or says how many."""
    match node:
        case ast.Name(id=name):
            return name if name in met.tensors or not is_weight(name) else None
        case ast.UnaryOp(operand=inner) | ast.Compare(left=inner):
            return carrier(inner, met)
        case ast.BinOp(left=ast.Constant(), op=ast.Div(), right=ast.Name(id=name)) if len(name) == 1:
            return name if name in met.tensors else None
        case ast.BinOp(left=left, op=op, right=right) if isinstance(op, _ARITHMETIC):
            return carrier(left, met) or carrier(right, met)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="torch" | "F"), attr=attr), args=[first, *_]):
            return carrier(first, met) if attr in KEEPS else None
        case ast.Call(func=ast.Attribute(value=owner, attr=attr)) if attr in KEEPS:
            return carrier(owner, met)
        case _:
            return None


def _of_shapes(node: ast.AST, met: Meetings) -> None:
    """`b, t, d = x.shape` says that x has three dimensions, `x[:, -1, :]` too, and `a = torch.rand(n, 1, 1)` of a."""
    match node:
        case ast.Assign(
            targets=[ast.Tuple(elts=parts)],
            value=ast.Attribute(value=ast.Name(id=name), attr="shape")
            | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="size"), args=[]),
        ):
            met.rank(name, len(parts))
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Tuple(elts=places)) if len(places) > 2:
            met.rank(name, len(places))
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if (rank := _spread(value)) is not None:
            met.rank(name, rank)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if (shape := made(value)) is not None:
            met.tensors.add(name)
            met.shapes[name] = shape


def _of_functions(node: ast.AST, met: Meetings) -> None:
    """What torch's functions get are tensors; what some of them get together has one shape."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="torch" | "F") | ast.Attribute(attr="functional"), attr=attr),
            args=[first, *more],
        ) if attr in FED:
            given = first.elts if attr in _ROWS and isinstance(first, ast.List | ast.Tuple) else [first]
            met.tensors |= {n for a in given if (n := carrier(a, met)) is not None}
            if attr in _JOINED:
                _link([*given, *more], met)


def _of_methods(node: ast.AST, met: Meetings) -> None:
    """What has methods that only tensors have, and what these tell of its dimensions."""
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr=attr), args=args) if attr in METHODS:
            name = carrier(owner, met) if not isinstance(owner, ast.Name) else owner.id
            if name in (None, "torch", "F", "np", "nn"):
                return
            met.tensors.add(name)
            if attr == "permute" and len(args) > 1:
                met.rank(name, len(args))
            elif attr == "unsqueeze" and [getattr(a, "value", None) for a in args] == [0]:
                met.rank(name, 1)
            elif attr == "flatten" and [getattr(a, "value", None) for a in args] == [0, 1]:
                met.rank(name, 3)
            elif attr == "masked_fill":
                met.squares.add(name)


def _of_rows(node: ast.AST, met: Meetings) -> None:
    """What is looped over for its rows, which are tensors themselves, has two dimensions."""
    match node:
        case ast.For(iter=ast.Name(id=name), target=ast.Name(id=row)) if row in met.tensors:
            met.rank(name, 2)
        case ast.For(
            iter=ast.Call(func=ast.Name(id="enumerate"), args=[ast.Name(id=name)]),
            target=ast.Tuple(elts=[_, ast.Name(id=row)]),
        ) if row in met.tensors:
            met.rank(name, 2)


def _of_sums(node: ast.AST, met: Meetings) -> None:
    """What is added, or multiplied place by place, has one shape; a name that is bound to the result, too."""
    match node:
        case ast.BinOp(left=left, op=op, right=right) if isinstance(op, _ARITHMETIC):
            _link([left, right], met)
            for one, other in ((left, right), (right, left)):
                if (rank := _spread(other)) is not None and (name := carrier(one, met)) is not None:
                    met.rank(name, rank)
        case ast.BinOp(left=left, op=ast.MatMult(), right=right):
            first, turned = carrier(left, met), _turned(right, met)
            met.tensors |= {n for n in (first, turned or carrier(right, met)) if n is not None}
            if first is not None and turned is not None:
                met.links.append((first, turned))
            elif first is not None:
                met.squares.add(first)
        case ast.Assign(targets=[ast.Name() as target], value=value):
            _link([target, value], met)


def _link(nodes: list[ast.expr], met: Meetings) -> None:
    names = [n for node in nodes if (n := carrier(node, met)) is not None]
    met.links += [(names[0], other) for other in names[1:] if other != names[0]]


def _spread(node: ast.expr) -> int | None:
    """The rank of what is spread over others: `a.view(-1, 1, 1, 1)`, `torch.rand(n, 1, 1)`; None of anything else."""
    match node:
        case (
            ast.Call(func=ast.Attribute(attr="view" | "reshape"), args=args)
            | ast.Call(func=ast.Attribute(value=ast.Name(id="torch"), attr="rand" | "randn"), args=args)
        ):
            ones = sum(isinstance(a, ast.Constant) and a.value == 1 for a in args)
            return len(args) if len(args) > 1 and ones == len(args) - 1 else None
        case ast.Call(func=ast.Attribute(value=owner, attr=attr)) if attr in KEEPS:
            return _spread(owner)
        case ast.BinOp(left=left, right=right):
            return _spread(left) or _spread(right)
        case _:
            return None


def _turned(node: ast.expr, met: Meetings) -> str | None:
    """The name of `k.transpose(-2, -1)`, `k.T`."""
    match node:
        case (
            ast.Call(func=ast.Attribute(value=owner, attr="transpose" | "permute" | "t" | "swapaxes"))
            | ast.Attribute(value=owner, attr="T" | "mT")
        ):
            return carrier(owner, met)
        case _:
            return None
