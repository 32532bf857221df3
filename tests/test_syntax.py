"""Parsing from several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from deckbuild.syntax import parse_expression, parse_module


def test_threads_that_parse_at_once_get_their_own_trees() -> None:
    codes = [f"x{n} = " + "(" * 40 + str(n) + ")" * 40 + "\n" * 3 for n in range(200)]
    with ThreadPoolExecutor(4) as pool:
        trees = list(pool.map(parse_module, codes))
    assert [t.body[0].targets[0].id for t in trees] == [f"x{n}" for n in range(200)]  # type: ignore[attr-defined]


def test_what_is_no_python_raises() -> None:
    with pytest.raises(SyntaxError):
        parse_module("x =")
    with pytest.raises(SyntaxError):
        parse_expression("x = 1")
