"""Sums of products, as they are written."""

from __future__ import annotations

import pytest

from deckbuild.prose import product_sums


@pytest.mark.parametrize(
    ("text", "pairs", "rest", "result"),
    [
        ("The corner: 2 × 8 + 1 × 7 = 23", [(2, 8), (1, 7)], 0, 23),
        (r"$2 \times 8 + 1 \cdot 7 + 3 = 26$", [(2, 8), (1, 7)], 3, 26),
        ("(2 * 8) + (1 * 7) = 23.", [(2, 8), (1, 7)], 0, 23),
        ("it is 2·8 + −1·7 = 9, so", [(2, 8), (-1, 7)], 0, 9),
        ("0.5 × 4 + 2 × 3 = 8", [(0.5, 4), (2, 3)], 0, 8),
        ("- 2 × 8 + 1 × 7 = 23", [(2, 8), (1, 7)], 0, 23),
        ("- left: 1 × 2 + 3 × 4 = 14 and right: 5 × 6 + 7 × 8 = 86", [(1, 2), (3, 4)], 0, 14),
    ],
)
def test_sums_of_products_are_read(text: str, pairs: list[tuple[float, float]], rest: int, result: int) -> None:
    found = next(product_sums(text))
    assert [(float(p.left), float(p.right)) for p in found.products] == pairs
    assert (float(found.rest), float(found.result)) == (rest, result)
    assert found.is_right


def test_what_is_taken_away_has_a_sign() -> None:
    (found,) = product_sums("2 × 8 - 1 × 7 = 9")
    assert [p.sign for p in found.products] == [1, -1]
    assert found.is_right


def test_a_wrong_sum_is_read_and_wrong() -> None:
    (found,) = product_sums("2 × 8 + 1 × 7 = 25")
    assert not found.is_right


@pytest.mark.parametrize(
    "text",
    [
        "2 × 8 = 16",
        "2 + 8 = 10",
        "2 × 3 × 4 + 1 × 2 = 26",
        "2 × 8 + 1 × 7 = 23 × 1",
        "2 × 8 + 1 × 7 = 23x",
        "a × 8 + b × 7 = 23",
        "2 × 8 + 1 ×\n7 = 23",
        "2 × (8 + 1) + 1 × 7 = 25",
        "== 2 × 8 + ) = 3",
    ],
)
def test_everything_else_is_left_alone(text: str) -> None:
    assert [p for p in product_sums(text) if len(p.products) > 1] == []
