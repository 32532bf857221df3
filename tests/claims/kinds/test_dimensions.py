"""Sizes said of outputs, padded inputs and inputs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.claims import extract
from deckbuild.model import Assumption, SnippetVerdict

from ..build import call, make_card, run, tensor, verdicts

CODE = "```python\nlayer = nn.Conv2d(1, 1, 2, stride=2)\ny = layer(x)\n```\n"
ONES = [[[[1.0] * 6] * 6]]


def sizes(text: str) -> list[tuple[str, str]]:
    return [(c.expected, c.text) for c in extract(make_card(CODE + text)) if c.kind == "shape"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For a 6x6 input the output will be 3x3.", "3x3"),
        ("If an image is 4x4 and we pad it with `padding=1`, the new size becomes 6x6.", "6x6"),
        ("The result is 3 by 3.", "3 by 3"),
    ],
)
def test_the_conclusion_is_recognised(text: str, expected: str) -> None:
    assert [words for words, _ in sizes(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The output can be 3x3.",
        "With a 3x3 kernel it goes fast.",
        "If the input is 3x3, it works.",
        "What is the 3x3 output?",
    ],
)
def test_premises_and_possibilities_are_left_alone(text: str) -> None:
    assert sizes(text) == []


@pytest.mark.parametrize(("gave", "verdict"), [(3, "confirmed"), (2, "refuted")])
def test_a_call_that_meets_the_premises_decides(gave: int, verdict: str) -> None:
    card = make_card(CODE + "For a 6x6 input the output will be 3x3.")
    repairs = run(card, calls=[call(3, "Conv2d", (1, 1, 6, 6), (1, 1, gave, gave))])
    assert ("3x3", verdict, f"6×6 → {gave}×{gave}") in verdicts(card, repairs)


def test_a_call_with_another_input_decides_nothing() -> None:
    card = make_card(CODE + "For a 6x6 input the output will be 3x3.")
    assert verdicts(card, run(card, calls=[call(3, "Conv2d", (1, 1, 8, 8), (1, 1, 4, 4))])) == [
        ("3x3", "untested", None)
    ]


def test_the_padded_input_is_met_by_what_the_layer_padded() -> None:
    card = make_card(CODE + "If an image is 4x4 and we pad it with `padding=1`, the new size becomes 6x6.")
    calls = [call(3, "Conv2d", (1, 1, 4, 4), (1, 1, 4, 4), padded=(1, 1, 6, 6), padding=[1, 1])]
    assert ("6x6", "confirmed", "4×4 → 6×6 padded") in verdicts(card, run(card, calls=calls))


def test_an_output_of_a_stand_in_whose_size_only_made_it_fit_is_assumed() -> None:
    card = make_card(CODE + "The output is 3x3.")
    calls = [call(3, "Conv2d", (1, 1, 6, 6), (1, 1, 3, 3))]
    others = [call(3, "Conv2d", (1, 1, 8, 8), (1, 1, 4, 4))]
    stand_in = [Assumption("x", "torch.rand(1, 1, 6, 6)", "never defined")]
    repairs = run(
        card,
        calls=calls,
        other_calls=others,
        assumptions=stand_in,
        assumed=["x", "y"],
        setup=["x = torch.rand(1, 1, 6, 6)"],
        setup_values=[tensor("x", ONES)],
    )
    assert verdicts(card, repairs)[0][1] == "assumed"


def test_an_output_of_a_stand_in_of_the_size_that_the_text_names_is_decided() -> None:
    card = make_card(CODE + "The input is 6x6. The output is 3x3.")
    stand_in = [Assumption("x", "torch.rand(1, 1, 6, 6)", "never defined")]
    for gave, verdict in ((3, "confirmed"), (2, "refuted")):
        calls = [call(3, "Conv2d", (1, 1, 6, 6), (1, 1, gave, gave))]
        repairs = run(
            card,
            calls=calls,
            assumptions=stand_in,
            assumed=["x", "y"],
            setup=["x = torch.rand(1, 1, 6, 6)"],
            setup_values=[tensor("x", ONES)],
        )
        assert verdicts(card, repairs)[0][1] == verdict


def test_an_input_is_met_by_the_tensor_that_follows() -> None:
    text = "We take a 2x2 input image:\n```python\nx = torch.tensor([[1., 2.], [3., 4.]])\nnn.Flatten()(x)\n```"
    card = make_card(text)
    assert verdicts(card, run(card, bound={3: tensor("x", [[1.0, 2.0], [3.0, 4.0]])})) == [
        ("2x2", "confirmed", "x is 2×2")
    ]
    assert verdicts(card, run(card, bound={3: tensor("x", [[1.0, 2.0, 3.0], [3.0, 4.0, 5.0]])}))[0][1] == "refuted"


def test_an_input_that_the_stand_in_was_made_from_is_assumed() -> None:
    text = "```python\ny = nn.Conv2d(1, 1, 2)(x)  # x is a tensor of size 6x6\n```"
    card = make_card(text)
    stand_in = [Assumption("x", "torch.rand(1, 1, 6, 6)", "the comment")]
    repairs = run(
        card,
        assumptions=stand_in,
        assumed=["x", "y"],
        setup=["x = torch.rand(1, 1, 6, 6)"],
        setup_values=[tensor("x", ONES)],
    )
    assert ("6x6", "assumed", "x is 1×1×6×6") in verdicts(card, repairs)


def test_what_a_layer_gave_is_no_input() -> None:
    card = make_card("We take a 2x2 input image:\n```python\ny = nn.Flatten()(x)\n```")
    calls = [call(3, "Flatten", (1, 2, 2), (2, 2))]
    assert verdicts(card, run(card, bound={3: tensor("y", [[1.0, 2.0], [3.0, 4.0]])}, calls=calls)) == [
        ("2x2", "untested", None)
    ]


def two_layers(text: str) -> list[tuple[str, str]]:
    card = make_card(f"```python\ny = conv(x)\nz = pool(y)\n```\n{text}")
    calls = [
        call(2, "Conv2d", (1, 1, 28, 28), (1, 6, 24, 24), kernel_size=[5, 5], stride=[1, 1]),
        call(3, "MaxPool2d", (1, 6, 24, 24), (1, 6, 12, 12), kernel_size=2, stride=2),
    ]
    return [(e, v) for e, v, _ in verdicts(card, run(card, calls=calls)) if "×" in e]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "After the convolution, the output is 24×24; after pooling the output is 12×12.",
            [("24×24", "confirmed"), ("12×12", "confirmed")],
        ),
        (
            "After the convolution, the output is 24×24; after pooling the output is 14×14.",
            [("24×24", "confirmed"), ("14×14", "refuted")],
        ),
        ("With a stride of 1 the output is 24×24, with a stride of 2 the output is 12×12.", [("24×24", "confirmed"), ("12×12", "confirmed")]),
        ("After the convolution and the transposed convolution the output is 48×48.", [("48×48", "untested")]),
    ],
)  # fmt: skip
def test_each_clause_has_its_own_premises(text: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(two_layers(text)) == sorted(expected)


def test_what_stands_behind_a_snippet_that_failed_decides_nothing() -> None:
    card = make_card("```python\nx = f(1)\n```\n```python\ny = conv(x)\n```\nFor a 6x6 input the output will be 3x3.")
    first, second = run(card, calls=[call(5, "Conv2d", (1, 1, 6, 6), (1, 1, 3, 3))])
    failed = replace(first, verdict=SnippetVerdict.FAILED, outcome=None, code=None)
    assert [v for _, v, _ in verdicts(card, (first, second))] == ["confirmed"]
    assert [v for _, v, _ in verdicts(card, (failed, second))] == ["untested"]


TWO = [call(3, "Conv2d", (1, 3, 9, 9), (1, 8, 7, 7)), call(3, "Conv2d", (1, 8, 7, 7), (1, 8, 5, 5))]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The input is 9x9 and the output is 5x5.", "confirmed"),
        ("The input is 9x9 and the output is 7x7.", "untested"),
        ("The input is 9x9 and the output is 8x8.", "refuted"),
        ("The first convolution layer has a 9x9 input and the output is 7x7.", "confirmed"),
        ("The first convolution layer has a 9x9 input and the output is 5x5.", "refuted"),
        ("The output is 5x5.", "confirmed"),
        ("The output is 7x7.", "untested"),
    ],
)
def test_of_layers_in_a_row_the_last_gives_the_output(text: str, verdict: str) -> None:
    found = verdicts(card := make_card(CODE + text), run(card, calls=TWO))
    assert found[-1][1] == verdict


def test_of_layers_in_a_row_one_that_is_named_is_meant() -> None:
    card = make_card(CODE + "For a 9x9 input the pooling layer has an output of 3x3.")
    row = [call(3, "MaxPool2d", (1, 3, 9, 9), (1, 3, 3, 3)), call(3, "Conv2d", (1, 3, 3, 3), (1, 8, 2, 2))]
    assert ("3x3", "confirmed", "9×9 → 3×3") in verdicts(card, run(card, calls=row))


@pytest.mark.parametrize("verb", ["is reduced to", "is mapped to", "shrinks to", "becomes"])
def test_what_an_input_is_turned_into_is_the_output(verb: str) -> None:
    card = make_card(CODE + f"A 6x6 input {verb} 2x2.")
    repairs = run(card, calls=[call(3, "Conv2d", (1, 1, 6, 6), (1, 1, 3, 3))])
    assert ("2x2", "refuted", "6×6 → 3×3") in verdicts(card, repairs)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The output is 4x4.", "refuted"),
        ("For a larger image the output is 4x4.", "untested"),
        ("Without padding the output is 4x4.", "untested"),
        ("A 6x6 input without padding has an output of 4x4.", "untested"),
        ("With a padding of 1 the output is 4x4.", "refuted"),
    ],
)
def test_another_input_or_padding_is_another_output(text: str, verdict: str) -> None:
    card = make_card(CODE + text)
    repairs = run(card, calls=[call(3, "Conv2d", (1, 1, 6, 6), (1, 1, 6, 6), padding=[1, 1])])
    assert ("4x4", verdict) in [(e, v) for e, v, _ in verdicts(card, repairs)]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The spatial size is reduced from 6x6 to 3x3.", "confirmed"),
        ("It shrinks from (6, 6) to (3, 3).", "confirmed"),
        ("The spatial size is reduced from 6x6 to 2x2.", "refuted"),
        ("The spatial size is reduced from 8x8 to 3x3.", "untested"),
        ("The spatial size can be reduced from 6x6 to 2x2.", None),
        ("It helps to reduce the size from 6x6 to 2x2.", None),
    ],
)
def test_a_change_of_the_size_is_held_against_the_layer_that_took_it(text: str, verdict: str | None) -> None:
    card = make_card(CODE + text)
    found = [v for _, v, _ in verdicts(card, run(card, calls=[call(3, "Conv2d", (1, 1, 6, 6), (1, 1, 3, 3))]))]
    assert found == ([verdict] if verdict else [])


@pytest.mark.parametrize(("size", "verdict"), [("2x2", "confirmed"), ("3x3", "untested"), ("1x1", "refuted")])
def test_a_change_over_layers_in_a_row_ends_at_the_last(size: str, verdict: str) -> None:
    card = make_card("```python\ny = pool(conv(x))\n```\n" + f"So the maps shrink from 6x6 to {size}.")
    row = [call(2, "Conv2d", (1, 1, 6, 6), (1, 1, 3, 3)), call(2, "MaxPool2d", (1, 1, 3, 3), (1, 1, 2, 2))]
    assert [v for _, v, _ in verdicts(card, run(card, calls=row))] == [verdict]
