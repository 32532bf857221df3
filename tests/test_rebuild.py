"""A second build: what is known does not run again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CARDS = 20
CARD = """:p What does card {n} print?

??x
It prints {n}.

```python
number = {value}
print(number)
```

x??
"""
BUILD = """
import sys
from dataclasses import replace
from deckbuild.options import Options
from deckbuild.pipeline import check
from deckbuild.run import workers

asked = []
Life = workers.Life
class Counted(Life):
    def ask(self, request):
        asked.extend(job.code for job in request.jobs)
        return super().ask(request)
workers.Life = Counted
options = Options()
options = replace(options, run=replace(options.run, cache_dir=sys.argv[2], jobs=2))
checked = check([sys.argv[1]], options)
assert all(r.verdict.value == "ran" for c in checked.cards for r in c.repairs)
assert "torch" not in sys.modules
print(len(checked.cards), len(asked), *sorted({int(code.split("number = ")[1].split()[0]) for code in asked}))
"""


def test_only_the_card_that_was_edited_runs_again(tmp_path: Path) -> None:
    assert _build(tmp_path, 0) == [CARDS, 3 * CARDS, *range(CARDS)]  # a trial, and twice as evidence
    assert _build(tmp_path, 0) == [CARDS, 0]
    assert _build(tmp_path, 1000) == [CARDS, 3, 1007]


def test_what_is_known_needs_no_process_that_runs(tmp_path: Path) -> None:
    """One is asked how snippets would be confined; it loads no library, and none is asked for more."""
    _build(tmp_path, 0)
    broken = "from deckbuild.run import zygote\ndef fails(life): raise AssertionError\nzygote.Life.wait_ready = fails\n"
    assert _build(tmp_path, 0, broken) == [CARDS, 0]
    with pytest.raises(subprocess.CalledProcessError):
        _build(tmp_path, 1000, broken)


def _build(folder: Path, more: int, first: str = "") -> list[int]:
    """How many cards, how many runs, and the numbers of the cards that ran; `more` is added to the number on the seventh."""
    deck = folder / "deck.md"
    deck.write_text("# Numbers\n\n" + "\n---\n".join(CARD.format(n=n, value=n + more * (n == 7)) for n in range(CARDS)))
    command = [sys.executable, "-c", first + BUILD, str(deck), str(folder / "cache")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [int(word) for word in done.stdout.split()]
