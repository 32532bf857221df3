"""Notation that is shown and not run."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, card

FORWARD = "def forward(rows: Tensor[N, 4]) -> Tensor[N]:\n    return rows.sum(1)"


@pytest.mark.parametrize(
    ("codes", "prose"),
    [
        (("torch.where(chosen, left, right)  # tensor([1, 2])",), ""),
        (("torch.where(chosen, left, right)",), "This call fails."),
        (("torch.where(chosen, 1, right)",), ""),
        (("print(torch.where(chosen, left, right))",), ""),
        (("measure(chosen, left, right)",), ""),
        (("import torch\nleft = torch.ones(2)\nright = torch.zeros(3)\nchosen = left > 0", "torch.where(chosen, left, right)"), ""),
        (("def half(n)",), "Without the colon there is a `SyntaxError`."),
        ((f"from torch import Tensor\n{FORWARD}\nforward(rows)".replace("[N, 4]", "").replace("[N]", "") + "\nrows.nope()",), ""),
    ],
)  # fmt: skip
def test_what_is_meant_to_run_has_failed(mend: Mend, codes: tuple[str, ...], prose: str) -> None:
    repair = mend(card(*codes, prose=prose))[-1]
    assert (repair.verdict, repair.reason) == (SnippetVerdict.FAILED, None)


def test_a_method_of_what_another_card_makes_has_failed(mend: Mend) -> None:
    other = card("class Plan:\n    def follow(self, road):\n        return road.nowhere\n\nplan = Plan()", line=1)
    (repair,) = mend(card("plan.follow(road, map_of_it)", line=60), other)
    assert (repair.verdict, repair.reason) == (SnippetVerdict.FAILED, None)


@pytest.mark.parametrize("code", [TORCH + "nn.Linear(in_features, out_features)", "torch.relu(x)", "sorted(words)"])
def test_what_runs_with_stand_ins_is_run(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.COMPLETED


@pytest.mark.parametrize(
    ("code", "reason", "said"),
    [
        ("torch.where(chosen, left, right)", "fragment", "how `torch.where` is called"),
        ("tensor.index_fill_(dim, index, value)", "fragment", "how `tensor.index_fill_` is called"),
        ("from torch import nn\nnn.Bilinear(first, second, third, bias=True)", "fragment", "how `nn.Bilinear` is"),
        ("rows: Tensor[N, 4]\nlabels: Tensor[N]", "pseudo-code", "`Tensor[N, 4]` notes a shape"),
        ("from torch import Tensor\nrows: Tensor[2, 4]", "pseudo-code", "`Tensor[2, 4]` notes a shape"),
        (FORWARD, "pseudo-code", "`Tensor[N, 4]` notes a shape"),
        ("class Part(nn.Module)", "fragment", "the head of `Part`, without"),
        ("def fit(self, rows)\ndef predict(self, rows)", "fragment", "the head of `fit`, `predict`, without"),
    ],
)
def test_notation_is_skipped(mend: Mend, code: str, reason: str, said: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, reason)
    assert said in repair.why
