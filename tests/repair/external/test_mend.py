"""Edits from outside: asked for only where nothing else helps, taken only with evidence, told otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from deckbuild.claims import extract, judge
from deckbuild.model import (
    Answer,
    Card,
    Deck,
    Declined,
    Json,
    LineEdit,
    Proposal,
    Repair,
    Run,
    SnippetVerdict,
    Unanswered,
)
from deckbuild.repair import build_library, repair_card
from tests.repair.making import TORCH, card, edits, fenced, printed, with_output

CODE = "import torch\nx = torch.arange(12.).reshape(3, 4)\nprint(x.sums(dim=0))"
OUTPUT = "tensor([12., 15., 18., 21.])"
SUMS = with_output(CODE, OUTPUT)
BARE = card(CODE)


@dataclass
class Says:
    """Answers every question in the same way, and remembers the questions."""

    answer: Answer | Unanswered | None
    asked: list[Mapping[str, Json]] = field(default_factory=list)

    def __call__(self, request: Mapping[str, Json]) -> Answer | Unanswered | None:
        self.asked.append(request)
        return self.answer


def edit(line: int, before: str, after: str, why: str = "so it is called") -> LineEdit:
    return LineEdit(line, before, after, why)


def asked(run: Run, this: Card, answer: Answer | Unanswered | None, *others: Card) -> tuple[Says, tuple[Repair, ...]]:
    says = Says(answer)
    deck = Deck((this.source,), (this, *others))
    return says, repair_card(this, build_library(deck), extract(this), run, judge, says)


def mended(run: Run, this: Card, *changes: LineEdit) -> Repair:
    return asked(run, this, Proposal(changes))[1][0]


RIGHT = edit(3, "print(x.sums(dim=0))", "print(x.sum(dim=0))")


def test_an_edit_that_the_shown_output_proves_is_a_correction(run: Run) -> None:
    repair = mended(run, SUMS, RIGHT)
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert edits(repair) == [("external", RIGHT.before, RIGHT.after)]
    assert "bits" in repair.edits[0].evidence
    assert repair.edits[0].why == "so it is called"
    assert printed(repair) == OUTPUT + "\n"
    (claim,) = (j for j in judge(SUMS, extract(SUMS), (repair,)) if j.claim.kind == "tensor")
    assert claim.verdict == "confirmed"
    assert claim.tried is not None
    assert claim.tried >= 2**10


def test_the_same_edit_without_a_claim_is_told_and_not_made(run: Run) -> None:
    repair = mended(run, BARE, RIGHT)
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.edits == ()
    assert repair.error is not None
    assert repair.error.type == "AttributeError"
    assert "candidate edit, unproven: line 3" in repair.why
    (told,) = repair.diagnostics
    assert (told.code, told.severity, told.line) == ("external-edit", "info", BARE.snippets[0].line)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (edit(3, "print(x.sums(dim=0))", "print(x.mean(dim=0))"), "contradicts the card"),
        (edit(3, "print(x.sums(dim=0))", "print(x.summed(dim=0))"), "ends in AttributeError"),
        (edit(3, "print(x.sums(dim=0))", "pass"), "taken away or moved"),
        (edit(3, "print(x.sums(dim=0))", "try:\n    print(x.sums(dim=0))\nexcept AttributeError:\n    pass"), "moved"),
        (edit(3, "print(x.sums(dim=0))", "# print(x.sums(dim=0))\nprint(x)"), "taken away or moved"),
        (edit(3, "", f"print('{OUTPUT}')\nimport sys\nsys.exit(0)"), "calls `exit`"),
        (edit(3, "", "def print(x): pass"), "binds `print` anew"),
        (edit(3, "", "torch.Tensor.sums = torch.Tensor.sum"), "changes `torch.Tensor.sums`"),
        (edit(3, "", "x = torch.ones(3, 4)"), "binds `x` anew"),
        (edit(3, "", "raise SystemExit"), "jumps over"),
        (edit(3, "", "from math import *"), "imports nobody knows what"),
        (edit(3, "", "def f():\n    torch.sums = 1"), "changes `torch.sums`"),
        (edit(3, "print(x.sums(dim=1))", "print(x.sum(dim=1))"), "not what the edit says"),
        (edit(4, "print(x.sums(dim=0))", "print(x.sum(dim=0))"), "not what the edit says"),
        (edit(9, "", "y = 1"), "not what the edit says"),
        (edit(3, "print(x.sums(dim=0))", "print(x.sum(dim=0)"), "does not parse"),
    ],
)
def test_what_is_not_taken_is_told_with_the_reason(run: Run, change: LineEdit, why: str) -> None:
    repair = mended(run, SUMS, change)
    assert repair.verdict is SnippetVerdict.FAILED
    assert (repair.edits, repair.why) == ((), mended(run, SUMS, edit(9, "", "y")).why)
    (told,) = repair.diagnostics
    assert (told.code, told.severity) == ("external-refused", "info")
    assert why in told.message


@pytest.mark.parametrize("added", ["    return 3", "    yield 3", "    import sys\n    sys.exit()"])
def test_a_function_of_the_card_is_not_cut_short(run: Run, added: str) -> None:
    this = card("def f(x):\n    return x.sums()\nprint(f([1]))")
    repair = mended(run, this, edit(2, "", added))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.diagnostics[0].code == "external-refused"


def test_what_the_text_speaks_of_is_not_changed(run: Run) -> None:
    this = card("import torch\nprint(torch.ones(4).reshape(2, 3))", prose="It has 3 columns.")
    repair = mended(run, this, edit(2, "print(torch.ones(4).reshape(2, 3))", "print(torch.ones(4).reshape(2, 2))"))
    assert repair.verdict is SnippetVerdict.FAILED
    assert "`3`, of which the card's text speaks" in repair.diagnostics[0].message


def test_a_value_copied_from_the_claim_proves_nothing(run: Run) -> None:
    this = with_output("import torch\nt = torch.ones(2)\nt.fancy()\nprint(t)", "tensor([12345., 67891.])")
    repair = mended(run, this, edit(3, "t.fancy()", "t.copy_(torch.tensor([12345., 67891.]))"))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.edits == ()


def test_a_claim_that_does_not_rest_on_the_edit_speaks_for_nothing(run: Run) -> None:
    code = "import torch\nt = torch.arange(1234., 1238.)\nprint(t)\nt.fancy()"
    this = with_output(code, "tensor([1234., 1235., 1236., 1237.])")
    repair = mended(run, this, edit(4, "t.fancy()", "t.floor()"))
    assert repair.verdict is SnippetVerdict.FAILED
    assert "unproven" in repair.why


def test_lines_that_other_cards_have_are_evidence(run: Run) -> None:
    other = card("import torch\ndef fancy(t):\n    return t + 1", line=60)
    code = "import torch\nclass Net:\n    fancy = 3\nprint(Net().fancy(2))"
    repair = asked(run, card(code), Proposal((edit(2, "", "def fancy(t):\n    return t + 1"),)), other)[1][0]
    assert repair.verdict is SnippetVerdict.FAILED  # it is the deck's, and does not help
    this = card("import torch\nf = globals()['fancy']\nprint(f(torch.ones(1)))")
    repair = asked(run, this, Proposal((edit(2, "", "def fancy(t):\n    return t + 1"),)), other)[1][0]
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert "other cards" in repair.edits[0].evidence
    unknown = asked(run, this, Proposal((edit(2, "", "def fancy(t):\n    return t + 2"),)), other)[1][0]
    assert unknown.verdict is SnippetVerdict.FAILED


@pytest.mark.parametrize(
    "this",
    [
        card("x = 1\nprint(x)"),
        card("print(np.ones(2))"),
        card("print(speed * 2)"),
        card("[1, 2][5]  # IndexError"),
        card("model = ...\nmodel.fit()"),
        card("# pseudo-code\nrun(everything)"),
        card("return 3"),
        card("import no_such_package"),
        fenced("SELECT 1", "sql"),
    ],
)
def test_it_is_not_asked_about_what_runs_or_is_not_meant_to(run: Run, this: Card) -> None:
    says, _ = asked(run, this, None)
    assert says.asked == []


@pytest.mark.parametrize("code", ["x = 1 / 0", "x = 1\ny = = 2", "print([1, 2].size)"])
def test_it_is_asked_once_about_what_fails(run: Run, code: str) -> None:
    says, (repair,) = asked(run, card(code), None)
    assert len(says.asked) == 1
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.diagnostics == ()


def test_the_question_holds_what_is_needed(run: Run) -> None:
    other = card("def scale(t):\n    return t * 3", line=60)
    code = TORCH + "t = torch.ones(2)\nprint(scale(t).sums())"
    says, _ = asked(run, card(code, prose="The sum is 6.", question="How?"), None, other)
    (request,) = says.asked
    assert set(request) == {
        *("schema", "path", "line", "language", "source", "card", "definitions", "program", "fault", "claims")
    }
    assert request["source"] == code
    assert request["fault"] == {
        "type": "AttributeError",
        "message": "'Tensor' object has no attribute 'sums'",
        "line": 4,
    }
    assert request["definitions"] == [{"name": "scale", "title": "Title", "source": "def scale(t):\n    return t * 3"}]
    assert "def scale" in str(request["program"])
    assert dict(request["card"])["question"] == "How?"  # type: ignore[arg-type]


def test_what_it_mends_later_snippets_build_on(run: Run) -> None:
    broken = "import torch\nx = torch.arange(12.).reshape(3, 4)\ns = x.sums(dim=0)\nprint(s)"
    first = with_output(broken, OUTPUT)
    _, (repair, _) = asked(run, first, Proposal((edit(3, "s = x.sums(dim=0)", "s = x.sum(dim=0)"),)))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert printed(repair) == OUTPUT + "\n"


@pytest.mark.parametrize(
    ("answer", "code", "severity"),
    [
        (Unanswered("gave no answer within 3 s"), "repair-command-failed", "warning"),
        (Declined("two readings"), "external-refused", "info"),
    ],
)
def test_no_answer_and_a_refusal_are_told(run: Run, answer: Answer | Unanswered, code: str, severity: str) -> None:
    _, (repair,) = asked(run, card("x = 1 / 0"), answer)
    assert repair.verdict is SnippetVerdict.FAILED
    (told,) = repair.diagnostics
    assert (told.code, told.severity) == (code, severity)
    assert answer.why in told.message  # type: ignore[union-attr]
