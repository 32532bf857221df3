"""Files as lines, and back without a byte lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.fixing.text import Splice, Text, moved, read_text, splice, write_text

PIECES = st.lists(st.sampled_from([b"a", b"\n", b"\r", b"\r\n", b"\xef\xbb\xbf", b"\xff", "é".encode(), b"\x0c", b" "]))


@given(st.one_of(st.binary(), PIECES.map(b"".join)))
def test_every_file_comes_back_as_it_was(data: bytes) -> None:
    text = read_text(data)
    assert write_text(text) == data
    assert len(text.lines) == len(text.ends)
    assert all(text.ends[:-1])


@given(PIECES.map(b"".join))
def test_a_splice_of_the_same_lines_changes_nothing(data: bytes) -> None:
    text = read_text(data)
    whole = Splice(1, len(text.lines), text.lines, tuple(range(1, len(text.lines) + 1)))
    assert write_text(splice(text, [whole])) == data


@pytest.mark.parametrize(
    ("data", "lines"),
    [(b"a\nb", ("a", "b")), (b"a\r\nb\r\n", ("a", "b", "")), (b"a\rb", ("a", "b")), (b"a\r\r\nb\rc", ("a", "b\rc"))],
)
def test_lines_are_those_of_the_reader(data: bytes, lines: tuple[str, ...]) -> None:
    assert read_text(data).lines == lines


def test_a_byte_order_mark_is_no_text() -> None:
    assert read_text(b"\xef\xbb\xbfa") == Text("\ufeff", ("a",), ("",))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"1\n2\n3\n", b"1\nx\ny\n3\n"),
        (b"1\r\n2\r\n3\r\n", b"1\r\nx\r\ny\r\n3\r\n"),
        (b"1\r\n2", b"1\r\nx\r\ny"),
        (b"1\n2\r\n3\n", b"1\nx\r\ny\r\n3\n"),
        (b"1\r2\r3", b"1\rx\ry\r3"),
    ],
)
def test_new_lines_end_like_those_around_them(before: bytes, after: bytes) -> None:
    text = splice(read_text(before), [Splice(2, 2, ("x", "y"), (2, 2))])
    assert write_text(text) == after


def test_fewer_lines_and_several_splices() -> None:
    text = read_text(b"1\n2\n3\n4\n5")
    splices = [Splice(1, 1, ("a", "b"), (1, 1)), Splice(3, 5, ("c",), (4,))]
    assert write_text(splice(text, splices)) == b"a\nb\n2\nc"
    assert moved((1, 2, 3, 4, 5), splices) == (1, 1, 2, 4)
    assert moved((7, 8, 8, 9, 10), splices) == (7, 7, 8, 9)
