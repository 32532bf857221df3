"""Pictures of a model from another card that nothing trains are not shown; what else is made with it is."""

from __future__ import annotations

import pytest

from deckbuild.model import Repair, SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card

PAINTER = card(TORCH + "painter = nn.Sequential(nn.Linear(3, 16), nn.Tanh())", line=20)
DRAW = "import torch\nimport matplotlib.pyplot as plt\nseeds = torch.randn(2, 3)\nrows = painter(seeds).detach()\n"
SHOW = "for i in range(2):\n    tile = rows[i].reshape(4, 4)\n    plt.imshow(tile)\n"
LOAD = "import torch\ntorch.jit.script(painter).save('painter.pt')\nagain = torch.jit.load('painter.pt')\n"
GIVEN = "import torch\npainter.load_state_dict({'0.weight': torch.ones(16, 3), '0.bias': torch.zeros(16)})\n"


def pictures(repair: Repair) -> list[str]:
    """The figures of its program."""
    assert repair.outcome is not None
    bound = [b.value for b in repair.outcome.bindings]
    return [v.media for v in (*repair.outcome.values, *bound) if v.media is not None]


BACK = "import torch\ntorch.save(painter.state_dict(), 'p.pt')\npainter.load_state_dict(torch.load('p.pt'))\n"


@pytest.mark.parametrize("code", [DRAW + SHOW, LOAD + DRAW.replace("painter(", "again(") + SHOW, BACK + DRAW + SHOW])
def test_noise_is_not_shown_for_pictures(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code, line=60), PAINTER)
    assert (repair.verdict, pictures(repair)) == (SnippetVerdict.CORRECTED, [])
    assert {"rows", "tile"} <= repair.noise
    assert [d.code for d in repair.diagnostics] == ["not-shown"]


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        (DRAW + "print(rows.shape)", ""),
        (DRAW + SHOW.replace("rows[i]", "torch.ones(16)"), ""),
        (DRAW + SHOW, "An untrained painter draws noise."),
        (DRAW.replace("seeds = ", "nn.init.ones_(painter[0].weight.data.fill_(1))\nseeds = ") + SHOW, ""),
        (GIVEN + DRAW + SHOW, ""),
    ],
    ids=["a shape", "other pictures", "spoken of", "weights are set", "weights are given"],
)
def test_all_else_is(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, line=60, prose=prose), PAINTER)
    assert (repair.verdict, repair.diagnostics) == (SnippetVerdict.CORRECTED, ())
    assert bool(pictures(repair)) == ("imshow" in code)


def test_a_model_of_the_card_itself_is_drawn(mend: Mend) -> None:
    (repair,) = mend(card(PAINTER.snippets[0].source + "\n" + DRAW + SHOW))
    assert (repair.verdict, repair.noise, len(pictures(repair)) > 0) == (SnippetVerdict.RAN, frozenset(), True)


def test_noise_of_a_stand_in_is_not_shown_either(mend: Mend) -> None:
    code = DRAW.replace("painter", "generator") + SHOW.replace("4, 4", "1, 3")
    (repair,) = mend(card(code.replace("torch.randn(2, 3)", "torch.randn(2, 4)")))
    assert (repair.verdict, pictures(repair)) == (SnippetVerdict.COMPLETED, [])
    assert {"generator", "rows", "tile"} <= repair.noise


def test_what_a_stand_in_for_a_model_makes_is_told_apart(mend: Mend) -> None:
    (repair,) = mend(card("import torch\nx = torch.ones(2, 4).to(device)\noutputs = model(x)\nprint(outputs.shape)"))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert repair.noise == {"model", "outputs"}
    assert repair.assumed == {"device", "x", "model", "outputs"}


def test_entries_made_up_beside_those_that_the_deck_shows_say_nothing(mend: Mend) -> None:
    use = card("import torch\nprint(sizes.shape)  # torch.Size([30])\ndoubled = sizes * 2", line=100)
    partly = card("import torch\nsizes = torch.tensor([189., 175., ...])", line=50)
    (repair,) = mend(use, partly)
    assert repair.noise == {"sizes", "doubled"}
    assert mend(use)[0].noise == frozenset()


def test_the_entries_that_the_deck_shows_themselves_say_something(mend: Mend) -> None:
    partly = card("import torch\nsizes = torch.tensor([189., 175., ...])", line=50)
    (repair,) = mend(card("import torch\nhalves = sizes / 2", line=100), partly)
    assert (set(assumed(repair)), repair.noise) == ({"sizes"}, frozenset())


def test_the_loss_of_targets_drawn_by_chance_says_nothing(mend: Mend) -> None:
    net = "import torch\nfrom torch import nn\nnet = nn.Linear(3, 1)\nmeasure = nn.MSELoss()\n"
    loop = "for x, y in loader:\n    out = net(x)\n    loss = measure(out, y)\n    loss.backward()\nmean_loss = loss.item() / 2"
    (repair,) = mend(card(net + loop))
    assert {"loss", "mean_loss"} <= repair.noise
    assert "out" not in repair.noise
    (own,) = mend(card(net + "loader = [(torch.ones(2, 3), torch.ones(2, 1))]\n" + loop))
    assert own.noise == frozenset()
