"""Loaders, data sets, pictures and stated shapes: small random data of the right kind, and what gets none."""

from __future__ import annotations

import pytest

from deckbuild.model import ClaimVerdict, SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import TORCH, assumed, card, printed

PICTURES = "torch.rand(2, 3, 8, 8)"
LABELS = "torch.tensor([0, 1])"


@pytest.mark.parametrize(
    ("code", "prose", "name", "value"),
    [
        (
            "import torch\nfor images, labels in train_loader:\n    print(images.mean(), labels)",
            "",
            "train_loader",
            f"[({PICTURES}, {LABELS}), ({PICTURES}, {LABELS})]",
        ),
        (
            "import torch\nfaces, _ = next(iter(loader))\nprint(faces.shape)",
            "Each is a 28x28 grayscale image.",
            "loader",
            f"[(torch.rand(2, 1, 28, 28), {LABELS}), (torch.rand(2, 1, 28, 28), {LABELS})]",
        ),
        (
            "import torch\nimages = next(iter(flower_loader))\nprint(images.shape)",
            "",
            "flower_loader",
            f"[{PICTURES}, {PICTURES}]",
        ),
        (
            "import torch\nimage = train_data[0][0]\nprint(image.shape)",
            "An image each.",
            "train_data",
            f"torch.utils.data.TensorDataset({PICTURES}, {LABELS})",
        ),
        (
            "import torch\nbatch = next(iter(flower_loader))\nprint(batch[0].shape)",
            "An image each.",
            "flower_loader",
            f"[({PICTURES}, {LABELS}), ({PICTURES}, {LABELS})]",
        ),
        (
            "import torch\nfor batch in loader:\n    x, y = batch\n    print(x + 1)",
            "",
            "loader",
            f"[(torch.arange(8.).reshape(2, 4), {LABELS}), (torch.arange(8.).reshape(2, 4), {LABELS})]",
        ),
        (
            "for x, y in test_loader:\n    print(x.shape)\nprint(len(test_loader.dataset))",
            "",
            "test_loader",
            f"torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.arange(8.).reshape(2, 4), {LABELS}), batch_size=2)",
        ),
        (
            "picture, kind = train_set[0]\nprint(picture.shape)",
            "The 4x8 grid shows an image each.",
            "train_set",
            f"torch.utils.data.TensorDataset({PICTURES}, {LABELS})",
        ),
        (
            "from torch.utils.data import DataLoader\nrows = DataLoader(shells, batch_size=2)\nprint(len(rows))",
            "",
            "shells",
            f"torch.utils.data.TensorDataset(torch.arange(8.).reshape(2, 4), {LABELS})",
        ),
        (
            "training_data.data = training_data.data / 255\nprint(training_data.targets)",
            "",
            "training_data",
            f"types.SimpleNamespace(data=torch.randint(0, 256, (2, 8, 8)), targets={LABELS})",
        ),
        ("import torch\nprint(img1.unsqueeze(0).shape)", "", "img1", None),
        ("import torch\nprint(torch.stack([img, img]).shape)", "", "img", "torch.rand(3, 8, 8)"),
        ("steps = len(train_loader) * 3\nprint(steps)", "", "train_loader", None),
    ],
)
def test_data_of_the_right_kind(mend: Mend, code: str, prose: str, name: str, value: str | None) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert list(assumed(repair)) == [name]
    assert value is None or assumed(repair)[name] == value


def test_data_that_needs_a_package_on_an_earlier_card_is_stood_in_for(mend: Mend) -> None:
    other = card("from far_away_package import Faces\ntrain_data = Faces('a')", line=20)
    (repair,) = mend(card("pixels, _ = train_data[0]\nprint(pixels.dim())", prose="An image each.", line=60), other)
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert printed(repair) == "3\n"


