"""Plain values, settings, tensors and what is looped over, told from their use."""

from __future__ import annotations

import ast

import pytest

from deckbuild.model import SnippetVerdict
from deckbuild.repair.stand_ins.reading.constants import constants, evaluate, whole
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed


@pytest.mark.parametrize(
    ("code", "name", "value"),
    [
        ("print(sentence.split())", "sentence", "'some text'"),
        ("print([w.upper() for w in nouns])", "nouns", "['first', 'second']"),
        ("print([ord(c) for c in letters])", "letters", "'abc'"),
        ("for i in range(rounds):\n    print(i)", "rounds", "3"),
        ("print(speed * 3)", "speed", "2.0"),
        ("for k, v in ages.items():\n    print(k, v)", "ages", "{'a': 1, 'b': 2}"),
        ("print(box['wide'] * box['high'])", "box", "{'wide': 1, 'high': 2}"),
        ("print(sum(costs))", "costs", "[1, 2, 3]"),
        ("print(grid[0][1])", "grid", "[[1, 2], [3, 4]]"),
        ("import torch\nprint(torch.ones(1, device=device))", "device", "'cpu'"),
        ("print(2 * learning_rate)", "learning_rate", "0.001"),
        ("print(scores[:, -1, :].shape)", "scores", "torch.arange(32.).reshape(2, 4, 4)"),
        ("print(rows.unsqueeze(0).shape)", "rows", "torch.arange(6.).reshape(2, 3)"),
        ("def words(t):\n    return t.split()\nprint(words(given))", "given", "'some text'"),
        ("import torch\nfor part in parts:\n    print(part.unsqueeze(0).shape)", "parts", None),
    ],
)
def test_told_from_its_use(mend: Mend, code: str, name: str, value: str | None) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert list(assumed(repair)) == [name]
    assert value is None or assumed(repair)[name] == value
    assert repair.assumptions[0].why


@pytest.mark.parametrize(
    "code", ["print(thing)", "thing.frobnicate()", "transmogrify(3)", "with portal as p:\n    print(p)", "thing"]
)
def test_nothing_is_guessed_where_the_use_says_nothing(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.FAILED
    assert (repair.assumptions, repair.edits) == ((), ())
    assert repair.error is not None
    assert repair.error.type == "NameError"


def test_a_name_that_only_an_uncalled_function_reads_gets_no_stand_in(mend: Mend) -> None:
    (repair,) = mend(card("def late():\n    return speed * 2"))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.RAN, ())


def test_data_that_the_deck_shows_in_part_stands_in_with_what_is_shown(mend: Mend) -> None:
    (repair,) = mend(card("print(max(depths))", line=60), card("depths = [3.5, 2.25, ...]", line=5))
    assert assumed(repair) == {"depths": "[3.5, 2.25]"}
    assert printed(repair) == "3.5\n"


def test_nothing_is_taken_from_behind_the_gap(mend: Mend) -> None:
    gap = card("steps = [0.0, 0.5, ..., 9.0]", line=5)
    (repair,) = mend(card("for step in steps:\n    print(step)", line=60), gap)
    assert (assumed(repair), printed(repair)) == ({"steps": "[0.0, 0.5]"}, "0.0\n0.5\n")


@pytest.mark.parametrize("code", ["print(depths[-1])", "print(len(depths))", "print(depths[-3:])"])
def test_the_end_of_data_that_are_shown_in_part_is_not_known(mend: Mend, code: str) -> None:
    shown = card("depths = [3.5, 2.25, ...]", line=5)
    (repair,) = mend(card(code, line=60), shown)
    assert "[3.5, 2.25]" not in assumed(repair).values()
    first, second = mend(card("print(depths[0])", code, line=60), shown)
    assert printed(first) == "3.5\n"
    assert second.verdict is SnippetVerdict.FAILED
    assert "only the first entries of `depths` are shown" in second.why


