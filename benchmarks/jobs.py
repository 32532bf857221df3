"""What `--jobs 2` gains over `--jobs 1`, turn by turn.

    python benchmarks/jobs.py [--rounds N] [--programs N] [--cards N]

confirm  programs of the kind that cards show, each run as evidence, in a warm runner: start-up is not counted
check    a deck made of the same programs, from read cards to judged ones, with nothing kept from before

Wall time, the best round of each. The last figures stand in README.md.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from deckbuild.model import Job
from deckbuild.options import Options, RunOptions
from deckbuild.package import Ledger
from deckbuild.pipeline import check_deck
from deckbuild.run import Runner
from deckbuild.source import read_deck

PROGRAMS = (
    """import torch
from torch import nn
layer = nn.Linear(4, 3)
x = torch.arange(8.0).reshape(2, 4) + {number}
y = layer(x)
print(y.shape)
""",
    """import torch
queries, keys, values = torch.randn(3, 2, 5, 8).unbind()
scores = queries @ keys.transpose(1, 2) / 8**0.5
weights = torch.softmax(scores + {number}, dim=-1)
mixed = weights @ values
print(mixed.shape, weights.sum().item())
""",
    """import torch
from torch import nn
model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.randn(64, 2), torch.randn(64, 1)
for step in range(20 + {number} % 5):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"{{loss.item():.4f}}")
""",
    """import numpy as np
t = np.linspace(0.0, 10.0, 1001)
angle, speed = 0.1 + {number} / 1000, 0.0
path = []
for _ in t:
    speed -= 9.81 * np.sin(angle) * 0.01
    angle += speed * 0.01
    path.append(angle)
path = np.array(path)
print(path.shape, path.max() < 1)
""",
    """from collections import Counter
words = "the quick brown fox jumps over the lazy dog the end".split() * ({number} % 7 + 1)
counts = Counter(words)
longest = max(words, key=len)
print(counts.most_common(2), longest)
""",
)
CARD = """:p What does program {number} print?

??x
It prints something.

```python
{code}```

x??
"""


def main() -> None:
    """Prints the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--programs", type=int, default=60)
    parser.add_argument("--cards", type=int, default=30)
    arguments = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}")
    with Runner(RunOptions(cache=False, jobs=1)) as one, Runner(RunOptions(cache=False, jobs=2)) as two:
        for name, phase in (
            ("confirm", _confirming(arguments.programs)),
            ("check", _checking(arguments.cards)),
        ):
            _show(name, phase, (one, two), arguments.rounds)


def programs(count: int, first: int) -> list[str]:
    """Different ones, of several kinds in turn."""
    return [PROGRAMS[n % len(PROGRAMS)].format(number=n) for n in range(first, first + count)]


def _confirming(count: int) -> Callable[[Runner, int], object]:
    return lambda runner, turn: runner.confirm([Job(code) for code in programs(count, turn * count)])


def _checking(count: int) -> Callable[[Runner, int], object]:
    def phase(runner: Runner, turn: int) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "deck.md"
            cards = (CARD.format(number=n, code=c) for n, c in enumerate(programs(count, (1000 + turn) * count)))
            path.write_text("# Programs\n\n" + "\n---\n".join(cards))
            options = Options()
            options = replace(options, run=replace(options.run, cache=False))
            return check_deck(read_deck([str(path)]), runner, options, None, Ledger())

    return phase


def _show(name: str, phase: Callable[[Runner, int], object], runners: tuple[Runner, Runner], rounds: int) -> None:
    for runner in runners:  # what is loaded on demand is loaded
        phase(runner, 0)
    taken = [[_wall_s(phase, runner, turn) for runner in runners] for turn in range(1, rounds + 1)]
    one, two = (min(column) for column in zip(*taken, strict=True))
    print(f"{name:8} one {one:6.2f} s   two {two:6.2f} s   one : two = {one / two:.2f} (goal 1.6)")


def _wall_s(phase: Callable[[Runner, int], object], runner: Runner, turn: int) -> float:
    started = time.perf_counter()
    phase(runner, turn)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
