"""Latent vectors, labels and a generator that fit each other; the pictures that come out are not shown."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, rules

DRAW = "import torch\nimport matplotlib.pyplot as plt\n"
BLEND = DRAW + (
    "for n in range(3):\n"
    "    code = n / 2 * code_of_cats + (1 - n / 2) * code_of_dogs\n"
    "    made = generator(torch.cat([code.view(1, code_size, 1, 1), label.view(1, 3, 1, 1)], 1)).detach()\n"
    "    plt.imshow(made[0].permute(1, 2, 0))\n"
)


def test_the_smallest_that_fit_each_other(mend: Mend) -> None:
    (repair,) = mend(card(BLEND, line=60), card("import torch\nlabel = torch.tensor([[2]])", line=20))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair) == {
        "code_of_cats": "torch.arange(4.)",
        "code_of_dogs": "torch.arange(4., 8.)",
        "code_size": "4",
        "label": "torch.eye(3)[0]",
        "generator": "nn.LazyConvTranspose2d(3, 8)",
    }
    assert [d.code for d in repair.diagnostics] == ["not-shown"]
    why = {a.name: a.why for a in repair.assumptions}
    assert why["label"].endswith("makes one of another size, which cannot be brought to the shape (1, 3, 1, 1)")
    assert "another size" not in why["code_of_cats"]


def test_a_label_that_the_card_makes_of_the_wrong_size_is_its_fault(mend: Mend) -> None:
    wrong = BLEND.replace("for n", "label = torch.tensor([[2]])\nfor n")
    (repair,) = mend(card(wrong))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


def test_two_labels_of_a_blend_are_two_classes(mend: Mend) -> None:
    code = "import torch\nlabel = 0.5 * label_day[0] + 0.5 * label_night[0]\nprint(label.reshape(1, 4, 1, 1).shape)"
    (repair,) = mend(card(code))
    assert assumed(repair) == {"label_day": "torch.eye(4)", "label_night": "torch.eye(4).roll(1, 0)"}


@pytest.mark.parametrize("shape", ["(1, 30, 1, 1)", "(6, 1)", "(2, 3, 1)"])
def test_labels_of_many_examples_are_no_classes(mend: Mend, shape: str) -> None:
    (repair,) = mend(card(f"import torch\nprint(labels.reshape{shape}.shape)"))
    assert "eye" not in assumed(repair)["labels"]


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("made[0].permute(1, 2, 0)", "nn.Sequential(nn.LazyLinear(192), nn.Unflatten(-1, (3, 8, 8)))"),
        ("made[0].squeeze(), cmap='gray'", "nn.Sequential(nn.LazyLinear(64), nn.Unflatten(-1, (1, 8, 8)))"),
        ("made[0].view(5, 6), cmap='gray'", "nn.Sequential(nn.Flatten(), nn.LazyLinear(30))"),
        ("made.reshape(2, 5, 6)[1]", "nn.Sequential(nn.Flatten(), nn.LazyLinear(30))"),
    ],
)
def test_a_generator_gives_what_its_pictures_are_drawn_from(mend: Mend, shown: str, value: str) -> None:
    code = f"{DRAW}made = netG(torch.randn(2, 7)).cpu().detach()\nplt.imshow({shown})"
    (repair,) = mend(card(code))
    assert assumed(repair) == {"netG": value}
    assert [d.code for d in repair.diagnostics] == ["not-shown"]


def test_ends_of_a_path_between_latent_vectors_have_one_shape(mend: Mend) -> None:
    code = f"{DRAW}half = torch.lerp(z_sea, z_land, 0.5)\nplt.imshow(decoder(half.unsqueeze(0))[0].detach().permute(1, 2, 0))"
    (repair,) = mend(card(code))
    made = assumed(repair)
    assert (made["z_sea"], made["z_land"]) == ("torch.rand(4)", "torch.rand(4)")


def test_what_meets_a_latent_vector_place_by_place_is_one(mend: Mend) -> None:
    (repair,) = mend(card("import torch\nz = wet - dry + z_owl\nprint(torch.flatten(decoder(z)).shape)"))
    assert {assumed(repair)[n] for n in ("wet", "dry", "z_owl")} == {"torch.rand(3, 4)"}


@pytest.mark.parametrize("code", ["print(z_index + 1)", "import torch\nz_table = {}\nprint(z_row['a'] + 1)"])
def test_other_names_that_begin_so_are_no_latent_vectors(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert not any("torch" in value for value in assumed(repair).values())


def test_what_the_card_feeds_to_a_generator_that_stands_in_is_not_corrected(mend: Mend) -> None:
    code = "import torch\ncodes = torch.randn(6, 7, 1, 1)\nmade = generator(codes)\nprint(made.view(6, 5, 5).shape)"
    (repair,) = mend(card(code))
    assert rules(repair) == {"missing-import"}
    assert assumed(repair) == {"generator": "nn.Sequential(nn.Flatten(), nn.LazyLinear(25))"}
