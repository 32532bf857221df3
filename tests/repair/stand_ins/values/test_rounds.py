"""What divides a count is how often the loop was run that counts."""

from __future__ import annotations

import pytest

from tests.repair.conftest import Mend
from tests.repair.making import assumed, card

LOOP = "hits = 0\nfor i in range(50):\n    if i % 3 == 0:\n        hits += 1\n"


@pytest.mark.parametrize("use", ["share = hits / n", "area = 4 * hits / n\nprint(area)"])
def test_the_rounds_of_the_loop(mend: Mend, use: str) -> None:
    (repair,) = mend(card(LOOP + use))
    assert assumed(repair) == {"n": "50"}


@pytest.mark.parametrize(
    "use",
    [
        "share = 7 / n",
        "share = n / hits",
        "share = hits / n + n * 2",
        "for j in range(9):\n    hits += 1\nshare = hits / n",
    ],
)
def test_another_divisor_is_not(mend: Mend, use: str) -> None:
    (repair,) = mend(card(LOOP + use))
    assert assumed(repair).get("n") != "50"
