"""A missing name that the snippet has under another: one that a claim or its items speak for, and attributes of `self`."""

from __future__ import annotations

import pytest

from deckbuild.model import Card, SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import card, edits, printed

BOX = "class Box:\n    def __init__(self, side):\n        self.side_cm = side\n\n    def area(self):\n        return {} ** 2\n"


@pytest.mark.parametrize(
    ("before", "line", "after", "out"),
    [
        ("prices = [4, 8]\n", "print(sum(price))  # 12", "print(sum(prices))  # 12", "12\n"),
        ("prices = [4, 8]\n", "print(sum(price))", "print(sum(prices))", "12\n"),
        ("total = sum([4, 8])\n", "print(totals)  # 12", "print(total)  # 12", "12\n"),
        ("grid_size = 6\n", "print(grid * 2)  # 12", "print(grid_size * 2)  # 12", "12\n"),
        ("learning_Rate = 12\n", "print(learning_rate)", "print(learning_Rate)", "12\n"),
        ("def twoTimes(n):\n    return 2 * n\n", "print(two_times(6))", "print(twoTimes(6))", "12\n"),
        ("FACTOR = 12\n", "print(factor)  # 12", "print(FACTOR)  # 12", "12\n"),
        ("weight = 12\n", "print(weigth)  # 12", "print(weight)  # 12", "12\n"),
        (
            "heights = [5, 7]\n",
            "print(sum(hieghts) + 0 * len(hieghts))",
            "print(sum(heights) + 0 * len(heights))",
            "12\n",
        ),
    ],
)
def test_the_name_that_is_meant(judged: Judged, before: str, line: str, after: str, out: str) -> None:
    (repair,), judgements = judged(card(before + line))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert edits(repair) == [("misspelt-name", line, after)]
    assert printed(repair) == out
    assert all(j.verdict == "confirmed" for j in judgements)


def test_a_parameter_that_is_meant(mend: Mend) -> None:
    (repair,) = mend(card("def middle(points):\n    return sum(point) / len(points)\n\nprint(middle([2, 6]))  # 4.0"))
    assert edits(repair) == [
        ("misspelt-name", "    return sum(point) / len(points)", "    return sum(points) / len(points)")
    ]


@pytest.mark.parametrize(
    "code",
    [
        "words = ['ab', 'c']\nprint(len(word))",
        "words = ['ab', 'c']\nprint(len(word))  # 2",
        "prices = [4, 8]\nprint(sum(price))  # 13",
        "x_rows = [1, 2]\ny_rows = [3, 4]\nprint(sum(z_rows))  # 7",
        "x_train = [1, 2, 3]\nprint(len(y_train))  # 3",
        "FACTOR = 12\nprint(factor)",
        "grid_size = 6\nprint(grid * 2)",
        "total = 12\nprint(totals)",
        "heights = [5, 7]\nprint(sum(hieghts))  # 13",
        "ab_c = [5, 7]\nprint(sum(ba_c))",
    ],
)
def test_nothing_speaks_for_the_name(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.edits == ()


@pytest.mark.parametrize(
    ("this", "others"),
    [
        (card("heights = [5, 7]\nprint(sum(hieghts))", line=60), (card("print(sum(hieghts))", line=1),)),
        (card("heights = [5, 7]\nprint(sum(hieghts))", prose="The sum of `hieghts` is printed."), ()),
        (card("heights = [5, 7]", "print(sum(hieghts))"), ()),
    ],
)
def test_a_name_with_swapped_letters_that_is_used_elsewhere_or_in_a_block_of_its_own_stays(
    mend: Mend, this: Card, others: tuple[Card, ...]
) -> None:
    assert mend(this, *others)[-1].edits == ()


@pytest.mark.parametrize("prose", ["The last line raises a `NameError`.", "It fails, as the name is not defined."])
def test_a_name_that_is_missing_on_purpose_stays(mend: Mend, prose: str) -> None:
    (repair,) = mend(card("prices = [4, 8]\nprint(sum(price))", prose=prose))
    assert repair.edits == ()


def test_a_name_that_another_card_binds_is_that_card_s(mend: Mend) -> None:
    (repair,) = mend(card("prices = [4, 8]\nprint(sum(price))"), card("price = [1, 2]", line=1))
    assert "misspelt-name" not in {e.rule for e in repair.edits}


def test_what_the_class_sets_on_self_is_read_from_it(mend: Mend) -> None:
    (repair,) = mend(card(BOX.format("side_cm") + "print(Box(3).area())"))
    assert edits(repair) == [("missing-self", "        return side_cm ** 2", "        return self.side_cm ** 2")]
    assert printed(repair) == "9\n"


def test_a_method_is_called_on_self(mend: Mend) -> None:
    code = "class Box:\n    def side(self):\n        return 3\n\n    def area(self):\n        return side() ** 2\nprint(Box().area())"
    (repair,) = mend(card(code))
    assert edits(repair) == [("missing-self", "        return side() ** 2", "        return self.side() ** 2")]


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        (BOX.format("side_cm") + "print(Box(3).area())", "Without `self` the name is not found."),
        (BOX.format("side_cm") + "print(Box(3).area())", "This code fails."),
        (BOX.format("side_cm") + "side_cm = 4\nprint(Box(3).area())", ""),
        (BOX.format("side_mm") + "print(Box(3).area())", ""),
    ],
)
def test_self_is_not_put_before_other_names(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert "missing-self" not in {e.rule for e in repair.edits}


def test_an_attribute_that_another_card_binds_as_a_name_is_left(mend: Mend) -> None:
    (repair,) = mend(card(BOX.format("side_cm") + "print(Box(3).area())"), card("side_cm = 7", line=1))
    assert "missing-self" not in {e.rule for e in repair.edits}
