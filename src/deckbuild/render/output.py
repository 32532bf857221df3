"""What a snippet did -> what stands under it: what its own lines printed, its values, the error that it is shown for.

A tensor that the snippet printed is drawn where it was printed, in place of its brackets.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from deckbuild.model import Repair, SnippetVerdict, Value
from deckbuild.showing import is_tensor

from .html import NOTHING, Html, code_text, element, rows, sentence, text
from .tensor import Drawing, draw

MAX_LINES = 30
"""Of one printed text; what follows is counted, not shown."""

_WORD = re.compile(r"[^\s,\[\]()]+|[\[\]()]")
_ARRAY = re.compile(r"array\((.*?)(?:,\s*dtype=\S+)?\)\Z", re.DOTALL)
_SHOWN_ONLY = (None, "text", "txt", "output", "console", "plaintext", "plain")
"""Languages of blocks that nobody takes for code: that they were not run needs no word."""
_REASONS = {
    "language": "not run",
    "pseudo-code": "not run: it is pseudo-code",
    "needs-package": "not run: needs a package that is not installed",
    "needs-network": "not run: needs the network",
    "needs-file": "not run: needs a file that does not come with the text",
    "fragment": "not run: a fragment of a definition",
    "too-long": "not run: too long",
}


def draw_output(repair: Repair, shown: Sequence[Value], stated: Collection[int] = ()) -> Drawing:
    """What was printed, each tensor of it drawn in its place, then the values that were not printed.

    `stated`: lines of the file whose print the text itself states, as was confirmed; they are not repeated.
    """
    drawings = {id(v): draw(v, assumed=v.name in repair.assumed) for v in shown}
    left = list(shown)
    blocks = _draw_printed(_printed(repair, stated), left, drawings)
    blocks += [drawings[id(v)].html for v in left]
    if repair.verdict is SnippetVerdict.RAN and repair.error is not None:
        raised = f"{repair.error.type}: {repair.error.message}" if repair.error.message else repair.error.type
        blocks.append(element("pre", code_text(_cut(raised)), classes="out raised"))
    return Drawing(rows(*blocks), tuple(m for d in drawings.values() for m in d.media))


def draw_why(repair: Repair) -> Html:
    """One plain line under a snippet that did not run; nothing under others."""
    match repair.verdict:
        case SnippetVerdict.SKIPPED if repair.reason == "language" and repair.snippet.language in _SHOWN_ONLY:
            return NOTHING
        case SnippetVerdict.SKIPPED:
            said = _REASONS[repair.reason] if repair.reason is not None else "not run"
            detail = repair.why.removeprefix("not run: ")
            if repair.reason == "language":
                detail = ""
            return element("p", sentence(f"not run: {detail}" if detail else said), classes="why")
        case SnippetVerdict.FAILED:
            error = f"{repair.error.type}: {repair.error.message}" if repair.error is not None else repair.why
            return element("p", text(f"does not run: {_cut(error, 1)}"), classes="why failed")
        case _:
            return NOTHING


def _printed(repair: Repair, stated: Collection[int]) -> str:
    """What the snippet's own lines printed, in order."""
    if repair.outcome is None or repair.own is None:
        return ""
    first, last = repair.own
    return "".join(
        p.text for p in repair.outcome.prints if first <= p.line <= last and _place(repair, p.line) not in stated
    )


def _place(repair: Repair, line: int) -> int | None:
    """The line of the file that a line of the program came from."""
    return repair.line_map[line - 1] if line <= len(repair.line_map) else None


def _draw_printed(printed: str, left: list[Value], drawings: dict[int, Drawing]) -> list[Html]:
    """The text, with the tensors that it spells out drawn in their places and taken from those that are left."""
    found = [(place, i) for i, v in enumerate(left) if is_tensor(v) and (place := _find(printed, v)) is not None]
    if not found:
        return _block(printed)
    (start, end), i = min(found)
    value = left.pop(i)
    return [*_block(printed[:start]), drawings[id(value)].html, *_draw_printed(printed[end:], left, drawings)]


def _find(printed: str, value: Value) -> tuple[int, int] | None:
    """Where the text spells the tensor out, as `repr` or as numpy prints it, whatever its blanks and line breaks."""
    match = _ARRAY.match(value.text)
    wanted = _WORD.findall(match[1] if match and value.type.startswith("numpy.") else value.text)
    words = list(_WORD.finditer(printed))
    spelled = [w.group() for w in words]
    for i in range(len(spelled) - len(wanted) + 1 if wanted else 0):
        if spelled[i] == wanted[0] and spelled[i : i + len(wanted)] == wanted:
            return words[i].start(), words[i + len(wanted) - 1].end()
    return None


def _block(printed: str) -> list[Html]:
    lines = printed.strip("\n")
    return [element("pre", code_text(_cut(lines)), classes="out")] if lines.strip() else []


def _cut(plain: str, most: int = MAX_LINES) -> str:
    """The first lines, each cut at 400 characters; how many are missing."""
    lines = [line if len(line) <= 400 else line[:400] + "…" for line in plain.split("\n")]
    missing = len(lines) - most
    return (
        "\n".join(lines)
        if missing <= 0
        else "\n".join(lines[:most]) + (f"\n… {missing} more lines" if most > 1 else " …")
    )
