"""Refusals: why a snippet is not run, or what it lacks when it does not run. In: a snippet or a fault; out: a reason, a line.

Source: the classes follow a hand-read sample of failing cards; a broken card is better than a false one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Fault, SkipReason, Snippet
from deckbuild.syntax import is_ellipsis, is_printed_form, is_too_deep, syntax_error

from ..damage import clean
from ..damage.slips import names_slip
from ..draft import parse
from ..program.names import bound, used
from ..program.needs import needs
from ..scene import Scene
from .pseudo import called_pseudo, says_pseudo

MAX_STATEMENTS = 400
_NETWORK = re.compile(
    r"\b(?:URLError|HTTPError|ConnectionError|ConnectionRefusedError|gaierror|MaxRetryError|ConnectTimeout|TimeoutError)\b"
)
_NO_HOST = re.compile(
    r"Name or service not known|Temporary failure in name|Network is unreachable|no internet connection", re.IGNORECASE
)
_TO_DOWNLOAD = re.compile(
    r"(?=.*\bdownload)(?=.*\b(?:not found|not exist|can't find|couldn't|could not|missing))", re.IGNORECASE | re.DOTALL
)
_NO_FILE = re.compile(r"(?:does not exist|not found|No such file)\b", re.IGNORECASE)
_OF_FILES = ("FileNotFoundError", "NotADirectoryError")
_OWN_MODULE = re.compile(
    r"^(?:my_?\w+|(?:\w+_)?utils?\d*|(?:\w+_)?helpers?|ch(?:apter)?_?\d\w*|previous_chapters?|common|config|models?|datasets?|data)$",
    re.IGNORECASE,
)
_PYTHON = re.compile(r"^\s*(?:def |class |import |from \w+ import |print\(|\w+ = )", re.MULTILINE)
_NO_NAME = re.compile(r"^cannot import name '")


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
    if not tree.body and any(line.changes for line in clean(snippet).lines):
        return Refusal("pseudo-code", "it holds nothing but a notebook's commands")
    if _is_output(tree, snippet, scene):
        return Refusal("fragment", "it is a printed result: fence it as text")
    if (before := _continued(snippet, scene)) is not None:
        return Refusal("fragment", f"it continues the body of `{before}` in the block before")
    if any(_leaves_out(node) for node in ast.walk(tree)):
        return Refusal("pseudo-code", "`...` stands for something that is left out")
    if any(_elides(body) for node in ast.walk(tree) for body in _bodies(node)):
        return Refusal("pseudo-code", "`...` stands among its statements for some left out", unless_it_runs=True)
    if called_pseudo(snippet, scene.card):
        return Refusal(
            "pseudo-code", "the card calls it pseudo-code, and it does not run as written", unless_it_runs=True
        )
    if (outside := _fragment(tree)) is not None:
        return Refusal("fragment", outside)
    if sum(isinstance(n, ast.stmt) for n in ast.walk(tree)) > MAX_STATEMENTS:
        return Refusal("too-long", f"more than {MAX_STATEMENTS} statements")
    return None


def explain(fault: Fault, said: str, statement: ast.stmt | None) -> Refusal:
    """What a snippet lacks whose program ended with this fault.

    `said`: the text of cards in the program; `statement`: where it ended, if that counts as the snippet's own.
    """
    if isinstance(statement, ast.Import | ast.ImportFrom) and fault.kind == "raised":
        return _of_import(fault, statement)
    if statement is not None and (_NETWORK.search(fault.type) or _NO_HOST.search(fault.message)):
        return Refusal("needs-network", f"it asks the network: {fault.type}")
    if statement is not None and fault.kind == "raised" and _TO_DOWNLOAD.search(fault.message):
        return Refusal("needs-network", f"it reads what has to be downloaded first: {fault.message[:120]}")
    if statement is not None and _asks_for_its_file(fault, said):
        return Refusal("needs-file", f"it reads a file that is not there: {fault.message[:120]}")
    if fault.type == "EOFError" and "input(" in said:
        return Refusal(None, "it asks a person for input, and nobody answers")
    if fault.type == "IndexError" and statement is not None and "sys.argv[" in ast.unparse(statement):
        return Refusal(None, "it reads arguments of the command line, and none are given")
    return Refusal(None, told(fault))


def is_own_module(name: str) -> bool:
    """Whether a module's name is one that people give to files of their own."""
    return _OWN_MODULE.search(name) is not None


def told(fault: Fault) -> str:
    return f"{fault.type}: {fault.message.splitlines()[0][:200] if fault.message else ''}"