@pytest.mark.parametrize(
    "code",
    [
        "loader.reset()\nprint(loader(3))",
        "print(tokenizer.encode('a b'))",
        "print(img)",
        "model.generate('once')",
        "coder.encode(torch.ones(2))",
        "import torch\nnet = make_network(3)\nprint(net(torch.ones(3)))",
    ],
)
def test_no_data_stands_in_for_what_has_a_meaning_of_its_own(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("import torch\nprint(heights.reshape(2, 3))", "torch.arange(6.)"),
        ("import torch\nprint(flat.view(-1, 5).shape)", "torch.arange(10.).reshape(2, 5)"),
        ("import torch\nprint(flat.to('cpu').view(-1, 5).shape)", "torch.arange(10.).reshape(2, 5)"),
        ("import numpy as np\nprint(np.sin(grid.reshape(2, 2)))", "np.arange(4.)"),
        ("import torch\nmixed = 0.5 * ends\nprint(mixed.reshape(1, 3, 1).shape)", "torch.arange(3.)"),
        ("import torch\nprint(codes[0].reshape(1, 2).shape)", "torch.arange(4.).reshape(2, 2)"),
    ],
)
def test_as_many_elements_as_a_shape_has(mend: Mend, code: str, value: str) -> None:
    (repair,) = mend(card(code))
    assert list(assumed(repair).values()) == [value]


def test_a_stated_shape_is_taken_and_then_proves_nothing_while_what_follows_from_it_does(judged: Judged) -> None:
    code = "print(depths.shape)  # torch.Size([5])\ntwice = torch.cat([depths, depths])\nprint(twice.shape)  # torch.Size([10])"
    ((repair,), claims) = judged(card("import torch\n" + code))
    assert assumed(repair) == {"depths": "torch.arange(5.)"}
    assert [c.verdict for c in claims] == ["assumed", "confirmed"]


def test_the_shape_of_something_else_is_not_taken(mend: Mend) -> None:
    (repair,) = mend(card("import torch\nprint(rows[0, :].shape)  # torch.Size([5])"))
    assert assumed(repair) == {"rows": "torch.arange(20.).reshape(4, 5)"}


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("logits = model(token_ids)\nprint(logits.shape)", "nn.Embedding(100, 100)"),
        ("out = model(torch.ones(2, 4))\nprint(out.shape)", "nn.Linear(4, 3)"),
        ("out = model(torch.ones(2, 4, 5))\nprint(out.shape)", "nn.Sequential(nn.Flatten(), nn.LazyLinear(3))"),
        (
            "photo = generator(torch.ones(1, 7, 1, 1))[0]\nprint(photo.permute(1, 2, 0).shape)",
            "nn.LazyConvTranspose2d(3, 8)",
        ),
        (
            "cost = nn.BCELoss()\nprint(cost(critic(torch.ones(2, 4)), torch.ones(2, 1)) > 0)",
            "nn.Sequential(nn.Linear(4, 1), nn.Sigmoid())",
        ),
    ],
)
def test_a_small_untrained_model(mend: Mend, code: str, value: str) -> None:
    (repair,) = mend(card(TORCH + "token_ids = torch.tensor([[1, 2]])\n" + code))
    assert list(assumed(repair).values()) == [value]


@pytest.mark.parametrize(
    ("names", "stepped"),
    [(("gen", "disc"), "gen"), (("disc", "gen"), "gen")],
)
def test_an_optimizer_steps_the_model_that_its_name_ends_with(mend: Mend, names: tuple[str, str], stepped: str) -> None:
    code = (
        f"{names[0]} = nn.Linear(2, 1)\n{names[1]} = nn.Linear(2, 1)\noptimizer_gen.zero_grad()\noptimizer_gen.step()"
    )
    (repair,) = mend(card(TORCH + code))
    assert assumed(repair) == {"optimizer_gen": f"torch.optim.SGD({stepped}.parameters(), lr=0.01)"}


def test_a_whole_batch_is_there_where_the_rest_is_dropped(mend: Mend) -> None:
    made = "from torch.utils.data import DataLoader\nloader = DataLoader(train_data, batch_size=5, drop_last=True)\n"
    (repair,) = mend(card(f"import torch\n{made}for images, labels in loader:\n    print(images.shape)"))
    assert printed(repair) == "torch.Size([5, 3, 8, 8])\n"


