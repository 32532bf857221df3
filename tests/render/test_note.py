"""Notes: what stands where on a card, and that all of it is well."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from pathlib import Path

import genanki
import pytest

from deckbuild.model import (
    FIELDS,
    Assumption,
    Binding,
    Card,
    CheckedCard,
    Claim,
    ClaimVerdict,
    Edit,
    Fault,
    Judgement,
    Note,
    Outcome,
    Passage,
    Printed,
    Prose,
    Repair,
    ShownLine,
    Snippet,
    SnippetVerdict,
    Value,
    Versions,
)
from deckbuild.render import draw_note, note_style
from deckbuild.render.corrections import draw_corrections, number_notes

from ..sample import BOOK, Says, checked_card, ran, snippet
from ..sample import card as sample_card
from .tensor.arrays import value
from .wellformed import faults

VERSIONS = Versions("0.1.0", "3.11.7", "2.13.0")
TENSOR = replace(
    value([[1.5, -2.5], [0.0, 4.0]], "total"), text="tensor([[ 1.5000, -2.5000],\n        [ 0.0000,  4.0000]])"
)
SOURCE = "total = add(a)\nprint('so', total)"


def fields(checked: CheckedCard, **options: str) -> dict[str, str]:
    """The fields of a card's note by their names, each well-formed."""
    note = draw_note(checked, VERSIONS, 0, **options)  # type: ignore[arg-type]
    named = dict(zip(FIELDS, note.fields, strict=True))
    assert {name: faults(html) for name, html in named.items() if faults(html)} == {}
    return named


def printing(of: Snippet) -> Repair:
    """A repair that ran and printed its tensor behind a word."""
    outcome = Outcome(None, prints=(Printed(2, f"so {TENSOR.text}\n"),), values=(TENSOR,))
    return replace(ran(of), outcome=outcome)


def full() -> CheckedCard:
    """A card with a snippet in its answer that was completed, and statements of each verdict."""
    code = snippet(SOURCE, line=13)
    shown = (
        ShownLine("from book import add", None, 0),
        ShownLine("a = 2", None, 2),
        ShownLine("total = add(a, 1)", 1, 1),
        ShownLine("print('so', total)", 2),
    )
    edits = (
        Edit("missing-import", None, "", "from book import add", "`add` is nowhere imported", "NameError: name 'add'"),
        Edit("missing-argument", 1, "total = add(a)", "total = add(a, 1)", "it takes two", "TypeError: missing 1"),
    )
    repair = replace(
        printing(code),
        verdict=SnippetVerdict.COMPLETED,
        code="from book import add\na = 2\n" + SOURCE,
        own=(1, 4),
        outcome=Outcome(None, prints=(Printed(4, f"so {TENSOR.text}\n"),), values=(TENSOR,)),
        edits=edits,
        assumptions=(Assumption("a", "2", "any number will do"),),
        shown=shown,
        assumed=frozenset({"total"}),
    )
    answer = Passage(
        "",
        (
            Prose(10, "The sum is 13 here.\n\nIt has two rows."),
            code,
            Prose(16, "That is [sound:x.mp3] all, \\(x<1\\)."),
        ),
    )
    judgements = (
        Judgement(claim(10, "The sum is 13 here.", "13"), ClaimVerdict.REFUTED, "4"),
        Judgement(claim(12, "It has two rows", "2 rows"), ClaimVerdict.CONFIRMED, "[2, 2]"),
        Judgement(claim(12, "It has", "two"), ClaimVerdict.UNTESTED, "never told"),
        Judgement(claim(16, "That is all", "all"), ClaimVerdict.ASSUMED, None),
    )
    context = Passage("A *sum* adds.", (Prose(3, "A *sum* adds."),))
    question = Passage("What is `add`?", (Prose(6, "What is `add`?"),))
    return CheckedCard(
        "guid-1234567", Card(BOOK, 6, "Sums & more", context, question, answer), (repair,), judgements, "D", ("t",)
    )


def claim(line: int, text: str, expected: str) -> Claim:
    """A statement of the file of BOOK."""
    return Claim(BOOK.path, line, text, "number", expected, None, Says(expected))


def test_every_field_is_there_and_the_guid_is_the_card() -> None:
    note = draw_note(full(), VERSIONS, 0)
    assert (note.guid, note.deck, note.tags, len(note.fields)) == ("guid-1234567", "D", ("t",), len(FIELDS))


