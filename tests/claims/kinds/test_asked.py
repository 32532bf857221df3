"""What expressions are said to give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from deckbuild.claims import ask, extract
from deckbuild.claims.kinds.asked import AskedTest
from deckbuild.model import Card, Fault, Job, Outcome, Repair, Value

from ..build import make_card, plain, run, verdicts

CODE = "```python\nxs = [4, 7]\ndef twice(n):\n    return 2 * n\n```\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So `len(xs)` is 2.", [("len(xs)", "2")]),
        ("`twice(3)` returns `6`, and `twice(4)` returns 8.", [("twice(3)", "6"), ("twice(4)", "8")]),
        ("- `twice(5)` → 10", [("twice(5)", "10")]),
        ("`twice(2) == 4` is `True`", [("twice(2) == 4", "True")]),
        ("`xs[5]` raises an `IndexError`.", [("xs[5]", "IndexError")]),
        ("`len(xs)` is 2 times as large.", []),
        ("`len(xs)` is 2 if it is new.", []),
        ("`len(xs)` is about 2.", []),
        ("Here `len(xs)` = 2.", [("len(xs)", "2")]),
        ("Set `xs[0]` = 3.", []),
        ("`len(xs)` should be 3.", []),
        ("`len(xs)` will be 2.", [("len(xs)", "2")]),
        ("`len(xs)` is not a list.", []),
        ("`len(xs)` can be 3.", []),
        ("If it grew, `len(xs)` is 3.", []),
        ("`twice(...)` returns 3.", []),
        ("`twice(n)` returns 6.", [("twice(n)", "6")]),
        ("`n + 1` is 6.", []),
        ("`xs` is 2.", []),
        ("`'a'` is 2.", []),
        ("`len(xs)` is long.", []),
        ("`print(xs[0])` gives `4`.", []),
    ],
)
def test_is_recognised_where_nothing_makes_it_a_case(text: str, expected: list[tuple[str, str]]) -> None:
    claims = extract(make_card(CODE + text))
    found = [(c.test.expression, c.test.stated) for c in claims if isinstance(c.test, AskedTest)]
    assert found == expected


def test_a_question_and_text_before_several_snippets_state_nothing() -> None:
    card = make_card("`len(xs)` is 2.\n" + CODE + "\n" + CODE, question="Why is `len(xs)` 2, so that `xs[0]` is 4?")
    assert not [c for c in extract(card) if isinstance(c.test, AskedTest)]


def with_answers(card: Card, *answers: Value | Fault, bound: dict[int, Value] | None = None) -> tuple[Repair, ...]:
    """The runs of a card, each with these answers."""
    repairs = run(card, bound=bound or {2: plain("xs", [4, 7])})
    named = tuple(
        (c.test.expression, a) for c, a in zip(extract(card), answers, strict=True) if isinstance(c.test, AskedTest)
    )
    return tuple(replace(r, asked=named) for r in repairs)


@pytest.mark.parametrize(
    ("text", "answer", "verdict"),
    [
        ("`len(xs)` is 2.", plain("", 2), "confirmed"),
        ("`len(xs)` is 3.", plain("", 2), "refuted"),
        ("`twice(1.5)` is 3.", plain("", 3.0), "untested"),
        ("`xs[5]` raises an `IndexError`.", Fault("raised", "IndexError", "out of range", 1), "confirmed"),
        ("`xs[5]` raises a `KeyError`.", Fault("raised", "IndexError", "out of range", 1), "refuted"),
        ("`xs[1]` raises a `KeyError`.", plain("", 7), "refuted"),
        ("`xs[5]` is 4.", Fault("raised", "IndexError", "out of range", 1), "refuted"),
        ("`len(ys)` is 4.", Fault("raised", "NameError", "name 'ys' is not defined", 1), "untested"),
        ("`twice()` is 4.", Fault("raised", "TypeError", "twice() missing 1 argument", 1), "untested"),
        ("`'a' - 1` is 4.", Fault("raised", "TypeError", "unsupported operand type(s)", 1), "refuted"),
        ("`len(xs)` is 2.", Fault("timeout", "Timeout", "", 1), "untested"),
    ],
)
def test_the_answer_decides(text: str, answer: Value | Fault, verdict: str) -> None:
    card = make_card(CODE + text)
    assert [v for _, v, _ in verdicts(card, with_answers(card, answer))] == [verdict]


def test_without_an_answer_nothing_is_decided() -> None:
    card = make_card(CODE + "`len(xs)` is 3.")
    assert [v for _, v, _ in verdicts(card, run(card))] == ["untested"]


GROWS = "```python\nxs = [4]\nprint(len(xs))\nxs.append(7)\n```\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("`xs[-1]` is 7.", "confirmed"),
        ("`xs[-1]` is 4.", "untested"),
        ("At first `xs[-1]` is 7.", "untested"),
    ],
)
def test_of_what_the_program_changes_only_the_last_state_can_be_confirmed(text: str, verdict: str) -> None:
    card = make_card(GROWS + text)
    bound = {2: plain("xs", [4]), 4: plain("xs", [4, 7])}
    assert [v for _, v, _ in verdicts(card, with_answers(card, plain("", 7), bound=bound))] == [verdict]


def test_an_expression_that_the_program_showed_in_another_state_is_left_open() -> None:
    card = make_card(GROWS + "`len(xs)` is 2.")
    bound = {2: plain("xs", [4]), 4: plain("xs", [4, 7])}
    (repair,) = with_answers(card, plain("", 2), bound=bound)
    (shown,) = run(card, bound=bound, printed={3: "1\n"})
    assert [v for _, v, _ in verdicts(card, (replace(shown, asked=repair.asked),))] == ["untested"]


def test_what_is_shown_of_an_object_that_calls_may_change_is_its_state() -> None:
    card = make_card("```python\nlog = make()\nprint(log.size())\nprint(log.size())\n```\n`log.size()` is 3.")
    log = Value("log", "__main__.Log", text="<__main__.Log object at 0x…>")
    (repair,) = with_answers(card, plain("", 2), bound={2: log})
    verdict_of = {}
    for printed in ("2\n", "1\n"):
        (shown,) = run(card, bound={2: log}, printed={3: printed, 4: "2\n"})
        verdict_of[printed] = [v for _, v, _ in verdicts(card, (replace(shown, asked=repair.asked),))]
    assert verdict_of == {"2\n": ["refuted"], "1\n": ["untested"]}


class Answering:
    """A runner that knows what each expression gives, and counts how often it was asked."""

    def __init__(self, *, counting: bool = False) -> None:
        self.counting = counting
        self.asked: list[tuple[str, ...]] = []

    def confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """The length of each expression's text, and with `counting` its place."""
        self.asked += [j.probes for j in jobs]
        return tuple(
            Outcome(None, probed=tuple(plain(p, len(p) + i * self.counting) for i, p in enumerate(j.probes)))
            for j in jobs
        )

    trial = confirm


