"""The benchmark that runs other tools beside: what it makes of texts, and which imports it calls wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import peers
from benchmarks.peers import Block, chained, is_wrong, runs, told_imports, with_conventions

from deckbuild.model import Card, Deck, Repair, Run, SnippetVerdict
from deckbuild.repair import build_library
from tests.repair.conftest import run
from tests.repair.making import card

__all__ = ["run"]


def block(this: Card, index: int = 0) -> Block:
    return Block(this.source.book, Repair(this.snippets[index], SnippetVerdict.FAILED))


def test_conventional_imports_are_put_before_what_lacks_them() -> None:
    assert with_conventions("x = np.ones(2)") == "import numpy as np\nx = np.ones(2)"
    for text in ("import numpy as np\nx = np.ones(2)", "np = 3\nnp", "strange.thing", "x = = np"):
        assert with_conventions(text) == text


def test_earlier_blocks_are_chained_but_for_those_that_never_end(run: Run) -> None:
    this = card("x = 2", "1 / 0", "while True: pass", "y = x", "z = w")
    texts = [s.source for s in this.snippets]
    programs = chained([block(this, n) for n in range(5)], texts, [True, False, None, False, False])
    assert "while True" not in programs[3]
    assert runs(run, [programs[0], programs[3], programs[4]]) == [True, True, False]


@pytest.mark.parametrize(
    ("name", "line", "wrong"),
    [
        ("nn", "import torch.nn as nn", False),
        ("nn", "from torch import nn", False),
        ("nn", "import tensor.nn as nn", True),
        ("Generator", "from typing import Generator", True),
        ("sqrt", "from math import sqrt", False),
    ],
)
def test_an_import_is_wrong_that_the_book_takes_from_elsewhere_or_defines(name: str, line: str, wrong: bool) -> None:
    this = card("from torch import nn\nclass Generator(nn.Module): pass")
    library = build_library(Deck((this.source,), (this,)))
    assert is_wrong(name, line, block(this), library) is wrong


def test_imports_that_come_and_go_are_told() -> None:
    found = told_imports("import a\nfrom b import c, d", "from b import c\nimport e")
    assert found.added == {("e", "import e")}
    assert found.deleted == {("a", "import a"), ("d", "from b import d")}


def test_a_tool_that_is_not_installed_is_left_out() -> None:
    assert peers.tidied("no_such_tool", ["x"], sys.executable) is None


def test_what_a_tool_cannot_read_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "autoimport.py").write_text(
        "def fix_code(text):\n    if '=' not in text:\n        raise ValueError\n    print('noise')\n    return 'import os\\n' + text\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert peers.tidied("autoimport", ["x = 1", "no code"], sys.executable) == ["import os\nx = 1", "no code"]
    assert subprocess.run([sys.executable, "-c", "import autoimport"], check=False).returncode == 0
