"""The cast of a training loop: batches, targets, losses, models and optimizers that fit each other."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed


def test_batches_fit_the_model_and_the_loss(mend: Mend) -> None:
    code = "model = nn.Linear(4, 3)\nrate = nn.CrossEntropyLoss()\nfor rows, labels in loader:\n    print(rate(model(rows), labels).shape)"
    (repair,) = mend(card(TORCH + code))
    pair = "(torch.arange(8.).reshape(2, 4), torch.tensor([0, 1]))"
    assert assumed(repair) == {"loader": f"[{pair}, {pair}]"}
    assert printed(repair) == "torch.Size([])\n" * 2


@pytest.mark.parametrize(
    ("loss", "value"),
    [("nn.CrossEntropyLoss()", "torch.tensor([0, 1])"), ("nn.MSELoss()", "torch.rand(2, 5)")],
)
def test_a_target_is_of_the_kind_that_the_loss_takes(mend: Mend, loss: str, value: str) -> None:
    code = (
        f"model = nn.Linear(4, 5)\nlost = {loss}\nguesses = model(torch.ones(2, 4))\nprint(lost(guesses, wanted).shape)"
    )
    (repair,) = mend(card(TORCH + code))
    assert assumed(repair) == {"wanted": value}


def test_a_target_of_a_model_of_many_layers_is_as_wide_as_its_last(mend: Mend) -> None:
    layers = ", ".join(["nn.Linear(4, 4)", "nn.ReLU()"] * 5 + ["nn.Linear(4, 2)"])
    code = f"model = nn.Sequential({layers})\nlost = nn.MSELoss()\nguesses = model(torch.ones(2, 4))\nprint(lost(guesses, wanted).shape)"
    (repair,) = mend(card(TORCH + code))
    assert assumed(repair) == {"wanted": "torch.rand(2, 2)"}


def test_an_optimizer_steps_the_model_of_an_earlier_snippet(mend: Mend) -> None:
    step = "loss = model(torch.ones(1, 2)).sum()\nold = model.weight.clone()\noptimizer.zero_grad()\nloss.backward()\noptimizer.step()\nprint(torch.equal(old, model.weight))"
    first, second = mend(card(TORCH + "model = nn.Linear(2, 1)", step))
    assert first.verdict is SnippetVerdict.RAN
    assert assumed(second) == {"optimizer": "torch.optim.SGD(model.parameters(), lr=0.01)"}
    assert printed(second) == "False\n"


def test_a_loss_called_by_its_usual_name(mend: Mend) -> None:
    (repair,) = mend(card("import torch\nprint(criterion(torch.zeros(2), torch.ones(2)))"))
    assert assumed(repair) == {"criterion": "nn.MSELoss()"}
    assert printed(repair) == "tensor(1.)\n"


@pytest.mark.parametrize(
    "code",
    [
        "model.fit(1, 2)\nprint(model.predict(3))",
        "model.generate('once')",
        "clock.step()",
        "print(criterion(1, 2, 3))",
    ],
)
def test_what_is_no_such_thing_gets_no_stand_in(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.assumptions == ()


@pytest.mark.parametrize(
    ("last", "target", "loss"),
    [
        ("nn.Sigmoid()", "torch.ones(2, 3)", "nn.BCELoss()"),
        ("nn.LogSoftmax(dim=1)", "torch.tensor([0, 1])", "nn.NLLLoss()"),
        ("nn.Tanh()", "torch.ones(2, 3)", "nn.MSELoss()"),
    ],
)
def test_a_loss_is_that_of_the_last_layer_whose_output_it_gets(mend: Mend, last: str, target: str, loss: str) -> None:
    model = f"net = nn.Sequential(nn.Linear(4, 3), {last}).to('cpu')"
    code = f"{TORCH}{model}\nouts = net(torch.ones(2, 4))\nloss = loss_fn(outs, {target})\nloss.backward()"
    (repair,) = mend(card(code))
    assert assumed(repair) == {"loss_fn": loss}


@pytest.mark.parametrize(
    ("parts", "returned", "loss"),
    [
        ("self.all = nn.Sequential(nn.Linear(4, 3), nn.Sigmoid())", "self.all(x).squeeze()", "nn.BCELoss()"),
        ("self.all = nn.Linear(4, 3)", "torch.sigmoid(self.all(x))", "nn.BCELoss()"),
        ("self.all = nn.Linear(4, 3); self.last = nn.Sigmoid()", "self.last(self.all(x))", "nn.BCELoss()"),
        ("self.all = nn.Sequential(nn.Sigmoid(), nn.Linear(4, 3))", "self.all(x)", "nn.MSELoss()"),
        ("self.all = nn.Linear(4, 3)", "torch.sigmoid(self.all(x)) * 2", "nn.MSELoss()"),
    ],
)
def test_the_last_layer_of_a_class_of_the_cards_own(mend: Mend, parts: str, returned: str, loss: str) -> None:
    start = f"    def __init__(self):\n        super().__init__()\n        {parts}\n"
    model = f"class Judge(nn.Module):\n{start}    def forward(self, x):\n        return {returned}\njudge = Judge()\n"
    (repair,) = mend(
        card(f"{TORCH}{model}loss = criterion(judge(torch.ones(2, 4)), torch.ones(2, 3))\nloss.backward()")
    )
    assert assumed(repair) == {"criterion": loss}


@pytest.mark.parametrize(("name", "owner"), [("g_optimizer", "gen"), ("optimizer_d", "disc"), ("optim_gen", "gen")])
def test_an_optimizer_steps_whom_its_name_names_at_either_end(mend: Mend, name: str, owner: str) -> None:
    models = "gen = nn.Linear(2, 2)\ndisc = nn.Linear(2, 1)\n"
    code = f"lost = disc(gen(torch.ones(1, 2))).sum()\n{name}.zero_grad()\nlost.backward()\n{name}.step()"
    (repair,) = mend(card(TORCH + models + code))
    assert assumed(repair) == {name: f"torch.optim.SGD({owner}.parameters(), lr=0.01)"}


def test_an_optimizer_that_names_none_of_two_models_is_not_made_up(mend: Mend) -> None:
    models = "first = nn.Linear(2, 2)\nsecond = nn.Linear(2, 1)\n"
    code = "lost = second(first(torch.ones(1, 2))).sum()\nlost.backward()\nc_optimizer.step()"
    (repair,) = mend(card(TORCH + models + code))
    assert repair.verdict is SnippetVerdict.FAILED


@pytest.mark.parametrize("last", ["nn.Linear(3, 1)", "nn.LazyLinear(1)"])
def test_a_target_is_as_wide_as_the_last_layer(mend: Mend, last: str) -> None:
    code = f"judge = nn.Sequential(nn.Flatten(), {last})\nouts = judge(torch.ones(2, 3))\nlost = nn.MSELoss()(outs, wanted)\nlost.backward()"
    (repair,) = mend(
        card(TORCH + code.replace("nn.MSELoss()(", "near(").replace("lost =", "near = nn.MSELoss()\nlost ="))
    )
    assert assumed(repair) == {"wanted": "torch.rand(2, 1)"}


def test_what_is_kept_beside_a_model_is_no_model(mend: Mend) -> None:
    made = "model = nn.Linear(2, 1)\noptimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n"
    kept = "state = {'m': model.state_dict(), 's': scheduler.state_dict(), 'x': scaler.state_dict()}"
    (repair,) = mend(card(TORCH + made + kept))
    assert assumed(repair) == {
        "scheduler": "torch.optim.lr_scheduler.StepLR(optimizer, step_size=1)",
        "scaler": "torch.amp.GradScaler('cpu', enabled=False)",
    }


def test_a_scaler_of_features_is_not_made_up(mend: Mend) -> None:
    (repair,) = mend(card("import numpy as np\nprint(scaler.fit_transform(np.ones((2, 2))))"))
    assert repair.assumptions == ()


def test_labels_suit_the_loss_that_the_deck_defines(mend: Mend) -> None:
    near = card(TORCH + "near = nn.MSELoss()", line=20)
    code = "net = nn.Linear(4, 1)\nfor rows, y in loader:\n    near(net(rows), y).backward()"
    (repair,) = mend(card(TORCH + code, line=60), near)
    assert "torch.rand(2, 1))" in assumed(repair)["loader"]


PROBABLE = "import torch\nfrom torch import nn\nclass Judge(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.one = nn.Linear(4, 1)\n    def forward(self, x):\n        x = {end}(self.one(x))\n        return x\n"


@pytest.mark.parametrize("made", ["judge = Judge()", ""])
def test_a_loss_is_told_by_the_model_that_another_card_makes(mend: Mend, made: str) -> None:
    name = "judge" if made else "model"
    code = f"import torch\nprint(criterion({name}(torch.ones(2, 4)), torch.ones(2, 1)).shape)"
    (repair,) = mend(card(code, line=60), card(PROBABLE.format(end="torch.sigmoid") + made, line=20))
    assert assumed(repair)["criterion"] == "nn.BCELoss()"


def test_a_loss_of_a_model_without_such_an_end_is_the_usual_one(mend: Mend) -> None:
    code = "import torch\nprint(criterion(judge(torch.ones(2, 4)), torch.ones(2, 1)).shape)"
    other = card(PROBABLE.format(end="torch.relu") + "judge = Judge()", line=20)
    (repair,) = mend(card(code, line=60), other)
    assert assumed(repair) == {"criterion": "nn.MSELoss()"}
