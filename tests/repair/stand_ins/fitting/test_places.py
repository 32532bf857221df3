"""Entries that are looked up with are whole numbers."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("print(idx_to_word[path[0, -1].item()])", "…"),
        ("import torch\nprint(torch.arange(20)[path[0, 3]].item())", "3"),
    ],
)
def test_an_entry_that_is_a_place_is_a_whole_number(mend: Mend, code: str, said: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair)["path"] == "torch.arange(16).reshape(4, 4)"
    assert printed(repair).strip() == said


@pytest.mark.parametrize("code", ["print(path[0, -1].item())", "import math\nprint(math.floor(path[0, 1].item()))"])
def test_other_entries_stay_as_they_are(mend: Mend, code: str) -> None:
    (repair,) = mend(card("import torch\n" + code))
    assert assumed(repair)["path"] == "torch.arange(16.).reshape(4, 4)"
