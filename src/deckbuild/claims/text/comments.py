"""Comments of a snippet: the code in, each comment with the lines of code that it speaks of out."""

from __future__ import annotations

import functools
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Snippet


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, together with the comment lines that continue it."""

    line: int
    """Its first line in the file."""
    text: str
    """Without `#`; the lines of a block joined by line breaks."""
    quote: str
    """As it stands in the file, from the first `#` on."""
    inline: bool
    """Whether code stands before it on its line."""
    first: int
    """First file line of the code that it may speak of: for a comment on a line by itself, of the code since the comment before."""
    last: int
    """Last file line of that code."""


@functools.lru_cache(maxsize=1024)
def comments(snippet: Snippet) -> tuple[Comment, ...]:
    """The comments of a Python snippet, up to where it stops being Python; consecutive comment lines are one comment."""
    found = list(positions(snippet.source))
    code_lines = [i for i, text in enumerate(snippet.source.split("\n"), 1) if is_code(text)]
    if not code_lines:
        return ()
    result: list[Comment] = []
    index = 0
    while index < len(found):
        row = found[index][0]
        inline = row in code_lines
        run = [found[index]]
        while index + 1 < len(found) and continues(run, found[index + 1], code_lines, inline=inline):
            index += 1
            run.append(found[index])
        result.append(placed(snippet, run, code_lines, inline=inline, since=result[-1] if result else None))
        index += 1
    return tuple(result)


def positions(source: str) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each comment."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.start[1], token.string
    except (tokenize.TokenError, SyntaxError):
        # The tokens before the fault are what can be known of the snippet's comments.
        return


def is_code(text: str) -> bool:
    """Whether a line holds anything but blanks and a comment."""
    return bool(text.strip()) and not text.lstrip().startswith("#")


def continues(
    run: list[tuple[int, int, str]], following: tuple[int, int, str], code_lines: list[int], *, inline: bool
) -> bool:
    """Whether the next comment belongs to this one: on the next line, by itself, at the same place or (behind code) to close a bracket."""
    row, column, _ = run[-1]
    if following[0] != row + 1 or following[0] in code_lines:
        return False
    text = "\n".join(t for _, _, t in run)
    return is_open(text) if inline else following[1] == column


def is_open(text: str) -> bool:
    """Whether more brackets were opened than closed."""
    return sum(text.count(c) for c in "([{") > sum(text.count(c) for c in ")]}")


def placed(
    snippet: Snippet, run: list[tuple[int, int, str]], code_lines: list[int], *, inline: bool, since: Comment | None
) -> Comment:
    """The comment with its place and what it may speak of: the code on its line, else before it, else behind it."""
    row = run[0][0]
    offset = snippet.line - 1
    if inline:
        first = last = row
    else:
        start = since.last - offset + (0 if since.inline else 1) if since else 1
        before = [i for i in code_lines if i < row]
        after = [i for i in code_lines if i > row]
        last = before[-1] if before else after[0]
        first = min([i for i in before if i >= start] or [last])
    return Comment(
        line=offset + row,
        text="\n".join(re.sub(r"^#+ ?", "", t) for _, _, t in run).strip(),
        quote="\n".join(t for _, _, t in run),
        inline=inline,
        first=offset + first,
        last=offset + last,
    )


def is_callout(stated: str, snippet: Snippet) -> bool:
    """Whether bare integers count the lines of a listing: 1, 2, 3, … in a row."""
    bare = [c.text for c in comments(snippet) if c.inline and re.fullmatch(r"\d{1,4}", c.text)]
    return stated in bare and len(bare) > 1 and [int(s) for s in bare] == list(range(1, len(bare) + 1))
