"""The search: errors that are meant are kept, one snippet does not spoil the next, and it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from deckbuild.model import Fault, Job, Outcome, SnippetVerdict
from deckbuild.repair.draft import State, start_draft
from deckbuild.repair.refusals.lacks import lacking
from deckbuild.repair.search import BATCH, BUDGET_RUNS, NotFound, search
from tests.repair.conftest import Judged, Mend
from tests.repair.making import NeverEnds, NoRun, assumed, card, printed, rules, scene


@pytest.mark.parametrize(
    ("code", "prose", "error"),
    [
        ("[1, 2][5]  # IndexError: list index out of range", "", "IndexError"),
        ("box = {'a': 1}\nbox['b']", "Such an access raises a `KeyError`.", "KeyError"),
        ("assert 1 == 2, 'no'", "An AssertionError is raised.", "AssertionError"),
        ("pair = (1, 2)\npair[0] = 3  # TypeError", "", "TypeError"),
        (">>> int('x')\nTraceback (most recent call last):\n  ...\nValueError: invalid literal", "", "ValueError"),
    ],
)
def test_an_error_that_the_card_names_is_the_lesson(mend: Mend, code: str, prose: str, error: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert repair.verdict is SnippetVerdict.RAN
    assert (repair.edits, repair.assumptions) == ((), ())
    assert repair.error is not None
    assert repair.error.type == error


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        ("[1, 2][5]  # KeyError", ""),
        ("[1, 2][5]", "A list is indexed."),
        ("missing_thing  # KeyError", ""),
        ("print(speed.limit['x'].y)  # raises AttributeError", ""),
    ],
)
def test_another_error_than_the_named_one_is_a_failure(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert repair.verdict is SnippetVerdict.FAILED


@pytest.mark.parametrize(
    ("code", "prose", "error"),
    [
        ("print(sqrt(16))", "Without the import the call raises a `NameError`.", "NameError"),
        ("print(sqrt(16))  # NameError: name 'sqrt' is not defined", "", "NameError"),
        ("print(sqrt(16))", "Without importing `sqrt` first, the call fails.", "NameError"),
        ("x = sqrt(16)", "We forgot to import `sqrt`, so this gives an error.", "NameError"),
        ("import no_such_module_here", "A ModuleNotFoundError is raised.", "ModuleNotFoundError"),
    ],
)
def test_a_missing_name_that_the_card_speaks_of_is_the_lesson(mend: Mend, code: str, prose: str, error: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.RAN, ())
    assert repair.error is not None
    assert repair.error.type == error


@pytest.mark.parametrize(
    "prose", ["A NameError is another thing.", "Roots are easy.", "Of a negative number it gives an error."]
)
def test_a_missing_name_is_provided_where_the_card_does_not_say_that_it_is_missing(mend: Mend, prose: str) -> None:
    (repair,) = mend(card("print(sqrt(16))", prose=prose))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.CORRECTED, "4.0\n")


WHOLE = "import torch\nlayer = torch.nn.Linear(2, 1)\nout = layer(torch.tensor([[1, 2]]))"


@pytest.mark.parametrize(
    ("question", "prose"),
    [
        ("Why must the entries be floats?", ""),
        ("Why can whole numbers not go into a layer?", ""),
        ("What goes in?", "Whole numbers are rejected by a layer."),
        ("What goes in?", "A layer does not take whole numbers."),
        ("What goes in?", "Whole numbers cannot be multiplied with its weights."),
    ],
)
def test_what_the_card_says_to_be_impossible_is_not_made_possible(mend: Mend, question: str, prose: str) -> None:
    (repair,) = mend(card(WHOLE, question=question, prose=prose))
    assert (repair.verdict, repair.edits) == (SnippetVerdict.FAILED, ())


@pytest.mark.parametrize("question", ["Why is a layer linear?", "What must go in?"])
def test_other_questions_leave_it_possible(mend: Mend, question: str) -> None:
    (repair,) = mend(card(WHOLE, question=question, prose="A layer takes two entries."))
    assert repair.verdict is SnippetVerdict.CORRECTED


def test_a_shape_that_the_card_says_to_fail_is_not_set_right(mend: Mend) -> None:
    code = "import torch\nfrom torch import nn\nconv = nn.Conv2d(1, 1, 2)\nx = torch.ones(3, 3)\nprint(conv(x).shape)"
    (told,) = mend(card(code, prose="Without the channel, this fails."))
    assert (told.verdict, told.edits) == (SnippetVerdict.FAILED, ())
    (silent,) = mend(card(code))
    assert silent.verdict is SnippetVerdict.CORRECTED


def test_what_a_value_of_another_card_raises_is_not_told_of_this_one(mend: Mend) -> None:
    other = card("class Words:\n    def cut(self, t):\n        return t.split()\nsplitter = Words()", line=20)
    (repair,) = mend(card("print(splitter('a b', limit=3))", line=60), other)
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.error is not None
    assert (repair.error.type, repair.error.name) == ("NameError", "splitter")


def test_what_is_made_of_a_value_of_another_card_is_not_this_cards_doing_either(mend: Mend) -> None:
    other = card("phrase = 'abc'", line=20)
    code = "known = {'x': 1}\nfor letter in phrase:\n    print(known[letter])"
    (repair,) = mend(card(code, line=60), other)
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.error is not None
    assert (repair.error.type, repair.error.name) == ("NameError", "phrase")


def test_what_the_card_itself_made_is_told_as_raised(mend: Mend) -> None:
    code = "phrase = 'abc'\nknown = {'x': 1}\nfor letter in phrase:\n    print(known[letter])"
    (repair,) = mend(card(code))
    assert repair.error is not None
    assert repair.error.type == "KeyError"


def test_the_line_of_an_error_is_a_line_of_the_file(mend: Mend) -> None:
    (repair,) = mend(card("x = 1\ny = x / 0", line=30))
    assert repair.error is not None
    assert (repair.error.type, repair.error.line) == ("ZeroDivisionError", 35)


def test_what_stood_before_a_meant_error_is_there_afterwards(mend: Mend) -> None:
    first, second = mend(card("nums = [1, 2]\nnums[7]", "print(nums)", prose="The access raises an IndexError."))
    assert first.verdict is SnippetVerdict.RAN
    assert printed(second) == "[1, 2]\n"


@pytest.mark.parametrize("broken", ["x = 1 / 0", "x = undefined_thing.part(3)", "x = = 2", "import no_such_package"])
def test_a_failing_snippet_does_not_spoil_the_next(mend: Mend, broken: str) -> None:
    first, second = mend(card(broken, "z = 3\nprint(z)"))
    assert first.verdict in (SnippetVerdict.FAILED, SnippetVerdict.SKIPPED)
    assert (second.verdict, printed(second)) == (SnippetVerdict.RAN, "3\n")


def test_a_later_snippet_can_mend_an_earlier_one_only_through_what_it_defines(mend: Mend) -> None:
    first, second = mend(card("print(later)", "later = 'here'\nprint(later)"))
    assert (first.verdict, printed(first)) == (SnippetVerdict.CORRECTED, "here\n")
    assert second.edits == ()


def test_foreign_data_is_exchanged_for_what_the_text_speaks_of(mend: Mend) -> None:
    near = card("import torch\nimg = torch.ones(1, 1, 9, 9)", line=40)
    far = card("import torch\nimg = torch.ones(1, 1, 5, 5)", line=20)
    this = card("print(img.shape)", prose="The input image is 5x5.", line=60)
    (repair,) = mend(this, far, near)
    assert printed(repair) == "torch.Size([1, 1, 5, 5])\n"
    assert "book/part1.md:24" in next(e for e in repair.edits if e.rule == "deck-definition").evidence


def test_several_corrections_are_found_together(mend: Mend) -> None:
    code = "conv = nn.Conv2d(1, 1, 2)\nx = torch.ones(3, 3)\nprint(conv(x).shape, np.trapz([1.0, 2.0]))"
    (repair,) = mend(card(code))
    assert rules(repair) == {"missing-import", "add-dimensions", "api-drift"}
    assert printed(repair) == "torch.Size([1, 1, 2, 2]) 1.5\n"


def test_stand_ins_for_several_names(mend: Mend) -> None:
    (repair,) = mend(card("print(speed * 3, sentence.split())"))
    assert set(assumed(repair)) == {"speed", "sentence"}


def test_what_is_brought_in_later_can_tell_more_of_a_name(mend: Mend) -> None:
    other = card("def flat(pixels):\n    return pixels.reshape(-1, 6)", line=20)
    (repair,) = mend(card("import torch\nfor x, y in loader:\n    print(flat(x).shape)", line=60), other)
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert printed(repair) == "torch.Size([2, 6])\n" * 2


def test_an_error_meant_for_a_claim_is_confirmed(judged: Judged) -> None:
    _, (claim,) = judged(card("int('x')  # ValueError: invalid literal"))
    assert claim.verdict == "confirmed"


class AlwaysFails(NoRun):
    """Counts the runs and fails each with a missing name on the last line."""

    def __init__(self) -> None:
        self.runs = 0
        self.largest = 0

    def trial(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        self.runs += len(jobs)
        self.largest = max(self.largest, len(jobs))
        return tuple(
            Outcome(Fault("raised", "ValueError", "no", job.code.count("\n"), (job.code.count("\n"),))) for job in jobs
        )


def test_the_budget_is_a_number_of_runs() -> None:
    definitions = [card(f"{name} = {n}", line=10 * n + k) for n in range(1, 6) for k, name in enumerate("abcd")]
    this = card("print(a, b, c, d)", line=200)
    run = AlwaysFails()
    found = search(State((start_draft(this.snippets[0]),)), replace(scene(this, *definitions), run=run))
    assert isinstance(found, NotFound)
    assert found.fault.type == "ValueError"
    assert run.runs == BUDGET_RUNS
    assert run.largest <= BATCH


def test_a_program_that_does_not_end_is_told_so_before_the_name_that_nothing_gives() -> None:
    this = card("print(speed * 3)")
    found = search(State((start_draft(this.snippets[0]),)), replace(scene(this), run=NeverEnds()))
    assert isinstance(found, NotFound)
    assert lacking(found, {}, scene(this)).why == "Timeout: still running after 10 s; nothing gives `speed`"


HERE = "name 'rows' is not defined here"
AT = "“Title” (part1.md:9)"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("pass", "name 'rows' is defined nowhere in the deck"),
        (
            "rows = [3]",
            f"{HERE}; with that of {AT}, line 44 ends in AttributeError: 'list' object has no attribute 'gone'",
        ),
        ("rows = mix([3])", f"{HERE}, and that of {AT} needs `mix`, which is defined nowhere in the deck"),
    ],
)
def test_a_missing_name_is_told_with_what_the_deck_has_of_it(mend: Mend, other: str, told: str) -> None:
    (repair,) = mend(card("print(rows * 2, rows.gone)", line=40), card(other))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.error is not None
    assert repair.error.message == told


def test_a_name_that_is_set_too_late_is_told_so(mend: Mend) -> None:
    code = "print(total * 2)\nprint('all')\ntotal = [1]"
    (repair,) = mend(card(code))
    assert repair.error is not None
    assert repair.error.message == f"name 'total' is read before line {repair.snippet.line + 2} sets it"
