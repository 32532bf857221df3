"""Lists that end with `...`: run with what is shown where nothing depends on the rest, told as an assumption."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, edits, printed


@pytest.mark.parametrize(
    "code",
    [
        "depths = [4, ...]",
        "depths = [[1, 2, ...], [3, 4, ...]]",
        "depths = [4, 9, 3, ...]\nprint(len(depths))",
        "depths = [4, 9, 3, ...]\nprint(depths[-1])",
        "import torch\ndepths = torch.tensor([4., 9., 3., ...])\nprint(depths.mean())",
        "import torch\ndepths = [4., 9., 3., ...]\nrow = torch.tensor(depths)\nprint(row.shape)",
        "depths = [4, 9, 3, ...]\nrest = ...",
        "def depth(n):\n    return [1, 2, ...]",
    ],
)
def test_what_depends_on_the_rest_is_left_alone(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code.replace("\\\n", "\n")))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "pseudo-code")


def test_what_is_shown_is_run(mend: Mend) -> None:
    code = "depths = [4, 9, 3, ...]  # of 200 wells\nprint(depths[1])"
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair) == {"depths": "[4, 9, 3]"}
    assert edits(repair) == [("shown-entries", code.split("\n")[0], "depths = [4, 9, 3]  # of 200 wells")]
    assert printed(repair) == "9\n"


def test_a_later_block_rests_on_it_and_may_not_ask_for_the_end(mend: Mend) -> None:
    _, front, end = mend(card("depths = [4, 9, 3, ...]", "print(depths[0])", "print(depths[-1])"))
    assert (front.verdict, assumed(front)) == (SnippetVerdict.COMPLETED, {"depths": "[4, 9, 3]"})
    assert (end.verdict, end.why) == (
        SnippetVerdict.FAILED,
        "only the first entries of `depths` are shown in the deck, and the others are asked for",
    )
