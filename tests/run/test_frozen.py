"""A deck whose outcomes are all in the cache, checked where torch is not installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deckbuild.model import Job
from deckbuild.options import RunOptions
from deckbuild.run import Cache, key
from deckbuild.run.stamp import Stamp, joined, read_stamp, stamp_here, write_stamp
from deckbuild.store import FILE

HIDE = """
import importlib.metadata as metadata, sys
class Hidden:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] == "torch":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hidden)
found = metadata.MetadataPathFinder.find_distributions
def others(context=metadata.DistributionFinder.Context()):
    return (d for d in found(context) if d.metadata["Name"] != "torch")
metadata.MetadataPathFinder.find_distributions = others
"""
CARDS = """# One

:p What is the sum?

??x
```python
x = torch.ones(2, 3)
print(x.sum())
```
It prints `tensor(6.)`, and `x` is a 2×3 tensor.
x??

:p And the norm?

??x
```python
import numpy as np
print(np.linalg.norm([3.0, 4.0]))
```
It prints 5.0.
x??
"""


def check(folder: Path, *arguments: str, torch: bool = True) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    paths = [] if torch else [str(folder / "hiding")]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "deckbuild",
            "check",
            "deck.md",
            "--cache-dir",
            "kept",
            "--report",
            "r.json",
            *arguments,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
    )
    report = json.loads((folder / "r.json").read_text())
    for snippet in report["snippets"]:
        del snippet["seconds"], snippet["cached"]
    del report["summary"]["seconds"]
    return done, report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deck.md").write_text(CARDS)
    (tmp_path / "hiding").mkdir()
    (tmp_path / "hiding" / "sitecustomize.py").write_text(HIDE)
    return tmp_path


def test_a_frozen_check_needs_no_torch(folder: Path) -> None:
    first, there = check(folder)
    assert first.returncode == 0, first.stdout
    assert there["summary"]["snippets"] == {"ran": 1, "corrected": 1, "completed": 0, "skipped": 0, "failed": 0}
    frozen, here = check(folder, "--frozen", torch=False)
    assert frozen.returncode == 0, frozen.stdout + frozen.stderr
    assert f"Python {there['python']} and torch {there['torch']}" in frozen.stderr
    told = [d for d in here["diagnostics"] if d not in there["diagnostics"]]
    assert [(d["code"], d["severity"]) for d in told] == [("versions-from-cache", "info")]
    for report in (here, there):
        report["diagnostics"] = [d for d in report["diagnostics"] if d not in told]
        report["summary"].pop("diagnostics")
    assert here == there
    again, same = check(folder, "--frozen")
    assert again.returncode == 0
    assert "last writer" not in again.stderr
    same["summary"].pop("diagnostics")
    assert same == there

    (folder / "deck.md").write_text(CARDS.replace("3.0, 4.0", "4.0, 3.0"))
    new, report = check(folder, "--frozen", torch=False)
    assert new.returncode == 1
    assert [s["verdict"] for s in report["snippets"]] == ["corrected", "failed"]
    assert "--frozen runs nothing" in new.stdout


def test_a_stamp_is_what_was_installed() -> None:
    stamp = stamp_here([Job("import torch, click\nimport os")])
    assert read_stamp(write_stamp(stamp)) == stamp
    assert stamp.libraries.keys() >= {"torch", "numpy", "click"}
    assert "os" not in stamp.libraries
    assert stamp.version("pytest") == key.version("pytest")
    rest = '"libraries": {}, "layers": []'
    for text in ("", "[]", "{}", f'{{"machine": [], {rest}}}', '{"machine": ["3"], "libraries": [], "layers": []}'):
        assert read_stamp(text) is None


def test_the_key_is_that_of_where_it_ran() -> None:
    job, options, here = Job("import torch"), RunOptions(), stamp_here([Job("import torch")])
    assert key.key_of(job, "trial", options, where=here) == key.key_of(job, "trial", options)
    others = (
        replace(here, machine=("3.0",)),
        replace(here, libraries={"torch": "1.0"}),
        replace(here, layers=("sealed",)),
    )
    for other in others:
        assert key.key_of(job, "trial", options, where=other) != key.key_of(job, "trial", options)


def test_writers_who_had_the_same_know_more_together(tmp_path: Path) -> None:
    one, more = Stamp(("3", "L"), {"torch": "2", "numpy": "2"}), Stamp(("3", "L"), {"torch": "2", "pandas": "3"})
    assert joined(one, more).libraries == {"torch": "2", "numpy": "2", "pandas": "3"}
    later = Stamp(("3", "L"), {"torch": "2.1"})
    assert joined(one, later) == later
    assert joined(one, replace(more, machine=("4", "L"))).machine == ("4", "L")
    assert joined(one, replace(more, layers=("sealed",))) == replace(more, layers=("sealed",))
    with Cache(tmp_path) as cache:
        assert cache.writer() is None
        cache.sign(one)
        cache.sign(more)
    with Cache(tmp_path) as cache:
        assert cache.writer() == joined(one, more)
    assert (tmp_path / FILE).is_file()
