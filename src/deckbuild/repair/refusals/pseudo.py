"""Whether a card calls a block pseudo-code. In: a block that parses, its card; out: yes or no.

It must leave alone: blocks whose card speaks of other pseudo-code: what is above, what a book or chapter has, what the block
implements, and what it is said not to be.
"""

from __future__ import annotations

import io
import re
import tokenize
from itertools import pairwise

from deckbuild.model import Card, Prose, Snippet

_WORD = r"pseudo-?\s?code"
_THE = r"(?:the|this|that|these|our|your|its)\s+(?:(?!in\b|into\b|as\b|with\b|using\b|by\b)[\w'’-]+\s+){0,3}"
_NAMED = re.compile(rf"\b{_WORD}\b", re.IGNORECASE)
_OTHER = re.compile(
    rf"\b(?:unlike|instead of|rather than|compared? (?:to|with)|no|(?:not|n['’]t)(?: just| only| merely)?)\s+(?:{_THE}|an?\s+|any\s+)?{_WORD}\b"
    rf"|\b(?:implement(?:s|ed|ing)?|translat(?:es?|ed|ing)|turn(?:s|ed|ing)?|convert(?:s|ed|ing)?|based on|corresponds? to)\s+{_THE}{_WORD}\b"
    rf"|\bfrom\s+(?:the|that|our)\s+(?:\w+\s+)?{_WORD}\b"
    rf"|\b(?:implementation|translation|version|equivalent|port)\s+of\s+{_THE}{_WORD}\b"
    rf"|\b{_WORD}\s+(?:(?:given|shown|listed|provided|from|we saw)\s+)?(?:above|earlier|before)\b"
    rf"|\b{_WORD}\s+(?:of|in|from)\s+(?:the\s+|our\s+|an?\s+)?(?:\w+\s+)?(?:chapter|section|book|paper|card|listing)s?\b",
    re.IGNORECASE,
)


def called_pseudo(snippet: Snippet, card: Card) -> bool:
    """Whether a comment or a lone text of the block, or the paragraph right before it, says that it is pseudo-code."""
    if says_pseudo(_remarks(snippet.source)):
        return True
    for _, passage in card.passages:
        for before, part in pairwise(passage.parts):
            if part == snippet and isinstance(before, Prose):
                return says_pseudo(before.text.strip().split("\n\n")[-1])
    return False


def says_pseudo(text: str) -> bool:
    """Whether a text speaks of pseudo-code, and not only of some that stands elsewhere."""
    return _NAMED.search(_OTHER.sub("", " ".join(text.split()))) is not None


def _remarks(source: str) -> str:
    """The comments of a block and the texts that stand on lines of their own; all of it where it cannot be told apart."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return source
    alone = {t.start for before, t in pairwise(tokens) if t.type == tokenize.STRING and _starts_a_line(before)}
    first = [tokens[0].start] if tokens[0].type == tokenize.STRING else []
    found = [t.string for t in tokens if t.type == tokenize.COMMENT or t.start in (*alone, *first)]
    return "\n".join(found)


def _starts_a_line(before: tokenize.TokenInfo) -> bool:
    return before.type in (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT)
