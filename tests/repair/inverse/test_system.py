"""Small whole numbers that solve equations: the only ones, or none."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from deckbuild.repair.inverse.system import LARGEST, Equation, solve


def solved(equations: list[Equation], known: dict[int, Fraction], size: int) -> list[float] | None:
    found = solve(equations, known, size)
    return None if found is None else [float(x) for x in found]


def equation(*numbers: int, constant: int = 0) -> Equation:
    """The coefficients, then the value."""
    *coefficients, value = map(Fraction, numbers)
    return Equation(tuple(coefficients), Fraction(constant), value)


def test_as_many_equations_as_unknowns() -> None:
    assert solved([equation(2, 1, 9), equation(1, 3, 12)], {}, 2) == [3, 3]


def test_fewer_equations_whose_only_small_solution_is_one() -> None:
    assert solved([equation(21, 1, 8)], {}, 2) == [0, 8]
    assert solved([equation(2, 1, 0)], {}, 2) == [0, 0]


def test_what_is_known_is_put_in() -> None:
    assert solved([equation(2, 1, 9, constant=1)], {0: Fraction(3)}, 2) == [3, 2]
    assert solved([], {0: Fraction(-3), 1: Fraction(1, 2)}, 2) == [-3, 0.5]


def test_two_solutions_none_and_too_many_to_try_are_refused() -> None:
    assert solve([equation(1, 1, 1)], {}, 2) is None
    assert solve([equation(1, 1, 5), equation(1, 1, 6)], {}, 2) is None
    assert solve([equation(2, 5)], {}, 1) is None
    assert solve([equation(1, LARGEST + 1)], {}, 1) is None
    assert solve([equation(-1, 3)], {}, 1) is None
    assert solve([equation(0, 4)], {0: Fraction(1)}, 1) is None
    assert solve([equation(*[1] * 8, 0)], {}, 8) is None


@given(st.lists(st.integers(0, LARGEST), min_size=1, max_size=3), st.data())
def test_what_is_found_is_a_solution_and_the_only_one(entries: list[int], data: st.DataObject) -> None:
    size = len(entries)
    rows = data.draw(st.lists(st.lists(st.integers(-3, 5), min_size=size, max_size=size), max_size=4))
    equations = [equation(*row, sum(c * x for c, x in zip(row, entries, strict=True))) for row in rows]
    found = solve(equations, {}, size)
    assert found is None or list(found) == entries
