"""Data sets that are split or handed to loaders."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed

USES = TORCH + "from torch.utils.data import DataLoader, random_split\nnet = nn.Linear(5, 2)\n"
SPLIT = "kept, held = random_split(dataset, {lengths})\nfor rows, labels in {loop}:\n    print(net(rows).shape)\n    break\n"
LOADED = "loader = DataLoader(held, batch_size=2)\n"


def split(lengths: str) -> str:
    """A program that feeds a part of a split data set to a layer."""
    first, *rest = SPLIT.format(lengths=lengths, loop="loader").split("\n")
    return USES + first + "\n" + LOADED + "\n".join(rest)


@pytest.mark.parametrize(
    ("lengths", "count"),
    [("[6, 3]", 9), ("[0.7, 0.3]", 10), ("[len(dataset) - 4, 4]", 6), ("(int(len(dataset) * 0.5), size)", 10)],
)
def test_as_many_examples_as_are_split_and_of_the_layers_width(mend: Mend, lengths: str, count: int) -> None:
    code = split(lengths).replace("kept", "size = len(dataset) - int(len(dataset) * 0.5)\nkept", 1)
    (repair,) = mend(card(code))
    rows = f"torch.arange({count * 5}.).reshape({count}, 5)"
    assert assumed(repair) == {"dataset": f"torch.utils.data.TensorDataset({rows}, torch.arange({count}) % 2)"}
    assert printed(repair) == "torch.Size([2, 2])\n"
    assert f"{count} rows" in repair.assumptions[0].why


def test_names_of_which_only_the_number_of_entries_is_asked_have_as_many(mend: Mend) -> None:
    (repair,) = mend(card(split("[len(pages) - 4, 4]")))
    assert assumed(repair)["pages"] == "[1, 2, 3, 4, 5, 6]"
    assert assumed(repair)["dataset"].startswith("torch.utils.data.TensorDataset(torch.arange(30.).reshape(6, 5)")


def test_what_a_loader_gives_is_told_by_its_loop(mend: Mend) -> None:
    code = USES + "loader = DataLoader(dataset, batch_size=2)\nfor rows, labels in loader:\n    print(net(rows).shape)"
    (repair,) = mend(card(code))
    assert assumed(repair) == {
        "dataset": "torch.utils.data.TensorDataset(torch.arange(10.).reshape(2, 5), torch.tensor([0, 1]))"
    }


@pytest.mark.parametrize("lengths", ["[50000, 10000]", "lengths_of(dataset)"])
def test_sizes_that_are_large_or_not_written_down_get_no_small_data_set(mend: Mend, lengths: str) -> None:
    (repair,) = mend(card(split(lengths)))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.assumptions == ()


@pytest.mark.parametrize("code", ["print(len(pages))", "print(len(pages) - 4, pages[0].title)"])
def test_what_is_asked_for_more_or_less_gets_no_such_row(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert assumed(repair).get("pages") != "[1, 2, 3, 4, 5, 6]"
