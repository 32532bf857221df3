"""How an output's size stands to its input's."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract

from ..build import call, make_card, run, verdicts

CODE = "```python\nlayer = nn.Conv2d(1, 1, 3, stride=2, padding=1)\ny = layer(x)\n```\n"


def stated(text: str) -> list[str]:
    return [c.expected for c in extract(make_card(CODE + text)) if c.kind == "relation"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The result has half the spatial dimensions.", "half the spatial dimensions"),
        ("This halves the height: it halves the size.", "halves the size"),
        ("It reduces the resolution by half.", "reduces the resolution by half"),
        ("It doubles the spatial size.", "doubles the spatial size"),
        ("The map keeps the spatial dimensions.", "keeps the spatial dimensions"),
        ("The map has the same size as before.", "same size"),
        ("With the border the picture no longer shrinks.", "no longer shrinks"),
        ("The spatial size is halved and there are 8 channels.", "spatial size is halved"),
        ("The height and width are doubled.", "height and width are doubled"),
        ("So the spatial resolution is preserved.", "spatial resolution is preserved"),
        ("What comes out is larger than the input.", "larger than the input"),
        ("The map is smaller than the input.", "smaller than the input"),
    ],
)
def test_is_recognised(text: str, words: str) -> None:
    assert stated(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "It helps to maintain the spatial dimensions.",
        "The output is usually smaller than the input.",
        "It does not keep the spatial dimensions.",
        "A larger stride reduces the spatial dimensions.",
        "Zeros are added to preserve the spatial dimensions.",
        "Does it keep the same size?",
        "Half of all pixels are black.",
        "The last dimension is doubled.",
        "The number of channels is halved.",
        "The learning rate is halved.",
    ],
)
def test_is_left_alone(text: str) -> None:
    assert stated(text) == []


def test_a_card_without_layers_states_none() -> None:
    assert extract(make_card("```python\nx = [1]\n```\nThe list keeps the same size.")) == ()


@pytest.mark.parametrize(
    ("text", "gave", "other", "verdict"),
    [
        ("With stride 2 it has half the spatial size.", 2, 3, "confirmed"),
        ("With stride 2 it has half the spatial size.", 3, 4, "refuted"),
        ("With stride 2 it has half the spatial size.", 2, 4, "untested"),
        ("With stride 3 it has half the spatial size.", 2, 3, "untested"),
        ("It is smaller than the input.", 2, 3, "confirmed"),
        ("It is larger than the input.", 2, 3, "untested"),
    ],
)
def test_must_hold_in_the_run_and_its_variants(text: str, gave: int, other: int, verdict: str) -> None:
    card = make_card(CODE + text)
    calls = [call(3, "Conv2d", (1, 1, 4, 4), (1, 1, gave, gave), stride=[2, 2])]
    others = [call(3, "Conv2d", (1, 1, 5, 5), (1, 1, other, other), stride=[2, 2])]
    (found,) = [
        v for v in verdicts(card, run(card, calls=calls, other_calls=others)) if "size" in v[0] or "than" in v[0]
    ]
    assert found[1] == verdict


def test_a_comment_speaks_of_the_layer_on_its_line() -> None:
    code = "a = nn.Conv2d(1, 1, 1)(x)\nb = nn.MaxPool2d(2)(a)  # has half the spatial size\n"
    card = make_card(f"```python\n{code}```")
    calls = [call(2, "Conv2d", (1, 1, 4, 4), (1, 1, 4, 4)), call(3, "MaxPool2d", (1, 1, 4, 4), (1, 1, 2, 2))]
    assert verdicts(card, run(card, calls=calls)) == [("half the spatial size", "confirmed", "4×4 → 2×2")]
    calls[1] = call(3, "MaxPool2d", (1, 1, 4, 4), (1, 1, 3, 3))
    assert verdicts(card, run(card, calls=calls))[0][1] == "refuted"


def test_a_layer_that_the_sentence_names_is_meant() -> None:
    card = make_card(CODE + "The max pooling with stride 2 halves the size.")
    calls = [
        call(3, "Conv2d", (1, 1, 4, 4), (1, 1, 4, 4), stride=[2, 2]),
        call(3, "MaxPool2d", (1, 1, 4, 4), (1, 1, 2, 2), stride=2),
    ]
    assert ("halves the size", "confirmed", "4×4 → 2×2") in verdicts(card, run(card, calls=calls))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The pooling layer halves the size of the input.", "refuted"),
        ("The pooling layer usually has half the size.", "untested"),
        ("Pooling by a factor of 2 gives half the size.", "untested"),
    ],
)
def test_what_is_plainly_said_of_the_only_layer_can_be_refuted(text: str, verdict: str) -> None:
    card = make_card(f"```python\ny = nn.MaxPool2d(3)(x)\n```\n{text}")
    repairs = run(card, calls=[call(2, "MaxPool2d", (1, 1, 9, 9), (1, 1, 3, 3))])
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]
