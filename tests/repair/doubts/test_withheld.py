"""What a model makes that deckbuild made up, and how right it is, is told nowhere, while the program runs."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed

ACCURACY = "with torch.no_grad():\n    hits = (model(torch.ones(2, 4)).argmax(1) == 0).sum().item()\n"


@pytest.mark.parametrize("said", ["print(f'Accuracy: {hits / 2:.1%}')", "acc = hits / 2\nprint(acc)"])
def test_no_accuracy_is_told_of_an_invented_model(mend: Mend, said: str) -> None:
    (repair,) = mend(card(TORCH + ACCURACY + "print('done')\n" + said))
    assert list(assumed(repair)) == ["model"]
    assert printed(repair) == "done\n…\n"
    assert repair.outcome is not None
    assert [p.text for p in repair.outcome.prints] == ["done\n"]
    assert [d.code for d in repair.diagnostics] == ["not-shown"]


def test_no_tensor_that_tells_it_is_drawn(mend: Mend) -> None:
    code = "acc = (model(torch.ones(2, 4)).argmax(1) == 0).float().mean()\nprint('accuracy', acc)"
    (repair,) = mend(card(TORCH + code))
    assert "acc" in repair.noise


def test_no_accuracy_is_told_beside_another_that_the_card_states(mend: Mend) -> None:
    (repair,) = mend(card(TORCH + ACCURACY + "print(hits / 2, 'accuracy')  # 0.97 accuracy"))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


@pytest.mark.parametrize("last", ["accuracy = hits / 2", "print('measures the accuracy')", "print(type(hits))"])
def test_what_is_not_told_may_be_calculated(mend: Mend, last: str) -> None:
    (repair,) = mend(card(TORCH + ACCURACY + last))
    assert (list(assumed(repair)), repair.diagnostics) == (["model"], ())
    assert "…" not in printed(repair)


def test_an_accuracy_of_the_cards_own_data_is_told(mend: Mend) -> None:
    code = "right = [1, 0, 1]\nsaid = [1, 1, 1]\naccuracy = sum(a == b for a, b in zip(right, said)) / 3\nprint(f'Accuracy: {accuracy:.2f}')"
    (repair,) = mend(card(code))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.RAN, "Accuracy: 0.67\n")


KEPT = "torch.jit.script(net_g).save('net.pt')\nagain = torch.jit.load('net.pt')\nmade = again(torch.ones(2, 6))\n"


@pytest.mark.parametrize(
    "code",
    [
        "made = model(torch.ones(2, 4))\nprint(made)",
        "made = model(torch.ones(2, 4))\nfor row in made:\n    print('row', row.max())",
        KEPT + "print(made.argmax(-1))",
    ],
)
def test_what_a_made_up_model_makes_is_not_printed(mend: Mend, code: str) -> None:
    (repair,) = mend(card(TORCH + code))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert set(printed(repair).split()) == {"…"}
    assert "made" in repair.noise
    assert "made" in repair.assumed


def test_what_is_printed_before_in_the_same_words_is_no_cover_for_it(mend: Mend) -> None:
    code = "print(2)\nmade = model(torch.ones(2, 4))\nprint(made.argmax(1).shape[0] + 0 * int(made.argmax()))\nprint(2)"
    (repair,) = mend(card(TORCH + code))
    assert printed(repair) == "2\n…\n2\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("made = model(torch.ones(2, 4))\nprint(made.shape, len(made), 'rows')", "torch.Size([2, 3]) 2 rows\n"),
        ("net = nn.Linear(4, 1)\nnn.init.ones_(net.weight)\nprint(net.weight)", "Parameter containing:\n"),
        ("import numpy as np\nnp.save('a.npy', np.ones(2))\nprint(np.load('a.npy'))", "[1. 1.]\n"),
    ],
)
def test_forms_and_what_the_card_makes_are_printed(mend: Mend, code: str, expected: str) -> None:
    (repair,) = mend(card(TORCH + code))
    assert printed(repair).startswith(expected)
    assert "made" not in repair.noise or repair.assumptions


def test_the_loss_of_a_made_up_model_is_printed(mend: Mend) -> None:
    code = "loss = nn.functional.mse_loss(model(torch.ones(2, 4)), torch.zeros(2, 3))\nprint('loss', loss.item())"
    (repair,) = mend(card(TORCH + code))
    assert printed(repair).startswith("loss ")


def test_an_accuracy_of_the_cards_own_data_is_told_beside_what_is_made_up(mend: Mend) -> None:
    code = "print(title.upper())\nhits = [1, 0]\nprint('accuracy', sum(hits) / 2)"
    (repair,) = mend(card(code))
    assert (list(assumed(repair)), printed(repair)) == (["title"], "SOME TEXT\naccuracy 0.5\n")


def test_an_accuracy_that_a_function_prints_is_not_told(mend: Mend) -> None:
    code = "def told(net):\n    hits = (net(torch.ones(2, 4)).argmax(1) == 0).sum().item()\n    print(f'accuracy {hits / 2}')\ntold(model)"
    (repair,) = mend(card(TORCH + code))
    assert (list(assumed(repair)), printed(repair)) == (["model"], "…\n")


WORDS = "said = [idx_to_word[path[0, k].item()] for k in (2, 1)]\n"


@pytest.mark.parametrize(
    "last", ["print(' '.join(said))", "text = '-'.join(said)\nfor c in '.,':\n    text = text + c\nprint(text)"]
)
def test_made_up_words_of_made_up_numbers_are_not_printed(mend: Mend, last: str) -> None:
    (repair,) = mend(card(WORDS + "print('so:')\n" + last))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.COMPLETED, "so:\n…\n")
    assert [d.message for d in repair.diagnostics] == [
        "what it prints is not shown: its words are made up, and so are the numbers that stand for them"
    ]


@pytest.mark.parametrize("last", ["print(len(said))", "print(path.shape)", "print(idx_to_word[5])"])
def test_what_tells_their_form_or_place_is_printed(mend: Mend, last: str) -> None:
    (repair,) = mend(card(WORDS + last))
    assert "…" not in printed(repair)


PLOT = "import matplotlib.pyplot as plt\n"
DRAWN = PLOT + "def show(pic):\n    plt.imshow(pic.permute(1, 2, 0))\n    plt.show()\n"


@pytest.mark.parametrize(
    "code",
    [
        PLOT + "plt.imshow(img.permute(1, 2, 0))\nplt.show()",
        DRAWN + "half = img.unsqueeze(0)[0] / 2\nshow(half)",
    ],
)
def test_pictures_of_what_chance_drew_are_not_shown(mend: Mend, code: str) -> None:
    (repair,) = mend(card(TORCH + code, prose="A holiday photo."))
    assert repair.outcome is not None
    assert [v for v in repair.outcome.values if v.media] == []
    assert repair.noise & {"img", "half"}
    assert [d.message for d in repair.diagnostics] == [
        "the pictures are not shown: they are of random entries that stand in for data that is on no card"
    ]


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        (PLOT + "plt.imshow(img.permute(1, 2, 0))\nplt.show()", "We draw random pixels."),
        (PLOT + "board = torch.arange(12.).reshape(3, 4)\nplt.imshow(board)\nplt.show()\nprint(img.unsqueeze(0).shape)", ""),
        (PLOT + "plt.plot(img.permute(1, 2, 0)[0, :, 0])\nplt.show()", ""),
    ],
)  # fmt: skip
def test_noise_that_is_meant_the_cards_own_pictures_and_curves_are_shown(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(TORCH + code, prose=prose))
    assert repair.outcome is not None
    assert [v for v in repair.outcome.values if v.media] != []
    assert repair.diagnostics == ()
