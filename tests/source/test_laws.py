"""What holds for every file, however broken: nothing raises, no question and no line gets lost."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckbuild.model import Card, Diagnostic, Prose, Snippet
from deckbuild.source.chapter import Chapter, read_chapter
from deckbuild.source.diagnostics import Findings
from deckbuild.source.header import read_header
from deckbuild.source.marks import Kind, find_marks
from deckbuild.source.page import Page
from deckbuild.source.text import Binary, read_lines
from deckbuild.source.ticks import read_ticks
from deckbuild.source.tokens import find_tokens

LOST = {"question-without-answer", "blank-question"}
GOOD = """# Flashcards: Small-Book_processed (Part 1)
**Starting Chapter:** 1.1 Start

---

#### Sums
Adding is repeated counting: $a + b$.
:p What is 2 + 2?
??x
It is four:
```python
print(2 + 2)
```
x??

---

**Rating: 8/10**
#### Products
$$a b = b a$$
:p Does the order matter?
??x
No.
1. Say
   ```java
   int c = a * b;
   ```
x??

---
"""
FRAGMENTS = (
    *(":p", ":p Why?", "\n:p Why?\n", ": Why?", "\n??x\n", "??x", "x??", "\nx??\n", "\n---\n", "---", "\n#### Title\n"),
    *(
        "####",
        "\n",
        "\n\n",
        "```",
        "\n```\n",
        "\n```python\n",
        "```java\n",
        "```sh$ ls\n",
        "~~~",
        "`",
        "`:p`",
        "$",
        "$$",
    ),
    *(
        "x?",
        ":x?",
        "???",
        "??",
        "??B",
        ":x",
        " ",
        "  ",
        "text. ",
        "a = 1  # ",
        "**Rating: 7/10**\n",
        "- ",
        "> ",
        "\r",
        "\r\n",
    ),
    *(
        "\x00",
        "\x0c",
        "\u2028",
        "\x85",
        "\ufeff",
        "é",
        "<!-- deckbuild: accept refuted 1 -->",
        "# Flashcards: B (Part 3)\n",
    ),
)
broken = st.lists(st.sampled_from(FRAGMENTS), max_size=28).map("".join)
edits = st.lists(
    st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), st.sampled_from(("", *FRAGMENTS))), min_size=1, max_size=4
)
anything = st.text(st.sampled_from(":px?-#`$~ \n\r*B8/\t\\"), max_size=60)
thorough = settings(max_examples=3500, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def edited(changes: list[tuple[int, int, str]]) -> str:
    """The good file after some replacements, each at a place of so many characters by something else."""
    text = GOOD
    for place, length, new in changes:
        text = text[:place] + new + text[place + length :]
    return text


@thorough
@given(broken)
def test_nothing_is_lost_of_a_file_made_of_fragments(text: str) -> None:
    hold_the_laws(text.encode())


@thorough
@given(edits)
def test_nothing_is_lost_of_a_good_file_that_was_damaged(changes: list[tuple[int, int, str]]) -> None:
    hold_the_laws(edited(changes).encode())


@thorough
@given(anything)
def test_nothing_is_lost_of_a_file_of_mark_characters(text: str) -> None:
    hold_the_laws(text.encode())


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(data: bytes) -> None:
    hold_the_laws(data)


def hold_the_laws(data: bytes) -> None:
    """Reads a file and holds all laws against what came out."""
    chapter = read_chapter(data, "f.md")
    lines = read_lines(data, Findings("f.md"))
    if isinstance(chapter, Diagnostic) or isinstance(lines, Binary):
        assert isinstance(chapter, Diagnostic)
        assert isinstance(lines, Binary)
        assert chapter.severity == "error"
        return
    each_question_is_a_card_or_a_diagnostic(chapter, lines)
    each_part_stands_where_it_says(chapter, lines)
    each_line_is_accounted_for(chapter, lines)
    for card in chapter.cards:
        assert card.question.text.strip()
        assert card.answer.text.strip()


def each_question_is_a_card_or_a_diagnostic(chapter: Chapter, lines: list[str]) -> None:
    """As many `:p` outside code as cards and errors, line by line; a misspelt one may be a card or text."""
    marks = find_tokens(Page(list(lines)), Findings("")).marks
    asked = Counter(m.row + 1 for m in marks if m.kind is Kind.QUESTION)
    perhaps = Counter(m.row + 1 for m in marks if m.kind is Kind.WEAK_QUESTION)
    told = Counter(card.line for card in chapter.cards)
    told += Counter(d.line for d in chapter.diagnostics if d.code in LOST)
    for line in asked | perhaps | told:
        assert asked[line] <= told[line] <= asked[line] + perhaps[line], lines[line - 1]
    for number, text in enumerate(lines, 1):
        if re.match(r"\s*:p(\s|$)", text) and "`" not in text:
            assert told[number], "a question that starts its line is never taken for code"


def each_part_stands_where_it_says(chapter: Chapter, lines: list[str]) -> None:
    """Every line of every part is the line of the file with its number, but for blanks and marks taken out of it."""
    for card in chapter.cards:
        for _, passage in card.passages:
            for part in passage.parts:
                text = part.text if isinstance(part, Prose) else part.source
                for number, line in enumerate(text.split("\n") if text else (), part.line):
                    assert is_left_of(line, lines[number - 1])
                    assert line.strip() in passage.text


def is_left_of(line: str, whole: str) -> bool:
    """Whether a line is what is left of another after a mark was blanked out."""
    return line.strip() in whole or all(piece in whole for piece in re.split(r"\s{2,}", line.strip()))


def each_line_is_accounted_for(chapter: Chapter, lines: list[str]) -> None:
    """Each line with text belongs to a card, has a mark or a fence, is header, or lies in a diagnosed range."""
    covered = {row + 1 for row in read_header(lines, "f.md", None).rows}
    covered |= {number for card in chapter.cards for number in card_lines(card)}
    for diagnostic in chapter.diagnostics:
        last = re.search(r"up to line ([\d,]+)", diagnostic.message)
        covered |= set(range(diagnostic.line, int(last[1].replace(",", "")) + 1 if last else diagnostic.line + 1))
    for number, line in enumerate(lines, 1):
        if line.strip() and number not in covered:
            assert find_marks(line, 0) or read_ticks(line) is not None, (number, line)


def card_lines(card: Card) -> set[int]:
    """The lines that a card is made of."""
    found = {card.line, card.title_line or card.line}
    for _, passage in card.passages:
        for part in passage.parts:
            match part:
                case Prose(line, text):
                    found |= set(range(line, line + text.count("\n") + 1))
                case Snippet(line=line, end_line=end_line):
                    found |= set(range(line - 1, end_line + 2))
    return found
