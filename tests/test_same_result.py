"""Nothing in a report depends on the order of sets, on the number of workers, or on which card was first."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
DIFFER = frozenset({"seconds", "cached"})


def test_two_builds_from_nothing_give_the_same_report(tmp_path: Path) -> None:
    first, second = _report(tmp_path / "1.json", hash_seed="1", jobs="1"), _report(tmp_path / "2.json", "77", "2")
    assert len(first["snippets"]) > 5
    assert first == second


def test_a_difference_would_be_seen() -> None:
    assert _lasting({"a": [{"seconds": 1.0, "b": 2}], "cached": True}) == {"a": [{"b": 2}]}


def _report(path: Path, hash_seed: str, jobs: str) -> Any:
    """What a check with nothing kept from before reports, but for times and what was kept."""
    command = ("check", "tests/deck.md", "source", "--jobs", jobs, "--no-cache", "--report", str(path))
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run([sys.executable, "-m", "deckbuild", *command], cwd=ROOT, env=environment, capture_output=True)
    return _lasting(json.loads(path.read_text()))


def _lasting(data: Any) -> Any:
    match data:
        case dict():
            return {name: _lasting(x) for name, x in data.items() if name not in DIFFER}
        case list():
            return [_lasting(x) for x in data]
    return data
