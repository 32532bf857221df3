"""Sentences among the lines of code: a line of English without its comment sign gets one.

It must leave alone: pseudo-code, where a sentence stands for statements (it tells to do something, is indented, or ends in dots),
and texts of which more is English than code.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from ..draft import Change, Draft, Line, parse

RULE = "sentence-in-code"
FEWEST_WORDS = 4
_WORD = re.compile(r"`[^`]+`|\$[^$]+\$|\w+\(\)|[A-Za-z][\w'’-]*|\d+(?:\.\d+)?")
_SENTENCE = re.compile(rf"(?:\(?(?:{_WORD.pattern})\)?[,;:]?\s+)+\(?(?:{_WORD.pattern})\)?[.:!]?")
_STARTS = frozenset(
    [
        "a",
        "above",
        "after",
        "all",
        "an",
        "and",
        "as",
        "at",
        "because",
        "below",
        "both",
        "by",
        "each",
        "every",
        "here",
        "however",
        "in",
        "it",
        "its",
        "note",
        "notice",
        "remember",
        "since",
        "so",
        "that",
        "the",
        "there",
        "these",
        "this",
        "those",
        "to",
        "we",
        "where",
        "which",
        "with",
        "you",
        "your",
    ]
)
"""What a sentence begins with that tells something; `Compute the loss.` stands for a statement."""
_FUNCTION_WORDS = re.compile(
    r"\b(?:a|an|and|are|as|be|by|can|for|from|has|have|in|is|it|its|of|on|or|that|the|then|this|to|we|which|will|with|you)\b",
    re.IGNORECASE,
)


def mend(draft: Draft) -> Draft:
    """The draft with its sentences made comments."""
    change = Change(RULE, "a sentence stands among the lines of code", "it is no Python, and the rest is")
    code = "\n".join(x.text.partition("#")[0] for x in draft.lines if not _is_sentence(x.text))
    names = frozenset(re.findall(r"[A-Za-z_]\w*", code))
    told = [_is_sentence(line.text) and _tells(line.text, names) for line in draft.lines]
    lines = tuple(_commented(x, change) if t else x for x, t in zip(draft.lines, told, strict=True))
    rest = parse("\n".join(line.text for line in lines))
    if rest is None or sum(told) * 2 > sum(map(_is_code, ast.walk(rest))):
        return draft
    return replace(draft, lines=lines)


def _is_sentence(text: str) -> bool:
    """Whether an unindented line is English: some words in a row, small ones among them, and no Python."""
    return (
        _SENTENCE.fullmatch(text.rstrip()) is not None
        and len(_WORD.findall(text)) >= FEWEST_WORDS
        and len(_FUNCTION_WORDS.findall(text)) >= 2
        and parse(text) is None
    )


def _tells(text: str, names: frozenset[str]) -> bool:
    """Whether a sentence says how something is: it begins with a small word, or with a name of the code."""
    first = _WORD.search(text)
    return first is not None and (first[0].lower() in _STARTS or first[0] in names)


def _commented(line: Line, change: Change) -> Line:
    return replace(line, text=f"# {line.text}", changes=(*line.changes, change))


def _is_code(node: ast.AST) -> bool:
    """Whether a node is a statement that does something: no bare name or number."""
    return isinstance(node, ast.stmt) and not (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Call))
