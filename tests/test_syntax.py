"""Parsing from several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from deckbuild.syntax import (
    DEEPEST,
    TooDeepError,
    is_printed_form,
    is_too_deep,
    parse_expression,
    parse_module,
    syntax_error,
)


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


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("tensor([[1., -2.]], dtype=torch.float64)", True),
        ("tensor(1)\narray([1, 2])", True),
        ("torch.Size([2, 3])", True),
        ("", False),
        ("x = tensor([1.])", False),
        ("torch.tensor([1.])", False),
        ("tensor([a, b])", False),
        ("[1, 2]", False),
    ],
)
def test_what_a_value_looks_like_when_printed_is_no_program(code: str, printed: bool) -> None:
    assert is_printed_form(parse_module(code)) is printed


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "[" * 5000 + "]" * 5000,
        "x = " + "f(" * 5000 + ")" * 5000,
        "x = " + "-" * 9000 + "1",
        "x = y" + ".a" * 9000,
        "x = " + " + ".join(["1"] * (DEEPEST + 1)),
        "\n".join(" " * n + "if x:" for n in range(120)),
    ],
)
def test_what_is_nested_too_deeply_is_told_from_what_is_no_python(code: str) -> None:
    assert is_too_deep(code)
    with pytest.raises(TooDeepError):
        parse_module(code)
    assert syntax_error(code) is None


@pytest.mark.parametrize(
    "code",
    [
        "x = [" + "1.5, " * 5000 + "]",
        "x = " + " + ".join(["1"] * (DEEPEST // 2)),
        "x = y" + ".a" * (DEEPEST // 2),
        "x = [" * 3,
        "\n".join(f"x{n} = {n}" for n in range(900)),
    ],
)
def test_what_is_long_or_wrong_is_not_deep(code: str) -> None:
    assert not is_too_deep(code)
