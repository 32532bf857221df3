"""Lost underscores: `if name == "main":`, of which Markdown made the bold words out of `__name__` and `__main__`.

It must leave alone: snippets that bind the name that is left.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..draft import Change, Draft

RULE = "lost-underscores"
_MAIN = re.compile(r"^if (_{0,2}name_{0,2}) *== *([\"'])_{0,2}main_{0,2}\2 *:")


def mend(draft: Draft) -> Draft:
    """The draft with the question whether it is run as a program, as Python asks it."""
    change = Change(
        RULE, "Markdown reads two underscores as bold type", "only `__name__` tells whether a file is the program"
    )
    lines = []
    for line in draft.lines:
        found = _MAIN.match(line.text)
        if (
            found is None
            or found[0].startswith(f"if __name__ == {found[2]}__main__{found[2]}")
            or _binds(draft, found[1])
        ):
            lines.append(line)
        else:
            text = f"if __name__ == {found[2]}__main__{found[2]}:{line.text[found.end() :]}"
            lines.append(replace(line, text=text, changes=(*line.changes, change)))
    return replace(draft, lines=tuple(lines))


def _binds(draft: Draft, name: str) -> bool:
    return re.search(rf"\b{name}\b\s*(?:=(?!=)|,.*=|:)|\bfor {name}\b", draft.text) is not None
