"""What was found about a file, line by line: every code with its severity and its message, repeats of chatter folded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from deckbuild.model import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Code:
    """How a sort of finding is told: found · what was made of it or what to do."""

    severity: Severity
    message: str
    """With the names of the facts in braces."""
    chatter: bool = False
    """Whether a model that talks to itself gives it by the thousand, and no card hangs on it."""


CODES: dict[str, Code] = {
    "question-without-answer": Code("error", "':p' has no answer; {lost}write '??x', the answer and 'x??' below it"),
    "blank-question": Code("error", "':p' has no question text; {lost}write the question behind it"),
    "answer-without-question": Code(
        "error",
        "'??x' but no ':p' since the heading '{title}'; the answer up to line {last} is in no card; add the ':p'",
    ),
    "binary-file": Code("error", "not a text file: {why}; it is left out"),
    "unreadable-file": Code("error", "cannot be read: {why}; it is left out"),
    "answer-not-closed": Code(
        "warning", "the answer opened at line {opened} is closed only by {by}; end it with a line 'x??'"
    ),
    "open-mark-closes": Code("warning", "'??x' is used as the closing mark; write 'x??'"),
    "close-mark-variant": Code("warning", "the closing mark is written '{mark}'; write 'x??'"),
    "open-mark-missing": Code(
        "warning", "no '??x' after the ':p': the lines below its first are read as the answer; write '??x' before them"
    ),
    "open-mark-variant": Code("warning", "the opening mark is written '{mark}'; write '??x' on a line of its own"),
    "question-mark-variant": Code("warning", "the question is marked '{mark}'; write ':p'"),
    "question-mark-mid-line": Code("warning", "':p' stands behind other text; start a line with it"),
    "question-mark-in-heading": Code("warning", "':p' stands in the heading; start a line with it"),
    "question-mark-decorated": Code("warning", "':p' stands behind '{mark}'; start the line with it"),
    "stray-open-mark": Code("warning", "'??x' {where} is ignored; remove it", chatter=True),
    "stray-close-mark": Code("warning", "'{mark}' {where} is ignored; remove it", chatter=True),
    "text-after-close": Code(
        "warning",
        "{count} of text behind the closing mark at line {closed}; move the mark below it, or end the card with '---'",
    ),
    "heading-without-question": Code(
        "warning",
        "the heading '{title}' has no ':p'; what stands under it, up to line {last}, is in no card",
        chatter=True,
    ),
    "heading-without-card": Code(
        "warning", "no question under '{title}' made a card; its context up to line {last} is lost"
    ),
    "fence-not-closed": Code(
        "warning", "the code fence opened here is not closed before {before}; close it", chatter=True
    ),
    "fence-stray": Code("warning", "'{mark}' without a partner is read as text; remove it or close it", chatter=True),
    "repeated-card": Code("warning", "the same question and answer as {first}: one note is made; remove one"),
    "no-heading": Code("warning", "':p' without a heading above it; write '#### Title' before it"),
    "empty-file": Code("warning", "the file is empty"),
    "not-utf8": Code("warning", "byte 0x{byte:02x} is not UTF-8 and is read as �; save the file as UTF-8"),
    "answer-too-long": Code("warning", "the answer has {length:,} characters; split the card"),
    "card-too-long": Code("warning", "the card has {excess} is neither run nor compared; split the card"),
    "line-too-long": Code(
        "warning",
        "the line has {length:,} characters; of more than {most:,} nothing is compared; break it",
        chatter=True,
    ),
    "extra-question": Code("info", "another question under the heading '{title}'; it has the same context"),
    "separator-missing": Code("info", "no '---' between the card above and this heading; add one"),
    "text-outside-card": Code("info", "{count} of text in no card{upto}", chatter=True),
    "question-mark-glued": Code("info", "':p' is glued to the formula before it; start a line with it"),
    "close-mark-glued": Code("info", "'x??' is glued to the formula before it; put it on a line of its own"),
    "close-mark-mid-line": Code("info", "'x??' ends a line of text; put it on a line of its own"),
    "close-mark-repeated": Code("info", "'{mark}' once more after the closing mark; remove it", chatter=True),
    "open-mark-glued": Code("info", "'??x' ends a line of the question; put it on a line of its own"),
    "text-on-open-mark-line": Code("info", "the answer starts on the line of '??x'; start a new line"),
    "fence-open-glued": Code(
        "info", "the opening code fence shares its line with text or code; start a new line", chatter=True
    ),
    "fence-close-glued": Code(
        "info", "the closing code fence shares its line with text; start a new line", chatter=True
    ),
    "heading-in-answer": Code("info", "'####' before the closing mark is read as text of the answer"),
    "rule-in-answer": Code("info", "'---' before the closing mark is read as text of the answer"),
    "separator-in-context": Code("info", "'---' between the heading and its question is ignored; remove it"),
    "crlf": Code("info", "lines end in {end}; they are read all the same"),
    "bom": Code("info", "the file starts with a byte order mark, which is dropped"),
    "control-char": Code("info", "control character U+{char:04X} is kept as text{more}; remove it"),
    "near-repeat": Code("info", "nearly the same card as {first}: {percent} % of their word pairs are the same"),
}
"""Every code that reading can give. An info never says that something was lost from a card."""

_TOLD = 10
"""Of each sort of chatter so many are told one by one; the rest is one diagnostic: how many, up to which line."""
_QUOTED = 200


class Findings:
    """Collects the diagnostics of one file. Rows are counted from 0."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: list[Diagnostic] = []

    def add(self, code: str, row: int, *, severity: Severity | None = None, **facts: object) -> None:
        """Notes a finding, with the severity of its code unless told otherwise."""
        rule = CODES[code]
        message = (
            rule.message.format(**{name: _quoted(fact) for name, fact in facts.items()}) if facts else rule.message
        )
        self._found.append(Diagnostic(self._path, row + 1, code, severity or rule.severity, message))

    def told(self) -> tuple[Diagnostic, ...]:
        """All findings in the order of their lines, chatter folded."""
        return _fold(sorted(self._found, key=lambda d: d.line))


def counted(lines: int) -> str:
    """A number of lines, in words that fit the number."""
    return "1 line" if lines == 1 else f"{lines:,} lines"


def _quoted(fact: object) -> object:
    """A fact as a message shows it: no longer than fits on a line."""
    return f"{fact[: _QUOTED - 1]}…" if isinstance(fact, str) and len(fact) > _QUOTED else fact


def _fold(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics of one file, of each sort of chatter only the first few and how many more there are."""
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for at, diagnostic in enumerate(found):
        if CODES[diagnostic.code].chatter:
            seen[diagnostic.code].append(at)
    kept: list[Diagnostic | None] = list(found)
    for code, places in seen.items():
        if len(places) > _TOLD + 1:
            first, last = found[places[_TOLD]], found[places[-1]]
            for at in places[_TOLD:]:
                kept[at] = None
            message = f"{len(places) - _TOLD:,} more like this, up to line {last.line}: {first.message}"
            kept[places[_TOLD]] = Diagnostic(first.path, first.line, code, first.severity, message)
    return tuple(d for d in kept if d is not None)
