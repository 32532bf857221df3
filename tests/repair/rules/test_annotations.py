"""Rule `future-annotations`: names that nothing defines and that annotations alone read."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from deckbuild.repair.rules.annotations import LINE, RULE
from tests.repair.conftest import Mend
from tests.repair.making import card, edits, printed, rules


@pytest.mark.parametrize(
    "code",
    [
        "def weight(parcel: Parcel) -> float:\n    return parcel.kilos\nprint(3)",
        "def weigh(parcels: list[Parcel]):\n    return len(parcels)\nprint(weigh([1, 2, 4]))",
        "def pack(n: int) -> Parcel:\n    return n\nprint(pack(3))",
        "from typing import NamedTuple\nclass Load(NamedTuple):\n    parcel: Parcel\n    n: int = 3\nprint(Load(1).n)",
        "from dataclasses import dataclass\n@dataclass\nclass Load:\n    parcel: Parcel\nprint(Load(3).parcel)",
    ],
)
def test_annotations_that_name_what_is_nowhere_are_not_evaluated(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, edits(repair), printed(repair)) == (SnippetVerdict.CORRECTED, [(RULE, "", LINE)], "3\n")


def test_it_stands_above_what_stands_above(mend: Mend) -> None:
    first, second = mend(card("n = 2\nprint(n)", "def pack(m: Parcel):\n    return m\nprint(pack(n))"))
    assert (first.verdict, second.verdict) == (SnippetVerdict.RAN, SnippetVerdict.CORRECTED)
    assert (second.code or "").startswith(f"{LINE}\nn = 2\n")
    assert second.own == (4, 6)


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        ("def weight(parcel: Parcel):\n    return parcel.kilos\nprint(Parcel)", ""),
        ("def pack(parcel: Parcel):\n    return 1\nprint(pack.__annotations__)", ""),
        ("def pack(parcel: Parcel):\n    return 1", "A forward reference is written as a text."),
        ("def pack(parcel: Parcel):\n    return 1", "It raises a NameError."),
        ("def pack(parcel=Parcel):\n    return 1", ""),
        ("from torch import Tensor\ndef pack(rows: Tensor[N, 4]):\n    return 1", ""),
    ],
)
def test_what_else_reads_the_name_or_is_about_annotations_is_left_alone(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert RULE not in rules(repair)


def test_a_class_of_the_deck_is_taken_before(mend: Mend) -> None:
    (repair,) = mend(card("def pack(parcel: Parcel):\n    return 1", line=60), card("class Parcel:\n    kilos = 2"))
    assert rules(repair) == {"deck-definition"}


def test_nothing_stands_in_for_what_an_annotation_names(mend: Mend) -> None:
    (repair,) = mend(card("def pack(parcels: list[Parcel]) -> dict[Parcel, int]:\n    return {}"))
    assert repair.assumptions == ()
