"""What a loader holds that nothing on the card unpacks: pictures or tokens only where the card or its file speaks of them."""

from __future__ import annotations

import pytest

from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

LENGTH = "steps = len(train_loader)\nprint(steps)"
ROWS = "torch.arange(8.).reshape(2, 4)"
IDS = "torch.tensor([[0, 1, 2, 3], [3, 2, 1, 0]])"
PICTURES = "torch.rand(2, 3, 8, 8)"


@pytest.mark.parametrize(
    ("prose", "other", "first"),
    [
        ("The number of steps.", "pass", ROWS),
        ("The number of steps.", "vocab_size = 50\ntokens = [1, 2]", IDS),
        ("The number of steps.", "images = None", PICTURES),
        ("A step for each batch of tokens.", "images = None", IDS),
        ("A step for each batch of pictures.", "tokens = [1, 2]", PICTURES),
    ],
)
def test_a_loader_holds_what_the_card_or_its_file_speaks_of(mend: Mend, prose: str, other: str, first: str) -> None:
    (repair,) = mend(card(LENGTH, prose=prose, line=60), card(other, line=20))
    assert assumed(repair)["train_loader"].startswith(f"[({first}, ")
    assert printed(repair) == "2\n"
