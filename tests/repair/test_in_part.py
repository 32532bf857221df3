"""A block that writes a list's first entries and leaves the others out runs on those that it writes, which is an assumption."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, edits, printed


def test_the_entries_that_are_written_are_assumed_to_be_all(mend: Mend) -> None:
    (repair,) = mend(card("import torch\nsizes = [4, 5, ...]  # in metres\nrow = torch.tensor(sizes)\nprint(row)"))
    assert (repair.verdict, assumed(repair)) == (SnippetVerdict.COMPLETED, {"sizes": "[4, 5]"})
    assert printed(repair) == "tensor([4, 5])\n"
    assert edits(repair) == [
        ("left-out-entries", "sizes = [4, 5, ...]  # in metres", "# sizes = [4, 5, ...]  # in metres")
    ]
    assert {"sizes", "row"} <= repair.assumed


def test_lists_over_several_lines_and_in_calls(mend: Mend) -> None:
    code = "words = [\n    'sun',\n    'rain',\n    ...\n]\ntable = np.array([[1, 2, ...], [3, 4, ...]])\nprint(words[1], table.sum())"
    (repair,) = mend(card(code))
    assert assumed(repair) == {"words": "['sun', 'rain']", "table": "np.array([[1, 2], [3, 4]])"}
    assert printed(repair) == "rain 10\n"
    assert [(e.rule, e.line) for e in repair.edits] == [
        ("missing-import", None),
        ("left-out-entries", 1),
        ("left-out-entries", 6),
    ]


@pytest.mark.parametrize(
    "code",
    [
        "sizes = [4, 5, ...]\nprint(sizes[-1])",
        "sizes = [4, 5, ...]\nprint(len(sizes))",
        "import numpy as np\nsizes = [4, 5, ...]\nrow = np.array(sizes)\nprint(row.shape)",
        "import numpy as np\nsizes = [4, 5, ...]\nrow = np.array(sizes) * 2\nprint(row[-2:])",
        "sizes = [4, 5, ...]\nprint(sizes[7])",
        "sizes = [4, ...]",
        "sizes = [...]",
        "sizes = ...",
        "sizes = [first, second, ...]",
        "sizes = [4, 5, ...]\ngrow(sizes, ...)",
        "sizes = [4, 5, ...]\nrate = ...",
        "# pseudocode\nsizes = [4, 5, ...]",
        "sizes = [4, 5, ...]\nprint(sum(sizes))  # 46",
        "for x in [1, 2, ...]:\n    print(x)",
    ],
)
def test_what_is_left_out_is_not_made_up(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.reason, repair.assumptions) == (SnippetVerdict.SKIPPED, "pseudo-code", ())


def test_the_blocks_below_read_what_is_written_and_nothing_behind(mend: Mend) -> None:
    _, second, last = mend(card("sizes = [4, 5, ...]", "print(sizes[1])", "print(sizes[-1])"))
    assert printed(second) == "5\n"
    assert last.verdict is SnippetVerdict.FAILED


@pytest.mark.parametrize("code", ["sizes = [4, 5, ..., 9]", "sizes = [4, 5, ..., 9]\nprint(sizes[0])"])
def test_entries_behind_the_gap_are_not_lost(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.code) == (SnippetVerdict.SKIPPED, None)
