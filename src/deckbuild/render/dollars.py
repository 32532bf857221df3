"""The single dollars of a line -> its formulas.

Decks come with their dollars damaged: a script pulled the closing dollar from its formula (`$x $`), glued words to it (`and$x$`) and
left gaps that look like formulas (`$x $and$ y$`). So the dollars are not taken as they come: of all ways to pair neighbours the
one is chosen that gives the most convincing formulas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .formula import Formula, count_phrases, is_whole, looks_like_tex, without_text

_ONE_WORD = re.compile(r"[A-Za-z][\w']*")
_FOLLOWING = re.compile(r"\w+")
_SIGNS = frozenset("+-*/<>")
_GAPS = frozenset(
    re.findall(
        r"\w+",
        "and or nor is are be has can means denote the an this these that it we so thus hence then if as by via vs per at of to into"
        " in on for from with given where when which since such both than but not let its",
    )
)
"""Words that stand between two formulas and in none."""
_PADDED = {(False, False): 4.0, (False, True): 2.5, (True, False): 1.5, (True, True): 1.0}
"""What a formula is worth by its blanks on the left and right: the script left most formulas without, many with one on the right."""
_PRICE = re.compile(r"\d[\d.,]*(?:[kKMB]\b)?\s+[^A-Za-z\\]*[A-Za-z]{3,}")
_CUT_OFF = re.compile(r"""(?<![\^_\\])[-+*/<>:;(\["]$|\s'$|"|^[)\],.;:]""")
"""What ends or begins like this was cut out of something else: `$a/$b`, `"$a" and "$b"`."""


def pair_dollars(text: str, dollars: Sequence[int]) -> list[Formula]:
    """The most convincing pairing of neighbouring single dollars of one line; earlier pairs win a tie."""
    best: list[tuple[float, bool]] = [(0.0, False)] * (len(dollars) + 2)
    for i in range(len(dollars) - 2, -1, -1):
        gain = _conviction(text, dollars[i], dollars[i + 1])
        paired = (gain + best[i + 2][0], True) if gain else (-1.0, False)
        best[i] = max(paired, (best[i + 1][0], False), key=lambda option: option[0])
    found, i = [], 0
    while i < len(dollars) - 1:
        if best[i][1]:
            start, end = dollars[i], dollars[i + 1] + 1
            found.append(_inline(text, start, end))
        i += 2 if best[i][1] else 1
    return found


def _inline(text: str, start: int, end: int) -> Formula:
    body = text[start + 1 : end - 1]
    left = text[max(0, start - 2) : start]
    glued = (
        (len(left) == 2 and left.isalpha())
        or left[-1:] in (",", ";", ":")
        or (body[0].isspace() and left[-1:].isalnum())
    )
    before = " " if glued else ""
    word = _FOLLOWING.match(text, end)
    moved = body[0].isspace() or body[-1].isspace() or (word is not None and word.group().lower() in _GAPS)
    after = " " if word is not None and moved else ""
    return Formula(start, end, body, False, before, after)


def _conviction(text: str, start: int, end: int) -> float:
    """How much the text between two dollars looks like a formula; 0: it is none."""
    body, follower = text[start + 1 : end], text[end + 1 : end + 2]
    inner = body.strip()
    if not inner or "`" in body or follower.isdigit() or not is_whole(body) or _PRICE.match(body):
        return 0
    if _CUT_OFF.search(inner) and inner not in _SIGNS:
        return 0
    tex, phrases = looks_like_tex(body), count_phrases(body)
    left, right = body[0].isspace(), body[-1].isspace()
    if phrases and (not tex or phrases > 2):
        return 0
    if not tex and not _is_symbolic(without_text(body)):
        return 2 if not (left or right) and _ONE_WORD.fullmatch(inner) and inner.lower() not in _GAPS else 0
    return _PADDED[left, right] * (1 if tex else 0.8)


def _is_symbolic(said: str) -> bool:
    """Whether the text is made of names like `x`, `Ex` or `f(x)` and of signs, without a word of a sentence."""
    return all(len(word) <= 3 and word.lower() not in _GAPS for word in re.findall(r"[A-Za-z]+", said))
