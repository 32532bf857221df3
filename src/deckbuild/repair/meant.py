"""Errors that are meant: the text or a comment of the card names the one that is raised. In: a fault or a state; out: whether."""

from __future__ import annotations

import re
from dataclasses import replace

from deckbuild.model import Fault, Job

from .draft import State
from .scene import Scene

_LACKS = ("NameError", "ModuleNotFoundError", "ImportError", "UnboundLocalError")
_SAID = rf"\b(?:{'|'.join(_LACKS)})\b"
_RAISED = re.compile(
    r"(?:\b(?:raises?|raising|throws?|gives?|gets?|causes?|results? in|leads? to|fails? with|produces?)\b|#)[^.\n]{0,40}"
    rf"{_SAID}|{_SAID}`?\s(?:is|are|will be|would be|gets)\s(?:raised|thrown)",
    re.IGNORECASE,
)


def is_shown_for(fault: Fault, scene: Scene) -> bool:
    """Whether the prose, a comment or a shown output of the card names the error that was raised; never one that a name is missing."""
    if fault.kind != "raised" or fault.type in _LACKS:
        return False
    outputs = [s.source for s in scene.card.snippets if not s.is_python]
    shown = [
        line
        for s in scene.card.snippets
        if ">>>" in s.source
        for line in s.source.split("\n")
        if not line.lstrip().startswith(">>>")
    ]
    return _names(fault.type, "\n".join([_told(scene), *outputs, *shown]))


def raising_as_told(start: State, scene: Scene) -> State | None:
    """The state as written, where the card says that it raises for want of a name or module, and it raises just that."""
    if not _RAISED.search(_told(scene)):
        return None
    program, last = start.program(), len(start.drafts) - 1
    (outcome,) = scene.run.trial([Job(program.code)])
    place = program.place(outcome.fault.line) if outcome.fault else None
    if outcome.fault is None or place is None or place.line is None or place.draft != last:
        return None
    if outcome.fault.type not in _LACKS or not _names(outcome.fault.type, _told(scene)):
        return None
    return start.with_draft(last, replace(start.drafts[last], expects=outcome.fault.type, chained=False))


def _told(scene: Scene) -> str:
    """The prose and the comments of the card."""
    comments = re.findall(r"#.*$", "\n".join(s.source for s in scene.card.snippets), re.MULTILINE)
    return "\n".join([scene.prose, *comments])


def _names(error: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(error)}\b", text) is not None
