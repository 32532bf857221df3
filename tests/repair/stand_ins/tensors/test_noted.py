"""Shapes that a card notes beside its code."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from deckbuild.repair.stand_ins.reading.notes import notes, spoken
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("# q: (B, T, D)\nx = q + 1", [("q", ("B", "T", "D"))]),
        ("# q shape: [2, 8]", [("q", ("2", "8"))]),
        ("# q has the shape (2, 8), k has shape (B, 8)", [("q", ("2", "8")), ("k", ("B", "8"))]),
        ("q = q.transpose(1, 2)  # (B, T, H, D) -> (B, H, T, D)", [("q", ("B", "T", "H", "D"))]),
        ("y = norm(x)  # (B, T) → (B, T)", [("x", ("B", "T"))]),
        (
            "s = q @ k.transpose(-2, -1)  # (B, T, D) @ (B, D, S) = (B, T, S)",
            [("q", ("B", "T", "D")), ("k", ("B", "S", "D"))],
        ),
        ("y = (w @ v).transpose(1, 2)  # (B, H, T, D) → (B, T, H, D)", [("v", ("B", "H", "T", "D"))]),
    ],
)
def test_what_is_noted_of_a_name(code: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(n.name, n.dims) for n in notes((code,))] == found


@pytest.mark.parametrize(
    "code",
    [
        "y = q + 1  # (B, T, D)",
        "# → (B, T, D)",
        "# q: (B, T / 2)",
        "# q: (B)",
        "# it reshapes so that q has (2, 8) entries",
        "# first the rows of q (B, T), then the rest",
        "q = torch.ones(2, 3)\n# q: (B, T)",
        "y = torch.exp(2)  # (B, T) → (B, T)",
        "for i in q:  # (B, T) → (B, T)",
    ],
)
def test_what_a_line_gives_and_remarks_are_no_notes(code: str) -> None:
    assert notes((code,)) == ()


@pytest.mark.parametrize(
    ("prose", "names"),
    [
        ("- `w @ v`: `(B, T, T) @ (B, T, D)` → `(B, T, D)`.", {"w", "v"}),
        ("`q`: `(B, T)`, `k` has the shape [2, 3].", {"q", "k"}),
        ("`q`: gives `(B, T)`. It is (B, T) that `k` has.", set()),
        ("`out`: `(B, T)`.", set()),
        ("`out @ v`: `(B, T, T) @ (B, T, D)` → `(B, T, D)`.", {"out", "v"}),
    ],
)
def test_the_text_may_note_shapes_too(prose: str, names: set[str]) -> None:
    assert {n.name for n in notes(("out = f(x)",), prose)} == names


def test_all_shapes_of_comments_are_spoken_of() -> None:
    assert spoken(("x = f(a, b)  # (B, T) → [B, 3]\n# (B, T)",)) == (("B", "T"), ("B", "3"))


@pytest.mark.parametrize(
    ("code", "values"),
    [
        (
            "# q: (B, H, T, D)\n# k: (B, H, T, D)\nout = (q @ k.transpose(-2, -1) @ k).transpose(1, 2).reshape(B, T, C)  # (B, T, H, D) → (B, T, C)",
            {"q": "torch.rand(2, 2, 3, 4)", "k": "torch.rand(2, 2, 3, 4)", "B": "2", "T": "3", "C": "8"},
        ),
        (
            "out = rows @ cols  # [6, 2, 3] @ [6, 3, 5] = [6, 2, 5]",
            {"rows": "torch.rand(6, 2, 3)", "cols": "torch.rand(6, 3, 5)"},
        ),
        (
            "T = 6\n# q: (N, T)\nout = torch.exp(q)",
            {"q": "torch.rand(2, 6)"},
        ),
        (
            "# q: (N, both)\n# both = width × 2, that is, both = left * right\n# k: (left, right)\nout = q.sum() + k.sum()",
            {"q": "torch.rand(2, 20)", "k": "torch.rand(4, 5)"},
        ),
    ],
)
def test_equal_letters_are_equal_numbers(mend: Mend, code: str, values: dict[str, str]) -> None:
    (repair,) = mend(card("import torch\n" + code))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair) == values


def test_letters_of_the_text_are_numbers_as_well(mend: Mend) -> None:
    (repair,) = mend(card("import torch\nout = w @ v", prose="`w @ v`: `(B, T, T) @ (B, T, D)` → `(B, T, D)`."))
    assert assumed(repair) == {"w": "torch.rand(2, 3, 3)", "v": "torch.rand(2, 3, 4)"}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("# spot: (x, y)\nprint(torch.ones(2), spot[0])", "spot"),
        ("# q: (i, j)\nprint([5, 6, 7][i], torch.exp(q).shape)", "i"),
    ],
)
def test_what_is_no_tensor_and_no_side_of_one_is_left_to_others(mend: Mend, code: str, name: str) -> None:
    (repair,) = mend(card("import torch\n" + code))
    assert all("notes" not in a.why and "writes" not in a.why for a in repair.assumptions if a.name == name)
