"""What is a formula: the marks of TeX, the words of a sentence, and what MathJax takes as one piece."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .html import Html, escaped


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula's place in its text, delimiters included, and what stands between them."""

    start: int
    end: int
    tex: str
    display: bool
    before: str = ""
    after: str = ""
    """The blanks that the formula had around it before its dollars were moved: `and$x$`, `$x $is`."""


_TEX = re.compile(r"[\\^_={}]|^\s*[A-Za-z]'?\s*$|^\s*\w+\s*[-+*/<>×]\s*\w+\s*$")
_WORDS = re.compile(r"[A-Za-z]{2,} +[A-Za-z]{2,}")
_MACRO = re.compile(r"\\[A-Za-z]+")
_MACRO_TEXT = re.compile(r"\\(?:text|mathrm|operatorname|mbox|textbf|textit)\s*\{[^{}]*\}")
_DELIMITER_INSIDE = re.compile(r"(?<!\\)(?:\\\\)*\\[()\[\]]")


def to_anki(tex: str, *, display: bool) -> Html:
    """The formula between the delimiters that Anki's MathJax knows, on one line."""
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return Html(left + escaped(re.sub(r"\s*\n\s*", " ", tex.strip())) + right)


def looks_like_tex(body: str) -> bool:
    """Whether the text has a TeX sign in it, or is a lone letter or a small operation."""
    return _TEX.search(body) is not None


def is_bare_tex(text: str) -> bool:
    """Whether the whole text is a piece of a formula whose delimiters stand outside of it."""
    return (
        _MACRO.search(text) is not None
        and not _WORDS.search(_MACRO.sub("", text))
        and "$" not in text
        and is_whole(text)
    )


def without_text(body: str) -> str:
    """The text without the words that its macros set as words."""
    return _MACRO_TEXT.sub("", body)


def count_phrases(body: str) -> int:
    """How often two words of the text stand side by side, outside of its macros."""
    return len(_WORDS.findall(without_text(body)))


def reads_as_prose(body: str) -> bool:
    """Whether the text has two words in a row and nothing of TeX."""
    return count_phrases(body) > 0 and not looks_like_tex(body)


def is_whole(body: str) -> bool:
    """Whether the text is one formula to MathJax: not blank, its braces balanced, without a delimiter inside."""
    depth = 0
    for brace in re.findall(r"\\.|[{}]", body, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            return False
    return depth == 0 and bool(body.strip()) and _DELIMITER_INSIDE.search(body) is None
