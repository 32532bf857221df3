"""The forms of the findings: console, GitHub, JUnit, SARIF."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from deckbuild.model import Checked, ClaimVerdict, Diagnostic, Repair, SnippetVerdict
from deckbuild.report import (
    DEFAULT_KINDS,
    console_text,
    counted,
    find,
    github_annotations,
    github_summary,
    junit_xml,
    sarif_json,
)
from tests.sample import BOOK, card, checked, checked_card, failed, judgement, ran, snippet

ERROR = Diagnostic(BOOK.path, 90, "question-without-answer", "error", "':p' has no answer")


def result(*diagnostics: Diagnostic) -> Checked:
    """Three snippets: one that ran and whose claim is refuted, one that failed, one that was skipped."""
    one, two, three = snippet("1"), snippet("img", line=20), snippet("ls", line=30, language="sh")
    repairs = (ran(one), failed(two), Repair(three, SnippetVerdict.SKIPPED, "language", "not Python"))
    of = checked_card(card("Q?", "A.", one, two, three), repairs, judgement(ClaimVerdict.REFUTED))
    return checked(of, diagnostics=diagnostics)


def console(verbosity: int, of: Checked) -> list[str]:
    found = find(of)
    return console_text(of, found, counted(found, DEFAULT_KINDS), verbosity).splitlines()


def test_the_console_tells_problems_and_sums_up() -> None:
    assert console(0, result()) == [
        "notes/book.md:7: refuted: the card says 13, computed is 12: “the sum is 13”",
        "notes/book.md:20: failed: NameError: name 'img' is not defined",
        "",
        "1 card in 1 file, checked in 1.9 s",
        "3 snippets: 1 ran, 1 skipped, 1 failed",
        "1 claim: 1 refuted",
        "2 findings",
    ]


def test_quiet_tells_what_counts_and_nothing_else() -> None:
    assert console(-1, result())[1:] == ["notes/book.md:20: failed: NameError: name 'img' is not defined"]
    assert console(-1, checked()) == []


def test_verbose_tells_everything() -> None:
    accepted = result()
    accepted = replace(
        accepted, cards=(replace(accepted.cards[0], card=replace(accepted.cards[0].card, accepts=("refuted",))),)
    )
    lines = console(1, accepted)
    assert lines[0].endswith("“the sum is 13” (accepted in the card)")
    assert "notes/book.md:30: skipped: language: not Python" in lines
    assert lines[-1] == "1 finding, 1 accepted"


def test_warnings_of_one_sort_are_folded() -> None:
    warnings = tuple(Diagnostic(BOOK.path, 100 + n, "stray-open-mark", "warning", "ignored") for n in range(10))
    lines = console(0, checked(diagnostics=warnings))
    assert sum("warning[stray-open-mark]" in line for line in lines) == 3
    assert "notes/book.md: 7 more stray-open-mark (-v shows them)" in lines


def test_a_terminal_is_given_no_commands() -> None:
    """By the text of an error, or the name of a file; letters of all scripts, joiners among them, are left as they are."""
    odd = Diagnostic("a\nb.md", 3, "no-heading", "error", "\x1b]0;mine\x07\x1b[2J\x9b1m \u202e31 é ש \u200d 😀")
    (line, *_) = console(0, checked(diagnostics=(odd,)))
    assert line == r"a\nb.md:3: error[no-heading]: \x1b]0;mine\x07\x1b[2J\x9b1m \u202e31 é ש " + "\u200d 😀"


def test_annotations_are_escaped() -> None:
    odd = Diagnostic("a,b:c%/book.md", 3, "question-without-answer", "error", "50% of\n'x'")
    of = checked(diagnostics=(odd,))
    found = find(of)
    assert github_annotations(of, found, found).splitlines()[0] == (
        "::error title=deckbuild%3A question-without-answer,file=a%2Cb%3Ac%25/book.md,line=3::"
        "a,b:c%25/book.md:3: 50%25 of 'x'"
    )


def test_ten_annotations_of_which_no_sort_crowds_out_the_others() -> None:
    errors = tuple(replace(ERROR, line=100 + n) for n in range(50))
    of = result(*errors)
    found = find(of)
    lines = github_annotations(of, found, counted(found, DEFAULT_KINDS)).splitlines()
    annotations = [line for line in lines if line.startswith("::")]
    assert len(annotations) == 10
    assert ["refuted" in annotations[0], "failed" in annotations[1]] == [True, True]
    assert lines[-1] == "42 more findings are not annotated"


def test_the_summary_page_is_a_table() -> None:
    of = result(replace(ERROR, message="a | b <c>"))
    text = github_summary(of, counted(find(of), DEFAULT_KINDS))
    assert "| `notes/book.md:90` | question-without-answer | a \\| b &lt;c> |" in text
    assert "- 3 snippets: 1 ran, 1 skipped, 1 failed" in text
    assert "No findings." in github_summary(checked(), ())


def test_junit_has_a_case_for_each_snippet() -> None:
    of = result(ERROR)
    text = junit_xml(of, counted(find(of), DEFAULT_KINDS))
    suite = ET.fromstring(text)[0]
    assert suite.attrib | {"time": ""} == {
        "name": "notes/book.md",
        "tests": "3",
        "failures": "2",
        "errors": "0",
        "skipped": "1",
        "time": "",
    }
    cases = suite.findall("testcase")
    assert [(c.get("file"), c.get("line"), c.get("name")) for c in cases] == [
        ("notes/book.md", "10", "Sums [1]"),
        ("notes/book.md", "20", "Sums [2]"),
        ("notes/book.md", "30", "Sums [3]"),
    ]
    failures = [c.find("failure") for c in cases]
    assert [f.get("type") for f in failures if f is not None] == ["refuted", "NameError"]
    assert "90: error[question-without-answer]" in (suite.findtext("system-err") or "")


def test_junit_is_xml_whatever_a_snippet_says() -> None:
    of = card("Q?", "A.", snippet("x"), title="a\x08b <&>")
    text = junit_xml(checked(checked_card(of, (failed(of.snippets[0], name="\x1b[31m\x00"),))), ())
    assert ET.fromstring(text).find(".//testcase").get("name") == "a\ufffdb <&> [1]"  # type: ignore[union-attr]


def test_sarif_has_results_with_places_and_fingerprints() -> None:
    of = result(ERROR)
    found = find(of)
    log = sarif_json(of, found, counted(found, DEFAULT_KINDS))
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0"
    assert [(r["ruleId"], rules[r["ruleIndex"]], r["level"]) for r in run["results"]] == [
        ("refuted", "refuted", "error"),
        ("failed", "failed", "error"),
        ("question-without-answer", "question-without-answer", "error"),
    ]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "notes/book.md"}, "region": {"startLine": 20}}
    assert len({r["partialFingerprints"]["deckbuild/v1"] for r in run["results"]}) == 3


def test_sarif_suppresses_what_is_accepted() -> None:
    of = replace(card(), accepts=("refuted",))
    found = find(checked(checked_card(of, (), judgement(ClaimVerdict.REFUTED))))
    (suppressed,) = sarif_json(checked(), found, ())["runs"][0]["results"]
    assert suppressed["suppressions"] == [{"kind": "inSource"}]
