"""The JSON report: its schema, and that it adds up."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from deckbuild.model import (
    Assumption,
    Card,
    ClaimVerdict,
    Diagnostic,
    Edit,
    Fault,
    Outcome,
    Repair,
    SnippetVerdict,
    Value,
)
from deckbuild.report import report_json
from tests.sample import BOOK, card, checked, checked_card, failed, judgement, passage, ran, snippet

KEYS = {
    "": "schema deckbuild python torch seed sandbox sources diagnostics cards snippets claims summary",
    "sources": "path book part chapter cards",
    "diagnostics": "path line code severity message",
    "cards": "id path line title context question answer trailing rating deck tags",
    "snippets": "card path line end_line where language verdict reason source code edits assumptions lines lines_run "
    "stdout error values seconds cached",
    "claims": "card snippet path line text kind verdict expected computed tried bits",
    "summary": "cards snippets claims diagnostics seconds",
}
TENSOR = Value("output", "torch.Tensor", "float32", (2,), [1.0, "nan"])


def full() -> dict[str, Any]:
    one, two, three = snippet("print(output)"), snippet("y", line=20), snippet("ls", line=30, language="sh")
    of = card("Q?", "A.", one, two, three, rating=8)
    repairs = (ran(one, TENSOR), failed(two), Repair(three, SnippetVerdict.SKIPPED, "language"))
    told = (Diagnostic(BOOK.path, 3, "answer-not-closed", "warning", "closed by '---'"),)
    return report_json(checked(checked_card(of, repairs, judgement(ClaimVerdict.REFUTED)), diagnostics=told))


def test_every_key_of_the_contract_is_there_and_no_other() -> None:
    report = full()
    for part, keys in KEYS.items():
        for entry in [report] if not part else report[part] if isinstance(report[part], list) else [report[part]]:
            assert set(entry) == set(keys.split()), part
    assert report["schema"] == 1


def test_it_is_json_and_absent_is_null() -> None:
    report = json.loads(json.dumps(full(), allow_nan=False))
    skipped = report["snippets"][2]
    assert [skipped[key] for key in ("code", "stdout", "error", "seconds")] == [None] * 4
    assert (skipped["values"], skipped["cached"], skipped["reason"]) == ([], False, "language")


def test_the_summary_adds_up() -> None:
    assert full()["summary"] == {
        "cards": 1,
        "snippets": {"ran": 1, "corrected": 0, "completed": 0, "skipped": 1, "failed": 1},
        "claims": {"confirmed": 0, "refuted": 1, "assumed": 0, "untested": 0},
        "diagnostics": {"error": 0, "warning": 1, "info": 0},
        "seconds": 1.9,
    }


def test_a_name_stands_once_and_what_is_printed_is_shown() -> None:
    values = full()["snippets"][0]["values"]
    assert values == [
        {
            "name": "output",
            "type": "torch.Tensor",
            "dtype": "float32",
            "shape": [2],
            "data": [1.0, "nan"],
            "shown": True,
        }
    ]


def test_a_failed_snippet_tells_its_error_and_no_values() -> None:
    two = snippet("y")
    stopped = replace(failed(two), outcome=Outcome(Fault("raised", "NameError", "", 1), "said", values=(TENSOR,)))
    entry = report_json(checked(checked_card(card("Q?", "A.", two), (stopped,))))["snippets"][0]
    assert entry["error"] == {"type": "NameError", "message": "name 'img' is not defined", "line": 10}
    assert (entry["values"], entry["stdout"]) == ([], "said")


def test_edits_and_assumptions() -> None:
    repair = Repair(
        snippet("y = x"),
        SnippetVerdict.COMPLETED,
        code="import a\nx = 1\ny = x",
        edits=(Edit("missing-import", None, "", "import a", "a is used", "the deck"),),
        assumptions=(Assumption("x", "1", "defined nowhere"),),
    )
    entry = report_json(checked(checked_card(card("Q?", "A.", repair.snippet), (repair,))))["snippets"][0]
    assert entry["edits"] == [
        {
            "rule": "missing-import",
            "line": None,
            "before": "",
            "after": "import a",
            "why": "a is used",
            "evidence": "the deck",
        }
    ]
    assert entry["assumptions"] == [{"name": "x", "value": "1", "why": "defined nowhere"}]


def sharing(line: int, answer: str, shares: bool) -> Card:
    context = passage("Context.", snippet("c = 1", line=3, where="context"))
    own = snippet("c", line=line + 1)
    return replace(card("Q?", answer, own, line=line), context=context, shares_context=shares)


def test_a_shared_context_is_told_at_its_first_card() -> None:
    first, second = sharing(10, "one", shares=False), sharing(20, "two", shares=True)
    told = judgement(ClaimVerdict.CONFIRMED, line=2)
    cards = [
        checked_card(of, tuple(ran(s) for s in of.snippets), told, id=name)
        for of, name in ((first, "one"), (second, "two"))
    ]
    report = report_json(checked(*cards))
    assert [(s["card"], s["line"]) for s in report["snippets"]] == [("one", 3), ("one", 11), ("two", 21)]
    assert [(c["card"], c["line"]) for c in report["claims"]] == [("one", 2)]
    assert report["summary"]["snippets"]["ran"] == 3
    assert report_json(checked(cards[1]))["snippets"][0]["card"] == "two"


def test_a_card_may_claim_the_same_twice_on_a_line() -> None:
    twice = (judgement(ClaimVerdict.CONFIRMED), judgement(ClaimVerdict.CONFIRMED))
    assert len(report_json(checked(checked_card(card(), (), *twice)))["claims"]) == 2
