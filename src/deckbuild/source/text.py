"""The bytes of a file in; its lines out, and what was odd about the bytes.

Only `\\n` ends a line, as in an editor and in a traceback: U+2028, U+0085 and a form feed are text. Carriage returns
before it are dropped, however many there are; a file that has only carriage returns is cut at those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .diagnostics import Findings

_BOM = "\ufeff"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\r*(?:\n|\\Z))")
_CONTROL_BYTES = bytes((*range(9), 11, 12, *range(13, 32), 127))
_ODD_SHARE = 0.3
"""From this share of undecodable and control characters on, a file without a single `:p` is taken for binary."""


@dataclass(frozen=True, slots=True)
class Binary:
    """Bytes that are no text."""

    why: str


def read_lines(data: bytes, findings: Findings) -> list[str] | Binary:
    """The lines of a file, without their ends; Binary where the bytes are no text."""
    try:
        text, valid = data.decode("utf-8"), True
    except UnicodeDecodeError as error:
        if (binary := _binary(data)) is not None:
            return binary
        row = data.count(b"\n", 0, error.start)
        findings.add("not-utf8", row, byte=data[error.start])
        text, valid = data.decode("utf-8", "replace"), False
    if valid and data.count(0) * 100 > len(data):
        return Binary("it holds null bytes")
    if text.startswith(_BOM):
        findings.add("bom", 0)
        text = text[1:]
    if "\r" in text and "\n" not in text:
        findings.add("crlf", 0, end="CR")
        text = text.replace("\r", "\n")
    if len(data.translate(None, _CONTROL_BYTES)) < len(data):
        _tell_controls(text, findings)
    return _lines(text, findings)


def _binary(data: bytes) -> Binary | None:
    """Why bytes that are not UTF-8 are no text in another encoding either."""
    if data.startswith(_UTF16):
        return Binary("it is UTF-16; save it as UTF-8")
    if b"\0" in data:
        return Binary("it holds null bytes")
    text = data.decode("utf-8", "replace")
    odd = text.count("�") + len(_CONTROL.findall(text))
    return Binary("most of it is not UTF-8") if ":p" not in text and odd > _ODD_SHARE * len(text) else None


def _lines(text: str, findings: Findings) -> list[str]:
    """The text, cut at its line ends."""
    lines = text.split("\n")
    if "\r" in text:
        row = next((i for i, line in enumerate(lines) if line.endswith("\r")), None)
        if row is not None:
            findings.add("crlf", row, end="CR LF")
    if "\r" in text:
        lines = [line.rstrip("\r") for line in lines]
    if lines[-1] == "":
        lines.pop()
    return lines


def _tell_controls(text: str, findings: Findings) -> None:
    """The first control character, and how many there are; carriage returns before a line's end are none."""
    if found := list(_CONTROL.finditer(text)):
        row = text.count("\n", 0, found[0].start())
        more = f" ({len(found):,} such characters in the file)" if len(found) > 1 else ""
        findings.add("control-char", row, char=ord(found[0][0]), more=more)
