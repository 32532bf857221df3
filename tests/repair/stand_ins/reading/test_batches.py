"""Batches of made-up loaders have as many rows as the program counts on."""

from __future__ import annotations

import pytest

from deckbuild.model import Card, SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, at_line, card, printed

FLAT = "for images, labels in loader:\n    print(images.view(batch_size, -1).shape, labels.shape)\n    break"
PAIR = "(torch.rand(2, 3, 8, 8), torch.tensor([0, 1]))"
MADE = "loader = torch.utils.data.DataLoader(train_data, batch_size=batch_size)\n"


def below(this: Card) -> Card:
    return at_line(this, 60)


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("for images, labels in loader:\n    print(images.shape)", "batch_size = 8"),
        ("batch_size = 4096\nfor images, labels in loader:\n    print(images.shape, batch_size)", "x = 1"),
        ("epochs = 8\nfor images, labels in loader:\n    print(images.shape, epochs)", "x = 1"),
        ("for images, labels in loader:\n    print(images.shape)\nmake = dict(batch_size=8)", "x = 1"),
    ],
)
def test_where_nothing_counts_on_the_rows_or_they_are_many_two_do(mend: Mend, code: str, other: str) -> None:
    (repair,) = mend(below(card(TORCH + code)), card(other))
    assert assumed(repair) == {"loader": f"[{PAIR}, {PAIR}]"}


def test_a_data_set_whose_batches_nobody_counts_on_has_two_rows(mend: Mend) -> None:
    code = f"batch_size = 8\n{MADE}for images, labels in loader:\n    print(images.shape)"
    (repair,) = mend(card(TORCH + code))
    assert printed(repair) == "torch.Size([2, 3, 8, 8])\n"


def test_a_missing_batch_size_is_a_setting(mend: Mend) -> None:
    (repair,) = mend(card(TORCH + FLAT))
    assert printed(repair) == "torch.Size([2, 2]) torch.Size([2])\n"


@pytest.mark.parametrize("other", ["batch_size = 6", "BATCH_SIZE = 5\nbatch_size = 6\nprint(batch_size)"])
def test_the_files_batch_size_is_the_number_of_rows(mend: Mend, other: str) -> None:
    (repair,) = mend(below(card(TORCH + FLAT)), card(other))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.COMPLETED, "torch.Size([6, 192]) torch.Size([6])\n")


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("for images, labels in loader:\n    print(images.view(batch_size, -1).shape)\n    break", "[7, 192]"),
        ("images, _ = next(iter(loader))\nprint(images.reshape(batch_size, 4, 16).shape)", "[7, 4, 16]"),
        ("noise = torch.randn(batch_size, 3, 8, 8)\nimages, _ = next(iter(loader))\nprint((images + noise).shape)", "[7, 3, 8, 8]"),
        (MADE + "images, _ = next(iter(loader))\nprint(images.view(batch_size, -1).shape)", "[7, 192]"),
    ],
)  # fmt: skip
def test_the_cards_own_batch_size_is_the_number_of_rows(mend: Mend, code: str, shape: str) -> None:
    (repair,) = mend(card(f"{TORCH}batch_size = 7\n{code}"))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.COMPLETED, f"torch.Size({shape})\n")


@pytest.mark.parametrize(
    ("prose", "rows"),
    [("A batch of four images of 8 by 8.", 4), ("A batch of five images of 8 by 8.", 2), ("Four images of 8 by 8.", 2)],
)
def test_a_batch_has_the_rows_that_the_text_says_where_a_stated_shape_begins_with_them(
    mend: Mend, prose: str, rows: int
) -> None:
    code = "import torch\npictures = next(iter(loader))\nprint(pictures.shape)  # torch.Size([4, 3, 8, 8])"
    (repair,) = mend(card(code, prose=prose))
    one = f"torch.rand({rows}, 3, 8, 8)"
    assert assumed(repair) == {"loader": f"[{one}, {one}]"}