@pytest.mark.parametrize(
    ("code", "name", "value"),
    [
        ("import numpy as np\nprint(train_images[4:20].mean())", "train_images", "np.random.rand(20, 8, 8)"),
        ("print(train_data.mean(axis=0))", "train_data", "np.arange(24.).reshape(8, 3)"),
        ("import numpy as np\nprint(np.unique(y_train))", "y_train", "np.arange(8) % 2"),
        ("import torch\nprint(torch.relu(X_test))", "X_test", "torch.arange(24.).reshape(8, 3)"),
        ("import matplotlib.pyplot as plt\nplt.plot(height, [1, 2, 3, 4, 5])", "height", "[0.0, 1.0, 2.0, 3.0, 4.0]"),
        (
            "import numpy as np\nimport matplotlib.pyplot as plt\nplt.plot(q, np.sin(q))",
            "q",
            "np.linspace(0.1, 10.0, 50)",
        ),
        ("import numpy as np\nfor i in range(1, Nmax - 1):\n    print(np.zeros((Nmax, Nmax))[i, i])", "Nmax", "3"),
        ("import numpy as np\nprint(np.zeros(wide - 5))", "wide", "15"),
        (
            "import numpy as np\nprint(np.sum(rain == 0), np.sum((rain > 0) & (rain < 0.2)))",
            "rain",
            "np.array([0, 0.1, 0.2, 1.2])",
        ),
        ("import numpy as np\nprint(np.zeros(2), (rain > 3).mean())", "rain", "np.array([1.5, 3, 4])"),
        ("import numpy as np\nprint(np.zeros(2), sum([rain > 3]))", "rain", "2.0"),
    ],
)
def test_arrays_curves_and_counts(mend: Mend, code: str, name: str, value: str) -> None:
    (repair,) = mend(card(code))
    assert assumed(repair) == {name: value}


def test_a_table_whose_far_places_are_asked_for_is_not_made_up(mend: Mend) -> None:
    (repair,) = mend(card("print(field[101:202, 1])"))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


@pytest.mark.parametrize(
    ("prose", "value"),
    [
        ("The mean of both rows is taken.", "torch.arange(8.).reshape(2, 4)"),
        ("A table of 3 rows and 5 columns.", "torch.arange(15.).reshape(3, 5)"),
        ("The first row is taken.", "torch.arange(16.).reshape(4, 4)"),
    ],
)
def test_a_table_has_the_rows_and_columns_that_the_text_speaks_of(mend: Mend, prose: str, value: str) -> None:
    (repair,) = mend(card("print(table[0, :].sum())", prose=prose))
    assert assumed(repair) == {"table": value}


@pytest.mark.parametrize(
    ("name", "prose", "value"),
    [
        ("block_size", "We take a block size of 8 here.", "8"),
        ("lr", "The learning rate is 0.01.", "0.01"),
        ("vocab_size", "There are `vocab_size=50,257` tokens.", "50257"),
        ("num_heads", "A layer with 12 attention heads.", "12"),
        ("batch_size", "The block size of 8 is small.", "2"),
        ("num_heads", "A 3 x 4 matrix.", "2"),
    ],
)
def test_a_setting_that_the_text_gives_in_words(mend: Mend, name: str, prose: str, value: str) -> None:
    (repair,) = mend(card(f"print({name} * 2)", prose=prose))
    assert assumed(repair) == {name: value}


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("x = torch.randn(3, latent_dim)\nprint(nn.Linear(100, 5)(x).shape)", {"latent_dim": "100"}),
        ("x = torch.randn(3, latent_dim)\nprint(nn.Linear(4, 5)(x).shape)", {"latent_dim": "4"}),
        ("x = torch.randn(1, n_channels, 5, 5)\nprint(nn.Conv2d(6, 2, 3)(x).shape)", {"n_channels": "6"}),
    ],
)
def test_a_size_that_the_operation_asks_for(mend: Mend, code: str, values: dict[str, str]) -> None:
    (repair,) = mend(card("import torch\nfrom torch import nn\n" + code))
    assert assumed(repair) == values


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("7", 7),
        ("n", 4),
        ("n * 2 + 1", 9),
        ("n // 3", 1),
        ("cfg['heads']", 2),
        ("cfg['sizes'][1]", 4),
        ("-3", None),
        ("n / 2", None),
        ("f(3)", None),
        ("twice", None),
        ("True", None),
        ("loop", None),
        ("n // 0", None),
        ("10 ** 9", None),
    ],
)
def test_whole_numbers_that_a_program_states(expression: str, value: int | None) -> None:
    program = "n = 4\ncfg = {'heads': 2, 'sizes': [1, n]}\ntwice = 1\ntwice = 2\nloop = loop + 1"
    names = constants(ast.parse(program))
    assert whole(ast.parse(expression, mode="eval").body, names) == value


