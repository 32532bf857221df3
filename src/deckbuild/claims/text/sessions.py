"""Sessions with `>>>` or `In [1]:` prompts: each statement with the lines shown below it, recognised; the claim itself is one about printed text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Snippet
from deckbuild.syntax import continued


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement of a session, and what the session shows that it gave."""

    first: int
    """First line of the statement in the file."""
    last: int
    output_line: int
    output: str


START = re.compile(r"^[^\S\n]*(?:>>> ?|In \[\d+\]:)", re.MULTILINE)
MORE = re.compile(r"^\s*(?:\.\.\.:?(?: |$))")
OUT = re.compile(r"^\s*Out\[\d+\]:\s?")


def is_session(snippet: Snippet) -> bool:
    """Whether the snippet shows prompts."""
    return START.search(snippet.source) is not None


def read_session(snippet: Snippet) -> Iterator[Shown]:
    """The statements of a session that show an output, in their order."""
    code: list[int] = []
    output: list[tuple[int, str]] = []
    rows = snippet.source.split("\n")
    rest = 0
    for line, text in enumerate(rows, snippet.line):
        starts = START.match(text) is not None
        if starts or (MORE.match(text) and not output):
            if starts and output:
                yield shown(code, output)
            code = [line] if starts else [*code, line]
            output = []
            rest = unprompted(rows[line - snippet.line :]) if starts else 0
        elif rest:
            code.append(line)
            rest -= 1
        elif code and text.strip():
            output.append((line, OUT.sub("", text)))
        elif code and output:
            yield shown(code, output)
            code, output = [], []
    if code and output:
        yield shown(code, output)


def unprompted(rows: list[str]) -> int:
    """How many lines behind the first, which has a prompt, continue its statement without `...`."""
    below = rows[1:]
    end = next((n for n, text in enumerate(below) if START.match(text) or MORE.match(text)), len(below))
    return continued([START.sub("", rows[0]).removeprefix(" ")], below[:end])


def shown(code: list[int], output: list[tuple[int, str]]) -> Shown:
    """The statement with its output."""
    return Shown(code[0], code[-1], output[0][0], "\n".join(text for _, text in output))
