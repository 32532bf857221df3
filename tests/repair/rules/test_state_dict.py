"""Rules `state-dict-alias` and `state-dict-keys`: weights written into a layer."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, card, edits, printed, rules

LAYER = TORCH + "layer = nn.Linear(2, 1)"
LOAD = LAYER + "\nlayer.load_state_dict({'weight': torch.tensor([[1., 2.]])})\nprint(layer(torch.ones(1, 2)).item())"


def test_an_alias_is_the_state_dict_of_the_layer_before_it(mend: Mend) -> None:
    write = "with torch.no_grad():\n    sd['weight'].copy_(torch.tensor([[3., 4.]]))\nprint(layer.weight.tolist())"
    _, second = mend(card(LAYER, write))
    assert edits(second) == [("state-dict-alias", "", "sd = layer.state_dict()")]
    assert printed(second) == "[[3.0, 4.0]]\n"


def test_of_several_layers_the_one_with_the_keys_is_meant(mend: Mend) -> None:
    layers = LAYER + "\nplain = nn.Linear(2, 1, bias=False)"
    _, second = mend(card(layers, "sd['bias'].zero_()\nprint(layer.bias.tolist())"))
    assert edits(second) == [("state-dict-alias", "", "sd = layer.state_dict()")]
    assert printed(second) == "[0.0]\n"


@pytest.mark.parametrize("use", ["print(sd['colour'])", "for name in sd:\n    print(name.upper())"])
def test_other_dicts_are_no_state_dicts(mend: Mend, use: str) -> None:
    _, second = mend(card(LAYER, use))
    assert "state-dict-alias" not in rules(second)


def test_a_dict_that_the_deck_defines_is_taken_as_it_is(mend: Mend) -> None:
    other = card("sd = {'weight': 'heavy'}", line=2)
    _, second = mend(card(LAYER, "print(sd['weight'])", line=50), other)
    assert printed(second) == "heavy\n"


def test_a_layer_that_is_loaded_without_a_bias_has_none(mend: Mend) -> None:
    (repair,) = mend(card(LOAD))
    assert edits(repair) == [
        ("state-dict-keys", "layer = nn.Linear(2, 1)", "layer = nn.Linear(2, 1, bias=False)"),
    ]
    assert printed(repair) == "3.0\n"


def test_the_bias_that_another_card_gives_with_the_same_weights_is_taken(mend: Mend) -> None:
    other = card("import torch\nw = {'weight': torch.tensor([[1., 2.]]), 'bias': torch.tensor([5.])}", line=50)
    (repair,) = mend(card(LOAD), other)
    assert rules(repair) == {"state-dict-keys"}
    assert "book/part1.md:54" in repair.edits[0].evidence
    assert printed(repair) == "8.0\n"


def test_the_bias_of_other_weights_is_not_taken(mend: Mend) -> None:
    other = card("import torch\nw = {'weight': torch.tensor([[9., 2.]]), 'bias': torch.tensor([5.])}", line=50)
    (repair,) = mend(card(LOAD), other)
    assert printed(repair) == "3.0\n"


@pytest.mark.parametrize(
    "entries",
    [
        "{'bias': torch.zeros(1)}",
        "{'weights': torch.ones(1, 2), 'bias': torch.zeros(1)}",
        "{'weight': torch.ones(3, 3), 'bias': torch.zeros(1)}",
        "{}",
    ],
)
def test_other_faults_of_a_state_dict_are_left_alone(mend: Mend, entries: str) -> None:
    (repair,) = mend(card(f"{LAYER}\nlayer.load_state_dict({entries})"))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.error is not None
    assert repair.error.type == "RuntimeError"
