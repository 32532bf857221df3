"""Words that take a statement out of the facts: "not 13 but 3", "a common mistake is `[2, 4]`", "(a) … (b) …", "with n = 5 it would be".

A text and a place in it go in, yes or no comes out. What is said there is no claim of the card, true or false.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right

from .near import LONGEST_SENTENCE, words_before, words_behind

NEAR = 60
"""Characters before a statement in which it may be denied."""
DENIAL = re.compile(
    r"\b(?:not|never|cannot|nobody|no one|instead of|rather than|unlike|as opposed to|wrong(?:ly)?|incorrect(?:ly)?|(?-i:false)|mistak\w+|erroneous\w*|misconception|"
    r"naive(?:ly)?|(?:you|one|we) (?:might|may|would|could) (?:expect|think|guess|assume)|tempt\w+|"
    r"(?:seem|appear)(?:s|ed)?)\b|\b(?:think|believe|assume|suppose|guess|expect|imagine|make sure|ensure|check|verify|require)s?\s+(?:that\b|$)|n['’]t\b|≠|\\neq?\b",
    re.IGNORECASE,
)
# Behind these a new clause begins, of which the words before say nothing.
CLAUSE = re.compile(
    r"[.;!?\n](?=\s|$)|,\s+(?:and|which|while|whereas)\b|\bbut\b|\bso\b|\btherefore\b|\bhence\b", re.IGNORECASE
)
OPTION = re.compile(r"(?:^|(?<=[\s*]))(?:\((?P<one>[A-Ea-e])\)|(?P<two>[A-Ea-e])[).]|(?:option|choice)\s+(?P<three>[A-E])\b)[:*]*\s", re.IGNORECASE)  # fmt: skip
SUPPOSED = re.compile(
    r"\bif\b(?!\s+(?:you|we|one)\s+(?:run|execute|print|call|type|evaluate|look|check)\b)|\b(?:suppose|imagine|had|were|otherwise|previously|alternatively|"
    r"instead|another|other|different|without|before|chang(?:e|es|ed|ing)|replac\w+|remov\w+)\b",
    re.IGNORECASE,
)
OTHERWISE = re.compile(
    r"\b(?:after|before|for|if|in|with|without|when|per|each|every|given|once|under|on|default|original\w*|paper|usual\w*|typical\w*|often|sometimes|most|"
    r"other|another|next|previous\w*|second|instead|would|could|might|may|suppose\w*|imagine|until|unless|single|first|at)\b|['’]s\b",
    re.IGNORECASE,
)
# "Adding them", "Both rows", "The first entry": a deed that the code need not do, a part of what it prints.
ANOTHER = re.compile(
    r"^\W*(?:(?:then|now|here|finally|also|next|similarly|and|or|while|whereas|by|simply)\W+)*[A-Za-z]+ing\b|"
    r"\b(?:rows?|columns?|entry|entries|diagonal|both|each|every|either|first|second|third|last|other)\b",
    re.IGNORECASE,
)
CODE = re.compile(r"^\W*(?:running|executing|calling|printing)\b", re.IGNORECASE)
# A computer, or a version, that the program does not run on.
ANOTHER_MACHINE = re.compile(
    r"\b(?:on|under|in)\s+(?:a\s+|an\s+|the\s+)?(?:Windows|macOS|Mac|OS\s?X|(?:GPU|TPU|CUDA)s?|(?:32|16)-bit|Python\s*2\b|PyPy|(?:older|earlier|old|previous|newer|later|other)\s+(?:\w+\s+)?(?:versions?|releases?|machines?|systems?|platforms?))",
    re.IGNORECASE,
)
INSIDE = re.compile(
    r"\b(?:inside|within|locally)\b|\blocal\s+(?:variable|name)|\bin\s+(?:the|this|its|each|every|a)\s+(?:\w+\s+){0,2}"
    r"(?:function|method|loop|body|iteration|constructor|wrapper|closure|generator|comprehension|pass)\b|\bin\s+`\w+(?:\.\w+)*\(\)`",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z`*])|\n\s*\n|\n\s*[-*]\s")
SETTING = re.compile(
    r"\b(?:with|for|when|using|given|at)\b[^.\n]{0,30}?`?\b(?P<name>[A-Za-z_]\w*)`?\s*(?:=\s*`?(?P<given>[-\w.'\"\[(]+)|\b(?:is|set to)\s+`?(?P<value>[-\d'\"\[(][-\w.'\"\[(]*))",
    re.IGNORECASE,
)


def is_unreal(text: str, start: int) -> bool:
    """Whether what starts here is denied in its own clause, or one of several answers to choose from."""
    return is_denied(text, start) or is_option(text, start)


def is_denied(text: str, start: int) -> bool:
    """Whether its clause says, before it, that it is not so, or only believed or wanted, or its sentence that it is so on another machine."""
    if ANOTHER_MACHINE.search(sentence_at(text, start)):
        return True
    said = text[max(0, start - NEAR) : start]
    borders = [m.end() for m in CLAUSE.finditer(said)]
    return DENIAL.search(said[borders[-1] if borders else 0 :]) is not None


def is_passing(said: str) -> bool:
    """Whether the words of its sentence before it say that it is so only inside a function or loop."""
    return INSIDE.search(said) is not None


def is_aside(said: str, code: str) -> bool:
    """Whether the words of its sentence before it say that it is so for other code, or only inside a part of this."""
    return is_supposed(said, code) or is_passing(said)


def sentence_at(text: str, start: int) -> str:
    """The sentence that holds a place."""
    near, place = words_before(text, start) + words_behind(text, start), min(start, LONGEST_SENTENCE)
    borders = [m.span() for m in SENTENCE.finditer(near)]
    first = max((end for _, end in borders if end <= place), default=0)
    return near[first : min((begin for begin, _ in borders if begin >= place), default=len(near))]


def is_option(text: str, start: int) -> bool:
    """Whether a label like "(b)" stands before it in its line or paragraph, and others stand in the text."""
    places, labels = options_of(text)
    earlier = bisect_right(places, start)
    return earlier > 0 and text.rfind("\n\n", places[earlier - 1], start) < 0 and labels > 1


@functools.lru_cache(maxsize=64)
def options_of(text: str) -> tuple[tuple[int, ...], int]:
    """The places of all labels like "(b)", and how many different ones there are."""
    found = [(m.start(), (m["one"] or m["two"] or m["three"]).lower()) for m in OPTION.finditer(text)]
    return tuple(at for at, _ in found), len({label for _, label in found})


def is_otherwise(text: str, start: int) -> bool:
    """Whether the sentence says, before it, of what else it may be: "for a larger image", "by default", "in the paper", "the other one's"."""
    said = words_before(text, start)
    borders = [m.end() for m in SENTENCE.finditer(said)]
    return OTHERWISE.search(said, borders[-1] if borders else 0) is not None


def is_of_another(text: str, start: int) -> bool:
    """Whether the subject of the verb at `start` is another deed than running the code, or a part: "Adding them gives", "both rows become"."""
    said = words_before(text, start)
    borders = [m.end() for m in CLAUSE.finditer(said)]
    subject = said[borders[-1] if borders else 0 :]
    return ANOTHER.search(subject) is not None and CODE.search(subject) is None


def is_supposed(announcement: str, code: str) -> bool:
    """Whether an announced output is that of other code: on a condition, after a change, with a setting that the code does not have."""
    if SUPPOSED.search(announcement):
        return True
    return any(
        re.search(rf"\b{m['name']}\s*=\s*{re.escape((m['given'] or m['value']).rstrip('.,:;)'))}(?!\w)", code) is None
        for m in SETTING.finditer(announcement)
    )
