"""What a snippet that does not run is told: what lacks, where, and why what the deck has of it does not help."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.model import Card, Repair, SnippetVerdict
from deckbuild.repair.draft import State, start_draft
from deckbuild.repair.refusals.lacks import lacking
from deckbuild.repair.refusals.probe import probe
from deckbuild.repair.search import NotFound, search
from tests.repair.conftest import Mend
from tests.repair.making import AFAR, NeverEnds, assumed, card, scene

HERE = "name 'tool' is not defined here"
AT = "“Title” (part1.md:54)"
ABSENT = "the package `shapes_of_old` is not installed"


def told(repair: Repair) -> str:
    """The words of a snippet that has failed, or why it is skipped."""
    return repair.error.message if repair.error is not None else repair.why


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("def tool(a, b):\n    return a", f"{HERE}, and the deck's `tool(a, b)` of {AT} takes other arguments"),
        ("def tool(x):\n    pass", f"name 'tool' is only begun on {AT}: nothing stands in its body"),
        ("class tool:\n    def __init__(self, x):\n        self.y = x[2]", f"{HERE}; with that of {AT}, line 104 ends in TypeError: 'int' object is not subscriptable"),
        ("def tool(x):\n    return x / 0", f"{HERE}; with that of {AT}, line 104 ends in ZeroDivisionError: division by zero"),
        ("tool = make(3)", f"{HERE}, and that of {AT} needs `make`, which is defined nowhere in the deck"),
        ("for tool in (abs, len):\n    tool([])", f"name 'tool' is set in this file only as what a loop runs through, on {AT}"),
        ("tool = [...]", f"name 'tool' is set only on {AT}, which is not run itself: `...` stands for something that is left out"),
    ],
)  # fmt: skip
def test_the_nearest_definition_is_told_with_what_is_against_it(mend: Mend, other: str, expected: str) -> None:
    (repair,) = mend(card("print(tool(3))", line=100), card(other, line=50))
    assert (repair.verdict, told(repair)) == (SnippetVerdict.FAILED, expected)


def test_what_could_not_be_tried_to_its_end_is_blamed_on_nothing() -> None:
    this, other = card("print(tool(3))", line=100), card("def tool(x):\n    return x", line=50)
    (definition,) = scene(this, other).book.definitions["tool"]
    found = probe(definition, AT, State((start_draft(this.snippets[0]),)), replace(scene(this, other), run=NeverEnds()))
    assert not found.sure
    assert found.said == f"is not defined here, and whether that of {AT} helps could not be tried to its end"


def test_a_definition_that_fits_is_taken_and_none_is_blamed(mend: Mend) -> None:
    (repair,) = mend(card("print(tool(3))", line=100), card("def tool(x):\n    return x", line=50))
    assert repair.verdict is SnippetVerdict.CORRECTED


def test_a_definition_with_which_it_would_run_on_what_is_made_up_is_not_told_as_what_lacks(mend: Mend) -> None:
    near = card("def pair_of():\n    return [0] * len(cells), [0] * len(cells)\nleft, right = pair_of()", line=150)
    far = card("def pair_of(n):\n    return [0] * n, [0] * n\nleft, right = pair_of(9)", line=300)
    first = card("right = [start_of_all]", line=20)
    (repair,) = mend(card("left[i] = left[i] + (right[i-1] - right[i+1])", line=100), first, near, far)
    assert told(repair) == "name 'i' is defined nowhere in the deck"
    loop = card("for i in range(3):\n    print(i)", line=400)
    (repair,) = mend(card("left[i] = left[i] + (right[i-1] - right[i+1])", line=100), first, near, far, loop)
    assert told(repair).endswith("the card lacks `i` still, which is set only where it is not to be had")


def test_data_of_another_file_is_told_not_to_be_taken(mend: Mend) -> None:
    (repair,) = mend(card("print(tool.draw()[0].x)"), card("tool = open('a')", source=AFAR))
    assert told(repair).startswith("name 'tool' is set on no card of this file; what another file sets is not taken")


def test_what_nothing_gives_is_told_rather_than_what_stands_in_or_was_not_to_be_had(mend: Mend) -> None:
    code = "for part in speed[0:2]:\n    print(tool(part), Gauge(part), Scale(part))"
    (repair,) = mend(card(code, line=100), card("tool = make(3)", line=50))
    expected = "name 'Gauge' is defined nowhere in the deck; nothing gives `Scale` either"
    assert (told(repair), repair.error and repair.error.line) == (expected, 105)


def test_what_a_block_of_the_card_sets_is_told_as_its_doing(mend: Mend) -> None:
    _, repair = mend(card("rows = Table_of_old(3)", "print(rows.first, rows[2])"))
    lost = "NameError: name 'Table_of_old' is defined nowhere in the deck"
    assert told(repair) == f"name 'rows' is set by the block at line 9, which does not run: {lost}"
    _, repair = mend(card("import shapes_of_old\nrows = shapes_of_old.disc(3)", "print(rows.first, rows[2])"))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "needs-package")


def test_what_a_block_that_does_not_run_would_change_is_told_so(mend: Mend) -> None:
    ran, lost, last = mend(card("seen = 0", "seen += Counter_of_old(3).n", "print(1 / seen)"))
    assert (ran.verdict, lost.verdict) == (SnippetVerdict.RAN, SnippetVerdict.FAILED)
    assert (
        told(last) == f"division by zero; what it reads comes from the block at line 12, which does not run: {lost.why}"
    )


def test_the_dividend_is_not_blamed_for_a_division_by_zero(mend: Mend) -> None:
    (repair,) = mend(card("seen = 0\nprint(speed, speed / seen)"))
    assert told(repair) == "division by zero"
    (repair,) = mend(card("seen = speed * 0\nprint(1 / seen)"))
    assert told(repair) == "name 'speed' is defined nowhere in the deck"


def test_a_block_is_not_blamed_for_what_is_set_anew(mend: Mend) -> None:
    *_, last = mend(card("seen = Counter_of_old(3).n", "seen = 0", "print(1 / seen)"))
    assert told(last) == "division by zero"
    _, last = mend(card("seen = Counter_of_old(3).n", "seen = 0\nprint(1 / seen)"))
    assert told(last) == "division by zero"


def test_what_python_says_of_a_name_that_the_snippet_binds_is_left(mend: Mend) -> None:
    (repair,) = mend(card("speed = 3\ndel speed\nprint(speed)"))
    assert told(repair) == "name 'speed' is not defined"


def test_a_module_that_the_card_before_needs_is_the_reason(mend: Mend) -> None:
    other = card("from utils.parts import Maker\ntool = Maker('x')", line=50)
    later = card("from shapes_of_old import Other\nOther()", line=200)
    (repair,) = mend(card("print(tool(part).z, Other)", line=100), other, later)
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "needs-package")
    (repair,) = mend(card("print(tool(part).z)", line=100), other, later)
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "needs-file")
    assert (
        repair.why
        == "the module `utils` is not in the deck: `tool` is made with it on the card “Title”, book/part1.md:54"
    )


def test_what_ends_in_a_definition_that_is_reached_through_a_value_is_told_at_the_snippets_line(mend: Mend) -> None:
    other = card("class tool:\n    def run(self, x):\n        return x / 0", line=50)
    (repair,) = mend(card("t = tool()\nprint(t.run(3))", line=100), other)
    assert told(repair) == f"{HERE}; with that of {AT}, line 105 ends in ZeroDivisionError: division by zero"


def test_a_file_that_the_card_before_reads_is_the_reason(mend: Mend) -> None:
    for other in ("tool = open('old.csv')", "def read():\n    return open('old.csv')\ntool = read()"):
        (repair,) = mend(card("print(tool.rows('x'))", line=100), card(other, line=50))
        assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "needs-file")
        assert repair.why.startswith(f"name 'tool' is set on {AT}, and it reads a file that is not there")
        (repair,) = mend(card("print(tool.rows('x'))", line=100), card(other, line=200))
        assert (repair.verdict, repair.reason) == (SnippetVerdict.FAILED, None)


def test_the_words_of_other_languages_are_told_as_such(mend: Mend) -> None:
    (repair,) = mend(card('{\n  "deep": true\n}'))
    assert told(repair) == "name 'true' belongs to JSON or another language: Python writes `True`"
    (repair,) = mend(card('{"deep": true}', line=100), card("true = True", line=50))
    assert repair.verdict is SnippetVerdict.CORRECTED


def test_what_no_stand_in_can_answer_for_is_told_by_its_names(mend: Mend) -> None:
    code = "import torch\nrows = meant.sum()\ntorch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)"
    (repair,) = mend(card(code, line=100))
    assert repair.verdict is SnippetVerdict.FAILED
    assert told(repair) == "it asks for gradients of a training that is on no card; nothing gives `meant`, `model`"


STAR = "from shapes_of_old import *\ndisc(3)"


def test_a_name_that_an_earlier_card_takes_from_a_package_needs_the_package(mend: Mend) -> None:
    (repair,) = mend(card("print(disc(4).area)", line=100), card(STAR, line=50))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "needs-package")
    assert repair.why == f"name 'disc' comes from the package that {AT} imports: {ABSENT}"


@pytest.mark.parametrize(
    "other",
    [
        card(STAR, line=200),
        card(STAR, line=50, source=AFAR),
        card("from shapes_of_old import *", line=50),
        card("def disc_of(x):\n    return x\nfrom shapes_of_old import *\nsquare(3)", line=50),
    ],
)
def test_where_a_name_may_be_a_packages_that_is_told_and_not_claimed(mend: Mend, other: Card) -> None:
    (repair,) = mend(card("print(disc(4).area)", line=100), other)
    assert repair.verdict is SnippetVerdict.FAILED
    assert told(repair).startswith(
        "name 'disc' is defined nowhere in the deck; it may be of the package that “Title” ("
    )
    assert told(repair).endswith(f" imports: {ABSENT}")


def fillers(count: int, prose: str = "") -> list[Card]:
    """Cards between others, the last of which says something."""
    return [card("pass", line=60 + 2 * n, prose=prose if n == count - 1 else "") for n in range(count)]


def test_a_package_far_off_is_spoken_of_only_where_a_card_close_by_names_it(mend: Mend) -> None:
    star, this = card("from shapes_of_old import *", line=50), card("print(disc(4).area)", line=100)
    (repair,) = mend(this, star, *fillers(3))
    assert "it may be of the package" in told(repair)
    (repair,) = mend(this, star, *fillers(15))
    assert told(repair) == "name 'disc' is defined nowhere in the deck"
    (repair,) = mend(this, star, *fillers(15, prose="It draws with the `shapes_of_old` module."))
    assert "it may be of the package" in told(repair)


@pytest.mark.parametrize("other", [STAR.replace("shapes_of_old", "math"), f"{STAR}\nfrom math import *"])
def test_a_package_that_is_there_is_not_spoken_of(mend: Mend, other: str) -> None:
    (repair,) = mend(card("print(disc(4).area)", line=100), card(other, line=50))
    assert told(repair) == "name 'disc' is defined nowhere in the deck"


def test_what_the_deck_defines_is_never_a_packages(mend: Mend) -> None:
    own = card("def disc(r):\n    return r * r", line=80)
    (repair,) = mend(card("print(disc(4))", line=100), card(STAR, line=50), own)
    assert repair.verdict is SnippetVerdict.CORRECTED
    (repair,) = mend(card("print(disc(4, 5))", line=100), card(STAR, line=50), own)
    assert told(repair).endswith("the deck's `disc(r)` of “Title” (part1.md:84) takes other arguments")


def test_a_value_is_not_taken_for_a_packages_function(mend: Mend) -> None:
    (repair,) = mend(card("width.x = 3", line=100), card("from shapes_of_old import *", line=50))
    assert told(repair) == "name 'width' is defined nowhere in the deck"


def test_nothing_is_told_of_what_runs_on_a_stand_in(mend: Mend) -> None:
    (repair,) = mend(card("print(speed * 2)", line=100), card(STAR, line=50))
    assert assumed(repair) == {"speed": "2.0"}


def test_a_name_that_only_a_function_sets_is_not_said_to_stand_nowhere(mend: Mend) -> None:
    inner = card("def translate(words):\n    codes_of = [len(w) for w in words]\n    return codes_of", line=50)
    use = card("print(codes_of.start.stop)", line=100)
    where = "is set only inside `translate` of “Title” (part1.md:54), where no other code can read it"
    assert told(mend(use, inner)[0]) == f"name 'codes_of' {where}"
    assert told(mend(use)[0]) == "name 'codes_of' is defined nowhere in the deck"


def test_what_a_function_of_another_chapter_calls_so_is_not_offered(mend: Mend) -> None:
    inner = card("def translate(words):\n    codes_of = [len(w) for w in words]\n    return codes_of", source=AFAR)
    (repair,) = mend(card("print(codes_of.start.stop)", line=100), inner)
    assert told(repair) == "name 'codes_of' is defined nowhere in the deck outside of functions"


SKETCH = "# Pseudocode of a step\ndef shift_by(rows, k):\n    return rows[k:] - k"


def test_a_function_that_its_card_calls_pseudo_code_is_not_offered_where_it_does_not_help(mend: Mend) -> None:
    use, whole = card("print(shift_by([4, 5], 1))", line=100), card("def shift_by(rows, k, n):\n    return k", line=20)
    (repair,) = mend(use, card(SKETCH, line=50))
    assert told(repair) == f"name 'shift_by' is given only by what {AT} calls pseudo-code"
    (repair,) = mend(use, card(SKETCH, line=50), whole)
    expected = "the deck's `shift_by(rows, k, n)` of “Title” (part1.md:24) takes other arguments"
    assert told(repair) == f"name 'shift_by' is not defined here, and {expected}"


def test_where_it_helps_it_is_lent(mend: Mend) -> None:
    (repair,) = mend(card("print(shift_by([4, 5], 1))", line=100), card(SKETCH.removesuffix(" - k"), line=50))
    assert repair.verdict is SnippetVerdict.CORRECTED


def test_python_s_own_function_is_not_said_to_be_defined_nowhere(mend: Mend) -> None:
    (repair,) = mend(card("up[1:-1] = up[1:-1] + wall[2:]\nfor j in range(1, 2 * max):\n    up[j] = up[j + max].low"))
    assert "name 'max'" not in repair.why
    (repair,) = mend(card("low = max - 3\nprint(low.of(max))"))
    assert told(repair).startswith("name 'max' is Python's own function, and used as a value that nothing gives it")


def test_of_names_that_are_nowhere_the_one_that_is_read_first_is_told(mend: Mend) -> None:
    count = card("m = 60\nprint(m)", line=50)
    code = "up[1:-1] = up[1:-1] + down[2:]\nfor j in range(1, m):\n    up[j] = up[j] + wall[j]"
    (repair,) = mend(card(code, line=100), count)
    expected = "name 'up' is defined nowhere in the deck; nothing gives `down`, `wall` either"
    assert (told(repair), repair.error and repair.error.line) == (expected, 104)


def test_a_fault_in_what_a_block_calls_is_told_at_the_call(mend: Mend) -> None:
    shapes = "import numpy as np\ndef joined(a, b):\n    return np.array([a, b]).sum(axis=5)"
    _, repair = mend(card(shapes, "size = 3\n\ntotal = joined([1] * size, [2] * size)"))
    assert repair.error is not None
    assert (repair.error.type, repair.error.line) == ("AxisError", repair.snippet.line + 2)


def test_an_import_that_the_program_never_comes_to_is_not_what_it_lacks(mend: Mend) -> None:
    brought = card("from shapes_of_old import grid_of\nprint(grid_of([1]))", line=50)
    early = "for pair in ['ab']:\n    first = eval(f'left_{pair}')\n    picture = grid_of(first)"
    (repair,) = mend(card(early, line=100), brought)
    assert (repair.verdict, told(repair)) == (SnippetVerdict.FAILED, "name 'left_ab' is defined nowhere in the deck")
    (reached,) = mend(card(early.replace("eval(f'left_{pair}')", "pair"), line=100), brought)
    assert (reached.reason, told(reached)) == ("needs-package", ABSENT)


def test_a_definition_that_can_be_made_is_told_before_one_that_cannot(mend: Mend) -> None:
    near, far = card("tool = make_of_old(3)", line=80), card("tool = [1]", line=20)
    assert told(mend(card("print(tool[0].stop.z)", line=100), near)[0]).endswith("which is defined nowhere in the deck")
    assert "make_of_old" not in told(mend(card("print(tool[0].stop.z)", line=100), near, far)[0])


def test_what_ends_in_something_else_that_was_brought_in_still_lacks_the_package(mend: Mend) -> None:
    brought = card("from shapes_of_old import grid_of\nprint(grid_of([1]))", line=50)
    made = card("def part_of(x):\n    return x + table_of_old\npart = part_of(2)", line=70)
    (repair,) = mend(card("def show(x):\n    return grid_of(x)\nshow(part.a.b)", line=100), brought, made)
    assert (repair.reason, told(repair)) == ("needs-package", ABSENT)


NET = "import torch\nfrom torch import nn\nclass Net(nn.Module):\n    def forward(self, x):\n        return x.reshape(7, 7, 7)\nnet = Net()"


def test_a_definition_is_not_blamed_for_what_stands_in_for_data(mend: Mend) -> None:
    use = "with torch.no_grad():\n    for pics, marks in test_loader:\n        hits = (net(pics).argmax(1) == marks).sum()"
    (repair,) = mend(card(use, line=60), card(NET))
    assert told(repair) == "name 'test_loader' is defined nowhere in the deck"
    (own,) = mend(card("net(torch.ones(2, 2))", line=60), card(NET))
    assert told(own).startswith("name 'net' is not defined here; with that of “Title” (part1.md:9), line 64 ends in")


def test_data_that_no_one_card_gives_together_is_told_so(mend: Mend) -> None:
    rows, marks = card("rows_in = [1, 2, 3]", line=20), card("marks_in = [1, 2]", line=40)
    both = card("import numpy as np\ntable_of = np.array(rows_in) + np.array(marks_in)", line=60)
    (repair,) = mend(card("print(table_of.far(1))", line=90), rows, marks, both)
    assert told(repair).endswith("is made of `marks_in` and `rows_in`, which no one card gives together")


def test_a_name_whose_data_is_not_meant_is_named(mend: Mend) -> None:
    late = card("class Thing:\n    def far(self, n):\n        return n\nX = Thing()", line=80)
    (repair,) = mend(card("print(X.far(1))"), late)
    assert told(repair) == "`X` is set only on cards whose data is not what this card's text speaks of"


def test_what_an_assertion_rejects_is_the_name_that_was_handed_over(mend: Mend) -> None:
    (repair,) = mend(card("def half(t, n):\n    assert t == n * 31\n    return t\nprint(half(dose, 2) / 2)"))
    assert told(repair) == "name 'dose' is defined nowhere in the deck"


@pytest.mark.parametrize(
    ("line", "fault"), [("u = [][1]", "list index out of range"), ("u = n.no", "'int' object has no attribute 'no'")]
)
def test_what_is_handed_over_is_not_blamed_for_the_cards_own_faults(mend: Mend, line: str, fault: str) -> None:
    (repair,) = mend(card(f"n = 3\ndef half(t):\n    {line}\n    return t / u\nprint(half(dose) * 2)"))
    assert told(repair) == fault


@pytest.mark.parametrize(
    ("code", "also"), [("print(speed * 2)", "; nothing gives `speed`"), ("n = 2\nprint(n * 2)", "")]
)
def test_what_does_not_end_on_made_up_values_is_told_with_them(code: str, also: str) -> None:
    here = replace(scene(card(code)), run=NeverEnds())
    found = search(State((start_draft(here.card.snippets[0]),)), here)
    assert isinstance(found, NotFound)
    stopped = lacking(found, {}, here)
    assert stopped.fault is not None
    assert stopped.fault.message == f"still running after 10 s{also}"