@pytest.mark.parametrize(("counting", "found"), [(False, [("len(xs)", 7), ("twice(3)", 8)]), (True, [])])
def test_asking_keeps_what_asking_again_does_not_change(counting: bool, found: list[tuple[str, int]]) -> None:
    card = make_card(CODE + "`len(xs)` is 2, `twice(3)` is 6.")
    (repair,) = ask(extract(card), run(card), Answering(counting=counting))
    assert [(e, a.data) for e, a in repair.asked if isinstance(a, Value)] == found


class Drawing(Answering):
    """A runner whose answers depend on the seed."""

    def trial(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """The seed."""
        return tuple(Outcome(None, probed=tuple(plain(p, j.reseed) for p in j.probes)) for j in jobs)


def test_asking_leaves_out_what_chance_decides() -> None:
    card = make_card("```python\nimport random\nx = random.random()\n```\n`round(x)` is 1.")
    (drawn,) = ask(extract(card), run(card), Drawing())
    (same,) = ask(extract(card), run(card), Answering())
    assert (drawn.asked, [e for e, _ in same.asked]) == ((), ["round(x)"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`twice(3)` returns `6`.", ["6"]),
        ("Calling twice(3) returns `6`.", []),
        ("`print(twice(3))` prints `6`.", ["6"]),
    ],
)
def test_a_verb_is_said_of_the_code_before_it(text: str, found: list[str]) -> None:
    card = make_card(CODE + text)
    assert [c.expected for c in extract(card)] == found


@pytest.mark.parametrize(("text", "verdict"), [("`one` prints `1`.", "confirmed"), ("`two` prints `1`.", "refuted")])
def test_only_what_the_named_function_prints_is_held_against_it(text: str, verdict: str) -> None:
    card = make_card("```python\ndef one(): ...\ndef two(): ...\nprint(one())\nprint(two())\n```\n" + text)
    repairs = run(card, printed={4: "1\n", 5: "2\n"})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


def test_what_may_change_something_is_asked_by_itself() -> None:
    card = make_card(CODE + "`len(xs)` is 2, `xs[0]` is 4, `xs.pop()` is 7, `twice(xs)` is 3.")
    runner = Answering()
    ask(extract(card), run(card), runner)
    assert sorted(runner.asked) == [("len(xs)", "xs[0]") * 2, ("twice(xs)",) * 2, ("xs.pop()",) * 2]


@pytest.mark.parametrize("text", ["`flag` becomes `True`.", "`flag` is `True`."])
def test_what_a_variable_becomes_is_not_what_another_one_has(text: str) -> None:
    card = make_card("```python\nflag = 3 in [1]\nready = not flag\n```\n" + text)
    repairs = run(card, bound={2: plain("flag", False), 3: plain("ready", True)})
    assert [v for _, v, _ in verdicts(card, repairs)] == ["refuted"]
