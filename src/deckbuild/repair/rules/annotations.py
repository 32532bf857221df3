"""Rule `future-annotations`: a name that only annotations read, and that nothing in the deck defines, need not be there.

With `from __future__ import annotations` Python does not evaluate them (PEP 563). It must leave alone: names that anything else reads,
shapes that are noted as types (`Tensor[B, 3]`), programs that ask for the annotations when they run, and cards that speak of names in
annotations which come later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, insert_line
from ..program.annotations import is_of_shapes, is_only_noted
from ..scene import Scene

RULE = "future-annotations"
LINE = "from __future__ import annotations"
_ASKED_FOR = re.compile(
    r"\b(?:__annotations__|get_type_hints|get_annotations|signature|BaseModel|TypedDict|validate_call)\b"
    r"|\bforward[- ]refer|\bpostponed\b|\bPEP 563\b|__future__"
)


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state whose annotations are not evaluated."""
    tree = program.tree()
    if tree is None or fault.type != "NameError" or not fault.name:
        return
    if is_of_shapes(fault.name, tree) or not is_only_noted(fault.name, tree):
        return
    if _ASKED_FOR.search(f"{program.code}\n{scene.prose}"):
        return
    last = len(state.drafts) - 1
    why = f"`{fault.name}` stands in annotations alone, and nothing in the deck defines it: they are not evaluated then"
    draft = insert_line(state.drafts[last], 0, LINE, Change(RULE, why, f"NameError: {fault.message}"[:160]))
    yield state.with_draft(last, draft, 2.0)
