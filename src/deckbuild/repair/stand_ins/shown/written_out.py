"""Values that the card's text writes out for a name: "take `heights = [2, 1, 5]`", "where `grid = np.eye(4)`". In: a name; out: a guess of just that.

It must leave alone: lists of which entries are left out, names for which the text writes several, what the text says comes out or is not
to be written, and what is made of other names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.syntax import holds_ellipsis

from ...program.names import used
from ...program.usage import Usage, literal
from ...scene import Scene
from ..guess import Guess

MOST = 600
"""Characters of a list."""
NEAR = 60
"""Characters before it that say whether it comes out."""
_RESULT = re.compile(
    r"\b(?:after|afterwards|becomes?|became|finally|gives?|gets?|left with|now|outputs?|prints?|produces?|results?|returns?|turns?|yields?)\b"
    r"[^.!?\n]*$|[=(]>?\s*`?$|(?:→|⇒|->|=>)\s*`?$",
    re.IGNORECASE,
)
_REJECTED = re.compile(r"\b(?:avoid|instead of|never|not|n['’]t|rather than|unlike|wrong)\b[^.!?\n]*$", re.IGNORECASE)
_GIVEN = frozenset({"np", "torch", "range", "list", "set", "dict", "tuple"})
"""What a value may be made with."""


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The one value that the text outside the code writes for the name."""
    if usage.calls:
        return
    written = (*_written(usage.name, scene.prose), *_made(usage.name, scene.prose))
    found = {ast.unparse(ast.parse(value)): (value, said) for value, said in written}
    for value, said in found.values() if len(found) == 1 else ():
        yield Guess(value, f"the card writes `{said}`", copied=(said,))


def _written(name: str, prose: str) -> Iterator[tuple[str, str]]:
    """(the list, the text of the assignment) wherever the prose gives the name a list, unless it says that it comes out."""
    start = re.compile(rf"(?<![\w.\[]){re.escape(name)}\s*=\s*(?P<maker>(?:np|torch)\.(?:array|tensor)\()?(?=\[)")
    for m in start.finditer(prose):
        listed = _balanced(prose[m.end() : m.end() + MOST])
        if listed is None or not _is_whole(listed):
            continue
        close = ")" if m["maker"] else ""
        if _RESULT.search(prose[max(0, m.start() - NEAR) : m.start()]) is None:
            yield f"{m['maker'] or ''}{listed}{close}", f"{m[0]}{listed}{close}"


def _made(name: str, prose: str) -> Iterator[tuple[str, str]]:
    """(the value, the text of the assignment) wherever the prose quotes an assignment of a text, a mapping or a library's call alone."""
    for m in re.finditer(rf"`(?P<said>{re.escape(name)}\s*=\s*(?P<value>[^`\n=][^`\n]*))`", prose):
        try:
            value = ast.parse(m["value"].strip(), mode="eval").body
        except SyntaxError:
            continue
        near = prose[max(0, m.start() - NEAR) : m.start()]
        whole = isinstance(value, ast.Call | ast.Dict | ast.JoinedStr) or isinstance(literal(value), str)
        if (
            whole
            and used(value) <= _GIVEN
            and not (holds_ellipsis(value) or _RESULT.search(near) or _REJECTED.search(near))
        ):
            yield m["value"].strip(), m["said"]


def _balanced(text: str) -> str | None:
    """The text up to the bracket that closes its first."""
    depth = 0
    for n, letter in enumerate(text):
        depth += (letter == "[") - (letter == "]")
        if not depth:
            return text[: n + 1]
    return None


def _is_whole(listed: str) -> bool:
    """Whether it is a literal list with entries, and none left out."""
    try:
        tree = ast.parse(listed, mode="eval")
    except SyntaxError:
        return False
    return bool(literal(tree.body)) and not holds_ellipsis(tree)