def _of_import(fault: Fault, statement: ast.Import | ast.ImportFrom) -> Refusal:
    """A package that is not there, one that is there and does not load, or a name that it does not have."""
    if isinstance(statement, ast.ImportFrom) and statement.level:
        return Refusal("needs-file", f"the module `{'.' * statement.level}{statement.module or ''}` is not in the deck")
    missing = (fault.name or "") if fault.type == "ModuleNotFoundError" else ""
    asked = [statement.module or ""] if isinstance(statement, ast.ImportFrom) else [a.name for a in statement.names]
    roots = {name.split(".")[0] for name in asked}
    if missing in roots:
        if is_own_module(missing):
            return Refusal("needs-file", f"the module `{missing}` is not in the deck")
        return Refusal("needs-package", f"the package `{missing}` is not installed")
    if missing.split(".")[0] in roots:
        return Refusal(
            "needs-package", f"the package `{missing.split('.')[0]}` is installed, and has no part `{missing}`"
        )
    if _NO_NAME.search(fault.message) and any(root in fault.message for root in roots):
        return Refusal(None, told(fault))
    return Refusal("needs-package", f"the package `{min(roots)}` is installed, but does not load: {told(fault)}")


def _asks_for_its_file(fault: Fault, said: str) -> bool:
    """Whether a file or folder is missing that the cards' text names."""
    missing = fault.type in _OF_FILES or _NO_FILE.search(fault.message)
    paths = [w.strip(".") for w in re.findall(r"[\w./-]+", fault.message)]
    named = any(("." in p and p.split("/")[-1] in said) or ("/" in p and p in said) for p in paths)
    quoted = re.findall(r"'([^']+)'", fault.message) if fault.type in _OF_FILES else []
    return bool(missing) and (named or any(f"'{p}'" in said or f'"{p}"' in said for p in quoted))


def _unparsable(snippet: Snippet, scene: Scene) -> Refusal:
    if is_too_deep(snippet.source):
        return Refusal("too-long", "it is nested too deeply to be followed")
    lines = [x for x in snippet.source.split("\n") if x.strip() and not x.lstrip().startswith("#")]
    if "..." in snippet.source or "…" in snippet.source:
        return Refusal("pseudo-code", "it does not parse and leaves parts out")
    if says_pseudo(snippet.source) or says_pseudo(scene.prose):
        return Refusal("pseudo-code", "the card speaks of pseudo-code, and it does not parse")
    if not any(parse("\n".join(lines[:n])) is not None for n in range(1, len(lines))) and not _has_slip(snippet.source):
        error = syntax_error(snippet.source)
        words = f": {error.msg}" if error is not None else ""
        return Refusal("language", f"it does not parse as Python from its first line on{words}")
    return Refusal(None, "")


def _has_slip(source: str) -> bool:
    """Whether the interpreter names what is amiss, and no line ends as those of other languages do."""
    error = syntax_error(source)
    foreign = re.search(r"[;{}]\s*$", source, re.MULTILINE)
    return error is not None and names_slip(error) and foreign is None and _PYTHON.search(source) is not None


def _is_output(tree: ast.Module, snippet: Snippet, scene: Scene) -> bool:
    """Whether a block shows only what values look like when printed, by names that the card before it does not bind."""
    earlier = [parse(s.source) for s in scene.card.snippets if s.is_python and s.line < snippet.line]
    have = {n for before in earlier if before is not None for s in before.body for n in bound(s)}
    return is_printed_form(tree) and not used(tree) <= have


def _continued(snippet: Snippet, scene: Scene) -> str | None:
    """The function at whose end, indented like its body, the block before stops and this one goes on."""
    own = [line for line in snippet.source.split("\n") if line.strip()]
    earlier = [s for s in scene.card.snippets if s.is_python and s.line < snippet.line]
    before = parse(earlier[-1].source) if earlier else None
    if before is None or not before.body or not own[0].startswith(" "):
        return None
    last = before.body[-1]
    inside = isinstance(last, ast.FunctionDef) and last.body[0].col_offset == len(own[0]) - len(own[0].lstrip())
    return last.name if inside and isinstance(last, ast.FunctionDef) else None


def _leaves_out(node: ast.AST) -> bool:
    """Whether `...` stands where only something left out can be meant."""
    match node:
        case ast.Assign(value=value) | ast.AnnAssign(value=value) | ast.Return(value=value) | ast.For(iter=value):
            return is_ellipsis(value)
        case ast.Call(args=args):
            return any(map(is_ellipsis, args))
        case ast.List(elts=elts) | ast.Set(elts=elts):
            return any(map(is_ellipsis, elts))
        case ast.Dict(values=values):
            return any(map(is_ellipsis, values))
        case _:
            return False


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    yield from (body for name in ("body", "orelse", "finalbody") if isinstance(body := getattr(node, name, None), list))


def _elides(body: list[ast.stmt]) -> bool:
    """Whether `...` stands in a body next to other statements than a docstring."""
    inner = [
        s
        for s in body
        if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant) and isinstance(s.value.value, str))
    ]
    return len(inner) > 1 and any(isinstance(s, ast.Expr) and is_ellipsis(s.value) for s in inner)


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