def test_the_key_is_plain_text_that_is_unique() -> None:
    assert fields(full())["Key"] == "Book · 003 · Sums &amp; more · What is add? · guid-123"


def test_the_question_side_tells_nothing_that_was_computed() -> None:
    asked = snippet(SOURCE, line=7, where="question")
    card = replace(sample_card(), question=Passage("Which?", (Prose(6, "Which?"), asked)))
    drawn = fields(checked_card(card, (printing(asked),)))
    assert "tensor" not in drawn["Question"]
    assert '<figure class="tensor">' in drawn["Computed"]


def test_a_statement_of_the_question_is_marked_on_the_back() -> None:
    drawn = fields(checked_card(sample_card(line=1), (), Judgement(claim(1, "a sum", "13"), ClaimVerdict.REFUTED, "4")))
    assert "refuted" not in drawn["Question"]
    assert "refuted" in drawn["Answer"] + drawn["Computed"]


def test_a_refuted_statement_shows_both_values_outside_details() -> None:
    answer = fields(full())["Answer"]
    refuted = re.search(r'<li class="refuted">.*</li>', answer, re.DOTALL)
    assert refuted is not None
    assert "the text says <del>13</del> · computed <b>4</b>" in refuted.group()
    assert answer.index("The sum is 13") < refuted.start() < answer.index("It has two rows")
    assert "<details" not in answer


def test_a_confirmed_statement_has_a_tick_and_others_have_none() -> None:
    answer = fields(full())["Answer"]
    assert answer.count("✓") == 1
    assert "never told" not in answer
    assert "That is all" not in answer


def test_no_word_says_more_than_was_found() -> None:
    assert not re.search(r"verified|correct\b|proven true", " ".join(fields(full()).values()), re.IGNORECASE)


def test_a_printed_tensor_is_drawn_where_it_was_printed() -> None:
    answer = fields(full())["Answer"]
    assert '<pre class="out">so </pre>\n<figure class="tensor">' in answer
    assert "1.5000" not in answer
    assert "from assumed values" in answer


def test_corrections_are_told_with_their_evidence_and_numbers() -> None:
    drawn = fields(full())
    corrections = drawn["Corrections"]
    assert '<summary class="tappable">2 corrections · 1 assumption</summary>' in corrections
    assert corrections.index("missing import") < corrections.index("missing argument") < corrections.index("a = 2")
    assert "NameError: name 'add'" in corrections
    assert '<ol class="assumptions" start="3">' in corrections
    assert "Assumed, not proven" in corrections
    assert re.findall(r'<sup class="note">(\d)</sup>', drawn["Answer"]) == ["1", "3", "2"]


def test_what_was_assumed_is_said_in_the_code() -> None:
    assert re.search(r'class="l a as">.*?assumed</span>', fields(full())["Answer"])


def test_a_card_without_corrections_has_an_empty_field() -> None:
    assert fields(checked_card(sample_card()))["Corrections"] == ""


def test_the_source_says_where_and_with_what() -> None:
    assert fields(full())["Source"] == "A Book · 2.1 Sums · Part 3 · book.md\nrun with Python 3.11, seed 0"
    assert "run" not in fields(checked_card(sample_card()))["Source"]


def test_the_source_names_torch_where_the_code_does() -> None:
    repair = ran(snippet("import torch"))
    source = fields(checked_card(sample_card("q", "a", repair.snippet), (repair,)))["Source"]
    assert source.endswith("run with Python 3.11, torch 2.13.0, CPU, seed 0")


@pytest.mark.parametrize(
    ("side", "start"),
    [("front", '<div class="context">'), ("hint", "<details"), ("back", '<div class="context late">')],
)
def test_where_the_context_stands(side: str, start: str) -> None:
    assert fields(full(), context=side)["Context"].startswith(start)


@pytest.mark.parametrize(
    ("repair", "said"),
    [
        (
            Repair(snippet(), SnippetVerdict.SKIPPED, "needs-package", "needs the package solver"),
            "not run: needs the package solver",
        ),
        (Repair(snippet(), SnippetVerdict.SKIPPED, "pseudo-code"), "not run: it is pseudo-code"),
        (Repair(snippet(language="java"), SnippetVerdict.SKIPPED, "language", "java"), "not run"),
        (
            Repair(snippet(), SnippetVerdict.FAILED, error=Fault("raised", "NameError", "name 'b' is not defined", 10)),
            "does not run: NameError: name 'b' is not defined",
        ),
    ],
)
def test_a_snippet_that_did_not_run_says_why(repair: Repair, said: str) -> None:
    answer = fields(checked_card(sample_card("q", "a", repair.snippet), (repair,)))["Answer"]
    assert re.findall(r'<p class="why[^"]*">([^<]*)</p>', answer) == [said]


