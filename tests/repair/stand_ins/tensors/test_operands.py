"""Tensors told by what they are calculated with: ranks, shapes in common, and what is no tensor."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed


class TestLeavesAlone:
    @pytest.mark.parametrize(
        ("code", "name", "value"),
        [
            ("import torch\nx = torch.ones(3)\nprint((x * rate).sum())", "rate", "2.0"),
            ("print(abs(x))", "x", "2.0"),
            ("import torch\nprint(torch.softmax(model(torch.ones(2, 4)), dim=-1).shape)", "model", "nn.Linear(4, 3)"),
        ],
    )
    def test_numbers_and_models(self, mend: Mend, code: str, name: str, value: str) -> None:
        (repair,) = mend(card(code))
        assert assumed(repair) == {name: value}

    def test_lists_without_torch(self, mend: Mend) -> None:
        (repair,) = mend(card("for q in rows:\n    print(q + 1)"))
        assert "torch" not in assumed(repair).get("rows", "")


class TestTells:
    @pytest.mark.parametrize(
        ("code", "values"),
        [
            (
                "import torch\nkl = (mean.pow(2) + log_var.exp() - 1 - log_var).sum()",
                {"mean": "torch.rand(3, 4)", "log_var": "torch.rand(3, 4)"},
            ),
            (
                "import torch\nw = torch.softmax(q @ k.transpose(-2, -1), dim=-1)\nout = w @ v",
                {"q": "torch.rand(3, 4)", "k": "torch.rand(3, 4)", "v": "torch.rand(3, 4)"},
            ),
            ("import torch\nn, t, d = h.shape\nprint(h.transpose(1, 2).shape)", {"h": "torch.rand(2, 3, 4)"}),
            (
                "import torch\ncoef = torch.rand(2, 1, 1, 1)\nnoised = coef * clean + (1 - coef) * dirt",
                {"clean": "torch.rand(2, 3, 4, 4)", "dirt": "torch.rand(2, 3, 4, 4)"},
            ),
            ("import torch\nw = torch.tensor([1., 2.])\nprint((w * row).shape)", {"row": "torch.rand(2)"}),
            (
                "import torch\nfor i, x_i in enumerate(inputs):\n    print(i, torch.dot(x_i, inputs[1]))",
                {"inputs": "torch.rand(3, 4)"},
            ),
            (
                "import torch\nflat = logits.flatten(0, 1)\nloss = torch.nn.functional.cross_entropy(flat, targets.flatten())",
                {"logits": "torch.rand(2, 3, 4)", "targets": "torch.arange(6).reshape(2, 3) % 4"},
            ),
            ("import torch\nspread = x - x.mean(dim=0)", {"x": "torch.rand(3, 4)"}),
            ("import torch\nprint(torch.softmax(scores, dim=0).shape)", {"scores": "torch.rand(4)"}),
        ],
    )
    def test_one_shape_for_what_meets(self, mend: Mend, code: str, values: dict[str, str]) -> None:
        (repair,) = mend(card(code))
        assert repair.verdict is SnippetVerdict.COMPLETED
        assert assumed(repair) == values

    def test_the_ends_of_a_blend_are_both_tensors(self, mend: Mend) -> None:
        code = "import torch\nfor w in [0, 0.5, 1]:\n    z = (1 - w) * start + w * end\n    print(z.unsqueeze(0).shape)"
        (repair,) = mend(card(code))
        assert assumed(repair) == {"start": "torch.rand(4)", "end": "torch.rand(4)"}

    def test_the_shape_that_the_text_gives(self, mend: Mend) -> None:
        code = "import torch\nb, t, d = h.shape\nprint(h.transpose(1, 2).shape)"
        (repair,) = mend(card(code, prose="A tensor of the shape (5, 7, 9) is turned."))
        assert assumed(repair) == {"h": "torch.rand(5, 7, 9)"}
        assert printed(repair) == "torch.Size([5, 9, 7])\n"

    def test_a_chosen_side_gives_way_to_the_stated_one(self, mend: Mend) -> None:
        code = (
            "import torch\nmask = torch.ones(block_size, block_size).bool()\nprint(scores.masked_fill(mask, 0.0).shape)"
        )
        (repair,) = mend(card(code, prose="The block size is 6."))
        assert assumed(repair) == {"block_size": "6", "scores": "torch.rand(6, 6)"}


@pytest.mark.parametrize(
    ("code", "values"),
    [
        (
            "import numpy as np\nprint(np.dot(M, v))",
            {
                "M": "np.array([[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])",
                "v": "np.array([1.0, 2.0, 3.0])",
            },
        ),
        (
            "import numpy as np\nx = np.linalg.solve(m, b)",
            {
                "m": "np.array([[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])",
                "b": "np.array([1.0, 2.0, 3.0])",
            },
        ),
        (
            "import torch\nstarts = torch.randint(len(text_ids) - 5, (3,))\nx = torch.stack([text_ids[i:i + 5] for i in starts])",
            {"text_ids": "torch.arange(100)"},
        ),
        (
            "import torch\nmask = (src != pad_idx).unsqueeze(-2)\nprint(mask.shape)",
            {"src": "torch.tensor([[0, 1, 2, 3], [3, 2, 1, 0]])", "pad_idx": "0"},
        ),
        (
            "import torch\nfake = generator(torch.randn(3, 7))\nprint(fake[0].view(2, 5).shape)",
            {"generator": "nn.Linear(7, 10)"},
        ),
        (
            "import torch\nb, n, d = x.shape\nx = x.view(b, n, num_heads, head_dim)",
            {"x": "torch.rand(2, 3, 4)", "num_heads": "1", "head_dim": "4"},
        ),
        (
            "for group in optimizer.param_groups:\n    group['lr'] = initial_lr + lr_step",
            {
                "optimizer": "torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)",
                "initial_lr": "0.001",
                "lr_step": "0.001",
            },
        ),
    ],
)
def test_what_fits_the_rest_of_the_program(mend: Mend, code: str, values: dict[str, str]) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair) == values


def test_what_both_go_into_models_are_no_labels(mend: Mend) -> None:
    code = "import torch\nfor A, B in loader:\n    print(gen_a(A).shape == gen_b(B).shape)"
    (repair,) = mend(card(code))
    batch = "(torch.arange(8.).reshape(2, 4), torch.arange(8.).reshape(2, 4))"
    assert assumed(repair)["loader"] == f"[{batch}, {batch}]"


def test_an_encoder_and_a_decoder_fit_each_other(mend: Mend) -> None:
    code = "import torch\nx = torch.rand(2, 6)\ndecoded = decoder(encoder(x))\nprint(torch.nn.functional.mse_loss(decoded, x).shape)"
    (repair,) = mend(card(code))
    assert printed(repair) == "torch.Size([])\n"
    assert set(assumed(repair)) == {"encoder", "decoder"}


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("kept = look_mask * torch.softmax(rows, dim=-1)", {"look_mask": "torch.tril(torch.ones(3, 4))"}),
        ("kept = attn_weights * mask_small", {"mask_small": "torch.tril(torch.ones(3, 4))"}),
        ("kept = (1 / m) * torch.exp(rows)", {"m": "2.0"}),
        ("seen = torch.exp(real_imgs)\nn = real_imgs.size(0)", {"real_imgs": "torch.rand(4, 3, 8, 8)"}),
        ("seen = real_imgs.detach()", {"real_imgs": "torch.rand(4, 3, 8, 8)"}),
    ],
)
def test_masks_counts_and_pictures(mend: Mend, code: str, values: dict[str, str]) -> None:
    (repair,) = mend(card(f"import torch\n{code}"))
    assert assumed(repair).items() >= values.items()


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("print(np.exp(rows - np.max(rows, axis=1, keepdims=True)).shape)", {"rows"}),
        ("print(1 / (1 + np.exp(-(left @ right))))", {"left", "right"}),
    ],
)
def test_a_program_of_numpy_gets_arrays_in_a_book_of_torch_too(mend: Mend, code: str, names: set[str]) -> None:
    (repair,) = mend(card("import numpy as np\n" + code), card("import torch\nprint(torch.ones(2))"))
    assert assumed(repair).keys() == names
    assert all(value.startswith("np.array(") for value in assumed(repair).values())


def test_a_book_of_torch_that_imports_only_parts_of_it_gets_tensors(mend: Mend) -> None:
    (repair,) = mend(card("print((left @ right).shape)"), card("import torch.nn as nn\nprint(nn.ReLU())"))
    assert all(value.startswith("torch.rand(") for value in assumed(repair).values())
    assert assumed(repair)


@pytest.mark.parametrize(
    ("made", "use", "prose", "value"),
    [
        ("np.random.randn(7, 2)", "rows @ w", "", "np.random.rand(2, 7)"),
        ("np.zeros((7, 2))", "np.dot(rows, w)", "", "np.random.rand(2, 7)"),
        ("np.random.randn(7, 2) * 0.1", "rows @ w", "It is a batch of 5 rows.", "np.random.rand(5, 7)"),
        ("np.random.randn(3, 3)", "w @ rows", "", "np.array([1.0, 2.0, 3.0])"),
    ],
)
def test_rows_are_as_wide_as_the_matrix_behind_them_is_high(
    mend: Mend, made: str, use: str, prose: str, value: str
) -> None:
    (repair,) = mend(card(f"import numpy as np\nw = {made}\nprint(({use}).shape)", prose=prose))
    assert assumed(repair) == {"rows": value}
