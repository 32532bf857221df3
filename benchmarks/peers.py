"""How many snippets run: as they stand, with the import tools that there are, and with deckbuild, side by side in one run.

    python -m benchmarks.peers PATH... [--peers-python PY] [--cache-dir DIR] [--timeout SECONDS]

Every Python block of the cards is in the one denominator, those that deckbuild skips included. All variants run in deckbuild's own
runner with the same limits, twice and confined, so that only the text differs. `pyflyby` and `autoimport` are to be installed where
this runs, or in the environment of PY; without them their columns are left out. A printed wrong import is one that is decidably so:
it takes a name from elsewhere than the book's own imports do, or binds one that the book never imports and defines itself.
"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deckbuild.model import Checked, Job, Repair, Run, Snippet, SnippetVerdict
from deckbuild.options import Options, RunOptions
from deckbuild.pipeline import check
from deckbuild.repair import Library, build_library
from deckbuild.repair.lending.library import import_lines
from deckbuild.repair.program.needs import needs
from deckbuild.run import open_runner
from deckbuild.syntax import parse_module

CONVENTIONS = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "torch": "import torch",
    "nn": "import torch.nn as nn",
    "F": "import torch.nn.functional as F",
    "optim": "import torch.optim as optim",
    "DataLoader": "from torch.utils.data import DataLoader",
    "math": "import math",
    "random": "import random",
    "re": "import re",
    "os": "import os",
    "sys": "import sys",
    "time": "import time",
}
TOOLS = ("pyflyby", "autoimport")
OURS = ("deckbuild", "and completed")
PROVEN = (SnippetVerdict.RAN, SnippetVerdict.CORRECTED)
CHAINED = "try:\n    exec(compile({source!r}, '<earlier>', 'exec'))\nexcept BaseException:\n    pass\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A Python block of a card, and what deckbuild made of it."""

    book: str
    repair: Repair

    @property
    def snippet(self) -> Snippet:
        """As written."""
        return self.repair.snippet


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--peers-python", default=sys.executable, metavar="PY")
    parser.add_argument("--cache-dir", default=None)
    parser.add_argument("--timeout", type=float, default=10.0)
    given = parser.parse_args()
    options = RunOptions(cache_dir=given.cache_dir, timeout_s=given.timeout)
    checked = check(given.paths, Options(run=options))
    blocks = blocks_of(checked)
    texts = {"as they stand": [b.snippet.source for b in blocks]}
    texts["imports"] = [with_conventions(text) for text in texts["as they stand"]]
    for tool in TOOLS:
        made = tidied(tool, texts["as they stand"], given.peers_python)
        if made is None:
            print(f"{tool} is not installed for {given.peers_python}: left out")
        else:
            texts[tool] = made
    with open_runner(options) as run:
        ran = {name: runs(run, programs) for name, programs in texts.items()}
        ran["+ chained"] = runs(run, chained(blocks, texts["imports"], ran["imports"]))
    ran["deckbuild"] = [b.repair.verdict in PROVEN for b in blocks]
    ran["and completed"] = [b.repair.verdict in (*PROVEN, SnippetVerdict.COMPLETED) for b in blocks]
    order = ["as they stand", "imports", "+ chained", *(t for t in TOOLS if t in texts), *OURS]
    tell(blocks, {name: [done is True for done in ran[name]] for name in order})
    library = build_library(checked.deck)
    changed = {t: [told_imports(b, a) for b, a in zip(texts["as they stand"], texts[t], strict=True)] for t in texts}
    changed["deckbuild"] = [told_imports("", "\n".join(added_by_deckbuild(b.repair))) for b in blocks]
    tell_imports(blocks, library, {n: c for n, c in changed.items() if n != "as they stand"})


def blocks_of(checked: Checked) -> list[Block]:
    """All Python blocks, each once, in reading order."""
    found = {
        (r.snippet.path, r.snippet.line): Block(c.card.source.book, r)
        for c in reversed(checked.cards)
        for r in c.repairs
        if r.snippet.is_python
    }
    files = {source.path: n for n, source in enumerate(checked.deck.sources)}
    return [found[at] for at in sorted(found, key=lambda at: (files[at[0]], at[1]))]


def with_conventions(text: str) -> str:
    """The text after the conventional imports of names that it reads and does not bind."""
    try:
        missing = [n.name for n in needs(parse_module(text)) if n.name in CONVENTIONS]
    except (SyntaxError, ValueError, RecursionError):
        return text
    return "\n".join([*(CONVENTIONS[name] for name in missing), text])


