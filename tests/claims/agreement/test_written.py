"""Printed text as a tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.claims.agreement.written import Call, Gap, Group, Num, Pair, Text, Word, is_literal, read_written


def test_a_tensor_is_a_call() -> None:
    (node,) = read_written("tensor([1., 2.], dtype=torch.float64)")
    assert isinstance(node, Call)
    assert node.name == "tensor"
    assert [name for name, _ in node.options] == ["dtype"]
    assert isinstance(node.items[0], Group)


def test_the_nodes_of_a_line() -> None:
    label, mark, value = read_written("Total: 3.50")
    assert (label, mark) == (Word("Total"), Word(":"))
    assert isinstance(value, Num)
    assert value.number.decimals == 2


def test_dicts_gaps_and_strings() -> None:
    (group,) = read_written("{'a': 1, ...}")
    assert isinstance(group, Group)
    pair, gap = group.items
    assert isinstance(pair, Pair)
    assert pair.key == Text("a")
    assert gap == Gap()


@pytest.mark.parametrize(
    "text", ["3", "-0.5", "'a'", "[1, [2]]", "(1, 2)", "{'a': [1]}", "None", "tensor([1.])", "[1, ...]", "()"]
)
def test_is_literal(text: str) -> None:
    assert is_literal(read_written(text))


@pytest.mark.parametrize("text", ["", "a b", "three", "[the list]", "(see below)", "3 apples", "x = 3"])
def test_is_no_literal(text: str) -> None:
    assert not is_literal(read_written(text))


@given(st.text(alphabet="[](){}',:.…=-<>1a \n\\x0", max_size=60))
def test_anything_can_be_read(text: str) -> None:
    assert isinstance(read_written(text), tuple)
