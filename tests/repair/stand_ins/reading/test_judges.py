"""How many numbers a generator gives that stands in: as many as the judge of the file takes."""

from __future__ import annotations

import pytest

from tests.repair.conftest import Mend
from tests.repair.making import AFAR, TORCH, assumed, card

USE = TORCH + "noise = torch.randn(5, 20)\nout = G(noise)\nprint(out.argmax(-1).shape)"
JUDGE = TORCH + "D = nn.Sequential(nn.Linear(45, 1), nn.Sigmoid()).to('cpu')"


@pytest.mark.parametrize("judge", [JUDGE, TORCH + "disc = nn.Linear(45, 1)"])
def test_a_generator_gives_what_the_judge_takes(mend: Mend, judge: str) -> None:
    (repair,) = mend(card(USE), card(judge, line=200))
    assert assumed(repair) == {"G": "nn.Sequential(nn.Flatten(), nn.LazyLinear(45))"}


@pytest.mark.parametrize(
    "judges",
    [
        [TORCH + "D = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten(), nn.Linear(45, 1))"],
        [JUDGE, TORCH + "critic = nn.Linear(33, 1)"],
        [TORCH + "D = nn.Linear(sizes[0], 1)"],
        [TORCH + "net = nn.Linear(45, 1)"],
    ],
)
def test_where_no_one_judge_says_it_the_width_is_our_own(mend: Mend, judges: list[str]) -> None:
    others = [card(judge, line=line) for judge, line in zip(judges, (200, 300), strict=False)]
    (repair,) = mend(card(USE), *others)
    assert assumed(repair) == {"G": "nn.Sequential(nn.Flatten(), nn.LazyLinear(3))"}


def test_other_networks_and_other_files_say_nothing(mend: Mend) -> None:
    (repair,) = mend(card(USE.replace("G(", "model(")), card(JUDGE, line=200))
    assert assumed(repair) == {"model": "nn.Sequential(nn.Flatten(), nn.LazyLinear(3))"}
    (repair,) = mend(card(USE), card(JUDGE, source=AFAR))
    assert assumed(repair) == {"G": "nn.Sequential(nn.Flatten(), nn.LazyLinear(3))"}
