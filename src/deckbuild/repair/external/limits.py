"""What an edit from outside may not do to the card's own text. In: texts before and after; out: the objection, or None.

The same limits hold for deckbuild's own rules: at most two tokens of the card are changed, none that its question or prose names,
no line goes, is moved into another block or kept from running, and nothing that the card binds is bound anew.
"""

from __future__ import annotations

import ast
import builtins
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..draft import Draft, parse
from ..program.names import bound, root, used
from ..scene import Scene

MOST_OWN_TOKENS = 2
_LAYOUT = (
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
)
_JUMPS = (
    ast.Return,
    ast.Break,
    ast.Continue,
    ast.Raise,
    ast.Yield,
    ast.YieldFrom,
    ast.Delete,
    ast.Global,
    ast.Nonlocal,
)
_DARK = frozenset("exit quit exec eval setattr globals vars __import__ compile open".split())  # noqa: SIM905
_ENDS = frozenset({"exit", "_exit", "abort"})


@dataclass(frozen=True, slots=True)
class Difference:
    """Tokens of two texts."""

    gone: tuple[str, ...]
    came: tuple[str, ...]


def objection(before: Draft, after: Draft, scene: Scene) -> str | None:
    """Why the edits may not be made; None if they may. `after` must be Python, or that is the objection."""
    tree = parse(after.text)
    if tree is None:
        return "with it the snippet does not parse"
    difference = differing(before.text, after.text)
    if len(difference.gone) > MOST_OWN_TOKENS:
        return f"it changes {len(difference.gone)} tokens of the card's own code; {MOST_OWN_TOKENS} are allowed"
    told = f"{scene.question}\n{scene.prose}"
    named = [t for t in difference.gone if re.search(r"\w", t) and re.search(rf"(?<!\w){re.escape(t)}(?!\w)", told)]
    if named:
        return f"it changes `{named[0]}`, of which the card's text speaks"
    return next(_misdeeds(tree, after, before), None)


def differing(before: str, after: str) -> Difference:
    """The tokens, comments and layout left out, that are only in one of the texts."""
    old, new = tokens(before), tokens(after)
    gone: list[str] = []
    came: list[str] = []
    for kind, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += old[i:j]
            came += new[m:n]
    return Difference(tuple(gone), tuple(came))


def tokens(text: str) -> list[str]:
    """The tokens but for comments and layout; of a text that is no Python the words and signs."""
    try:
        found = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):  # a line of a longer statement, say
        return re.findall(r"\w+|[^\w\s]", re.sub(r"#.*", "", text))
    return [token.string for token in found if token.type not in _LAYOUT]


def stands_for(new: str, old: str) -> bool:
    """Whether a line can be what has become of another one: as deep in its block, and hardly changed."""
    own = tokens(old)
    if not own:
        return new.strip() == old.strip()
    gone = differing(old, new).gone
    return _indent(new) == _indent(old) and len(gone) <= MOST_OWN_TOKENS and len(gone) < len(own)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _misdeeds(tree: ast.Module, after: Draft, before: Draft) -> Iterator[str]:
    """What the added lines do to the card's own: hold them in a block, jump over them, bind their names anew."""
    own = {n for n, line in enumerate(after.lines, 1) if line.first}
    old = parse(before.text)
    taken = (
        frozenset(n for s in ast.walk(old) if isinstance(s, ast.stmt) for n in bound(s))
        if old is not None
        else frozenset()
    )
    modules = frozenset(n for s in ast.walk(tree) if isinstance(s, ast.Import | ast.ImportFrom) for n in bound(s))
    known = frozenset(dir(builtins))
    inside = {n for f in _added_functions(tree, own) for n in range(f.lineno + 1, (f.end_lineno or f.lineno) + 1)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.lineno not in own and (call := _dark(node)):
            yield f"it calls `{call}`"
        if not isinstance(node, ast.stmt) or node.lineno in own:
            continue
        if own & set(range(node.lineno, (node.end_lineno or node.lineno) + 1)):
            yield "it puts lines of the card into a block"
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            yield "it imports nobody knows what"
        yields = any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(node))
        if (yields or isinstance(node, _JUMPS)) and node.lineno not in inside:
            yield "it jumps over lines of the card"
        anew = bound(node) & (taken | known) if node.lineno not in inside else frozenset()
        if anew and not (isinstance(node, ast.Assign | ast.AugAssign) and anew <= taken & used(node)):
            yield f"it binds `{min(anew)}` anew"
        for target in (t for t in ast.walk(node) if isinstance(t, ast.Attribute) and isinstance(t.ctx, ast.Store)):
            if root(target) in modules | known:
                yield f"it changes `{ast.unparse(target)}`"


def _added_functions(tree: ast.Module, own: set[int]) -> Iterator[ast.FunctionDef]:
    """Functions of their own lines only: what jumps or is bound in there stays in there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not own & set(range(node.lineno, (node.end_lineno or 0) + 1)):
            yield node


def _dark(node: ast.Call) -> str | None:
    """The name of a call that may do anything: end the program, read a file, run a text."""
    match node.func:
        case ast.Name(id=name) if name in _DARK:
            return name
        case ast.Attribute(attr=name) if name in _ENDS:
            return name
        case _:
            return None
