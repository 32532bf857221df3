"""Comments of a snippet: the code in, each comment with the lines of code that it speaks of out."""

from __future__ import annotations

import functools
import io
import re
import tokenize
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import LONGEST_LINE, Snippet


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
    with_code = frozenset(code_lines)
    result: list[Comment] = []
    index = 0
    while index < len(found):
        row = found[index][0]
        inline = row in with_code
        run = [found[index]]
        opened = balance(run[0][2])
        while index + 1 < len(found) and continues(run[-1], found[index + 1], with_code, opened if inline else None):
            index += 1
            run.append(found[index])
            opened += balance(found[index][2])
        result.append(placed(snippet, run, code_lines, inline=inline, since=result[-1] if result else None))
        index += 1
    return tuple(result)


def positions(source: str) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each comment that is not endless."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT and len(token.string) <= LONGEST_LINE:
                yield token.start[0], token.start[1], token.string
    except (tokenize.TokenError, SyntaxError):
        # The tokens before the fault are what can be known of the snippet's comments.
        return


def is_code(text: str) -> bool:
    """Whether a line holds anything but blanks and a comment."""
    return bool(text.strip()) and not text.lstrip().startswith("#")


def continues(
    last: tuple[int, int, str], following: tuple[int, int, str], with_code: frozenset[int], opened: int | None
) -> bool:
    """Whether the next comment belongs to the one that ends with `last`: on the next line, by itself, at the same place or (behind code, with
    so many brackets opened) to close a bracket."""
    row, column, _ = last
    if following[0] != row + 1 or following[0] in with_code:
        return False
    return following[1] == column if opened is None else opened > 0


def balance(text: str) -> int:
    """How many more brackets are opened than closed."""
    return sum(text.count(c) for c in "([{") - sum(text.count(c) for c in ")]}")


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
        before = bisect_left(code_lines, row)
        last = code_lines[before - 1] if before else code_lines[bisect_right(code_lines, row)]
        first = code_lines[bisect_left(code_lines, start)] if before and start <= last else last
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
    return stated in callouts(snippet)


@functools.lru_cache(maxsize=64)
def callouts(snippet: Snippet) -> frozenset[str]:
    """The bare integers beside a listing, if they count its lines."""
    bare = [c.text for c in comments(snippet) if c.inline and re.fullmatch(r"\d{1,4}", c.text)]
    counting = len(bare) > 1 and [int(s) for s in bare] == list(range(1, len(bare) + 1))
    return frozenset(bare) if counting else frozenset()
