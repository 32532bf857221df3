"""Rule `class-instance`: a model of which only the parameters are asked for, and whose class stands right before."""

from __future__ import annotations

import pytest

from deckbuild.model import Card, ClaimVerdict, SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import TORCH, card, printed, rules

SMALL = (
    TORCH
    + """class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(6, 2)

    def forward(self, x):
        return self.lin(x)"""
)
COUNT = "print(sum(p.numel() for p in model.parameters()))"


@pytest.mark.parametrize(
    "code", [COUNT, "steps = torch.optim.SGD(model.parameters(), lr=0.1)\nmodel.train()\nprint(14)"]
)
def test_the_class_of_the_card_before_is_the_one(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code, line=80), card(SMALL, line=50))
    assert (repair.verdict, printed(repair), repair.assumptions) == (SnippetVerdict.CORRECTED, "14\n", ())
    assert "class-instance" in rules(repair)
    (edit,) = (e for e in repair.edits if e.rule == "class-instance")
    assert edit.after == "model = Small()"
    assert "“Title”" in edit.evidence


def test_so_is_that_of_the_same_card_and_what_is_stated_of_it_is_judged(judged: Judged) -> None:
    (_, repair), (claim,) = judged(card(SMALL, f"{COUNT}  # 14"))
    assert (repair.verdict, claim.verdict) == (SnippetVerdict.CORRECTED, ClaimVerdict.CONFIRMED)
    _, (claim,) = judged(card(SMALL, f"{COUNT}  # 15"))
    assert claim.verdict is ClaimVerdict.REFUTED


@pytest.mark.parametrize(
    "code",
    [
        "print(model(torch.ones(1, 6)).shape)",
        "def size(m):\n    return sum(p.numel() for p in m.parameters())\nprint(size(model))",
        "torch.save(model.state_dict(), 'm.pt')",
        "print(model.lin)",
        "print(model)",
        COUNT.replace("model", "critic"),
    ],
)
def test_what_else_is_done_with_a_model_rests_on_an_assumption(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code, line=80), card(SMALL, line=50))
    assert "class-instance" not in rules(repair)


@pytest.mark.parametrize(
    ("nearer", "between"),
    [
        (SMALL, card("x = 1", line=60)),
        (SMALL + "\nsmall = Small()", None),
        (SMALL.replace("__init__(self)", "__init__(self, width)"), None),
        (SMALL + "\nclass Twice(Small):\n    pass", None),
    ],
)
def test_classes_further_off_or_of_other_use_are_no_correction(mend: Mend, nearer: str, between: Card | None) -> None:
    (repair,) = mend(card(COUNT, line=80), card(nearer, line=50), *([between] if between is not None else []))
    assert "class-instance" not in rules(repair)