def test_rows_are_evaluated_whole_or_not_at_all() -> None:
    assert evaluate(ast.parse("(1, [2, 3])", mode="eval").body, {}) == (1, (2, 3))
    assert evaluate(ast.parse("(1, q)", mode="eval").body, {}) is None


@pytest.mark.parametrize(
    ("code", "values", "out"),
    [
        ('print(f"{epoch}: {shown:.2f}")', {"epoch": "1", "shown": "0.5"}, "1: 0.50\n"),
        ('print(f"{found:>4d} of {rate:.1%}")', {"found": "1", "rate": "0.5"}, "   1 of 50.0%\n"),
        ("import torch\nprint(f'{torch.ones(1).item() + part.item()}')", {"part": "torch.tensor(0.5)"}, "1.5\n"),
    ],
)
def test_what_is_only_printed_is_told_by_its_format(mend: Mend, code: str, values: dict[str, str], out: str) -> None:
    (repair,) = mend(card(code))
    assert (assumed(repair), printed(repair)) == (values, out)


@pytest.mark.parametrize("code", ['print(f"{thing}")', 'print(f"{thing:>10}")', 'print(f"{thing!r}")'])
def test_what_is_printed_without_a_numbers_format_may_be_anything(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.assumptions == ()


@pytest.mark.parametrize(
    ("code", "value", "out"),
    [
        (
            "import numpy as np\nn = 3\nbatch = np.abs(train_images[8 * n:8 * (n + 1)])\nprint(batch.shape)",
            "np.random.rand(32, 8, 8)",
            "(8, 8, 8)\n",
        ),
        (
            "import numpy as np\nn = 3\nbatch = train_images[8 * n:8 * (n + 1)]\nprint(batch.shape)  # (8, 6, 6)",
            "np.random.rand(32, 6, 6)",
            "(8, 6, 6)\n",
        ),
    ],
)
def test_a_data_set_has_the_rows_that_its_slices_reach_and_the_shape_that_the_card_states(
    mend: Mend, code: str, value: str, out: str
) -> None:
    (repair,) = mend(card(code))
    assert (repair.assumptions[0].value, printed(repair)) == (value, out)


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("rows = [[1, 2], [3, 4]]\nprint(rows[i][0], rows[0][j])", {"i": "1", "j": "0"}),
        ("import torch\nkept = torch.rand(3) > drop_rate\nprint(kept.shape)", {"drop_rate": "0.5"}),
        ("import torch\nkept = torch.rand(3) < keep_prob\nprint(kept.shape)", {"keep_prob": "0.5"}),
    ],
)
def test_places_and_shares_of_one(mend: Mend, code: str, values: dict[str, str]) -> None:
    (repair,) = mend(card(code))
    assert assumed(repair) == values


@pytest.mark.parametrize("name", ["y_true", "labels", "predictions"])
def test_what_there_is_one_of_for_each_example_is_no_number(mend: Mend, name: str) -> None:
    (repair,) = mend(card(f"import numpy as np\nprint(-np.sum({name} * np.log(np.array([0.5, 0.25]))))"))
    assert "2.0" not in assumed(repair).values()


def test_what_is_indexed_by_two_places_is_of_the_library_of_its_file(mend: Mend) -> None:
    code = "for i in range(1, 3):\n    grid[i, 1] = grid[i, 0] * 2"
    (alone,) = mend(card(code))
    (beside,) = mend(card(code), card("import numpy as np\nprint(np.zeros(3))", line=60))
    (both,) = mend(card(code), card("import numpy as np\nimport torch\nprint(np.zeros(3), torch.ones(2))", line=60))
    assert assumed(beside) == {"grid": "np.arange(16.).reshape(4, 4)"}
    assert assumed(alone) == assumed(both) == {"grid": "torch.arange(16.).reshape(4, 4)"}
