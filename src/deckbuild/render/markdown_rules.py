"""What deckbuild adds to CommonMark's rules: formulas, placeholders, the few tags that are allowed, and comments that vanish."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from . import math
from .formula import Formula

PLACE = "\x02"
"""Begins and ends a placeholder; a control character, which no text keeps."""

LEAVES = frozenset({"paragraph_open", "heading_open", "table_open", "code_block", "fence", "math_block", "place"})

_MAY_INTERRUPT: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
_PLACEHOLDER = re.compile(rf"{PLACE}(\d+){PLACE}")
_DISPLAY = re.compile(r"\\\\?\[|\$\$|\\begin\{")
_CLOSING = re.compile(r"[ \t]*[.,;:]?[ \t]*")
_PRODUCT = re.compile(
    r"(?:(?<=[\d)\]}])|(?<=(?<!\w)[^\W\d_]))(?P<stars>\*\*?)(?=[\w(\[{−-])|(?<=\w)(?P<more>\*\*?)(?=[\d(\[{]|[^\W\d_](?!\w))"
)
_LOOK_BACK = 2000
"""Characters before a star among which an emphasis may begin that it ends."""
_TAG = re.compile(r"<(sub|sup|kbd)\s*>|<br\s*/?>", re.IGNORECASE)


def install(md: MarkdownIt) -> None:
    """Adds the rules to a parser."""
    md.block.ruler.before("code", "place", _place, _MAY_INTERRUPT)
    md.block.ruler.before("code", "math_block", _math_block, _MAY_INTERRUPT)
    md.block.ruler.before("code", "comment_block", _comment_block, _MAY_INTERRUPT)
    md.inline.ruler.before("escape", "math", _math)  # before escape, or "\(" loses its backslash
    md.inline.ruler.before("emphasis", "product", _product)
    md.inline.ruler.before("autolink", "comment", _comment)
    md.inline.ruler.before("autolink", "tag", _tag)


def _place(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    match = _PLACEHOLDER.match(state.src, state.bMarks[line] + state.tShift[line])
    if match is None:
        return False
    if not silent:
        state.line = line + 1
        token = state.push("place", "", 0)
        token.map, token.meta = [line, line + 1], {"number": int(match[1])}
    return True


def _math_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A display formula that opens a line; text behind its end, glued there, starts the next block."""
    start = state.bMarks[line] + state.tShift[line]
    opener = _DISPLAY.match(state.src, start)
    if opener is None or state.is_code_block(line):
        return False
    last_line = min(end, line + math.MAX_LINES)
    body = state.getLines(line, last_line, state.blkIndent, False)
    formula = _display(body, len(body) - len(body.lstrip()), opener.group())
    if formula is None:
        return False
    closing_line = line + body.count("\n", 0, formula.end)
    rest = body[formula.end :].partition("\n")[0]
    if closing_line == line and not _CLOSING.fullmatch(rest):
        return False
    if silent:
        return True
    token = state.push("math_block", "", 0)
    token.content, token.map = formula.tex, [line, closing_line + 1]
    state.line = closing_line + 1
    if _CLOSING.fullmatch(rest):
        token.content += rest.strip()
    else:
        state.line = closing_line
        state.bMarks[closing_line] = state.eMarks[closing_line] - len(rest.lstrip())
        state.tShift[closing_line], state.sCount[closing_line] = 0, state.blkIndent
    return True


def _display(body: str, start: int, opener: str) -> Formula | None:
    if opener == "$$":
        return math.display_dollars(body, start)
    return math.environment(body, start) if opener[1] == "b" else math.bracketed(body, start, opener)


def _comment_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A comment that begins and ends with its lines."""
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("<!--", start) or state.is_code_block(line):
        return False
    for last in range(line, min(end, line + math.MAX_LINES)):
        stop = state.src.find("-->", start, state.eMarks[last])
        if stop >= 0:
            if state.src[stop + 3 : state.eMarks[last]].strip():
                return False
            if not silent:
                state.line = last + 1
            return True
    return False


def _math(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "$\\":
        return False
    formula = math.find_math(state.src).get(state.pos)
    if formula is None or formula.end > state.posMax:
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content, token.meta = formula.tex, {"formula": formula}
    state.pos = formula.end
    return True


def _product(state: StateInline, silent: bool) -> bool:
    """The stars of `2*3`, `x*y`, `n**2`: of a product or power, where nothing before them has opened an emphasis that they end."""
    match = _PRODUCT.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "*" else None
    if match is None or _ends_emphasis(state.src[max(0, state.pos - _LOOK_BACK) : state.pos], match[0]):
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


def _ends_emphasis(before: str, stars: str) -> bool:
    """Whether as many stars open an emphasis before, and none has ended it."""
    size = len(stars)
    opened = [m.end() for m in re.finditer(rf"(?<![\w)\]}}*\\])\*{{{size}}}(?=[^\s*])", before)]
    return bool(opened) and re.search(rf"(?<=[^\s*])\*{{{size}}}(?!\*)", before[opened[-1] :]) is None


def _comment(state: StateInline, _silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos):
        return False
    end = state.src.find("-->", state.pos + 4, min(state.posMax, state.pos + 4000))
    if end < 0:
        return False
    state.pos = end + 3
    return True


def _tag(state: StateInline, silent: bool) -> bool:
    """`<br>`; or `<sub>…</sub>` with its text, read on its own so that no emphasis crosses its borders."""
    match = _TAG.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if match[1] is None:
        if not silent:
            state.push("hardbreak", "br", 0)
        state.pos = match.end()
        return True
    tag = match[1].lower()
    close = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(
        state.src, match.end(), min(state.posMax, match.end() + 1000)
    )
    if close is None:
        return False
    if not silent:
        outer_end = state.posMax
        state.push(f"{tag}_open", tag, 1)
        state.pos, state.posMax = match.end(), close.start()
        state.md.inline.tokenize(state)
        state.push(f"{tag}_close", tag, -1)
        state.posMax = outer_end
    state.pos = close.end()
    return True
