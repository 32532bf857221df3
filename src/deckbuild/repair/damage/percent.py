"""The word ` percent` where a script replaced a percent sign."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from ..draft import Change, Draft, Line, edit_span, parse

RULE = "percent-sign"
_WORD = re.compile(r" ?\bpercent\b ?|(?<=[{:'\"\d])percent(?=[\d.\w])")
_SPECIFIER = re.compile(r"(?<=\{)([^{}:]+:[.,\d]*) ?percent(?=\})")
_MARKS = re.compile(r"[^\w\s]{3,} ?percent[^\w\s]*")


def mend(draft: Draft) -> Draft:
    """The draft with the sign put back outside comments."""
    change = Change(RULE, "a script replaced `%` by the word “percent”", "the line is Python with the sign")
    return replace(draft, lines=tuple(_signed(line, change) for line in draft.lines))


def _signed(line: Line, change: Change) -> Line:
    code, mark, comment = line.text.partition("#")
    text = _WORD.sub(lambda m: " % " if m[0].startswith(" ") and m[0].endswith(" ") else "%", code)
    return line if text == code else replace(line, text=text + mark + comment, changes=(*line.changes, change))


def mend_texts(draft: Draft) -> Draft:
    """The draft with the sign put back in format specifiers and in texts of marks only, where the word parses and is wrong."""
    change = Change(
        RULE, "a script replaced `%` by the word “percent”", "no specifier and no row of marks holds a word"
    )
    tree = parse(draft.text)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _MARKS.fullmatch(node.value):
            text = ast.get_source_segment(draft.text, node) or ""
            draft = edit_span(draft, node, re.sub(" ?percent", "%", text), change)
    lines = []
    for line in draft.lines:
        text = _SPECIFIER.sub(r"\1%", line.text)
        lines.append(line if text == line.text else replace(line, text=text, changes=(*line.changes, change)))
    return replace(draft, lines=tuple(lines))
