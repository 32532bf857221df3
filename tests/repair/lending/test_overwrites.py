"""What is brought in from elsewhere never takes the card's own values from it."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

TABLE = "table = [[1, 1], [1, 1], [1, 1]]\nheight = len(table)"


@pytest.mark.parametrize(
    ("own", "out"),
    [
        ("table = [[2, 3]]\nprint(height, table)", "3 [[2, 3]]\n"),
        ("table = [[2]]\ntable += [[4]]\nprint(height, table)", "3 [[2], [4]]\n"),
        ("for table in (5, 6):\n    pass\nprint(height, table)", "3 6\n"),
        ("import io\nwith io.StringIO('abc') as table:\n    print(height, table.read())", "3 abc\n"),
        ("import math as table\nprint(height, int(table.pi))", "3 3\n"),
        ("def table():\n    return 7\nprint(height, table())", "3 7\n"),
        ("class table:\n    rows = 7\nprint(height, table.rows)", "3 7\n"),
        ("if (table := [7]):\n    print(height, table)", "3 [7]\n"),
        ("n = 0\nwhile n < 2:\n    table = n\n    n += 1\nprint(height, table)", "3 1\n"),
        ("first, *table = 7, 8\nprint(height, table)", "3 [8]\n"),
        ("table = 1\ndel table\ntry:\n    print(table)\nexcept NameError:\n    print('gone', height)", "gone 3\n"),
        ("table = [7]\ndef show():\n    return height, table\nprint(show())", "(3, [7])\n"),
    ],
)
def test_a_slice_stands_above_what_the_card_binds_itself(mend: Mend, own: str, out: str) -> None:
    (repair,) = mend(card(own, line=50), card(TABLE))
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.CORRECTED, out)


@pytest.mark.parametrize(
    ("other", "first", "name"),
    [
        (TABLE, "table = [[2, 3]]", "height"),
        (TABLE, "def table():\n    return 7", "height"),
        (TABLE, "import math as table", "height"),
        (TABLE, "table = 1\ndel table", "height"),
        (TABLE, "def set_up():\n    global table\n    table = [7]\nset_up()", "height"),
        ("table, height = [1, 2, 3], 3", "table = [7]", "height"),
        ("height = len(table := [1, 2, 3])", "table = [7]", "height"),
        ("table = [1, 2]\ntable.append(3)\nheight = len(table)", "table = [1, 2]", "height"),
        ("table = [1, 2]\nview = table\nview.append(3)\nheight = len(view)", "table = [1, 2]", "height"),
        ("table = [1, 2]\ntable[0] = 9\nheight = sum(table)", "table = [1, 2]", "height"),
        ("table = [1, 2]\nheight = table.pop()", "table = [1, 2]", "height"),
        ("table = iter([1, 2])\nheight = next(table)", "table = iter([1, 2])", "height"),
        (
            "def grow(rows):\n    rows.append(9)\n    return len(rows)\ntable = [1, 2]\nheight = grow(table)",
            "table = [1, 2]",
            "height",
        ),
        ("def height():\n    global table\n    table = [1]\n    return 1", "table = [7]", "height"),
    ],
)
def test_it_is_refused_where_an_earlier_block_binds_it_and_the_card_is_told(
    mend: Mend, other: str, first: str, name: str
) -> None:
    _, repair = mend(card(first, f"print({name}, table)", line=50), card(other))
    assert repair.verdict is SnippetVerdict.FAILED
    assert f"'{name}' is not defined here" in repair.why
    assert "would set this card's own `table` anew" in repair.why


def test_a_change_in_place_is_none_of_the_cards_own_object(mend: Mend) -> None:
    import_line = "import torch\n"
    other = card(f"{import_line}w = torch.zeros(2)\nw.copy_(torch.ones(2))\nweight = w.sum().item()")
    (repair,) = mend(card(f"{import_line}w = torch.zeros(2)\nprint(weight, w.sum().item())", line=50), other)
    assert printed(repair) == "2.0 0.0\n"


def test_names_of_functions_own_and_of_other_fate_are_left_alone(mend: Mend) -> None:
    local = card("def show():\n    table = [7]\n    return table", "print(height, show())", line=50)
    assert printed(mend(local, card(TABLE))[1]) == "3 [7]\n"
    passing = card("for i in range(3):\n    pass", "print(total)", line=50)
    assert printed(mend(passing, card("total = 0\nfor i in range(5):\n    total += i"))[1]) == "10\n"


def test_the_variable_of_a_loop_that_is_read_again_is_the_cards_own(mend: Mend) -> None:
    read = card("for i in range(3):\n    pass", "print(total, i)", line=50)
    assert mend(read, card("total = 0\nfor i in range(5):\n    total += i"))[1].verdict is SnippetVerdict.FAILED


def test_what_is_made_of_the_cards_own_value_stands_below_it(mend: Mend) -> None:
    same = card("rows = [1, 2]\nprint(count, rows)", line=50)
    (repair,) = mend(same, card("rows = [1, 2]\ncount = len(rows)"))
    assert repair.outcome is not None
    assert repair.code == "rows = [1, 2]\ncount = len(rows)\nprint(count, rows)\n"


def test_an_optimizer_steps_the_cards_own_model(mend: Mend) -> None:
    made = "import torch\nfrom torch import nn\nmodel = nn.Linear({}, 1)\n"
    other = card(made.format(2) + "optimizer = torch.optim.SGD(model.parameters(), lr=0.5)")
    steps = "model(torch.ones(1, 3)).sum().backward()\nb = model.bias.item()\noptimizer.step()\n"
    own = card(made.format(3), steps + "print(round(b - model.bias.item(), 3))", line=50)
    repair = mend(own, other)[1]
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.CORRECTED, "0.5\n")


def test_a_function_of_a_card_before_reads_the_cards_own_global(mend: Mend) -> None:
    scaled = "factor = 2\ndef scaled(x):\n    return x * factor"
    use = ("factor = 10", "print(scaled(4), factor)")
    assert printed(mend(card(*use, line=50), card(scaled))[1]) == "40 10\n"
    assert mend(card(*use, line=5), card(scaled, line=50))[1].verdict is SnippetVerdict.FAILED


@pytest.mark.parametrize("use", ["print(double)\nprint(total)", "print(total)\nprint(double)\nprint(total)"])
def test_what_a_slice_makes_on_its_way_is_not_the_nearest(mend: Mend, use: str) -> None:
    far, near = card("total = 100\ndouble = total * 2"), card("total = 7", line=30)
    (repair,) = mend(card(use, line=50), far, near)
    assert set(printed(repair).split()) == {"200", "7"}


def test_nor_does_it_mend_lines_in_the_wrong_order(mend: Mend) -> None:
    (repair,) = mend(card("print(height)\nprint(table)\ntable = [7]", line=50), card(TABLE))
    assert repair.verdict is SnippetVerdict.FAILED


def test_nor_does_it_give_what_a_block_of_the_card_makes_that_does_not_run(mend: Mend) -> None:
    _, repair = mend(card("table = read_rows()", "print(height, table)", line=50), card(TABLE))
    assert repair.verdict is SnippetVerdict.FAILED
    _, other = mend(card("rows = read_rows()", "print(height, table)", line=50), card(TABLE))
    assert printed(other) == "3 [[1, 1], [1, 1], [1, 1]]\n"


def test_a_card_that_lends_a_variable_of_its_loop_keeps_no_other_from_giving_the_name(mend: Mend) -> None:
    near = card("import math\ntable = [0] * 4\nfor i in range(4):\n    table[i] = math.pi", line=40)
    (repair,) = mend(card("print(table[i] * 10)", line=60), card("table = [5, 6]", line=20), near)
    assert assumed(repair).keys() == {"i"}
    assert printed(repair) in ("50\n", "60\n")
    (repair,) = mend(card("print(table[0])", line=60), card("table = [5, 6]", line=20), near)
    assert printed(repair).startswith("3.14")
