"""Rule `missing-folder`: a snippet writes into a folder that it takes for granted.

It must leave alone: files that are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from deckbuild.model import Fault

from ..draft import Addition, Change, Program, State
from ..scene import Scene

RULE = "missing-folder"
_PARENT = re.compile(r"Parent directory (?P<a>[\w./-]+) does not exist|non-existent directory: '(?P<b>[\w./-]+)'")
_NO_FILE = re.compile(r"No such file or directory: '(?P<path>[\w./-]+)/[\w.-]+'")
_WRITES = re.compile(
    r"""\bopen\([^)]*["'][wax]b?\+?["']|\b(?:save|savefig|savetxt|to_csv|dump|save_state_dict|imsave)\("""
)


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state that makes the folder first."""
    line = program.code.split("\n")[fault.line - 1] if fault.line else ""
    outer = program.code.split("\n")[fault.frames[0] - 1] if fault.frames else ""
    found = _PARENT.search(fault.message) or (_NO_FILE.search(fault.message) if _WRITES.search(line + outer) else None)
    if found is None:
        return
    folder = next(g for g in found.groups() if g)
    last = len(state.drafts) - 1
    if folder.startswith("/") or ".." in folder or f"makedirs({folder!r}" in program.code:
        return
    change = Change(
        RULE, f"it writes into the folder `{folder}`, which is not there", fault.message.split("\n")[0][:160]
    )
    text = f"import os\nos.makedirs({folder!r}, exist_ok=True)"
    addition = Addition(text, change, frozenset({"os"}), "")
    draft = state.drafts[last]
    yield state.with_draft(last, replace(draft, before=(*draft.before, addition)), 0.5)
