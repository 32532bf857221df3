"""Blocks that are called pseudo-code: run like programs where they are such, skipped else."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed, rules


@pytest.mark.parametrize(
    "code",
    [
        "# Pseudocode\nplan = solve(problem)\nprint(plan)",
        "# Pseudocode\nstart = np.ones(2)\ndef step(x):\n    return advance(x)",
        "# Pseudocode\nresult = ...\nprint(result)",
    ],
)
def test_what_names_unknown_things_is_skipped(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "pseudo-code")


def test_what_lacks_an_import_is_corrected(mend: Mend) -> None:
    (repair,) = mend(card("# Pseudocode of a ramp\ndef ramp(x):\n    return np.maximum(0, x)\nprint(ramp(-2))"))
    assert (repair.verdict, rules(repair)) == (SnippetVerdict.CORRECTED, {"missing-import"})
    assert printed(repair) == "0\n"


def test_what_lacks_a_number_is_completed(mend: Mend) -> None:
    (repair,) = mend(card("# Pseudocode\nimport numpy as np\nprint(np.zeros(units).sum())"))
    assert (repair.verdict, assumed(repair)) == (SnippetVerdict.COMPLETED, {"units": "3"})
