"""Bytes to lines: what ends a line, what is dropped, and what is no text."""

from __future__ import annotations

import pytest

from deckbuild.source.diagnostics import Findings
from deckbuild.source.text import Binary, read_lines


def read(data: bytes) -> tuple[list[str] | Binary, list[tuple[int, str]]]:
    """The lines, and line and code of each finding."""
    findings = Findings("f.md")
    return read_lines(data, findings), [(d.line, d.code) for d in findings.told()]


@pytest.mark.parametrize(
    ("data", "lines", "found"),
    [
        (b"", [], []),
        (b"a\nb\n", ["a", "b"], []),
        (b"a\nb", ["a", "b"], []),
        (b"a\n\n", ["a", ""], []),
        (b"\xef\xbb\xbf# a\n", ["# a"], [(1, "bom")]),
        (b"a\r\nb\r\n", ["a", "b"], [(1, "crlf")]),
        (b"a\nb\r\r\nc\n", ["a", "b", "c"], [(2, "crlf")]),
        (b"a\rb\rc", ["a", "b", "c"], [(1, "crlf")]),
        (b"a\rb\nc\n", ["a\rb", "c"], [(1, "control-char")]),
        ("a\u2028b\u0085c\n".encode(), ["a\u2028b\u0085c"], []),
        (b"a\n" + b"b" * 200 + b"\x00\x0cc\n", ["a", "b" * 200 + "\x00\x0cc"], [(2, "control-char")]),
        (b"a\nb\xffc\xe9\n", ["a", "b\ufffdc\ufffd"], [(2, "not-utf8")]),
        (b"\xe9\xe8\xe7\xe6 :p \xe9\n", ["\ufffd\ufffd\ufffd\ufffd :p \ufffd"], [(1, "not-utf8")]),
    ],
)
def test_lines_of(data: bytes, lines: list[str], found: list[tuple[int, str]]) -> None:
    assert read(data) == (lines, found)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "null bytes"),
        (bytes(range(256)), "null bytes"),
        (b"\x00\x01\x02text", "null bytes"),
        ("#### T\n:p Q?\n".encode("utf-16"), "UTF-16"),
        (b"\xfe\xfa\xfb\xfc" * 50, "not UTF-8"),
    ],
)
def test_no_text(data: bytes, why: str) -> None:
    lines, found = read(data)
    assert isinstance(lines, Binary)
    assert why in lines.why
    assert found == []