def tidied(tool: str, texts: Sequence[str], python: str) -> list[str] | None:
    """What a tool makes of the texts; what it cannot read stays as it is. None if it is not installed."""
    asked = subprocess.run([python, "-c", f"import {tool}"], check=False, capture_output=True)
    if asked.returncode:
        return None
    folders = [path for path in sys.path if path.endswith("site-packages")]
    script = Path(__file__).with_name("tidying.py").resolve()
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run(
            [python, str(script), tool, *folders],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
            cwd=empty,
        )
    return [new if new is not None else old for old, new in zip(texts, json.loads(done.stdout), strict=True)]


def runs(run: Run, programs: Sequence[str]) -> list[bool | None]:
    """Whether each comes to its end; None where it ran into a limit."""
    faults = [outcome.fault for outcome in run.confirm([Job(p) for p in programs])]
    limits = ("timeout", "memory", "killed", "output")
    return [None if f is not None and f.kind in limits else f is None for f in faults]


def chained(blocks: Sequence[Block], texts: Sequence[str], alone: Sequence[bool | None]) -> list[str]:
    """Each text after all earlier ones of its file, whose errors are swallowed; those that alone run into a limit are left out."""
    earlier: Mapping[str, list[str]] = defaultdict(list)
    programs = []
    for block, text, done in zip(blocks, texts, alone, strict=True):
        before = earlier[block.snippet.path]
        programs.append("".join(before) + text)
        if done is not None:
            before.append(CHAINED.format(source=text))
    return programs


def tell(blocks: Sequence[Block], ran: Mapping[str, Sequence[bool]]) -> None:
    """The share of blocks that run, by book."""
    print("| book | blocks | " + " | ".join(ran) + " |\n|---|" + "---|" * (len(ran) + 1))
    for book in (*dict.fromkeys(b.book for b in blocks), None):
        own = [n for n, b in enumerate(blocks) if book in (None, b.book)]
        shares = [sum(done[n] for n in own) / len(own) for done in ran.values()]
        print(f"| {book or 'all'} | {len(own)} | " + " | ".join(f"{share:.1%}" for share in shares) + " |")


@dataclass(frozen=True, slots=True)
class Imports:
    """The imports, one name each, that a change added and took away."""

    added: frozenset[tuple[str, str]]
    """(name, import statement)."""
    deleted: frozenset[tuple[str, str]]


def told_imports(before: str, after: str) -> Imports:
    """What differs between the imports of two texts."""
    old, new = frozenset(imports_of(before)), frozenset(imports_of(after))
    return Imports(new - old, old - new)


def imports_of(text: str) -> Iterator[tuple[str, str]]:
    """The imports of a text, one name each; none where it does not parse."""
    try:
        tree = parse_module(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from import_lines(node)


def added_by_deckbuild(repair: Repair) -> Iterator[str]:
    """The import lines among the edits."""
    for edit in repair.edits:
        if edit.line is None and edit.after.startswith(("import ", "from ")):
            yield edit.after


def tell_imports(blocks: Sequence[Block], library: Library, changed: Mapping[str, Sequence[Imports]]) -> None:
    """How many imports were added, how many of them are decidably wrong, and how many of the cards' own were deleted."""
    print("\n| imports | added | wrong | deleted | the wrong ones |\n|---|---|---|---|---|")
    for name, changes in changed.items():
        wrong = Counter(
            line
            for block, change in zip(blocks, changes, strict=True)
            for bound, line in change.added
            if is_wrong(bound, line, block, library)
        )
        told = ", ".join(f"`{line}`" + (f" ×{n}" if n > 1 else "") for line, n in wrong.most_common(8))
        added, deleted = sum(len(c.added) for c in changes), sum(len(c.deleted) for c in changes)
        print(f"| {name} | {added} | {wrong.total()} | {deleted} | {told} |")


def is_wrong(name: str, line: str, block: Block, library: Library) -> bool:
    """Whether the block's book imports the name, and never so; or else defines it itself."""
    book = library.books[block.book]
    own = {text for _, text in book.imports.get(name, ())}
    return not same_object(line, own) if own else name in book.definitions


def same_object(line: str, own: set[str]) -> bool:
    """Whether an import binds what one of the others binds: `from torch import nn` is `import torch.nn as nn`."""
    return meant(line) in {meant(other) for other in own}


def meant(line: str) -> str:
    """The dotted name of what an import statement binds."""
    (node,) = ast.parse(line).body
    if isinstance(node, ast.ImportFrom):
        return f"{'.' * node.level}{node.module or ''}.{node.names[0].name}"
    assert isinstance(node, ast.Import)
    return node.names[0].name if node.names[0].asname else node.names[0].name.split(".")[0]


if __name__ == "__main__":
    main()
