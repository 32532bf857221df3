"""Sessions that go on behind an error."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import card

TRACE = "Traceback (most recent call last):\n  ...\n"
SESSION = f">>> box = [[1], 2]\n>>> box[0] += 3\n{TRACE}TypeError: 'int' object is not iterable\n>>> box[7]\n{TRACE}IndexError: list index out of range\n>>> len(box)\n2\n>>> box[1]\n5"


def test_what_stands_behind_the_errors_that_a_session_shows_is_judged(judged: Judged) -> None:
    (repair,), judgements = judged(card(SESSION))
    assert [(j.claim.expected, j.verdict.value) for j in judgements if j.claim.kind != "raises"] == [
        ("2", "confirmed"),
        ("5", "refuted"),
    ]
    assert repair.verdict is SnippetVerdict.RAN
    assert (repair.error.type if repair.error else None) == "TypeError"
    assert repair.edits == ()
    assert "try:" not in (repair.code or "try:")


@pytest.mark.parametrize(
    "code",
    [
        ">>> 1 + 1\n2\n>>> 2 + 2\n4",
        f">>> [][1]\n{TRACE}IndexError: list index out of range",
        "[][1]  # raises IndexError\nprint(2)  # 2",
        f">>> for x in [1]:\n...     [][x]\n{TRACE}IndexError: list index out of range\n>>> 2 + 2\n4",
        f">>> [][1]\n>>> {{}}[1]\n{TRACE}KeyError: 1\nIndexError: list index out of range\n>>> 2 + 2\n4",
    ],
    ids=["no error", "nothing behind", "no session", "in a block", "not below it"],
)
def test_no_other_program_goes_on_behind_an_error(code: str, mend: Mend) -> None:
    (repair,) = mend(card(code))
    assert repair.aside is None
