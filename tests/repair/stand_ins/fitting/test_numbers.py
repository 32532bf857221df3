"""The numbers of stand-ins: no two names of a program have the same, and a training is fed with small ones."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed


@pytest.mark.parametrize(
    ("code", "values"),
    [
        (
            "import torch\nmix = 0.5 * dawn + 0.5 * dusk\nprint(mix.reshape(1, 3))",
            {"dawn": "torch.arange(3.)", "dusk": "torch.arange(3., 6.)"},
        ),
        (
            "import torch\nprint(torch.equal(near.view(2, 2), far.view(2, 2)))",
            {"near": "torch.arange(4.)", "far": "torch.arange(4., 8.)"},
        ),
        ("print(width * height)", {"width": "2.0", "height": "3.0"}),
        ("print(old.upper() == new.upper())", {"old": "'some text'", "new": "'another text'"}),
        ("print(sum(ours) > sum(theirs))", {"ours": "[1, 2, 3]", "theirs": "[4, 5, 6]"}),
    ],
)
def test_two_names_of_a_program_get_different_numbers(mend: Mend, code: str, values: dict[str, str]) -> None:
    (repair,) = mend(card(code))
    assert assumed(repair) == values
    assert repair.verdict is SnippetVerdict.COMPLETED


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("import torch\nprint(peaks.reshape(2, 3))", {"peaks": "torch.arange(6.)"}),
        (
            "import torch\nown = torch.arange(5.)\nprint(own.sum(), peaks.reshape(2, 3))",
            {"peaks": "torch.arange(6.)"},
        ),
        ("print([0] * batch_size, range(num_heads))", {"batch_size": "2", "num_heads": "2"}),
    ],
)
def test_numbers_that_nobody_shares_and_settings_stay(mend: Mend, code: str, values: dict[str, str]) -> None:
    (repair,) = mend(card(code))
    assert assumed(repair) == values


STEPS = (
    "judge = nn.Linear(6, 1)\nrule = torch.optim.SGD(judge.parameters(), lr=0.05)\n"
    "for _ in range(40):\n    cost = (judge(rows) ** 2).mean()\n    rule.zero_grad()\n    cost.backward()\n    rule.step()\n"
    "print(bool(cost < 1))"
)


def test_a_training_is_fed_with_small_numbers(mend: Mend) -> None:
    (repair,) = mend(card(TORCH + STEPS))
    assert assumed(repair) == {"rows": "torch.rand(2, 6)"}
    assert printed(repair) == "True\n"


def test_a_model_that_is_only_applied_is_fed_with_counted_numbers(mend: Mend) -> None:
    (repair,) = mend(card(TORCH + "judge = nn.Linear(6, 1)\nprint(judge(rows).shape)"))
    assert assumed(repair) == {"rows": "torch.arange(12.).reshape(2, 6)"}
