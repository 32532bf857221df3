"""What is told of a repaired card: verdicts, inherited assumptions, programs that run alone, edits that cover every change."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from deckbuild.model import Deck, Fault, Job, Outcome, Repair, Run, SnippetVerdict
from deckbuild.repair import build_library, repair_card
from tests.repair.conftest import Mend
from tests.repair.making import AFAR, TORCH, assumed, card, edits, fenced, printed, with_output

CARDS = {
    "as written": card("x = 2\nprint(x)"),
    "import": card("print(np.ones(2))"),
    "alias": card(TORCH + "layer = nn.Linear(2, 1)", "sd['bias'].zero_()\nprint(layer.bias)"),
    "argument": card(
        TORCH
        + "layer = nn.Linear(\n    2,\n    1,\n)\nlayer.load_state_dict({'weight': torch.ones(1, 2)})\nprint(layer)"
    ),
    "dimensions": card(TORCH + "conv = nn.Conv2d(1, 1, 2)\nx = torch.ones(3,\n    3)\nprint(conv(x).shape)"),
    "applied": card(TORCH + "img = torch.ones(1, 1, 3, 3)\nconv = nn.Conv2d(1, 1, 2)"),
    "folder": card("with open('out/a.txt', 'w') as h:\n    h.write('x')"),
    "stand-in": card("print(speed * 2)", "y = speed + 1\nprint(y)"),
    "stand-in, another block": card("print(speed * 2)", "y = 3\nprint(y)"),
    "stand-in, a function": card("rows = [load * n for n in range(3)]", "def total():\n    return sum(rows)"),
    "stand-in, a setting beside": card("rate = 0.5\nprint(load * rate)", "print(rate)"),
    "stand-in, twice": card("print(speed * 2)", "speed = 3", "print(speed + 1)"),
    "stand-in, an act": card("import random\nrandom.seed(int(load * 2))", "z = 2\nprint(z)"),
    "stand-in, all names": card("w = load * 2", "print(sorted(globals())[0])"),
    "session": card(">>> x = 3\n>>> x + 1\n4\n>>> np.ones(1)\narray([1.])"),
    "body": card("def f():\n    # nothing yet\nprint(f())"),
    "percent": card("r = 7 percent 4\nprint(r)"),
    "later": card("print(area(3))", "def area(r):\n    return r * r"),
    "meant": card("x = 1\nint('q')  # ValueError", "print(x)"),
    "chosen": with_output(
        TORCH + "pool = nn.MaxPool2d(2)\nx = torch.arange(16.).reshape(1, 1, 4, 4)\nprint(pool(x))",
        "tensor([[[[ 5.,  6.,  7.],\n          [ 9., 10., 11.],\n          [13., 14., 15.]]]])",
    ),
}


@pytest.fixture(scope="module")
def mended(mend: Mend) -> dict[str, tuple[Repair, ...]]:
    """The repairs of all these cards."""
    return {name: mend(this) for name, this in CARDS.items()}


def python(repairs: tuple[Repair, ...]) -> list[Repair]:
    return [r for r in repairs if r.code is not None]


def test_a_program_run_alone_does_the_same(mended: dict[str, tuple[Repair, ...]], run: Run) -> None:
    repairs = [r for one in mended.values() for r in python(one)]
    alone = run.confirm([Job(r.code or "") for r in repairs])
    assert [o.stdout for o in alone] == [r.outcome and r.outcome.stdout for r in repairs]
    assert [o.fault and o.fault.type for o in alone] == [r.error and r.error.type for r in repairs]


def lines(text: str) -> list[str]:
    return [x.strip() for x in text.split("\n") if x.strip() and not x.strip().startswith("#")]


@pytest.mark.parametrize("name", CARDS)
def test_each_line_of_a_program_is_the_cards_or_told(name: str, mended: dict[str, tuple[Repair, ...]]) -> None:
    repairs = mended[name]
    said = {x.removeprefix(">>>").strip() for r in repairs for x in lines(r.snippet.source)}
    said |= {x for r in repairs for e in r.edits for x in lines(e.after)}
    for repair in python(repairs):
        assert set(lines(repair.code or "")) <= said | {f"{a.name} = {a.value}" for a in repair.assumptions}


@pytest.mark.parametrize("name", CARDS)
def test_an_edit_quotes_whole_lines_of_source_and_code(name: str, mended: dict[str, tuple[Repair, ...]]) -> None:
    for repair in mended[name]:
        source = repair.snippet.source.split("\n")
        for edit in repair.edits:
            assert repair.code is not None
            assert f"\n{edit.after}\n" in f"\n{repair.code}"
            assert edit.why
            assert edit.evidence
            if edit.line is None:
                assert edit.before == ""
            else:
                before = edit.before.split("\n")
                assert source[edit.line - 1 : edit.line - 1 + len(before)] == before


@pytest.mark.parametrize("name", [n for n in CARDS if n != "session"])
def test_lines_that_no_edit_covers_stand_in_the_program_as_written(
    name: str, mended: dict[str, tuple[Repair, ...]]
) -> None:
    for repair in python(mended[name]):
        changed = [(e.line, e.line + e.before.count("\n")) for e in repair.edits if e.line is not None]
        source = repair.snippet.source.split("\n")
        kept = [x for n, x in enumerate(source, 1) if not any(first <= n <= last for first, last in changed)]
        assert set(kept) <= set((repair.code or "").split("\n"))


@pytest.mark.parametrize("name", CARDS)
def test_lines_are_traced_to_the_file(name: str, mended: dict[str, tuple[Repair, ...]]) -> None:
    for repair in python(mended[name]):
        code = (repair.code or "").removesuffix("\n").split("\n")
        assert len(repair.line_map) == len(code)
        snippets = {s.line: s for s in CARDS[name].snippets}
        for at in filter(None, repair.line_map):
            assert any(s.line <= at <= s.end_line for s in snippets.values())
        assert repair.own is not None
        first, last = repair.own
        assert 1 <= first <= last == len(code)


@pytest.mark.parametrize(
    ("name", "verdicts"),
    [
        ("as written", ["ran"]),
        ("import", ["corrected"]),
        ("stand-in", ["completed", "completed"]),
        ("session", ["corrected"]),
        ("meant", ["ran", "ran"]),
        ("chosen", ["corrected", "skipped"]),
    ],
)
def test_verdicts(name: str, verdicts: list[str], mended: dict[str, tuple[Repair, ...]]) -> None:
    assert [r.verdict.value for r in mended[name]] == verdicts


def test_an_assumption_is_inherited_by_what_builds_on_it_and_by_nothing_else(mend: Mend) -> None:
    first, second, third, fourth = mend(card("a = speed * 2", "b = a + 1", "c = 5\nprint(c)", "print(b * c)"))
    assert [r.verdict.value for r in (first, second, third, fourth)] == ["completed", "completed", "ran", "completed"]
    assert assumed(first) == assumed(second) == assumed(fourth) == {"speed": "2.0"}
    assert third.assumptions == ()
    assert first.edits == second.edits == ()


def test_parameters_of_a_function_are_no_names_that_a_block_builds_on(mend: Mend) -> None:
    shift = "def shift(row):\n    row[0] = row[-1]\n    return row"
    _, own = mend(card("row[0] = row[2]", shift))
    assert (own.verdict, own.assumptions) == (SnippetVerdict.RAN, ())
    _, reads = mend(card("row[0] = row[2]", "def shift():\n    return row[0]"))
    assert (reads.verdict, set(assumed(reads))) == (SnippetVerdict.COMPLETED, {"row"})


def test_the_same_card_in_another_file_is_not_needed_to_run_a_program(mend: Mend, run: Run) -> None:
    (repair,) = mend(card("print(double(4))"), card("def double(x):\n    return 2 * x", line=5, source=AFAR))
    (alone,) = run.confirm([Job(repair.code or "")])
    assert alone.stdout == printed(repair) == "8\n"


def test_lines_run_counts_statements_of_the_source(mend: Mend) -> None:
    (repair,) = mend(card("import math\ndef f(x):\n    if x:\n        return 1\n    return math.pi\nprint(f(1))"))
    assert (repair.lines, repair.lines_run) == (6, 5)


def test_what_is_not_python_is_skipped_without_a_program(mend: Mend) -> None:
    (repair,) = mend(fenced("SELECT 1", "sql"))
    assert (repair.verdict, repair.reason, repair.code) == (SnippetVerdict.SKIPPED, "language", None)


def test_a_failed_snippet_says_why_and_has_no_edits(mend: Mend) -> None:
    (repair,) = mend(card("print(np.ones(2) @ mystery(3))"))
    assert repair.verdict is SnippetVerdict.FAILED
    assert (repair.edits, repair.assumptions, repair.shown) == ((), (), ())
    assert "mystery" in repair.why
    assert repair.error is not None


@pytest.mark.parametrize(
    "code", ["print(speed * 2 + mystery(3))", "import no_such_package\nprint(speed)", "print(speed, 1 / 0)"]
)
def test_the_code_of_what_does_not_run_is_the_authors_own(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict in (SnippetVerdict.FAILED, SnippetVerdict.SKIPPED)
    assert repair.code == code


def test_the_code_of_what_runs_holds_what_was_brought_in(mend: Mend) -> None:
    (repair,) = mend(card("print(speed * 2)"))
    assert (repair.verdict, repair.code) == (SnippetVerdict.COMPLETED, "speed = 2.0\nprint(speed * 2)\n")


class Fickle:
    """Runs what is tried, and lets nothing come to its end where it counts."""

    def __init__(self, run: Run) -> None:
        self.trial = run.trial

    def confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        return tuple(Outcome(Fault("raised", "OSError", "gone", 2, (2,))) for _ in jobs)


def test_what_fails_only_at_the_end_shows_nothing_of_its_program(run: Run) -> None:
    this = card("print(speed * 2)")
    deck = Deck((this.source,), (this,))
    (repair,) = repair_card(this, build_library(deck), (), Fickle(run), lambda card, claims, repairs: ())
    assert (repair.verdict, repair.code, repair.outcome) == (SnippetVerdict.FAILED, "print(speed * 2)", None)
    assert repair.aside is not None
    assert repair.aside.code == "speed = 2.0\nprint(speed * 2)\n"


def test_text_that_cannot_be_read_fails_with_the_interpreters_words_at_its_line(mend: Mend) -> None:
    (repair,) = mend(card("total = 1\nother = total +* 2\nprint(other)"))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.error is not None
    assert (repair.error.kind, repair.error.message) == ("syntax", "invalid syntax")
    assert repair.error.line == repair.snippet.line + 1


def test_an_import_that_only_a_stand_in_reads_is_told_as_what_it_is_made_with(mend: Mend) -> None:
    whys = []
    for code in ("print(model.parameters())", "print(nn.ReLU())\nprint(model.parameters())"):
        (repair,) = mend(card(code))
        assert assumed(repair)
        whys += [e.why for e in repair.edits if e.rule == "missing-import"]
    assert whys == ["what is assumed of `model` is made with it", "`nn` is used and nowhere defined"]


def test_a_changed_head_is_told_with_the_first_statement_below_it(mend: Mend) -> None:
    head, body = "for mark in '''.,;(-&) percent''':", "    line = line.replace(f' {mark}', mark)"
    (repair,) = mend(card(f"line = 'a ;'\n{head}\n{body}\nprint(line)"))
    assert edits(repair) == [("percent-sign", f"{head}\n{body}", f"{head.replace(' percent', '%')}\n{body}")]
