"""Bounds and signs of computed values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from deckbuild.claims import ask, extract
from deckbuild.claims.kinds.asked import AskedTest
from deckbuild.model import Card, Fault, Job, Outcome, Repair, Value

from ..build import make_card, plain, run, verdicts

CODE = "```python\nxs = [4, 7][:2]\npeak = max(xs)\nlimit = 5\ndef f(low):\n    return low\n```\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`peak` is at least 5.", ["(peak) >= (5)"]),
        ("`peak` is at most `limit`.", ["(peak) <= (limit)"]),
        ("So `len(xs)` is less than 1,000.", ["(len(xs)) < (1000)"]),
        ("`peak` is between 1 and 9.", ["(peak) >= (1) and (peak) <= (9)"]),
        ("`peak` is positive, and `min(xs)` is even.", ["(min(xs)) % 2 == 0", "(peak) > 0"]),
        ("`peak` is not 3.", ["(peak) != (3)"]),
        ("`peak` is not `xs`.", []),
        ("`limit` is at least 5.", []),
        ("`low` is at least 5.", []),
        ("`peak` is at least 5 times as large.", []),
        ("`peak` is at least about 5.", []),
        ("`peak` is larger than 5 if it grows.", []),
        ("`peak` is positive infinity.", []),
        ("`peak` should be at least 5.", []),
        ("If it grew, `peak` is at least 9.", []),
        ("Inside `f`, `peak` is at least 9.", []),
    ],
)
def test_is_asked_where_nothing_makes_it_a_case(text: str, expected: list[str]) -> None:
    found = [c.test.expression for c in extract(make_card(CODE + text)) if isinstance(c.test, AskedTest)]
    assert found == expected


def with_truth(card: Card, truth: Value | Fault, value: Value) -> tuple[Repair, ...]:
    """The runs of a card, with what its only comparison and the value that is compared were found to be."""
    ((expression, of),) = [(c.test.expression, c.test.of) for c in extract(card) if isinstance(c.test, AskedTest)]
    repairs = run(card, bound={2: plain("xs", [4, 7]), 3: plain("peak", 7)})
    return tuple(replace(r, asked=((expression, truth), (of, value))) for r in repairs)


@pytest.mark.parametrize(
    ("truth", "verdict"),
    [
        (plain("", True), "confirmed"),
        (plain("", False), "refuted"),
        (Value("", "numpy.bool", text="np.False_"), "refuted"),
        (Value("", "torch.Tensor", text="tensor(True)"), "confirmed"),
        (Value("", "torch.Tensor", text="tensor([True, False])"), "untested"),
        (Fault("raised", "TypeError", "'<' not supported between", 1), "untested"),
        (Fault("raised", "ValueError", "the truth value of an array", 1), "untested"),
    ],
)
def test_a_single_truth_decides(truth: Value | Fault, verdict: str) -> None:
    card = make_card(CODE + "`peak` is at least 5.")
    ((stated, found, computed),) = verdicts(card, with_truth(card, truth, plain("", 7)))
    assert (stated, found) == ("at least 5", verdict)
    assert computed == "7" or isinstance(truth, Fault)


def test_what_chance_decides_is_left_open_though_it_be_so_with_every_seed() -> None:
    card = make_card("```python\nimport random\nx = random.random()\n```\n`x` is at most 2.")
    ((expression, of),) = [(c.test.expression, c.test.of) for c in extract(card) if isinstance(c.test, AskedTest)]
    (repair,) = run(card, bound={3: plain("x", 0.5)})
    asked = ((expression, plain("", True)), (of, plain("", 0.5)))
    assert repair.outcome is not None
    assert [v for _, v, _ in verdicts(card, (replace(repair, asked=asked, reseeded=(repair.outcome,)),))] == [
        "untested"
    ]


class Silent:
    """A runner that keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def confirm(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """Nothing."""
        self.asked += [j.probes for j in jobs]
        return tuple(Outcome(None) for _ in jobs)

    trial = confirm


def test_the_value_is_asked_beside_the_comparison() -> None:
    card, runner = make_card(CODE + "`peak` is at least 5."), Silent()
    repairs = ask(extract(card), run(card), runner)
    assert (runner.asked, [r.asked for r in repairs]) == ([("(peak) >= (5)", "peak") * 2], [()])
