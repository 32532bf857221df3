"""Words beside prints, told from remarks by their company."""

from __future__ import annotations

import pytest

from ..build import judgements, make_card, run, verdicts

CODE = """```python
tones = ["low", "high"]
print(tones[0])  # low
print(tones[1])  # {}
print({})  # {}
```"""


@pytest.mark.parametrize(
    ("stated", "code", "other", "verdict"),
    [
        ("low", "len(tones)", "2", "refuted"),
        ("high", "len(tones)", "2", "confirmed"),
        ("low", "len(tones)", "3", "refuted"),
        ("low", "len(tones)", "the length", "refuted"),
    ],
)
def test_another_word_that_the_code_holds(stated: str, code: str, other: str, verdict: str) -> None:
    card = make_card(CODE.format(stated, code, other))
    repairs = run(card, printed={3: "low\n", 4: "high\n", 5: "2\n"})
    assert [j.verdict for j in judgements(card, repairs) if j.claim.line == 4] == [verdict]


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ({3: "low\n", 4: "high\n", 5: "2\n"}, "refuted"),
        ({3: "soft\n", 4: "high\n", 5: "9\n"}, "untested"),
        ({3: "low\n", 4: "7\n", 5: "2\n"}, "untested"),
        ({3: "low\n", 4: "Low\n", 5: "2\n"}, "untested"),
    ],
)
def test_what_else_was_printed_decides(printed: dict[int, str], verdict: str) -> None:
    card = make_card(CODE.format("low", "len(tones)", "2"))
    assert verdicts(card, run(card, printed=printed))[1][1] == verdict


def test_alone_it_may_be_a_remark() -> None:
    card = make_card('```python\ntones = ["low", "high"]\nprint(tones[1])  # low\n```')
    assert [v for _, v, _ in verdicts(card, run(card, printed={3: "high\n"}))] == ["untested"]


@pytest.mark.parametrize("word", ["deep", "tones", "the first"])
def test_what_the_code_does_not_hold_or_names_is_a_remark(word: str) -> None:
    card = make_card(CODE.format(word, "len(tones)", "2"))
    repairs = run(card, printed={3: "low\n", 4: "high\n", 5: "2\n"})
    assert [j.claim.line for j in judgements(card, repairs)] == [3, 5]
