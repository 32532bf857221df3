"""Rules `other-language` and `older-python`: signs of another language, or statements of Python 2, in what is Python otherwise.

It must leave alone: signs inside texts and comments, and Python 2 whose result Python 3 would not give: a division, a printed `map`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft
from .offer import Offer

OTHER, OLDER = "other-language", "older-python"
_QUOTED, _REMARK = "\0", "\1"
_HIDDEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|#.*|(?<=//)\s*[A-Za-z]+[ ,].*")
_END = rf"(?=\s*{_REMARK}*$)"
_FOREIGN = (
    (re.compile(rf"//(?={_REMARK})"), "#"),
    (re.compile(r"[ \t]*&&[ \t]*"), " and "),
    (re.compile(r"[ \t]*\|\|[ \t]*"), " or "),
    (re.compile(r"(?<=[( ])!(?=[A-Za-z_(])"), "not "),
    (re.compile(r"(?<![^ ])(?:else\s+if|elseif|elsif)\b(?=.*:)"), "elif"),
    (re.compile(rf"(?<=[\w\]])\+\+;?{_END}"), " += 1"),
    (re.compile(rf"(?<=[\w\]])--;?{_END}"), " -= 1"),
)
_OLD = (
    (re.compile(rf"(?<![^ :])print[ \t]+(?![(>])(?P<given>[^{_REMARK}]*[^{_REMARK}\s,]){_END}"), "print({given})"),
    (re.compile(r"(?<=except )(?P<kind>[A-Z][\w.]*)\s*,\s*(?P<name>[a-z_]\w*)(?=\s*:)"), "{kind} as {name}"),
    (re.compile(rf"(?<=raise )(?P<kind>[A-Z]\w*)\s*,\s*(?P<given>[^{_REMARK}]*[^{_REMARK}\s]){_END}"), "{kind}({given})"),
    (re.compile(r"<>"), "!="),
)  # fmt: skip
_OTHERWISE = re.compile(
    r"(?<!/)/(?!/)|(?<![^ :])print\b.*(?:\b(?:map|filter|zip|range|reduce)\(|\.(?:keys|values|items)\()"
)
"""What Python 2 computes or prints differently."""


def offers(draft: Draft, error: SyntaxError) -> Iterator[Offer]:
    """The whole draft with Python's own signs, or with the statements of Python 3."""
    last = len(draft.lines) - 1
    texts = tuple(line.text for line in draft.lines)
    own = tuple(_in_python(text, _FOREIGN) for text in texts)
    if own != texts:
        yield Offer(0, last, own, OTHER, "signs of another language stand where Python has its own")
    new = tuple(_in_python(text, _OLD) for text in texts)
    if new != texts and not any(_OTHERWISE.search(_masked(text)) for text in texts):
        yield Offer(0, last, new, OLDER, "it is written for Python 2, and Python 3 does the same with it")


def _in_python(line: str, table: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """The line with what the patterns find outside texts and comments replaced."""
    for pattern, new in table:
        for found in reversed(list(pattern.finditer(_masked(line)))):
            groups = {name: line[slice(*found.span(name))] for name in found.re.groupindex}
            line = line[: found.start()] + new.format(**groups) + line[found.end() :]
    return line


def _masked(line: str) -> str:
    """The line, of the same length, its texts and comments made unreadable."""
    return _HIDDEN.sub(lambda m: (_QUOTED if m[0][0] in "\"'" else _REMARK) * len(m[0]), line)
