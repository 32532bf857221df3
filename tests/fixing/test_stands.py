"""Which corrections of a snippet with assumptions are right without them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.fixing.stands import standing
from deckbuild.repair.draft import Draft, Line, replace_lines
from tests.fixing.making import WHY, Mend, added, renamed, repaired, with_additions
from tests.sample import snippet

IMG = added("img = ones(2)", assumption=True)


def stand(source: str, *mends: Mend, tried: int | None = None) -> bool:
    """Whether all edits stand, with an assumed `img`; they stand together or not at all."""

    def mend(draft: Draft) -> Draft:
        for one in (with_additions(IMG), *mends):
            draft = one(draft)
        return draft

    repair = repaired(snippet(source), mend, tried=tried)
    found = standing(repair)
    assert found in (frozenset(), frozenset(range(len(repair.edits))))
    return bool(found)


@pytest.mark.parametrize(
    ("source", "mends"),
    [
        ("y = math.exp(img)", [with_additions(added("import math"))]),
        ("y = np.exp(img)", [with_additions(added("import numpy as np"))]),
        ("y = exp(img)", [with_additions(added("from math import exp"))]),
        ("def f():\n    # nothing\ny = img", []),
        ("y = img\nif y:\n    x = “a”", []),
        ("y = img\nx = “a”", []),
        ("y = img\nprint(“a”, img)", []),
        ("y = img\nconv = C(1)", [with_additions(added("state = conv.state()"))]),
        ("y = img\nx = 1.0", [renamed("1.0", "1")]),
    ],
)
def test_what_is_right_without_the_assumptions(source: str, mends: list[Mend]) -> None:
    assert stand(source, *mends)


@pytest.mark.parametrize(
    ("source", "mends"),
    [
        ("y = img", [with_additions(added("import math"))]),
        ("import math\ny = math.exp(img)", [with_additions(added("import math"))]),
        ("y = img\nconv = C(1)", [with_additions(after=[added("out = conv(img)")])]),
        ("y = img + f(1)", [with_additions(added("def f(x):\n    return x"))]),
        ("y = img + a", [with_additions(added("a = 3"))]),
        ("y = img.int()", [renamed("int", "float")]),
    ],
)
def test_what_rests_on_them_or_comes_from_another_card(source: str, mends: list[Mend]) -> None:
    assert not stand(source, *mends)


def test_what_a_claim_chose_rests_on_what_it_was_tried_with() -> None:
    assert not stand("y = img\nx = 1.0", renamed("1.0", "1"), tried=8)
    assert stand("y = math.exp(img)", with_additions(added("import math")), tried=8)


def test_several_changes_of_one_statement_stand_only_without_assumed_names() -> None:
    def twice(draft: Draft) -> Draft:
        once = replace_lines(draft, 1, 1, ["print(1, img)"], WHY)
        line = once.lines[1]
        other = type(WHY)("other", "why", "evidence")
        return Draft(once.snippet, (once.lines[0], Line(line.text, line.first, line.last, (WHY, other))), once.before)

    assert not stand("y = img\nprint(1 img)", twice)


def test_all_of_a_corrected_snippet_and_nothing_of_one_that_runs() -> None:
    mend = with_additions(added("import math"), added("def f(x):\n    return x"))
    assert standing(repaired(snippet("y = f(1)"), mend)) == {0, 1}
    assert standing(repaired(snippet("y = 1"), lambda d: d)) == frozenset()


def test_the_code_that_a_question_cuts_off_stands_in_the_file_already() -> None:
    whole = repaired(snippet("y = math.exp(1)"), with_additions(added("import math"), after=[added("z = y")]))
    assert standing(whole) == {0, 1}
    assert standing(replace(whole, snippet=replace(whole.snippet, rest="z = y"))) == {0}
