"""Settings that the text around a snippet names."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from deckbuild.claims import extract
from deckbuild.model import Edit, Json, Value

from ..build import make_card, module, plain, run, verdicts

CODE = "```python\nlayer = nn.Conv2d(1, 4, 3, stride=2)\n```"
CONV = module(
    "layer",
    "conv.Conv2d",
    "Conv2d(1, 4, kernel_size=(3, 3), stride=(2, 2))",
    in_channels=1,
    out_channels=4,
    kernel_size=[3, 3],
    stride=[2, 2],
)
NET = Value(
    "net",
    "torch.nn.modules.container.Sequential",
    text="Sequential(\n  (0): Linear(in_features=9, out_features=5, bias=True)\n  (1): ReLU()\n  (2): Dropout(p=0.25, inplace=False)\n  (3): Linear(in_features=5, out_features=2, bias=True)\n)",
)


def settings(text: str) -> list[str]:
    return [c.text for c in extract(make_card(text))]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("The layer has one input channel and 4 output channels:", ["4 output channels", "one input channel"]),
        ("We take a kernel size of 3x3 and stride 2:", ["kernel size of 3x3", "stride 2"]),
        ("It trains with a learning rate of 0.01:", ["learning rate of 0.01"]),
        ("The batch size is 32:", ["batch size is 32"]),
        ("It is trained on the squared error with a learning rate of 0.01:", ["learning rate of 0.01"]),
        ("A dropout rate of 0.25 is used:", ["dropout rate of 0.25"]),
        ("First layer: 9 inputs", ["9 inputs"]),
    ],
)
def test_is_recognised(text: str, quotes: list[str]) -> None:
    assert settings(f"{text}\n{CODE}") == quotes


@pytest.mark.parametrize(
    "text",
    [
        "A stride of 2 means that every second place is taken:",
        "If the stride is 2, it goes faster:",
        "A `stride=2` is an error here:",
        "A kernel size of 3 raises an exception:",
        "Typically a learning rate of 0.01 works:",
        "The learning rate can be 0.01:",
        "Rows are given in one unit:",
        "With a stride of 1 all places are met, with a stride of 2 half of them:",
    ],
)
def test_is_left_alone(text: str) -> None:
    assert settings(f"{text}\n{CODE}") == []


def test_text_far_from_code_is_left_alone() -> None:
    assert settings(f"A stride of 2.\n```text\nfigure\n```\nmore\n```text\nx\n```\n{CODE}") == []


def test_is_held_against_the_layer() -> None:
    card = make_card(f"The convolution has one input channel and 6 output channels:\n{CODE}")
    assert [(e, v) for e, v, _ in verdicts(card, run(card, bound={3: CONV}))] == [
        ("6", "refuted"),
        ("one", "confirmed"),
    ]


def test_the_layer_in_its_place_is_meant() -> None:
    card = make_card(
        "1. Input layer: 9 inputs\n2. First hidden layer: 5 outputs with ReLU\n3. Output layer: 3 outputs\n```python\nnet = nn.Sequential(a, b, c, d)\n```"
    )
    assert [(e, v) for e, v, _ in verdicts(card, run(card, bound={5: NET}))] == [
        ("9", "confirmed"),
        ("5", "confirmed"),
        ("3", "refuted"),
    ]


def test_without_a_place_one_of_several_layers_decides_nothing() -> None:
    card = make_card("It has 5 output features:\n```python\nnet = nn.Sequential(a, b, c, d)\n```")
    assert [v for _, v, _ in verdicts(card, run(card, bound={3: NET}))] == ["untested"]


def test_an_optimizer_and_a_variable_hold_numbers_too() -> None:
    adam = Value(
        "opt", "torch.optim.adam.Adam", text="Adam (\nParameter Group 0\n    betas: (0.9, 0.999)\n    lr: 0.01\n)"
    )
    card = make_card("It trains with a learning rate of 0.01:\n```python\nopt = Adam(p, lr=0.01)\n```")
    assert verdicts(card, run(card, bound={3: adam})) == [("0.01", "confirmed", "Adam: 0.01")]
    assert verdicts(card, run(card, bound={3: plain("lr", 0.01)})) == [("0.01", "confirmed", "lr = 0.01")]
    assert verdicts(card, run(card, bound={3: plain("lr", 0.1)}))[0][1] == "untested"


def test_what_a_correction_put_in_proves_nothing() -> None:
    card = make_card(f"The convolution has stride 2:\n{CODE}")
    edit = Edit("argument", 1, "layer = nn.Conv2d(1, 4, 3)", "layer = nn.Conv2d(1, 4, 3, stride=2)", "", "")
    assert verdicts(card, run(card, bound={3: CONV}, edits=[edit]))[0][1] == "assumed"


def test_a_layer_that_deckbuild_made_proves_nothing() -> None:
    card = make_card("The convolution has stride 2:\n```python\ny = layer(x)\n```")
    repairs = run(card, setup=["layer = nn.Conv2d(1, 4, 3, stride=2)"], setup_values=[CONV])
    assert verdicts(card, repairs)[0][1] == "assumed"


def settings_of(text: str, data: object, *, assumed: tuple[str, ...] = ()) -> list[tuple[str, str, str | None]]:
    card = make_card(f"{text}\n```python\nconfig = f(x)\n```")
    value = replace(plain("config", {}), data=cast(Json, data))
    return verdicts(card, run(card, bound={3: value}, assumed=assumed))


def test_an_entry_of_a_dictionary_of_settings_confirms() -> None:
    found = settings_of(
        "The model has 12 layers, 12 heads and a context length of 64.",
        {"n_layers": 12, "n_heads": 12, "context_length": 64},
    )
    assert [(e, v) for e, v, _ in found] == [("12", "confirmed"), ("12", "confirmed"), ("64", "confirmed")]


@pytest.mark.parametrize(("data", "assumed"), [({"n_heads": 8}, ()), ({"heads_of_state": 12}, ()), ({"n_heads": 12}, ("config",)), ({"n_heads": 12, "nhead": 8}, ())])  # fmt: skip
def test_another_entry_or_two_or_one_of_a_stand_in_proves_nothing(data: object, assumed: tuple[str, ...]) -> None:
    assert [v for _, v, _ in settings_of("The model has 12 heads.", data, assumed=assumed)] == ["untested"]


def test_a_size_without_a_layer_that_has_it_is_untested() -> None:
    card = make_card("The kernel is 2x2 and the stride 2.\n```python\nx = f(1)\n```")
    assert {v for _, v, _ in verdicts(card, run(card, bound={3: plain("x", 1)}))} <= {"untested"}


DROPPING = module("drop", "dropout.Dropout", "Dropout(p=0.5, inplace=False)", p=0.5)


@pytest.mark.parametrize(
    ("code", "text", "verdict"),
    [
        ("drop = nn.Dropout(0.5)", "The dropout rate is 0.5.", "confirmed"),
        ("drop = nn.Dropout(0.5)", "The dropout rate is 0.2.", "refuted"),
        ("drop = nn.Dropout(0.5)\nrate = 0.2", "The dropout rate is 0.2.", "untested"),
        ("drop = nn.Dropout(p=0.5)", "A dropout rate of 0.2 is common.", None),
    ],
)
def test_how_the_only_thing_is_tuned(code: str, text: str, verdict: str | None) -> None:
    card = make_card(f"```python\n{code}\n```\n{text}")
    found = [v for _, v, _ in verdicts(card, run(card, bound={2: DROPPING}))]
    assert found == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    "text",
    [
        "For small data the dropout rate is 0.2.",
        "By default the dropout rate is 0.2.",
        "In the first paper the dropout rate is 0.2.",
        "The encoder's dropout rate is 0.2.",
    ],
)
def test_what_is_tuned_otherwise_elsewhere_is_not_refuted(text: str) -> None:
    card = make_card(f"```python\ndrop = nn.Dropout(0.5)\n```\n{text}")
    assert "refuted" not in [v for _, v, _ in verdicts(card, run(card, bound={2: DROPPING}))]