def test_an_error_that_is_shown_is_told() -> None:
    repair = replace(ran(snippet()), error=Fault("raised", "ValueError", "too small", 10))
    answer = fields(checked_card(sample_card("q", "a", repair.snippet), (repair,)))["Answer"]
    assert '<pre class="out raised">ValueError: too small</pre>' in answer


def test_a_snippet_without_a_repair_is_shown_as_it_is() -> None:
    answer = fields(checked_card(sample_card("q", "a", snippet("x = 1"))))["Answer"]
    assert '<pre class="code">' in answer


def test_a_fence_keeps_its_place_in_a_list() -> None:
    code = replace(snippet("x = 1", line=12), indent=3)
    parts = (Prose(10, "1. one"), code, Prose(14, "2. two"))
    answer = fields(checked_card(replace(sample_card(), answer=Passage("", parts))))["Answer"]
    assert answer.count("<ol>") == 1
    assert answer.count("</li>") == 2


def test_a_deeply_indented_fence_ends_the_paragraph_before_it() -> None:
    code = replace(snippet("x = 1", line=12), indent=6)
    answer = fields(checked_card(replace(sample_card(), answer=Passage("", (Prose(10, "one"), code)))))["Answer"]
    assert answer.startswith("<p>one</p>\n<pre")


def test_the_package_takes_the_fields_without_a_warning(tmp_path: Path) -> None:
    note = draw_note(full(), VERSIONS, 0)
    sides = [{"name": "Card", "qfmt": "{{Question}}", "afmt": "{{Answer}}"}]
    deck = genanki.Deck(1, "Deck")
    deck.add_note(genanki.Note(genanki.Model(1, "Deckbuild", [{"name": n} for n in FIELDS], sides), list(note.fields)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        genanki.Package(deck).write_to_file(tmp_path / "deck.apkg")


def test_every_class_that_is_drawn_has_a_style() -> None:
    drawn = " ".join(fields(full(), context=side)["Context"] for side in ("front", "back")) + " ".join(
        fields(full()).values()
    )
    used = {name for group in re.findall(r'class="([^"]+)"', drawn) for name in group.split()}
    plain = {"tappable", "assumptions", "tensor", "value", "summary", "code"}
    assert {name for name in used - plain if f".{name}" not in note_style().css} == set()


def test_a_value_is_drawn_once() -> None:
    repair = replace(
        printing(snippet(SOURCE)), outcome=Outcome(None, values=(TENSOR,), bindings=(Binding(1, 1, TENSOR),))
    )
    answer = fields(checked_card(sample_card("q", "a", repair.snippet), (repair,)))["Answer"]
    assert answer.count('<figure class="tensor">') == 1


def media_of(note: Note) -> set[str]:
    """Names of the pictures that a note's fields refer to."""
    return set(re.findall(r'<img src="([^"]+)"', "".join(note.fields)))


def test_the_pictures_of_a_note_are_those_that_it_shows() -> None:
    image: Value = value([[float(i * j) for i in range(12)] for j in range(12)], "total")
    repair = replace(printing(snippet(SOURCE)), outcome=Outcome(None, values=(image,)))
    note = draw_note(checked_card(sample_card("q", "a", repair.snippet), (repair,)), VERSIONS, 0)
    assert {m.name for m in note.media} == media_of(note) != set()


def test_what_two_snippets_assume_alike_is_told_once() -> None:
    (one,) = full().repairs
    two = replace(one, snippet=replace(one.snippet, line=40), edits=())
    twice = (one.assumptions[0], Assumption("b", "3", "any number"))
    numbers = number_notes((one, replace(two, assumptions=twice, shown=())))
    assert [numbers[13](n) for n in range(3)] == [(1, False), (2, False), (3, True)]
    assert [numbers[40](n) for n in range(2)] == [(3, True), (4, True)]
    told = draw_corrections((one, replace(two, assumptions=twice, shown=())), ())
    assert told.count("<code>a = 2</code>") == told.count("<code>b = 3</code>") == 1
    assert "2 corrections · 2 assumptions" in told
