"""A name that the snippet sets below its use: nothing stands in for it."""

from __future__ import annotations

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card


def test_nothing_stands_in_for_what_is_set_too_late(mend: Mend) -> None:
    (repair,) = mend(card("print(speed - 2)\nspeed = {'a': 1}"))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


def test_what_is_made_from_its_old_value_is_missing_at_first(mend: Mend) -> None:
    (repair,) = mend(card("print(speed * 2)\nspeed = speed + 1"))
    assert assumed(repair) == {"speed": "2.0"}


def test_what_the_loop_that_uses_it_sets_is_missing_at_first(mend: Mend) -> None:
    (repair,) = mend(card("for n in range(3):\n    print(speed * 2)\n    speed = n"))
    assert assumed(repair) == {"speed": "2.0"}
