"""Small falsifications of a card: its text and its confirmed claims in, single changes of one token out; pure and seeded.

A mutant changes one digit, one size, one constant or one argument, in the card's Python or in the words of a claim.
"""

from __future__ import annotations

import io
import random
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Snippet

NUMBER = re.compile(
    r"(?<![\w.])(?<![A-Za-z_])\d+(?:\.\d+)?(?![\w.]*[A-Za-z_])|(?<=\d[x×])\d+(?![A-Za-z_\d])|\d+(?=[x×]\d)"
)
ARGUMENT = re.compile(r"(?<=[(,\s])\w+=$")
FLAGS = {"True": "False", "False": "True"}
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One token, replaced by another."""

    card_line: int
    line: int
    """Of the file, 1-based."""
    column: int
    before: str
    after: str
    kind: str
    """digit, size, constant or argument."""
    in_claim: bool
    """Whether the token stands in the words of a claim; else only in the code."""

    def apply(self, text: str) -> str:
        """The file's text with the token replaced. Raises ValueError where the token does not stand."""
        lines = text.split("\n")
        row = lines[self.line - 1]
        end = self.column + len(self.before)
        if row[self.column : end] != self.before:
            raise ValueError(f"line {self.line}: {self.before!r} does not stand at column {self.column}")
        lines[self.line - 1] = row[: self.column] + self.after + row[end:]
        return "\n".join(lines)

    def __str__(self) -> str:
        where = "claim" if self.in_claim else "code"
        return f"{self.line}:{self.column + 1} {self.before} → {self.after} ({self.kind}, {where})"


def draw_mutants(text: str, card: Card, claims: Sequence[Claim], seed: int) -> list[Mutant]:
    """All tokens of the card that may be changed, each changed once, in a random order that takes turns between lines.

    `text` is that of the card's file, `claims` are its confirmed ones.
    """
    rng = random.Random(f"{seed} {card.line} {card.title}")
    lines = text.split("\n")
    spoken = {place for claim in claims for place in _spoken(lines, claim)}
    found: dict[Place, Mutant] = {}
    for line, column, token in (*_in_code(lines, card), *sorted(spoken)):
        inside = (line, column, token) in spoken
        kind = _kind(lines[line - 1], column, token, inside=inside)
        after = _changed(token, kind, rng)
        found.setdefault((line, column), Mutant(card.line, line, column, token, after, kind, inside))
    return _by_turns(sorted(found.values(), key=lambda m: (m.line, m.column)), rng)


def _spoken(lines: Sequence[str], claim: Claim) -> Iterator[tuple[int, int, str]]:
    """Line, column and text of the numbers in the words of a claim, where these stand as they are quoted."""
    start = sum(len(row) + 1 for row in lines[: claim.line - 1])
    text = "\n".join(lines)
    at = text.find(claim.text, start)
    if at < 0 or at > start + len(lines[claim.line - 1]):
        return
    for match in NUMBER.finditer(text, at, at + len(claim.text)):
        before = text[: match.start()]
        yield before.count("\n") + 1, match.start() - before.rfind("\n") - 1, match.group()


def _in_code(lines: Sequence[str], card: Card) -> Iterator[tuple[int, int, str]]:
    """Line, column and text of the numbers and flags in the card's Python; none in a snippet that is none."""
    for snippet in card.snippets:
        if snippet.is_python and not (card.shares_context and snippet.where == "context"):
            for row, column, token in _constants(snippet):
                line = snippet.line + row - 1
                yield line, column + _shift(lines[line - 1], snippet.source.split("\n")[row - 1]), token


def _constants(snippet: Snippet) -> Iterator[tuple[int, int, str]]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(snippet.source).readline):
            decimal = token.type == tokenize.NUMBER and re.fullmatch(r"\d+\.?\d*", token.string)
            if decimal or token.string in FLAGS:
                yield token.start[0], token.start[1], token.string
    except (tokenize.TokenError, SyntaxError):
        return  # what stands before the fault may be mutated


def _shift(line: str, source: str) -> int:
    """How far the fence's indentation moves a line of code."""
    return max(line.find(source), 0)


def _kind(line: str, column: int, token: str, *, inside: bool) -> str:
    before, behind = line[:column], line[column + len(token) :]
    if re.search(r"\d\s?[x×]\s?$", before) or re.match(r"\s?[x×]\s?\d", behind):
        return "size"
    if token in FLAGS or ARGUMENT.search(before) or (not inside and re.search(r"\w\($", before)):
        return "argument"
    return "digit" if len(token) > 1 else "constant"


def _changed(token: str, kind: str, rng: random.Random) -> str:
    """Another token of the same form."""
    if token in FLAGS:
        return FLAGS[token]
    if kind == "digit":
        at = rng.choice([i for i, c in enumerate(token) if c.isdigit()])
        others = [c for c in "123456789" if c != token[at]]
        return token[:at] + rng.choice(others) + token[at + 1 :]
    whole, point, rest = token.partition(".")
    return str(int(whole) + rng.choice([1, 2, 3] if int(whole) < 2 else [-1, 1, 2])) + point + rest


def _by_turns(mutants: Sequence[Mutant], rng: random.Random) -> list[Mutant]:
    """First one of each line, then a second of each, …; long literals shall not crowd out the rest."""
    by_line: dict[int, list[Mutant]] = defaultdict(list)
    for mutant in rng.sample(mutants, len(mutants)):
        by_line[mutant.line].append(mutant)
    columns = list(by_line.values())
    return [row[i] for i in range(max(map(len, columns), default=0)) for row in columns if i < len(row)]
