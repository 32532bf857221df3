"""What a claim selects: an argument that was left out, a set-up that is only described; and when nothing may be chosen."""

from __future__ import annotations

import pytest

from deckbuild.model import ClaimVerdict, SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import TORCH, assumed, card, edits, rules, with_output

UP = (
    TORCH
    + """up = nn.ConvTranspose2d(1, 1, kernel_size=2, bias=False)
up.load_state_dict({'weight': torch.tensor([[[[1., 2.], [3., 4.]]]])})
x = torch.tensor([[[[5., 6.], [7., 8.]]]])
print(up(x))"""
)
SPREAD = """tensor([[[[ 5., 10.,  6., 12.],
          [15., 20., 18., 24.],
          [ 7., 14.,  8., 16.],
          [21., 28., 24., 32.]]]])"""
POOL = TORCH + "pool = nn.MaxPool2d(2)\nx = torch.arange(16.).reshape(1, 1, 4, 4)\nprint(pool(x))"
PLAIN = """conv = nn.Conv2d(1, 1, kernel_size=1, bias=False)
conv.load_state_dict({'weight': torch.ones(1, 1, 1, 1)})
"""


def test_a_stride_is_found_that_only_the_stated_tensor_tells(judged: Judged) -> None:
    (repair, _), (claim,) = judged(with_output(UP, SPREAD))
    before = "up = nn.ConvTranspose2d(1, 1, kernel_size=2, bias=False)"
    assert edits(repair) == [("missing-argument", before, before[:-1] + ", stride=2)")]
    assert repair.tried is not None
    assert repair.tried > 10
    assert claim.verdict is ClaimVerdict.CONFIRMED
    assert claim.tried == repair.tried
    assert claim.bits is not None
    assert claim.bits > 10


def test_it_is_found_together_with_a_bias_that_the_state_dict_lacks(mend: Mend) -> None:
    repair, _ = mend(with_output(UP.replace(", bias=False", ""), SPREAD))
    assert rules(repair) == {"state-dict-keys", "missing-argument"}
    assert {(e.before, e.after) for e in repair.edits} == {
        (
            "up = nn.ConvTranspose2d(1, 1, kernel_size=2)",
            "up = nn.ConvTranspose2d(1, 1, kernel_size=2, bias=False, stride=2)",
        )
    }


def test_a_pooling_window_that_steps_by_one(mend: Mend) -> None:
    stated = "tensor([[[[ 5.,  6.,  7.],\n          [ 9., 10., 11.],\n          [13., 14., 15.]]]])"
    repair, _ = mend(with_output(POOL, stated))
    assert edits(repair) == [("missing-argument", "pool = nn.MaxPool2d(2)", "pool = nn.MaxPool2d(2, stride=1)")]


@pytest.mark.parametrize(
    ("code", "stated"),
    [
        (UP.replace("kernel_size=2,", "kernel_size=2, stride=1,"), SPREAD),
        (UP, SPREAD.replace("32.", "33.")),
        (POOL, "tensor([[[[ 5.,  7.],\n          [13., 15.]]]])"),
        (TORCH + PLAIN + "x = torch.zeros(1, 1, 4, 4)\nprint(conv(x))", "tensor([[[[0., 0.],\n          [0., 0.]]]])"),
        (
            TORCH + PLAIN + "x = torch.arange(16.).reshape(1, 1, 4, 4)\nprint(conv(x)[0, 0, 1, 1].item())",
            "10.0",
        ),
    ],
    ids=["the card says another", "no setting fits", "it fits as it is", "zeros say nothing", "too little is said"],
)
def test_nothing_is_chosen(mend: Mend, code: str, stated: str) -> None:
    repair, _ = mend(with_output(code, stated))
    assert repair.verdict is SnippetVerdict.RAN
    assert (repair.edits, repair.tried) == ((), None)


def test_a_false_count_of_parameters_takes_no_biases(judged: Judged) -> None:
    code = TORCH + "up = nn.Linear(64, 128)\nprint(up(torch.ones(2, 64)).shape)"
    said = "The layer has 8,192 parameters. The output is:"
    (repair, _), (count, size) = judged(with_output(code, "torch.Size([2, 128])", said=said))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.RAN, ())
    assert (count.verdict, size.verdict) == (ClaimVerdict.REFUTED, ClaimVerdict.CONFIRMED)


SEEN = "mean = seen.mean()\nstd = seen.std()\nprint(mean, std)"


def test_a_described_set_up_is_found_through_mean_and_deviation(judged: Judged) -> None:
    prose = "We look at a random image of one channel and 8x8 pixels. Its mean is 0.43374348 and its standard deviation is 0.29807267."
    (repair,), claims = judged(card(SEEN, prose=prose))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert ("described-set-up", "", "torch.manual_seed(3)\nseen = torch.rand(1, 1, 8, 8)") in edits(repair)
    assert repair.assumptions == ()
    numbers = [c for c in claims if c.claim.kind == "number"]
    assert [c.verdict for c in numbers] == [ClaimVerdict.CONFIRMED] * 2
    assert all(c.tried == repair.tried for c in numbers)


def test_no_set_up_is_taken_that_misses_the_numbers(mend: Mend) -> None:
    prose = "We look at a random image of one channel and 8x8 pixels. Its mean is 0.43379348 and its standard deviation is 0.29817267."
    (repair,) = mend(card(SEEN, prose=prose))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert list(assumed(repair)) == ["seen"]
