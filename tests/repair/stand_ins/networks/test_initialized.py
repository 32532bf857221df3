"""Models whose layers are only given first weights."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card

BY_CLASS = (
    "import torch.nn as nn\ndef begin(part):\n    if isinstance(part, nn.Linear):\n        nn.init.zeros_(part.bias)\n"
)
BY_NAME = "from torch import nn\ndef begin(part):\n    kind = part.__class__.__name__\n    if 'Conv' in kind:\n        nn.init.ones_(part.weight)\n    elif kind.find('BatchNorm') != -1:\n        nn.init.zeros_(part.bias)\n"
BY_WEIGHT = (
    "from torch import nn\ndef begin(part):\n    if hasattr(part, 'weight'):\n        part.weight.data.fill_(1)\n"
)
WALK = "from torch import nn\nfor part in artist.modules():\n    if type(part) == nn.Embedding:\n        part.weight.data.fill_(1)\n"


@pytest.mark.parametrize(
    ("code", "value"),
    [
        (BY_CLASS + "artist.apply(begin)", "nn.Sequential(nn.Linear(3, 3))"),
        (BY_NAME + "artist.apply(begin)", "nn.Sequential(nn.Conv2d(3, 3, 2), nn.BatchNorm2d(3))"),
        (BY_WEIGHT + "artist.apply(begin)", "nn.Sequential(nn.Linear(3, 3))"),
        (WALK, "nn.Sequential(nn.Embedding(3, 3))"),
        (WALK.replace("part in artist.m", "place, part in artist.named_m"), "nn.Sequential(nn.Embedding(3, 3))"),
    ],
)
def test_a_small_layer_of_each_kind_that_is_asked_for(mend: Mend, code: str, value: str) -> None:
    (repair,) = mend(card(code))
    assert assumed(repair) == {"artist": value}


def test_a_model_that_is_called_too_is_told_by_its_calls(mend: Mend) -> None:
    (repair,) = mend(card(BY_CLASS + "import torch\nnet.apply(begin)\nprint(net(torch.ones(2, 4)).shape)"))
    assert assumed(repair) == {"net": "nn.Linear(4, 3)"}


@pytest.mark.parametrize(
    "code",
    [
        "def begin(part):\n    return part + 1\ntable.apply(begin)",
        BY_CLASS + "artist.apply(begin)\nartist.paint('sea')",
        "from torch import nn\nfor part in artist.modules():\n    print(part)",
    ],
)
def test_what_is_no_model_or_has_a_meaning_of_its_own_gets_no_stand_in(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.assumptions == ()
