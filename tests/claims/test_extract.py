"""Extraction and judgement as a whole: laws that hold for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckbuild.claims import extract, judge

from .build import call, make_card, plain, run, tensor

WORDS = st.sampled_from(
    ["the output", " is ", "3x3", "half", " the size", "# Output: ", "[1, 2]", "`x`", " has ", "4 elements", "mean", " of 0.5", "\n", "(1, 2)", " = 3", "2 + 1",
     " stride of 2", "position ", "shape ", "print(x)", "x = 1", "torch.Size([2])", ", ", ". ", "raises TypeError", "tensor([1.])"]
)  # fmt: skip
TEXT = st.lists(WORDS, max_size=14).map("".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None)
@given(TEXT, TEXT)
def test_every_claim_quotes_the_source_and_can_be_judged(prose: str, code: str) -> None:
    text = f"We see:\n```python\nx = torch.conv(y)\n{code}\n```\n{prose}"
    card = make_card(text)
    claims = extract(card)
    values = {3: tensor("x", [[1.0, 2.0], [3.0, 4.0]])}
    for repairs in (
        (),
        run(card),
        run(card, bound=values, printed={4: "[1, 2]\n"}, calls=[call(3, "Conv2d", (1, 1, 4, 4), (1, 1, 2, 2))]),
    ):
        assert len(judge(card, claims, repairs)) == len(claims)
    assert all(squeezed(c.text) in squeezed(text) for c in claims)


@settings(deadline=None)
@given(TEXT)
def test_extraction_is_repeatable_and_in_reading_order(prose: str) -> None:
    card = make_card(f"```python\nx = torch.conv(y)\n```\n{prose}")
    claims = extract(card)
    assert claims == extract(card)
    assert [c.line for c in claims] == sorted(c.line for c in claims)


def test_a_card_that_states_nothing_has_no_claims() -> None:
    assert extract(make_card("Layers are stacked on each other.\n```python\nimport torch\n```")) == ()


def test_nothing_computed_confirms_nothing() -> None:
    card = make_card("```python\nprint(x)  # Output: 3\n```\nThe output is 3x3. `x` has 4 elements.")
    assert {j.verdict.value for j in judge(card, extract(card), ())} == {"untested"}


@pytest.mark.parametrize(
    "piece",
    [
        "1 + ",
        "(",
        "0 ",
        "stride of 2 ",
        "value at position (1, 2) is ",
        "the output is 3x3 ",
        "\\frac{1}{",
        "`x` has 3 ",
    ],
)
def test_long_texts_take_no_long_time(piece: str) -> None:
    card = make_card(f"```python\nx = torch.conv(y)\n```\n{piece * 300}")
    start = time.process_time()
    extract(card)
    assert time.process_time() - start < 2


def test_claims_about_one_snippet_are_judged_by_its_own_run() -> None:
    card = make_card("```python\nprint(a)  # Output: 1\n```\nand\n```python\nprint(b)  # Output: 2\n```")
    repairs = run(card, printed={2: "1\n", 6: "2\n"}, bound={2: plain("a", 1)})
    assert [j.verdict.value for j in judge(card, extract(card), repairs)] == ["confirmed", "confirmed"]
    assert [j.verdict.value for j in judge(card, extract(card), repairs[:1])] == ["confirmed", "untested"]
