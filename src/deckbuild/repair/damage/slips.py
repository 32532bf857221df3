"""Slips of the pen that the interpreter itself names: drafts that are one edit away from a snippet and parse.

In: a draft that does not parse; out: the edited drafts, each different as a program. Which one is meant, if there are several, only
a claim can tell. Nothing is offered where the interpreter names no remedy.
"""

from __future__ import annotations

import ast
import keyword
import re
import tokenize
from collections.abc import Iterator
from io import StringIO
from itertools import pairwise

from deckbuild.syntax import syntax_error

from ..draft import Change, Draft, parse, replace_lines
from ..program.strokes import is_near
from . import indents, quotes, tongues
from .offer import Offer, line_offer

MOST = 60
"""Places that are tried for a bracket."""
SHORTEST_WORD = 3
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_UNCLOSED = re.compile(r"^'([(\[{])' was never closed$")
_MISMATCH = re.compile(r"^closing parenthesis '([)\]}])' does not match opening parenthesis '([(\[{])'")
_SURPLUS = re.compile(r"^unmatched '([)\]}])'$")
_NAMED = re.compile(r"^expected ':'|does not match|was never closed|^unmatched|forgot a comma|^non-default argument")
_GLUED = re.compile(r"^(\s*)(def|class|import|from)(?=[A-Za-z_])")
_NUMBERED = re.compile(r"^(\s*)\d+(?=(?:import|from|def|class|return|print)\b)")
_ALIAS = re.compile(r"^(\s*import [\w.]+) (\w+)(?=\s*(?:#|$))")
_WORD = re.compile(r"^(\s*)([a-z]+)(?=[\s:])")
_NO_COMMA = "invalid syntax. Perhaps you forgot a comma?"
_CONDITION = re.compile(r"^(\s*(?:if|elif|while)\s+(?:not\s+)?([A-Za-z_]\w*)[\w.\[\]]*\s*)=(\s*[^=()]+:)")


def one_edit_away(draft: Draft) -> tuple[Draft, ...]:
    """The drafts that parse after one edit at the place of the error; none where the text parses or the edit is no one's word."""
    error = syntax_error(draft.text)
    if error is None or error.lineno is None or not 0 < error.lineno <= len(draft.lines):
        return ()
    found: dict[str, Draft] = {}
    for offer in _offers(draft, error):
        change = Change(offer.rule, offer.why, f"{type(error).__name__}: {error.msg}")
        edited = replace_lines(draft, offer.first, offer.last, offer.texts, change)
        tree = parse(edited.text)
        if tree is not None:
            found.setdefault(ast.dump(tree), edited)
    return tuple(found.values())


def names_slip(error: SyntaxError) -> bool:
    """Whether the interpreter names what is amiss in text that is otherwise its own: a colon, a comma, a bracket, an order."""
    return _NAMED.search(str(error.msg)) is not None


def _offers(draft: Draft, error: SyntaxError) -> Iterator[Offer]:
    yield from (line_offer(index, text) for index, text in _edits(draft, error))
    yield from _line_ends(draft)
    for kind in (quotes, indents, tongues):
        yield from kind.offers(draft, error)


def _line_ends(draft: Draft) -> Iterator[Offer]:
    """The draft with a colon behind each head that lacks one, and a comma behind each line that goes on with another thing."""
    texts = [line.text for line in draft.lines]
    for _ in texts:
        error = syntax_error("\n".join(texts))
        if error is None or not error.lineno:
            break
        line, at = texts[error.lineno - 1], max((error.offset or 1) - 1, 0)
        rest = line[at:].strip()
        if str(error.msg) == "expected ':'" and (not rest or rest.startswith("#")):
            code = line[:at].rstrip()
            texts[error.lineno - 1] = code + ":" + line[len(code) :]
        elif str(error.msg) == _NO_COMMA and error.end_lineno not in (None, error.lineno):
            texts[error.lineno - 1] = next(iter(_comma_at_end(line)), line)
        else:
            break
    yield Offer(0, len(texts) - 1, tuple(texts))


