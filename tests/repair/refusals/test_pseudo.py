"""Pseudo-code: which words call a block so, and which speak of something else."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from deckbuild.repair.refusals.pseudo import called_pseudo, says_pseudo
from tests.repair.conftest import Mend
from tests.repair.making import card


@pytest.mark.parametrize(
    "text",
    [
        "In pseudo-code:",
        "Pseudocode for a layer",
        "Here is how one might implement this in pseudocode:",
        "The following pseudo code shows the loop:",
        "The pseudocode below shows the steps.",
        "This translates the steps into pseudo-code:",
        "Not real code but pseudocode:",
        "A pseudo-code version of the sorting is:",
        "Unlike the pseudo-code above, this is pseudocode with types:",
        "From this we get the pseudo-code:",
    ],
)
def test_words_that_call_it_so(text: str) -> None:
    assert says_pseudo(text)


@pytest.mark.parametrize(
    "text",
    [
        "Here is the class:",
        "Unlike the pseudo-code above, this runs:",
        "This is not just pseudocode:",
        "It is no pseudo-code.",
        "It implements the pseudocode provided:",
        "A Python translation of that short pseudo-code:",
        "The pseudocode of chapter 3 becomes:",
        "We turn the\npseudo-code from the book into a function:",
        "The pseudo-code given above, written out:",
        "Instead of pseudo-code we write:",
    ],
)
def test_words_about_something_else(text: str) -> None:
    assert not says_pseudo(text)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("# Pseudocode for a walk\nwalk()", True),
        ("def walk():\n    '''Pseudo-code of a walk.'''\n    go()", True),
        ("'Pseudocode'\nwalk()", True),
        ("x = 1  # pseudo-code", True),
        ("print('pseudocode')", False),
        ("pseudocode = read()", False),
        ("# follows from the pseudo-code above\nwalk()", False),
    ],
)
def test_what_the_block_says_of_itself(code: str, expected: bool) -> None:
    this = card(code)
    assert called_pseudo(this.snippets[0], this) is expected


def test_a_block_beside_pseudo_code_is_run(mend: Mend) -> None:
    code = "class Walk:\n    def go(self):\n        return np.ones(1)\nprint(Walk().go())"
    (repair,) = mend(card(code, prose="Unlike the pseudo-code above, this class is whole:"))
    assert (repair.verdict, [e.rule for e in repair.edits]) == (SnippetVerdict.CORRECTED, ["missing-import"])
    (repair,) = mend(card(code, prose="As pseudo-code, the class is:"))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "pseudo-code")


def test_a_block_that_does_not_parse_is_told_which_of_both_it_is(mend: Mend) -> None:
    (called,) = mend(card("x = 1\nfor each x: go", prose="In pseudo-code:"))
    (cut,) = mend(card("x = 1\nfor x in ...: go on"))
    assert [r.reason for r in (called, cut)] == ["pseudo-code", "pseudo-code"]
    assert called.why == "the card speaks of pseudo-code, and it does not parse"
    assert cut.why == "it does not parse and leaves parts out"
