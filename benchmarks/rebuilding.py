"""What a rebuild costs where nothing, or one card, has changed, as ratios measured side by side.

    python -m benchmarks.rebuilding [--cards N] [--rounds N] [--every N]

Builds a made-up deck of different cards, of which every Nth has a snippet and a statement about what it computes; then the same
again, in turn with `import torch`; then with one card edited. The last figures stand in README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from .environment import environment

HEAD = "# Flashcards: Made-Up_processed (Part {part})\n\n**Starting Chapter:** {part}.1 Numbers\n\n---\n\n"
SNIPPETS = (
    "x = torch.arange({n}.0, {n}.0 + 6).reshape(2, 3)\nprint(x.sum())",
    "layer = nn.Linear(4, {few})\ny = layer(torch.zeros(2, 4))\nprint(y.shape)",
    "total = sum(k * {n} for k in range(5))\nprint(total)",
    "words = ['a', 'b', 'c'] * {few}\nprint(len(words), {n})",
    "def grow_{n}(v):\n    return v + {n}\n\nprint(grow_{n}(1))",
    "image = torch.zeros(1, 1, {few}, 8)\npooled = F.max_pool2d(image, 2)\nprint(pooled.shape)",
)
TELLING = (
    "It adds up to {sum}.",
    "The result has the shape `(2, {few})`.",
    "It prints {ten}.",
    "There are {words} words.",
    "It gives {next}.",
    "**Pooling** halves both sides:\n\n- rows\n- columns, so that \\( 8 / 2 = 4 \\) are left.",
)
CARD = "#### Topic {n}\nSome words before card {n}, which say *why* it matters.\n\n:p What comes of number {n}?\n\n??x\n{told}\n{code}\nx??\n\n---\n\n"


@dataclass(frozen=True, slots=True)
class Spent:
    """Of a process and those that it waited for."""

    wall_s: float
    cpu_s: float


def deck(count: int, every: int, edited: int | None = None) -> dict[str, str]:
    """Files of a hundred cards each, by name; the card `edited` says something else, in as many lines."""
    files: dict[str, str] = {}
    for n in range(count):
        part = n // 100 + 1
        name = f"Made-Up_processed (Part {part}).md"
        number = n + 5000 if n == edited else n
        files[name] = files.get(name, HEAD.format(part=part)) + _card(n, number, code=n % every == 0)
    return files


def main() -> None:
    """Prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _write(place, deck(given.cards, given.every))
        print(_line("cold build", [_build(place)]))
        pairs = [(_build(place), _spent([sys.executable, "-c", "import torch"])) for _ in range(given.rounds)]
        rebuilt, loading = [p[0] for p in pairs], [p[1] for p in pairs]
        print(_line("rebuild", rebuilt), _line("import torch", loading), sep="\n")
        wall, cpu = (_ratio(rebuilt, loading, of) for of in ("wall_s", "cpu_s"))
        print(f"rebuild : import   wall {wall}, processor {cpu} (goal 0.5)")
        _write(place, deck(given.cards, given.every, edited=given.every * (given.cards // given.every // 2)))
        print(_line("one card edited", [_build(place, report=True)]))
        snippets = json.loads((place / "report.json").read_text())["snippets"]
        new = sum(not s["cached"] for s in snippets)
        print(f"of {len(snippets)} snippets {new} ran again, {new / len(snippets):.1%} (goal 2 %)")


def _card(n: int, number: int, *, code: bool) -> str:
    kind, few = n % len(SNIPPETS), 2 * (number % 7 + 1)
    facts = {"n": number, "few": few, "sum": 6 * number + 15, "ten": 10 * number, "words": 3 * few, "next": number + 1}
    told = TELLING[kind].format(**facts)
    snippet = f"\n```python\n{SNIPPETS[kind].format(**facts)}\n```\n" if code else "\n$$x_1 + x_2 = y$$\n"
    return CARD.format(n=n, told=told, code=snippet)


def _write(place: Path, files: dict[str, str]) -> None:
    (place / "deck").mkdir(exist_ok=True)
    for name, text in files.items():
        (place / "deck" / name).write_text(text)


def _build(place: Path, *, report: bool = False) -> Spent:
    out = ["-o", str(place / "out" / "deck.apkg"), "--cache-dir", str(place / "cache")]
    told = ["--report", str(place / "report.json")] if report else []
    return _spent([sys.executable, "-m", "deckbuild", str(place / "deck"), *out, *told, "-q"])


def _spent(command: list[str]) -> Spent:
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, check=True, env=environment())
    wall_s, after = time.perf_counter() - started, os.times()
    return Spent(wall_s, after.children_user + after.children_system - before.children_user - before.children_system)


def _line(what: str, spent: list[Spent]) -> str:
    wall, cpu = [s.wall_s for s in spent], [s.cpu_s for s in spent]
    best = f"wall {min(wall):.2f} s best, {statistics.median(wall):.2f} s median"
    return f"{what:18} {best}; processor {min(cpu):.2f} s best, {statistics.median(cpu):.2f} s median"


def _ratio(ours: list[Spent], theirs: list[Spent], of: str) -> str:
    mine, other = ([getattr(s, of) for s in spent] for spent in (ours, theirs))
    return f"{min(mine) / min(other):.2f} best, {statistics.median(mine) / statistics.median(other):.2f} median"


if __name__ == "__main__":
    main()
