"""A word in a comment beside a print, told from a remark by its company: comments beside the other prints that are what these print."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Sequence

from deckbuild.model import Snippet

from ..agreement.compare import Match, compare_text
from ..facts.reliance import parse
from ..facts.trace import Trace
from .comments import Comment, comments
from .told import LONGEST, REMARK, code_on, is_own_name

WORDS = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*[.!]?")


def company_of(stated: str, comment: Comment, snippet: Snippet) -> tuple[tuple[int, str], ...]:
    """The lines of the snippet's other prints with the comments beside them, where this one is a word that the program holds and that its
    own line does not name."""
    code = code_on(comment.line, snippet)
    may_be_printed = stated in strings(snippet.source) or is_own_name(stated, code, snippet)
    remark = REMARK.search(stated) is not None or stated.lower() in re.findall(r"\w+", code.lower())
    if not (comment.inline and code.startswith("print(") and is_words(stated) and may_be_printed) or remark:
        return ()
    others = (c for c in comments(snippet) if c.inline and c.line != comment.line and "\n" not in c.text)
    return tuple((c.line, c.text) for c in others if code_on(c.line, snippet).startswith("print("))


def is_words(text: str) -> bool:
    """Whether a text is a few words and nothing else."""
    return WORDS.fullmatch(text) is not None and len(text.split()) <= LONGEST


@functools.lru_cache(maxsize=64)
def strings(source: str) -> frozenset[str]:
    """The strings of a program, as they are written."""
    tree = parse(source)
    nodes = ast.walk(tree) if tree is not None else ()
    return frozenset(n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))


def is_another_word(stated: str, printed: str, company: Sequence[tuple[int, str]], trace: Trace) -> bool:
    """Whether other words were printed, and at least half of the company is what was printed there."""
    if not company or not is_words(printed.strip()) or printed.strip().casefold() == stated.casefold():
        return False
    found = [(trace.statement(line), text) for line, text in company]
    same = [s for s, text in found if s is not None and compare_text(text, trace.printed(s) or "") is Match.SAME]
    return len(same) > 0 and len(company) <= 2 * len(same)
