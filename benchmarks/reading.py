"""How fast sources are read, and that no source makes it slow.

    python benchmarks/reading.py [FOLDER]

Prints two tables: reading next to the plainest thing that can be done with the same text, splitting it into lines and
searching each with one regular expression; and hostile sources at two sizes, where twice the text must not take much
more than twice the time. FOLDER holds Markdown; without it a deck is made up.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from deckbuild.source import read_deck

MARK = re.compile(r":p|\?\?x|x\?\?|####|---|```")
ROUNDS = 15
MEGABYTE = 1 << 20
CARD = """#### On the number {n}
Background: every number has a successor, and {n} is no exception to that rule, whatever one may have been told.
:p What is the successor of {n}, and how is it computed?
??x
The successor of a number is that number plus one. For {n} it can be computed like this:
```python
n = {n}
successor = n + 1
print(successor)
```
So it is the next one on the line of numbers.
x??

---

"""


def main() -> None:
    """Measures both and prints them."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if sys.argv[1:] else make_up(Path(made))
        compare(folder)
        double(Path(made))


def make_up(folder: Path) -> Path:
    """A folder with files of 30 cards each."""
    for part in range(40):
        cards = "".join(CARD.format(n=part * 30 + n) for n in range(30))
        (folder / f"part{part}.md").write_text(f"# Flashcards: Numbers (Part {part})\n\n---\n\n{cards}")
    return folder


def compare(folder: Path) -> None:
    """Reading next to splitting and searching, turn by turn; the best round of each counts."""
    text = "\n".join(path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*.md")))
    best = [float("inf")] * 2
    for _ in range(ROUNDS):
        for n, work in enumerate((lambda: search_lines(text), lambda: read_deck([str(folder)]))):
            best[n] = min(best[n], seconds(work))
    lines = text.count("\n")
    print(f"{lines:,} lines, {len(text) / MEGABYTE:.1f} MB")
    print(f"split and search  {best[0] * 1e3:8.1f} ms")
    print(f"read_deck         {best[1] * 1e3:8.1f} ms  {best[1] / best[0]:.1f} times as long")


def search_lines(text: str) -> None:
    """The plainest thing that can be done with a text."""
    for line in text.split("\n"):
        MARK.search(line)


def double(folder: Path) -> None:
    """Each hostile source at 5 and at 10 MB."""
    print(f"{'source':28} {'5 MB':>8} {'10 MB':>8}  factor")
    for (name, small), (_, large) in zip(hostile(5 * MEGABYTE), hostile(10 * MEGABYTE), strict=True):
        took = []
        for text in (small, large):
            file = folder / "hostile.txt"
            file.write_text(text)
            took.append(seconds(lambda file=file: read_deck([str(file)])))  # type: ignore[misc]
        print(f"{name:28} {took[0]:6.2f} s {took[1]:6.2f} s  {took[1] / took[0]:.1f}", flush=True)


def hostile(size: int) -> Iterator[tuple[str, str]]:
    """Sources of a size in characters that a careless reader takes quadratic time for."""

    def fill(piece: str, before: str = "") -> str:
        return before + piece * (size // len(piece))

    answer = "#### T\n:p Q?\n??x\nA\n"
    text = "nothing but text here\n"
    yield "fences that never close", fill("```python\n" + text * 9)
    yield "fences behind text", fill("text ```python\n" + text * 9)
    yield "nested markdown fences", fill("```markdown\n" + text * 9)
    yield "dollars without partner", fill("$a $ b\n" + text * 2, answer)
    yield "one line of dollars", fill("$a ", answer)
    yield "one line of backticks", fill("` `` ", answer) + ":p"
    yield "one line", fill("word ", answer)
    yield "blanks before a mark", fill(" ", answer) + ":p"
    yield "blank lines after a mark", fill("\n", answer + "??\n") + ":p"
    marks = size // 100
    for mark in (":p", "??x", "x??", "---", "####", "x?", ": Why?"):
        yield f"{marks // 1000},000 lines '{mark}'", answer + (mark + "\n" + "x" * (98 - len(mark)) + "\n") * marks
    yield f"{marks // 1000},000 ':p' on one line", answer + (":p " + "x" * 96 + " ") * marks
    yield "comments that never end", fill("<!-- deckbuild: accept ", answer)


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work keeps the processor busy."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
