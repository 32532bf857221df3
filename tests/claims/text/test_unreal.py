"""Statements that the words around them take out of the facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.claims import extract
from deckbuild.claims.text.unreal import is_supposed, is_unreal
from deckbuild.model import Value

from ..build import call, make_card, plain, run, tensor, verdicts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It is not 1 + 2 = 13.", "1 + 2"),
        ("Wrong: 4 + 4 = 9.", "4 + 4"),
        ("A common mistake is 2 + 2 = 5, they say.", "2 + 2"),
        ("You might expect 3 × 3 = 6.", "3 × 3"),
        ("(a) The sum is 7. (b) The sum is 8.", "sum is 8"),
        ("A) 5 + 5 = 12\nB) 5 + 5 = 10", "5 + 5 = 12"),
    ],
)
def test_denied_and_optional(text: str, said: str) -> None:
    assert is_unreal(text, text.index(said))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It is 1 + 2 = 3.", "1 + 2"),
        ("This is not hard. The sum 4 + 4 = 8 shows it.", "4 + 4"),
        ("It is not 13, but 1 + 2 = 3.", "1 + 2"),
        ("(a) Add them: 4 + 4 = 8.", "4 + 4"),
    ],
)
def test_stated(text: str, said: str) -> None:
    assert not is_unreal(text, text.index(said))


@pytest.mark.parametrize(
    "text",
    [
        "With n = 5 the output would be:",
        "If n were 5, it prints:",
        "After changing the last line it shows:",
        "When n is 5, this gives:",
    ],
)
def test_the_output_of_other_code(text: str) -> None:
    assert is_supposed(text, "n = 3\nprint(n)")


@pytest.mark.parametrize(
    "text",
    [
        "The output would be:",
        "With n = 3 this prints:",
        "If you run this, you will see:",
        "When the code is run, it prints:",
    ],
)
def test_the_output_of_this_code(text: str) -> None:
    assert not is_supposed(text, "n = 3\nprint(n)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The output is:", [("9", "confirmed", "9")]),
        ("The output will be:", [("9", "confirmed", "9")]),
        ("With n = 5 the output would be:", []),
    ],
)
def test_a_fence_behind_a_condition_is_no_output_of_the_code(text: str, expected: list[tuple[str, str, str]]) -> None:
    card = make_card(f"```python\nn = 3\nprint(n * n)\n```\n{text}\n```\n9\n```")
    assert verdicts(card, run(card, printed={3: "9\n"})) == expected


def test_wrong_answers_to_choose_from_are_no_claims() -> None:
    card = make_card("```python\ntotal = f(x)\n```\n(a) The sum is 12. (b) The sum is 13. (c) The sum is 14.")
    assert extract(card) == ()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The sum is 13.", "confirmed"),
        ("The sum is 12.", "refuted"),
        ("The sum of the residuals is 0.", "untested"),
        ("The sum of `x` is 13.", "confirmed"),
        ("The sum of `w` is 13.", "untested"),
    ],
)
def test_a_sum_is_that_of_what_is_named(text: str, verdict: str) -> None:
    card = make_card(f"```python\nw = 2\nx = [6, 7]\ntotal = sum(x)\n```\n{text}")
    repairs = run(card, bound={2: plain("w", 2), 3: plain("x", [6, 7]), 4: plain("total", 13)})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Many people think that `t` is a tuple.", "`t` is"),
        ("It seems that `v` is 0.3.", "`v` is"),
        ("Some assume `v` is 0.3.", "`v` is"),
        ("Make sure that `v` is 0.3.", "`v` is"),
        ("This requires that `v` is 0.3.", "`v` is"),
        ("On Windows, `sep` is `'x'`.", "`sep` is"),
        ("`sep` is `'x'` on a Mac.", "`sep` is"),
        ("In older Python versions `7 / 2` gives 3.", "`7 / 2` gives"),
    ],
)
def test_believed_or_of_another_machine(text: str, said: str) -> None:
    assert is_unreal(text, text.index(said))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Many people think of lists first. Here `t` is a tuple.", "`t` is"),
        ("This works on Windows. `sep` is `'x'`.", "`sep` is"),
        ("In Python 3, `7 / 2` gives 3.5.", "`7 / 2` gives"),
        ("The layer expects images, and `v` is 0.3.", "`v` is"),
    ],
)
def test_neither_believed_nor_of_another_machine(text: str, said: str) -> None:
    assert not is_unreal(text, text.index(said))


CODE = "```python\nxs = [2, 1][:2]\ntotal = sum(xs)\n```\n"
BOUND = {2: plain("xs", [2, 1]), 3: plain("total", 3)}


@pytest.mark.parametrize(
    "text", ["Inside the function `{}`.", "In the loop, `{}`.", "Within `f`, `{}`.", "In `f()` `{}`."]
)
@pytest.mark.parametrize("said", ["total` is `5", "xs` is `[7, 1]", "xs` becomes a tuple; `xs"])
def test_what_holds_only_inside_a_function_contradicts_nothing(text: str, said: str) -> None:
    card = make_card(CODE + text.format(said))
    assert "refuted" not in {v for _, v, _ in verdicts(card, run(card, bound=BOUND))}


@pytest.mark.parametrize("said", ["total` is `5", "xs` is `[7, 1]", "xs` becomes a tuple; `xs"])
def test_what_is_said_of_the_end_is_held_against_it(said: str) -> None:
    card = make_card(CODE + f"Here `{said}`.")
    assert "refuted" in {v for _, v, _ in verdicts(card, run(card, bound=BOUND))}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("This gives [3, 4].", "confirmed"),
        ("Without the first one we get [3, 5].", None),
        ("This gives [3, 5].", "refuted"),
    ],
)
def test_a_list_that_other_code_would_give_is_no_claim(text: str, verdict: str | None) -> None:
    card = make_card("```python\ny = net(x)\n```\n" + text)
    repairs = run(card, bound={2: tensor("y", [3.0, 4.0])}, calls=[call(2, "Linear", (2,), (2,))])
    assert [v for _, v, _ in verdicts(card, repairs)] == ([verdict] if verdict else [])


INNER = "```python\ndef f(total, x):\n    return x\ntotal = sum([1, 2])\nx = make()\n```\n"


@pytest.mark.parametrize("text", ["`total` is 5.", "`x` is a list.", "`x` has 7 elements."])
def test_a_name_that_a_function_has_too_is_not_contradicted(text: str) -> None:
    bound = {4: plain("total", 3), 5: plain("x", "ab")}
    own, shared = make_card(INNER.replace("total, x", "a, b") + text), make_card(INNER + text)
    found = [[v for _, v, _ in verdicts(c, run(c, bound=bound))] for c in (own, shared)]
    assert found == [["refuted"], ["untested"]]


@pytest.mark.parametrize(
    ("text", "verdict"), [("`x` has the shape (2, 12).", "untested"), ("`x` has the shape (2, 13).", "refuted")]
)
def test_the_shape_inside_a_model_may_be_meant(text: str, verdict: str) -> None:
    card = make_card("```python\ndef forward(x):\n    return fc(flat(x))\nx = make()\ny = forward(x)\n```\n" + text)
    inside = replace(call(5, "Linear", (2, 12), (2, 4)), depth=1)
    bound = {4: Value("x", "torch.Tensor", shape=(2, 3, 4)), 5: Value("y", "torch.Tensor", shape=(2, 4))}
    assert [v for _, v, _ in verdicts(card, run(card, bound=bound, calls=[inside]))] == [verdict]


def test_inside_a_function_no_shape_is_stated() -> None:
    card = make_card("```python\nx = make()\n```\nInside `forward`, `x` has the shape (2, 12).")
    assert extract(card) == ()