@pytest.mark.parametrize(
    "code", ["for i in range(low, high):\n    print(i)", "for x in rows[:0]:\n    print(x[0] + 1)"]
)
def test_a_loop_over_made_up_data_that_never_runs_shows_nothing(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.FAILED


def test_a_loop_that_the_card_itself_leaves_empty_is_its_own_affair(mend: Mend) -> None:
    (repair,) = mend(card("print(2 * rate)\nfor x in []:\n    print(x)"))
    assert repair.verdict is SnippetVerdict.COMPLETED


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("print(arr2[::-1], arr2[0, :])", "np.arange(16.).reshape(4, 4)"),
        ("print(arr.reshape(3, 3))", "np.arange(9.)"),
        ("import torch\nprint(torch.ones(1), arr[0, :])", "torch.arange(16.).reshape(4, 4)"),
    ],
)
def test_an_array_by_its_name_is_one_where_no_library_says_otherwise(mend: Mend, code: str, value: str) -> None:
    (repair,) = mend(card(code))
    assert list(assumed(repair).values()) == [value]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("print(heights[heights > 12])", "np.array([11, 12, 13])"),
        ("print(arr[(arr > 3) & (arr < 9)])", "np.array([2, 3, 4])"),
        ("row[2:5] = 0\nprint(row[:6])", "np.arange(8)"),
        ("print(table.ndim, table.itemsize)", "np.array([[1, 2, 3], [4, 5, 6]])"),
        ("import numpy as np\nfor cell in np.nditer(table):\n    print(cell)", "np.array([[1, 2, 3], [4, 5, 6]])"),
        ("print(7 * arr1 < 20)", "np.array([1.0, 2.0, 3.0])"),
    ],
)
def test_what_only_an_array_can_do(mend: Mend, code: str, value: str) -> None:
    (repair,) = mend(card(code))
    assert list(assumed(repair).values()) == [value]


@pytest.mark.parametrize(
    "code",
    [
        "arr.append(3)\nprint(arr[0])",
        "print(arr[2])",
        "print(arr + [1])",
        "import torch\nprint(torch.ones(2) * arr1)",
        "print(limit > 30)",
    ],
)
def test_what_a_list_or_a_tensor_can_do_as_well_is_no_array(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert not any(value.startswith("np.") for value in assumed(repair).values())


def test_a_model_takes_a_picture_as_a_batch_and_its_width_proves_nothing(judged: Judged) -> None:
    book = card(TORCH + "print(nn.ReLU())", line=20)
    (repair,), (found,) = judged(card("logits = model(image)  # [B, 3]", line=60), book)
    assert assumed(repair)["image"] == "torch.rand(1, 3, 8, 8)"
    assert found.verdict is ClaimVerdict.ASSUMED


def test_what_the_cards_own_layer_gives_of_a_made_up_input_is_confirmed(judged: Judged) -> None:
    code = "layer = nn.Linear(4, 3)\nout = layer(rows)  # [B, 3]"
    _, (found,) = judged(card(TORCH + code))
    assert found.verdict is ClaimVerdict.CONFIRMED


DRAWN = "import torch\nimport matplotlib.pyplot as plt\nplt.imshow(img.permute(1, 2, 0))\nplt.show()"
SHRUNK = "import torchvision.transforms as T\nto_rows = T.Compose([T.Resize({}), T.ToTensor()])"


@pytest.mark.parametrize(
    ("others", "size"),
    [
        ([SHRUNK.format("(24, 20)")], "24, 20"),
        ([SHRUNK.format("(24, 20)"), SHRUNK.format("size=[24, 20]")], "24, 20"),
        ([SHRUNK.format("(24, 20)"), SHRUNK.format("(32, 32)")], "8, 8"),
        ([SHRUNK.format("(24, 20)") + "\ncut = T.CenterCrop(16)"], "8, 8"),
        ([SHRUNK.format("(900, 900)")], "8, 8"),
        ([], "8, 8"),
    ],
)
def test_pictures_are_of_the_size_to_which_the_file_brings_them(mend: Mend, others: list[str], size: str) -> None:
    at = range(200, 500, 100)
    lent = [card(code, line=line) for code, line in zip(others, at, strict=False)]
    (repair,) = mend(card(DRAWN), *lent)
    assert assumed(repair) == {"img": f"torch.rand(3, {size})"}


def test_a_size_that_the_card_states_of_its_pictures_goes_before(mend: Mend) -> None:
    this = card(DRAWN, prose="Each input image is 12x10.")
    (repair,) = mend(this, card(SHRUNK.format("(24, 20)"), line=200))
    assert assumed(repair) == {"img": "torch.rand(3, 12, 10)"}
