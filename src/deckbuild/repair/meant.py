"""Errors that are meant: the card names the one that is raised, or says that the code fails. In: a fault or a state; out: whether."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from deckbuild.model import Fault, Job

from .draft import Program, State
from .marked import LACKS, ends_as_marked, is_said_to_fail
from .program.names import first_line
from .scene import Scene

_SAID = rf"\b(?:{'|'.join(LACKS)})\b"
_RAISED = re.compile(
    r"(?:\b(?:raises?|raising|throws?|gives?|gets?|causes?|results? in|leads? to|fails? with|produces?)\b|#)[^.\n]{0,40}"
    rf"{_SAID}|{_SAID}`?\s(?:is|are|will be|would be|gets)\s(?:raised|thrown)",
    re.IGNORECASE,
)

_FAILS = re.compile(
    r"\b(?:rais|throw|caus|giv|produc|trigger)(?:es?|s|ing)?\s(?:\w+\s){0,2}?(?:errors?|exceptions?)\b(?!\s(?:of|between|in|rate|term|bar))"
    r"|\b(?:leads? to|results? in|ends? (?:in|with)|get|see)\s(?:an?|the following)\s(?:\w+\s)?(?:error|exception)\b"
    r"(?!\s(?:of|between|in|rate|term|bar))"
    r"|\b(?:errors?|exceptions?)\s(?:occurs?|is|are|will be|would be|gets?)\b(?:\s(?:raised|thrown|shown))?(?<=occur|ccurs|aised|hrown|shown)"
    r"|\b(?:code|line|call|program|snippet|this|that|it|which|will|would)\s(?:\w+\s)?fails?\b(?!\sto\s(?:converge|generali|learn|capture))"
    r"|\bfails? (?:with|because|here|since|as)\b|\bcrash(?:es)?\b"
    r"|\b(?:do|does|did|will|would|can)(?:\s?not|n['’]t)\s(?:work|run|compile|exist|take|accept|allow|convert)\b"
    r"|\b(?:cannot|can['’]t|can not) (?:work|run|be \w+ed)\b|\bnot (?:allowed|permitted)\b"
    r"|\b(?:is|are|be|gets?)\s(?:\w+\s)?(?:rejected|refused|forbidden|illegal|disallowed)\b"
    r"|\b(?:no|not) such\b|\b(?:has|have) no\b|\bno (?:method|attribute|function|name) (?:called|named|like|of that)\b"
    r"|\btypos?\b|\bmisspel|\bwhat(?:['’]s| is) wrong\b|\bbugg?y?\b|\bmistakes?\b|\bforg[eo]t\w*\s(?:to|the)\b|\bwithout importing\b"
    r"|(?-i:\b[A-Z]\w*(?:Error|Exception)\b)|#\W*(?-i:ERROR)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\bwhy\b[^.?]*\b(?:must|cannot|can['’]t|can[^.?]*\snot|not (?:work|possible|allowed)|rejected|called? \w+ (?:before|first))\b",
    re.IGNORECASE,
)
_NOT_IMPORTED = re.compile(
    r"\bwithout (?:first )?(?:importing|the import|an import)|\bforg[eo]t\w*\s(?:to|the) import|\b(?:not|n['’]t|never) (?:been )?import(?:ed)?\b",
    re.IGNORECASE,
)


def is_about_failure(scene: Scene) -> bool:
    """Whether the prose or a comment says that code fails, or lacks something: then its own text may be wrong on purpose.

    So may it where the question asks why something must be, or cannot.
    """
    return _FAILS.search(_told(scene)) is not None or _ASKS.search(scene.question) is not None


def is_about_self(scene: Scene) -> bool:
    """Whether the prose speaks of `self` or `super`: self-attention is another thing."""
    return re.search(r"(?<![-\w])(?:self|super)(?![-\w])|\bfirst (?:argument|parameter)\b", scene.prose) is not None


def is_shown_for(fault: Fault, scene: Scene) -> bool:
    """Whether the prose, a comment or a shown output of the card names the error that was raised; never one that a name is missing."""
    if fault.kind != "raised" or fault.type in LACKS:
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
    told, program, last = _told(scene), start.program(), len(start.drafts) - 1
    unimported = _NOT_IMPORTED.search(told) is not None and is_about_failure(scene)
    lines = [x.text for x in start.drafts[last].lines]
    marked = any(is_said_to_fail(lines, n) for n in range(len(lines)))
    if not (unimported or marked or _RAISED.search(told)):
        return None
    (outcome,) = scene.run.trial([Job(program.code)])
    place = program.place(outcome.fault.line) if outcome.fault else None
    if outcome.fault is None or place is None or place.line is None or place.draft != last:
        return None
    error = outcome.fault.type
    named = _names(error, told) or (unimported and _names(outcome.fault.name or "", told))
    if error not in LACKS or not (named or (marked and ends_as_marked(start, program, outcome.fault, scene.run))):
        return None
    return raising(start, program, outcome.fault)


def raising(state: State, program: Program, fault: Fault) -> State:
    """The state whose last draft is shown for the error in which its program ends: later blocks run what stands above it."""
    at, last = (fault.frames[0] if fault.frames else fault.line) or 0, len(state.drafts) - 1
    body = (program.tree() or ast.Module([], [])).body
    place = program.place(next((first_line(s) for s in body if first_line(s) <= at <= (s.end_lineno or at)), at))
    above = place.line if place is not None and place.draft == last and place.line is not None else 0
    return state.with_draft(last, replace(state.drafts[last], expects=fault.type, chained=above))


def _told(scene: Scene) -> str:
    """The prose and the comments of the card."""
    comments = re.findall(r"#.*$", "\n".join(s.source for s in scene.card.snippets), re.MULTILINE)
    return "\n".join([scene.prose, *comments])


def _names(error: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(error)}\b", text) is not None
