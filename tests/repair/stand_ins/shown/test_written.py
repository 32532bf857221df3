"""Data that an earlier card writes down: nothing is invented in their place, even where the snippet fails with them."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

PAIR = "import torch\ncold = torch.tensor([0.0])\nwarm = torch.tensor([1.0])"
BLEND = "import torch\nhalf = 0.5 * cold + 0.5 * warm\nprint(half.reshape(1, {n}))"


def test_data_of_an_earlier_card_are_used_though_the_snippet_fails_with_them(mend: Mend) -> None:
    turned = "import torch\nhalf = 0.5 * cold + 0.5 * warm\nprint(half.transpose(0, 1))"
    (repair,) = mend(card(turned, line=60), card(PAIR, line=20))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


def test_data_that_have_not_the_elements_of_the_shape_are_stood_in_for_and_it_is_said(mend: Mend) -> None:
    (repair,) = mend(card(BLEND.format(n=2), line=60), card(PAIR, line=20))
    assert assumed(repair) == {"cold": "torch.arange(2.)", "warm": "torch.arange(2., 4.)"}
    said = "the card “Title” (part1.md:24) makes one of another size, which cannot be brought to the shape (1, 2)"
    assert all(a.why.endswith(said) for a in repair.assumptions)


def test_data_of_an_earlier_card_are_used_where_they_fit(mend: Mend) -> None:
    (repair,) = mend(card(BLEND.format(n=1), line=60), card(PAIR, line=20))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.CORRECTED, ())
    assert printed(repair) == "tensor([[0.5000]])\n"


@pytest.mark.parametrize(
    "other",
    [
        "import torch\ncold = far_away_package.load('cold')",
        "import torch\ncold = torch.tensor([0.0, 4.0, ...])",
        "def cold(day):\n    return day",
    ],
)
def test_data_that_no_card_has_whole_are_stood_in_for(mend: Mend, other: str) -> None:
    (repair,) = mend(card("import torch\nprint(cold.reshape(1, 3))", line=60), card(other, line=20))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert list(assumed(repair)) == ["cold"]


def test_a_size_that_the_card_states_itself_goes_before_data_of_another_card(mend: Mend) -> None:
    code = "import torch\ntwice = cold.reshape(5) * 2\nprint(cold.shape)  # torch.Size([5])"
    (repair,) = mend(card(code, line=60), card(PAIR, line=20))
    assert assumed(repair) == {"cold": "torch.arange(5.)"}


KEYED = "print(readings['first'])"


@pytest.mark.parametrize(
    "other", ["readings = {'second': 3}", "readings = far_away_package.load()", "for readings in []:\n    pass"]
)
def test_a_mapping_stands_in_where_the_file_has_no_other_kind(mend: Mend, other: str) -> None:
    (repair,) = mend(card(KEYED, line=60), card(other, line=20))
    assert assumed(repair) == {"readings": "{'first': 1}"}


@pytest.mark.parametrize("other", ["readings = [3, 1]", "readings = 'a text'", "readings = [n for n in range(3)]"])
def test_no_mapping_stands_in_for_rows_of_the_same_file(mend: Mend, other: str) -> None:
    (repair,) = mend(card(KEYED, line=60), card(other, line=20))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())
    assert "'readings'" in repair.why
