"""Refusals: why a snippet is not run, or what it lacks when it does not run. In: a snippet or a fault; out: a reason, a line.

Source: the classes follow a hand-read sample of failing cards; a broken card is better than a false one.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from itertools import pairwise

from deckbuild.model import Fault, Prose, SkipReason, Snippet

from .damage import clean
from .draft import parse
from .needs import needs
from .scene import Scene

MAX_STATEMENTS = 400
_PSEUDO = re.compile(r"pseudo-?\s?code", re.IGNORECASE)
_NETWORK = re.compile(
    r"\b(?:URLError|HTTPError|ConnectionError|ConnectionRefusedError|gaierror|MaxRetryError|ConnectTimeout|TimeoutError)\b"
)
_NO_HOST = re.compile(r"Name or service not known|Temporary failure in name|Network is unreachable")
_NO_FILE = re.compile(r"(?:does not exist|not found|No such file)\b", re.IGNORECASE)
_OWN_MODULES = frozenset(
    {"utils", "util", "helpers", "helper", "mymodule", "my_module", "common", "config", "models", "dataset", "data"}
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason and one line about it; reason None: it failed."""

    reason: SkipReason | None
    why: str
    unless_it_runs: bool = False
    """Whether a run of the snippet exactly as written would prove the refusal wrong."""


def refuse(snippet: Snippet, scene: Scene) -> Refusal | None:
    """Why the snippet is not to be run at all; None where it is."""
    if not snippet.is_python:
        return Refusal("language", f"{snippet.language or 'no language'}: only Python is run")
    if not snippet.source.strip():
        return Refusal("pseudo-code", "the block is empty")
    tree = parse(clean(snippet).text)
    if tree is None:
        return _unparsable(snippet, scene)
    if any(_leaves_out(node) for node in ast.walk(tree)):
        return Refusal("pseudo-code", "`...` stands for something that is left out")
    if _called_pseudo(snippet, scene):
        return Refusal(
            "pseudo-code", "the card calls it pseudo-code, and it does not run as written", unless_it_runs=True
        )
    if (outside := _fragment(tree)) is not None:
        return Refusal("fragment", outside)
    if sum(isinstance(n, ast.stmt) for n in ast.walk(tree)) > MAX_STATEMENTS:
        return Refusal("too-long", f"more than {MAX_STATEMENTS} statements")
    return None


def explain(fault: Fault, snippet: Snippet, own: bool) -> Refusal:
    """What a snippet lacks whose program ended with this fault; `own`: on a line of the snippet itself."""
    if own and (fault.type == "ModuleNotFoundError" or (fault.type == "ImportError" and fault.name)):
        name = (fault.name or fault.message).split(".")[0]
        if name.lower() in _OWN_MODULES:
            return Refusal("needs-file", f"the module `{fault.name}` is not in the deck")
        return Refusal("needs-package", f"the package `{name}` is not installed")
    if own and (_NETWORK.search(fault.type) or _NO_HOST.search(fault.message)):
        return Refusal("needs-network", f"it asks the network: {fault.type}")
    if own and _asks_for_its_file(fault, snippet):
        return Refusal("needs-file", f"it reads a file that is not there: {fault.message[:120]}")
    return Refusal(None, f"{fault.type}: {fault.message.splitlines()[0][:200] if fault.message else ''}")


def _asks_for_its_file(fault: Fault, snippet: Snippet) -> bool:
    """Whether a file is missing whose name stands in the snippet's own text."""
    missing = fault.type in ("FileNotFoundError", "NotADirectoryError") or _NO_FILE.search(fault.message)
    paths = [w.strip(".") for w in re.findall(r"[\w./-]+", fault.message)]
    return bool(missing) and any("." in p and p.split("/")[-1] in snippet.source for p in paths)


def _unparsable(snippet: Snippet, scene: Scene) -> Refusal:
    lines = [x for x in snippet.source.split("\n") if x.strip() and not x.lstrip().startswith("#")]
    if (
        _PSEUDO.search(snippet.source)
        or _PSEUDO.search(scene.prose)
        or "..." in snippet.source
        or "…" in snippet.source
    ):
        return Refusal("pseudo-code", "it does not parse and leaves parts out")
    if not any(parse("\n".join(lines[:n])) is not None for n in range(1, len(lines))):
        return Refusal("language", "no line of it parses as Python")
    return Refusal(None, "")


def _called_pseudo(snippet: Snippet, scene: Scene) -> bool:
    """Whether a comment of the block, or the paragraph right before it, says pseudo-code."""
    if _PSEUDO.search(snippet.source):
        return True
    for _, passage in scene.card.passages:
        for before, part in pairwise(passage.parts):
            if part == snippet and isinstance(before, Prose):
                return _PSEUDO.search(before.text.strip().split("\n\n")[-1]) is not None
    return False


def _leaves_out(node: ast.AST) -> bool:
    """Whether `...` stands where only something left out can be meant."""
    match node:
        case ast.Assign(value=value) | ast.AnnAssign(value=value) | ast.Return(value=value) | ast.For(iter=value):
            return _is_ellipsis(value)
        case ast.Call(args=args):
            return any(map(_is_ellipsis, args))
        case ast.List(elts=elts) | ast.Set(elts=elts):
            return any(map(_is_ellipsis, elts))
        case ast.Dict(values=values):
            return any(map(_is_ellipsis, values))
        case _:
            return False


def _is_ellipsis(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _fragment(tree: ast.Module) -> str | None:
    """Statements that only a definition around them would allow."""
    for node in tree.body:
        found = _outside(node)
        if found is not None:
            return found
    missing = {n.name for n in needs(tree) if not n.deferred}
    return "`self` outside a class" if "self" in missing or "cls" in missing else None


def _outside(node: ast.AST, loop: bool = False) -> str | None:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda() | ast.ClassDef():
            return None
        case ast.Return():
            return "`return` outside a function"
        case ast.Yield() | ast.YieldFrom():
            return "`yield` outside a function"
        case ast.Await() | ast.AsyncFor() | ast.AsyncWith():
            return "`await` outside a coroutine"
        case ast.Break() | ast.Continue() if not loop:
            return "`break` or `continue` outside a loop"
        case _:
            inner = loop or isinstance(node, ast.For | ast.While)
            return next((f for c in ast.iter_child_nodes(node) if (f := _outside(c, inner)) is not None), None)
