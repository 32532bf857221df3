"""When two texts of output are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.claims.agreement.compare import Match, Rule, compare_text
from deckbuild.claims.agreement.numbers import Slack, weight
from deckbuild.prose import numbers


@pytest.mark.parametrize(
    ("stated", "computed"),
    [
        ("[1, 2, 3]", "[1, 2, 3]\n"),
        ("7", "7"),
        ("tensor([[1., 2.]])", "tensor([[1., 2.]], grad_fn=<AddBackward0>)"),
        ("tensor([1, 2])", "tensor([1, 2], dtype=torch.int32)"),
        ("tensor([1, 2], dtype=torch.int64)", "tensor([1, 2])"),
        ("tensor([[1., 2.], [3., 4.]])", "tensor([[1., 2.],\n        [3., 4.]])"),
        ("array([2, 5])", "[2 5]"),
        ("[0 1\n 2]", "[0 1 2]"),
        ("{'b': 1, 'a': 2}", "{'a': 2, 'b': 1}"),
        ("{3, 1}", "{1, 3}"),
        ("hello", "'hello'"),
        ("3.14", "3.14159"),
        ("Mean: 0.5", "0.5"),
        ("0.5", "Mean: tensor(0.5000)"),
        ("[1, 2, ..., 9]", "[1, 2, 3, 4, 9]"),
        ("tensor([[0.12, ..., 0.98]])", "tensor([[0.1213, 0.5, 0.9768]])"),
        ("(2, 4)", "torch.Size([2, 4])"),
        ("5 (because 2 and 3 are added)", "5"),
        ("<Thing object at 0x7f01>", "<Thing object at 0x…>"),
        ("3.0", "np.float64(3.0)"),
        ("1, 2, 3", "1\n2\n3\n"),
    ],
)
def test_same(stated: str, computed: str) -> None:
    assert compare_text(stated, computed) is Match.SAME


@pytest.mark.parametrize(
    ("stated", "computed"),
    [
        ("3", "3.0"),
        ("3.0", "3"),
        ("tensor([1, 2])", "tensor([1., 2.])"),
        ("0.0", "-0.0"),
        ("tensor([0., 0.])", "tensor([-0., 0.])"),
        ("0.3", "0.30000000000000004"),
        ("0.1", "0.10000000149011612"),
        ("0.0", "1.2246467991473532e-16"),
        ("0.8", "0.75"),
        ("x-y", "x - y"),
        ("Hello, world!", "Hello , world !"),
    ],
)
def test_of_another_kind_is_neither_the_same_nor_different(stated: str, computed: str) -> None:
    assert compare_text(stated, computed) is Match.UNCLEAR


@pytest.mark.parametrize(
    ("stated", "computed"),
    [
        ("-0.0", "-0.0"),
        ("0.0", "-0.0004"),
        ("0.3", "0.31"),
        ("1.4142", "1.4142135623730951"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("0.33333333", "0.3333333333333333"),
        ("[0, 0.25, 1]", "array([0.  , 0.25, 1.  ])"),
        ("[0, 0]", "array([0., 0.])"),
        ("[0, 0.5]", "[0.0, 0.5]"),
    ],
)
def test_only_places_are_left_out(stated: str, computed: str) -> None:
    assert compare_text(stated, computed) is Match.SAME


@pytest.mark.parametrize(
    ("stated", "computed"),
    [("torch.float64", "torch.float32"), ("int32", "int64"), ("<class 'int'>", "<class 'float'>")],
)
def test_another_type_is_different(stated: str, computed: str) -> None:
    assert compare_text(stated, computed) is Match.DIFFERENT


@pytest.mark.parametrize(
    ("stated", "computed"),
    [
        ("3", "2.6"),
        ("3.15", "3.14159"),
        ("[1, 2]", "(1, 2)"),
        ("[2 5]", "[2 6]"),
        ("x: 10, y: 20", "x: 10, y: 21"),
        ("True", "False"),
        ("tensor([1., 2.])", "tensor([1., 3.])"),
        ("tensor([1, 2], dtype=torch.int32)", "tensor([1, 2])"),
        ("tensor([1], dtype=torch.int32)", "tensor([1], dtype=torch.int16)"),
        ("tensor([1.], requires_grad=True)", "tensor([1.])"),
        ("{1, 2}", "{1, 2, 3}"),
        ("[1, 2, ..., 8]", "[1, 2, 3, 4, 9]"),
        ("0.5516", "0.5517"),
        ("Loss: 0.5", "Loss: 0.7"),
        ("the cat sat on the mat", "the cat sat on the hat"),
    ],
)
def test_different(stated: str, computed: str) -> None:
    assert compare_text(stated, computed) is Match.DIFFERENT


@pytest.mark.parametrize(
    ("stated", "computed"),
    [("a list of names", "['x']"), ("the sorted values", "1 2 3"), ("60 elements", "59"), ("", "3"), ("nothing", "")],
)
def test_unclear(stated: str, computed: str) -> None:
    assert compare_text(stated, computed) is Match.UNCLEAR


def test_rounded_inputs_allow_one_unit() -> None:
    assert compare_text("0.5516", "0.5517", Rule(Slack.COARSE)) is Match.SAME
    assert compare_text("0.5516", "0.5518", Rule(Slack.COARSE)) is Match.DIFFERENT


def test_full_precision_allows_the_last_bits_of_single_precision() -> None:
    assert compare_text("-0.12345678", "-0.12345672", Rule(single=True)) is Match.SAME
    assert compare_text("-0.12345678", "-0.12345672", Rule(single=False)) is Match.DIFFERENT
    assert compare_text("-0.12345678", "-0.1234599", Rule(single=True)) is Match.DIFFERENT


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(stated: str, computed: str) -> None:
    assert isinstance(compare_text(stated, computed), Match)


@given(
    st.recursive(st.integers() | st.booleans() | st.none(), lambda inner: st.lists(inner, max_size=4), max_leaves=12)
)
def test_what_python_prints_is_the_same_as_itself(value: object) -> None:
    assert compare_text(repr(value), repr(value) + "\n") is Match.SAME


@given(st.lists(st.integers(-99, 99), min_size=2, max_size=6), st.integers(1, 9))
def test_one_changed_entry_is_seen(entries: list[int], change: int) -> None:
    assert compare_text(repr(entries), repr([*entries[:-1], entries[-1] + change])) is Match.DIFFERENT


def test_long_outputs_are_compared_without_recursion() -> None:
    text = repr(list(range(5000)))
    assert compare_text(text, text.replace("4999", "4998")) is Match.DIFFERENT
    assert compare_text("[0, 1, ..., 4999]", text) is Match.SAME
    assert compare_text(text, "[0, 1, ..., 4999]") is Match.SAME


@pytest.mark.parametrize(
    ("stated", "computed"),
    [
        ("18446744073709551615", "18446744073709551616"),
        ("1796011", "1796010"),
        ("'abc'", "b'abc'"),
        ("(258,)", "(513,)"),
        ("0.3333333333333333", "0.3333333432674408"),
    ],
)
def test_digits_bytes_and_tuples_of_one_are_told_apart(stated: str, computed: str) -> None:
    assert compare_text(stated, computed, Rule(single=True)) is Match.DIFFERENT


@pytest.mark.parametrize(("stated", "computed"), [("0xfe", "0xff"), ("05", "005")])
def test_codes_of_numbers_are_compared_by_their_letters(stated: str, computed: str) -> None:
    assert compare_text(stated, computed) is not Match.SAME


@pytest.mark.parametrize(("stated", "computed"), [("99", "99 birds"), ("-0.3766776919364929", "-0.37667763233184814")])
def test_units_behind_and_floats_of_32_bits_agree(stated: str, computed: str) -> None:
    assert compare_text(stated, computed, Rule(single=True)) is Match.SAME


@pytest.mark.parametrize(
    ("stated", "computed", "match"),
    [
        ("[it]", "['it']", Match.UNCLEAR),
        ("{a: 1}", "{'a': 1}", Match.UNCLEAR),
        ("it", "'it'", Match.SAME),
        ("'it'", "it", Match.SAME),
        ("1,234,567", "1234567", Match.SAME),
        ("1,234,576", "1234567", Match.DIFFERENT),
        ("1,234.5", "1234.5", Match.SAME),
        ("1,23", "123", Match.UNCLEAR),
    ],
)
def test_quotes_between_brackets_and_commas_between_thousands(stated: str, computed: str, match: Match) -> None:
    assert compare_text(stated, computed) is match


@pytest.mark.parametrize(
    ("stated", "computed", "match"),
    [
        ("2.48", "2.5", Match.DIFFERENT),
        ("0.95", "1.0", Match.DIFFERENT),
        ("0.05", "0.1", Match.DIFFERENT),
        ("[0.46, 1.5]", "[0.5, 1.5]", Match.DIFFERENT),
        ("tensor(0.12344)", "tensor(0.1234)", Match.SAME),
        ("tensor(0.12364)", "tensor(0.1234)", Match.DIFFERENT),
        ("[0.123456789]", "[0.12345679]", Match.SAME),
        ("0.33", "0.3333333333333333", Match.SAME),
    ],
)
def test_more_places_than_are_printed_are_right_only_where_printing_cuts_them(
    stated: str, computed: str, match: Match
) -> None:
    assert compare_text(stated, computed) is match


@pytest.mark.parametrize(
    ("stated", "computed", "match"),
    [
        ("1.0", "0.9583333333333334", Match.UNCLEAR),
        ("0.0", "0.0321", Match.UNCLEAR),
        ("0.96", "0.9583333333333334", Match.SAME),
        ("1.0", "1.0", Match.SAME),
        ("tensor(1.0)", "tensor(1.0000)", Match.SAME),
        ("[1.0, 2.0]", "tensor([0.9583, 2.0312])", Match.UNCLEAR),
        ("[[1.0], [2.0]]", "tensor([[0.9583], [2.0312]])", Match.UNCLEAR),
        ("[1.0, 2.0]", "tensor([1.0000, 2.0000])", Match.SAME),
    ],
)
def test_a_number_written_as_if_exact_is_no_rounding(stated: str, computed: str, match: Match) -> None:
    assert compare_text(stated, computed) is match


@pytest.mark.parametrize(
    ("text", "digits"), [("0.25", 2), ("0.12345678", 7), ("-1.2345678901234567", 7), ("123456789", 9)]
)
def test_digits_that_no_float_of_32_bits_tells_apart_prove_nothing(text: str, digits: int) -> None:
    (number,) = numbers(text)
    assert weight(number) == digits
