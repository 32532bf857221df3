"""How right a model is that deckbuild made up is told nowhere, while the program that measures it runs."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed

ACCURACY = "with torch.no_grad():\n    hits = (model(torch.ones(2, 4)).argmax(1) == 0).sum().item()\n"


@pytest.mark.parametrize("said", ["print(f'Accuracy: {hits / 2:.1%}')", "acc = hits / 2\nprint(acc)"])
def test_no_accuracy_is_told_of_an_invented_model(mend: Mend, said: str) -> None:
    (repair,) = mend(card(TORCH + ACCURACY + "print('done')\n" + said))
    assert list(assumed(repair)) == ["model"]
    assert printed(repair) == "done\n…\n"
    assert repair.outcome is not None
    assert [p.text for p in repair.outcome.prints] == ["done\n"]
    assert [d.code for d in repair.diagnostics] == ["not-shown"]


def test_no_tensor_that_tells_it_is_drawn(mend: Mend) -> None:
    code = "acc = (model(torch.ones(2, 4)).argmax(1) == 0).float().mean()\nprint('accuracy', acc)"
    (repair,) = mend(card(TORCH + code))
    assert "acc" in repair.noise


def test_no_accuracy_is_told_beside_another_that_the_card_states(mend: Mend) -> None:
    (repair,) = mend(card(TORCH + ACCURACY + "print(hits / 2, 'accuracy')  # 0.97 accuracy"))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


@pytest.mark.parametrize("last", ["accuracy = hits / 2", "print('measures the accuracy')", "print(hits >= 0)"])
def test_what_is_not_told_may_be_calculated(mend: Mend, last: str) -> None:
    (repair,) = mend(card(TORCH + ACCURACY + last))
    assert (list(assumed(repair)), repair.diagnostics) == (["model"], ())
    assert "…" not in printed(repair)


def test_an_accuracy_of_the_cards_own_data_is_told(mend: Mend) -> None:
    code = "right = [1, 0, 1]\nsaid = [1, 1, 1]\naccuracy = sum(a == b for a, b in zip(right, said)) / 3\nprint(f'Accuracy: {accuracy:.2f}')"
    (repair,) = mend(card(code))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.RAN, "Accuracy: 0.67\n")
