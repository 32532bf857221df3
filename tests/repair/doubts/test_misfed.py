"""Stand-ins that are fed to what was not made for them."""

from __future__ import annotations

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, edits

ROWS = card(TORCH + "rows = torch.tensor([[0.5, 0.25, 1.5], [2.5, 0.5, 0.75]])", line=60)
COUNT = card("steps, width = torch.stack((rows, rows))[0].shape", line=80)
TABLES = TORCH + "words = nn.Embedding(9, 4)\nplaces = nn.Embedding(steps, 4)\n"


def test_no_number_of_another_card_is_made_of_a_stand_in_for_its_data(mend: Mend) -> None:
    code = TABLES + "print((words(rows) + places(torch.arange(steps))).shape)"
    (repair,) = mend(card(code), ROWS, COUNT)
    assert "rows, rows" not in str(edits(repair))
    assert repair.verdict is not SnippetVerdict.COMPLETED or set(assumed(repair)) == {"rows", "steps"}


def test_what_the_deck_does_not_write_down_may_be_made_up_for_both(mend: Mend) -> None:
    (fed,) = mend(card(TORCH + "print(nn.Linear(3, width)(rows).shape)"), COUNT)
    assert fed.verdict is SnippetVerdict.COMPLETED
    assert set(assumed(fed)) == {"rows"}


def test_a_line_is_not_corrected_to_suit_data_that_a_stand_in_replaces(mend: Mend) -> None:
    (repair,) = mend(card(TABLES.replace("steps", "3") + "print((words(rows) + places(torch.arange(3))).shape)"), ROWS)
    assert ".long()" not in str(edits(repair))