def _edits(draft: Draft, error: SyntaxError) -> Iterator[tuple[int, str]]:
    """(index of a line, its new text)."""
    index, message = (error.lineno or 1) - 1, str(error.msg)
    line, at = draft.lines[index].text, max((error.offset or 1) - 1, 0)
    if message.startswith("invalid syntax. Maybe you meant '==' or ':='"):
        yield from ((index, text) for text in _comparison(draft, index))
    elif message == _NO_COMMA and error.end_lineno in (None, error.lineno):
        yield from ((index, text) for text in _with_comma(line, at))
    elif bracket := _UNCLOSED.match(message):
        yield from _inserted(draft, index, at, _CLOSING[bracket[1]])
        yield from (
            (n, text) for n in range(index + 1, len(draft.lines)) for text in _closed_at_end(draft, n, bracket[1])
        )
    elif mismatch := _MISMATCH.match(message):
        yield from _inserted(draft, _line_of_opening(message, index), 0, _CLOSING[mismatch[2]], until=(index, at))
        yield index, line[:at] + _CLOSING[mismatch[2]] + line[at + 1 :]
    elif surplus := _SURPLUS.match(message):
        yield from ((index, line[:n] + line[n + 1 :]) for n in range(at + 1) if line[n] == surplus[1])
    else:
        plain = ((_GLUED, r"\1\2 "), (_NUMBERED, r"\1"), (_ALIAS, r"\1 as \2"))
        yield from ((index, p.sub(r, line)) for p, r in plain if p.match(line))
        yield from ((index, text) for text in _with_keyword(line))


def _closed_at_end(draft: Draft, index: int, opening: str) -> Iterator[str]:
    """A line below the opening bracket with the closing one behind its last token."""
    line = draft.lines[index].text
    for token in _tokens(line)[-1:]:
        yield line[: token.end[1]] + _CLOSING[opening] + line[token.end[1] :]


def _with_keyword(line: str) -> Iterator[str]:
    """The line that begins with the keyword that its first word is a stroke away from."""
    found = _WORD.match(line)
    for word in keyword.kwlist if found else ():
        if found and len(found[2]) >= SHORTEST_WORD and is_near(found[2], word):
            yield found[1] + word + line[found.end() :]


def _comparison(draft: Draft, index: int) -> Iterator[str]:
    """The line with `==`, if what stands before the single `=` is named further up: else it could be bound there."""
    found = _CONDITION.match(draft.lines[index].text)
    if found and any(re.search(rf"\b{found[2]}\b", line.text) for line in draft.lines[:index]):
        yield f"{found[1]}=={found[3]}{draft.lines[index].text[found.end() :]}"


def _line_of_opening(message: str, index: int) -> int:
    """The line of the opening bracket; it is named where it is another than that of the closing one."""
    named = re.search(r"on line (\d+)$", message)
    return int(named[1]) - 1 if named else index


def _with_comma(line: str, at: int) -> Iterator[str]:
    """The line with a comma between two things of the reported expression; `2 x` is a product or a slip, so it gets none."""
    tokens = [t for t in _tokens(line) if t.end[1] > at]
    for left, right in pairwise(tokens):
        kinds = (left.type, right.type)
        if right.start[1] > left.end[1] and kinds not in (
            (tokenize.NUMBER, tokenize.NAME),
            (tokenize.NAME, tokenize.NUMBER),
        ):
            yield line[: left.end[1]] + "," + line[left.end[1] :]


def _comma_at_end(line: str) -> Iterator[str]:
    """The line with a comma behind its last token, where the next line goes on with another thing."""
    for token in _tokens(line)[-1:]:
        yield line[: token.end[1]] + "," + line[token.end[1] :]


def _inserted(
    draft: Draft, first: int, at: int, bracket: str, until: tuple[int, int] | None = None
) -> Iterator[tuple[int, str]]:
    """Lines with a closing bracket behind one of their tokens, the last place first."""
    places: list[tuple[int, int]] = []
    for index in range(first, until[0] + 1 if until else first + 1):
        places += [(index, t.end[1]) for t in _tokens(draft.lines[index].text) if index > first or t.start[1] >= at]
    fitting = [p for p in places if until is None or p <= until]
    for index, column in reversed(fitting[-MOST:]):
        line = draft.lines[index].text
        yield index, line[:column] + bracket + line[column:]


def _tokens(line: str) -> list[tokenize.TokenInfo]:
    """The tokens of a line as far as it can be read; no comments."""
    found: list[tokenize.TokenInfo] = []
    try:
        for token in tokenize.generate_tokens(StringIO(line.lstrip()).readline):
            found.append(token)  # noqa: PERF402  the tokens before an error are wanted
    except (tokenize.TokenError, SyntaxError):
        pass
    indent = len(line) - len(line.lstrip())
    plain = [t for t in found if t.string.strip() and t.type not in (tokenize.COMMENT, tokenize.ERRORTOKEN)]
    return [t._replace(start=(1, t.start[1] + indent), end=(1, t.end[1] + indent)) for t in plain if t.start[0] == 1]
