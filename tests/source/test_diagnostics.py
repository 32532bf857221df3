"""Every code is documented, with its severity."""

from __future__ import annotations

import re
from pathlib import Path

from deckbuild.source import CODES

FORMAT = Path(__file__).parents[2] / "docs" / "format.md"


def test_the_documentation_has_every_code_with_its_severity() -> None:
    rows = re.findall(
        r"^\| `([a-z0-9-]+)` \| (error|warning|info) \|", FORMAT.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert dict(rows) == {code: rule.severity for code, rule in CODES.items()}
    assert len(rows) == len(CODES)


def test_messages_say_what_was_found_and_what_to_do() -> None:
    dull = [code for code, rule in CODES.items() if len(rule.message) < 20]
    assert dull == ["empty-file"]
