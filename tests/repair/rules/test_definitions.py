"""Rule `deck-definition`: what other cards define is brought in where it fits, and only there."""

from __future__ import annotations

import pytest

from deckbuild.model import ClaimVerdict, SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import AFAR, TORCH, assumed, card, edits, printed, rules

RULE = "deck-definition"


def test_a_function_with_what_it_needs_itself(mend: Mend) -> None:
    (repair,) = mend(card("print(scaled(4))"), card("FACTOR = 2\ndef scaled(x):\n    return x * FACTOR", line=50))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert rules(repair) == {RULE}
    assert printed(repair) == "8\n"


def test_later_changes_of_an_object_come_along_and_prints_do_not(mend: Mend) -> None:
    other = card("table = {}\nfor k in 'ab':\n    table[k] = ord(k)\nprint('noise')", line=5)
    (repair,) = mend(card("print(table)", line=50), other)
    assert edits(repair) == [(RULE, "", "table = {}\nfor k in 'ab':\n    table[k] = ord(k)")]
    assert printed(repair) == "{'a': 97, 'b': 98}\n"


def test_the_nearest_earlier_definition_is_taken(mend: Mend) -> None:
    (repair,) = mend(card("print(level)", line=80), card("level = 1", line=20), card("level = 2", line=50))
    assert printed(repair) == "2\n"
    assert "book/part1.md:54" in repair.edits[0].evidence


def test_a_later_snippet_of_the_same_card_defines_it(mend: Mend) -> None:
    first, second = mend(card("print(area(3))", "def area(r):\n    return r * r"))
    assert edits(first) == [(RULE, "", "def area(r):\n    return r * r")]
    assert "this card" in first.edits[0].evidence
    assert (printed(first), second.edits) == ("9\n", ())


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("pick = [1, 2]", "a list is not called"),
        ("def pick(a, b):\n    return a", "two arguments are wanted"),
        ("def pick(n):\n    pass", "a stub"),
        ("def pick(n):\n    return missing_thing.part[n]", "it cannot run itself"),
    ],
)
def test_a_nearer_definition_that_does_not_fit_is_passed_over(mend: Mend, wrong: str, why: str) -> None:
    right = card("def pick(n):\n    return n + 1", line=20)
    (repair,) = mend(card("print(pick(2))", line=80), right, card(wrong, line=50))
    assert printed(repair) == "3\n", why


def test_a_row_that_is_too_short_is_passed_over(mend: Mend) -> None:
    long, short = card("seq = [1, 2, 3, 4]", line=20), card("seq = list('ab')", line=50)
    (repair,) = mend(card("i = 3\nprint(seq[i])", line=80), long, short)
    assert printed(repair) == "4\n"


@pytest.mark.parametrize("definition", ["def double(x):\n    pass", "def double(x, y):\n    return x", "double = 3"])
def test_nothing_is_made_up_for_a_function_that_does_not_fit(mend: Mend, definition: str) -> None:
    (repair,) = mend(card("print(double(4))"), card(definition, line=50))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.edits == ()


def test_functions_and_constants_come_from_other_files_and_data_does_not(mend: Mend) -> None:
    function = card("def double(x):\n    return 2 * x", line=5, source=AFAR)
    constant = card("WIDTH_MM = 12", line=15, source=AFAR)
    data = card("rows = [7, 8]", line=25, source=AFAR)
    assert printed(mend(card("print(double(4))"), function)[0]) == "8\n"
    assert printed(mend(card("print(WIDTH_MM)"), constant)[0]) == "12\n"
    (repair,) = mend(card("print(rows[0])"), data)
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert RULE not in rules(repair)


def test_a_later_card_gives_data_only_under_a_telling_name(mend: Mend) -> None:
    (repair,) = mend(card("print(planets[0])"), card("planets = ['Mars', 'Venus']", line=50))
    assert printed(repair) == "Mars\n"
    (repair,) = mend(card("print(data[0])"), card("data = [7, 8]", line=50))
    assert list(assumed(repair)) == ["data"]


def test_a_tensor_of_another_size_than_the_text_names_is_foreign(mend: Mend) -> None:
    code = TORCH + "conv = nn.Conv2d(1, 1, 3)\nprint(conv(img).shape)"
    other = card("import torch\nimg = torch.ones(1, 1, 9, 9)", line=5)
    (repair,) = mend(card(code, prose="A convolution takes a 5x5 input image.", line=50), other)
    assert RULE not in rules(repair)
    assert printed(repair) == "torch.Size([1, 1, 3, 3])\n"
    (repair,) = mend(card(code, prose="A convolution takes a 9x9 input image.", line=50), other)
    assert RULE in rules(repair)
    assert repair.assumptions == ()


@pytest.mark.parametrize(
    ("prose", "fits"),
    [
        ("The scores form a 6x6 matrix.", True),
        ("The result is a (6, 2) tensor.", True),
        ("An input of 5x5 is taken.", False),
        ("The 5x5 image is taken.", False),
    ],
)
def test_only_the_size_of_an_input_speaks_against_data_of_a_card_before(mend: Mend, prose: str, fits: bool) -> None:
    other = card("import torch\nrows = torch.ones(6, 3)", line=20)
    (repair,) = mend(card("print((rows @ rows.T).shape)", prose=prose, line=60), other)
    assert (repair.verdict is SnippetVerdict.CORRECTED) is fits


def test_a_name_of_one_letter_is_taken_only_from_a_few_cards_before(mend: Mend) -> None:
    near, later = card("def f(x):\n    return x + 1", line=20), card("def f(x):\n    return x + 1", line=90)
    (repair,) = mend(card("print(f(2))", line=60), near)
    assert printed(repair) == "3\n"
    (repair,) = mend(card("print(f(2))", line=60), later)
    assert repair.verdict is SnippetVerdict.FAILED
    between = [card(f"part{n} = {n}", line=100 + n) for n in range(20)]
    (repair,) = mend(card("print(f(2))", line=600), near, *between)
    assert repair.verdict is SnippetVerdict.FAILED


def test_a_name_that_says_nothing_is_not_taken_where_the_card_states_another_result(mend: Mend) -> None:
    other = card("def f(x):\n    return 2 * x", line=20)
    (right,) = mend(card("print(f(4))  # Output: 8", line=60), other)
    assert right.verdict is SnippetVerdict.CORRECTED
    (wrong,) = mend(card("print(f(4))  # Output: 2.5", line=60), other)
    assert wrong.verdict is SnippetVerdict.FAILED


def test_a_body_that_nothing_runs_gets_functions_and_no_values(mend: Mend) -> None:
    others = [card("MASS = 3", line=20), card("def half(x):\n    return x / 2", line=40)]
    (repair,) = mend(card("def push(v):\n    return half(v) * MASS", line=60), *others)
    assert [after for _, _, after in edits(repair)] == ["def half(x):\n    return x / 2"]


@pytest.mark.parametrize(("setting", "origin"), [("DEVICE", "y = torch.ones(2, 4, device=DEVICE)"), ("Odd", None)])
def test_a_setting_in_capitals_that_the_deck_lacks_hinders_no_definition(
    mend: Mend, setting: str, origin: str | None
) -> None:
    this = card(TORCH + "layer = nn.Linear(4, 3)\nprint(layer(y).shape)", line=40)
    (repair,) = mend(this, card(TORCH + f"y = torch.ones(2, 4, device={setting})"))
    assert [after for rule, _, after in edits(repair) if rule == RULE] == ([origin] if origin else [])


def test_what_a_loop_of_another_card_runs_through_is_no_definition(mend: Mend) -> None:
    other = card("import torch\nfor images in [torch.ones(2)]:\n    print(images)", line=20)
    (repair,) = mend(card("import torch\nprint(images[0].permute(1, 2, 0).shape)", line=60), other)
    assert RULE not in rules(repair)


def test_a_class_that_cannot_be_indexed_is_not_what_an_annotation_means(mend: Mend) -> None:
    code = "def count(n: int) -> Generator[int, None, None]:\n    yield n\nprint(list(count(3)))"
    (repair,) = mend(card(code, line=60), card("class Generator:\n    def go(self):\n        return 1", line=20))
    assert edits(repair) == [("missing-import", "", "from typing import Generator")]


def test_a_model_that_was_moved_to_a_device_is_the_decks_own(mend: Mend) -> None:
    made = card(TORCH + "device = 'cpu'\nG = nn.Sequential(nn.Linear(5, 7), nn.Tanh()).to(device)", line=20)
    (repair,) = mend(card("import torch\nprint(G(torch.ones(2, 5)).shape)", line=60), made)
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.CORRECTED, "torch.Size([2, 7])\n")


def test_nothing_stands_in_for_a_model_that_the_file_makes(mend: Mend) -> None:
    made = card(TORCH + "net = nn.Linear(far_too_wide, 7)", line=20)
    (repair,) = mend(card("import torch\nprint(net(torch.ones(2, 5)).flip(9).shape)", line=60), made)
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


def test_a_model_of_one_letter_is_the_chapters_own_throughout(mend: Mend) -> None:
    made = card(TORCH + "G = nn.Linear(5, 7)", line=20)
    between = [card(f"part{n} = {n}", line=100 + n) for n in range(20)]
    (repair,) = mend(card("import torch\nprint(G(torch.ones(2, 5)).shape)", line=600), made, *between)
    assert printed(repair) == "torch.Size([2, 7])\n"


def test_the_books_way_to_choose_a_device_is_taken_from_any_file(mend: Mend) -> None:
    chosen = "device = 'cuda' if torch.cuda.is_available() else 'cpu'"
    other = card(f"import torch\n{chosen}\nlevel = 3", line=20, source=AFAR)
    (repair,) = mend(card("import torch\nprint(torch.ones(1, device=device).device)", line=60), other)
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.CORRECTED, "cpu\n")
    (repair,) = mend(card("print(level * 2)", line=60), other)
    assert repair.verdict is SnippetVerdict.COMPLETED


def test_nothing_stands_in_for_a_module_that_cannot_be_had(mend: Mend) -> None:
    (repair,) = mend(card("print(np.linspace(0, 1, 3).frobnicate(torch.arange(2)))"))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())


def test_what_a_loop_makes_each_time_is_no_definition(mend: Mend) -> None:
    loop = card("for batch in [(1, 2), (3, 4)]:\n    left, right = batch\n    both = left + right\n", line=5)
    (repair,) = mend(card("print(both * 2.0)", line=40), loop)
    assert "deck-definition" not in rules(repair)


def test_what_a_loop_adds_up_is_one(mend: Mend) -> None:
    loop = card("grand_sum = 0\nfor n in range(4):\n    grand_sum = grand_sum + n\n", line=5)
    (repair,) = mend(card("print(grand_sum * 2.0)", line=40), loop)
    assert "deck-definition" in rules(repair)


@pytest.mark.parametrize(
    ("calls", "verdict"),
    [
        ("print(ratio(low, high))", SnippetVerdict.FAILED),
        ("print(ratio(high, low), ratio(low, high))", SnippetVerdict.CORRECTED),
        ("print(ratio(low, low))", SnippetVerdict.CORRECTED),
    ],
    ids=["crossed", "both ways", "one name twice"],
)
def test_a_function_whose_parameters_bear_each_others_names_is_another_one(
    mend: Mend, calls: str, verdict: SnippetVerdict
) -> None:
    other = card("def ratio(high, low):\n    return high / low", line=20)
    (repair,) = mend(card(f"low, high = 2, 8\n{calls}", line=60), other)
    assert repair.verdict is verdict


def test_a_function_below_its_call_is_taken_up_and_a_value_is_not(mend: Mend) -> None:
    (function,) = mend(card("print(area(3))\ndef area(r):\n    return r * r"))
    assert printed(function) == "9\n"
    (value,) = mend(card("print(radius + 1)\nprint('done')\nradius = 3"))
    assert (value.verdict, value.edits) == (SnippetVerdict.FAILED, ())


@pytest.mark.parametrize(
    ("call", "out"),
    [("shift(mass, speed, 2)", "24\n"), ("shift(mass, 3, 2)", "-7\n"), ("shift(width, height, 2)", "-7\n")],
    ids=["two names agree", "one may by chance", "none does"],
)
def test_the_names_of_arguments_tell_which_function_is_meant(mend: Mend, call: str, out: str) -> None:
    near = card("def shift(a, b, c):\n    return a - b * c - 5", line=50)
    far = card("def shift(mass, speed, times):\n    return mass * speed * times", line=90)
    (repair,) = mend(card(f"mass = width = 4\nspeed = height = 3\nprint({call})", line=60), near, far)
    assert printed(repair) == out


@pytest.mark.parametrize(
    ("stated", "tried", "verdict"),
    [("16", None, ClaimVerdict.CONFIRMED), ("10", 2, ClaimVerdict.ASSUMED)],
    ids=["by the nearest", "by one further off"],
)
def test_a_claim_that_chose_between_definitions_paid_for_it(
    judged: Judged, stated: str, tried: int | None, verdict: ClaimVerdict
) -> None:
    others = card("n = 5", line=20), card("n = 8", line=50)
    (repair,), (claim,) = judged(card(f"print(2 * n)  # {stated}", line=80), *others)
    assert repair.tried == tried
    assert claim.verdict is verdict


def test_nor_is_one_taken_in_its_place_that_only_takes_as_many(mend: Mend) -> None:
    crossed = card("def mix(base, step, high, low):\n    return base + step * (high - low)", line=20)
    other = card("def mix(a, b, c, d):\n    return a", line=30)
    code = "base = step = 1\nlow, high = 2, 8\nprint(mix(base, step, low, high))"
    (repair,) = mend(card(code, line=60), crossed, other)
    assert repair.verdict is SnippetVerdict.FAILED


def test_a_value_that_the_card_makes_itself_is_no_other_cards(mend: Mend) -> None:
    other = card("rates = [4, 5, 6]", line=20)
    asked = "print(rates[0])"
    (alone,) = mend(card(asked, line=60), other)
    assert (alone.verdict, printed(alone)) == (SnippetVerdict.CORRECTED, "4\n")
    _, repair = mend(card("rates = read_rates_from_the_bank()", asked, line=60), other)
    assert RULE not in rules(repair)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "rates: list[int] = [4, 5, 6]",
        "rates = []\nfor n in range(3):\n    rates = [*rates, n]",
        "import contextlib\nwith contextlib.nullcontext([4, 5]) as rates:\n    pass",
        "rates = [4]\nrates += [5]",
    ],
)
def test_however_the_other_card_binds_it(mend: Mend, elsewhere: str) -> None:
    other = card(elsewhere, line=20)
    (alone,) = mend(card("print(rates[0] * 2)", line=60), other)
    assert RULE in rules(alone)
    for own in ("rates = read_rates()", "rates: list[int] = read_rates()", "with read_rates() as rates:\n    pass"):
        repair = mend(card(own, "print(rates[0] * 2)", line=60), other)[1]
        assert RULE not in rules(repair)


LOOP = "for row in ([2, 3], [4, 5]):\n    print(row[0] * {name}[0])\n    {name} = row"


def test_what_a_loop_makes_too_late_is_not_what_another_cards_loop_left(mend: Mend) -> None:
    left = card("for i in range(2):\n    pair = [i, i]\n    print(pair)", line=20)
    first = card("pair = [7, 7]", line=20)
    assert RULE not in rules(mend(card(LOOP.format(name="pair"), line=60), left)[0])
    assert printed(mend(card(LOOP.format(name="pair"), line=60), first)[0]) == "14\n8\n"


def test_the_nearest_is_taken_though_a_farther_one_is_shorter(mend: Mend) -> None:
    far = card("level = 1", line=20)
    near = card("words = 'a b c'.split()\nnumbers = [ord(w) for w in words]\nlevel = max(numbers) - 95", line=40)
    (repair,) = mend(card("print(level)", line=80), far, near)
    assert printed(repair) == "4\n"


def test_the_same_value_is_no_other(mend: Mend) -> None:
    late = "print([0] * width)\nwidth = {}"
    other = card("width = 2", line=20)
    (same,) = mend(card(late.format(2), line=60), other)
    assert printed(same) == "[0, 0]\n"
    (another,) = mend(card(late.format(3), line=60), other)
    assert another.verdict is SnippetVerdict.FAILED


def test_a_function_comes_from_another_card_though_the_card_calls_something_so(mend: Mend) -> None:
    made = card("def rates():\n    return 4", line=20)
    _, repair = mend(card("rates = read_rates_from_the_bank()", "print(rates() + 1)", line=60), made)
    assert printed(repair) == "5\n"


def test_an_optimizer_of_another_model_is_passed_over(mend: Mend) -> None:
    models = "net = nn.Linear(2, 1)\nencoder = nn.Linear(2, 1)\n"
    own = card(f"{TORCH}{models}optimizer = torch.optim.SGD(net.parameters(), lr=1.0)", line=20)
    near = card("optimizer = torch.optim.SGD(encoder.parameters(), lr=0.5)", line=40)
    step = "net(torch.ones(1, 2)).sum().backward()\noptimizer.step()\nprint(optimizer.param_groups[0]['lr'])"
    (repair,) = mend(card("import torch\n" + step, line=60), own, near)
    assert printed(repair) == "1.0\n"
    (repair,) = mend(card("print(optimizer.param_groups[0]['lr'])", line=60), own, near)
    assert printed(repair) == "0.5\n"


def test_lines_cut_from_a_method_define_nothing(mend: Mend) -> None:
    cut = card("import torch\nscores = torch.ones(2, 3)\nweights = self.dropout(scores)", line=20)
    (repair,) = mend(card("import torch\nprint((torch.ones(2, 3) * weights).shape)", line=60), cut)
    assert RULE not in rules(repair)
    assert assumed(repair).keys() == {"weights"}


def test_nothing_stands_in_for_the_object_of_a_method(mend: Mend) -> None:
    (repair,) = mend(card("import torch\nprint(torch.ones(2) * self)"))
    assert repair.assumptions == ()


@pytest.mark.parametrize(
    ("later", "prose", "taken"),
    [
        ("tab = [7, 9, 7]", "The row holds 7, 9 and 7.", True),
        ("tab = [7, 9, 7]", "The row holds 9 and 7.", False),
        ("tab = [0] * 5", "Counting begins at 0, not at 1.", False),
        ("tab = [0, 0, 0]", "It holds 0, 0, 0.", False),
        ("tab = [1, 5]", "Counted from 1.5 on.", False),
    ],
)
def test_a_text_quotes_a_row_by_different_entries_in_their_order(
    mend: Mend, later: str, prose: str, taken: bool
) -> None:
    (repair,) = mend(card("print(tab[0] + tab[1])", prose=prose), card(later, line=60))
    assert (repair.verdict is SnippetVerdict.CORRECTED) is taken
    assert taken or assumed(repair).keys() == {"tab"}


@pytest.mark.parametrize(("name", "telling"), [("Hzz", True), ("w_q", False), ("tab", False)])
def test_three_letters_tell_something_where_they_are_a_symbol(mend: Mend, name: str, telling: bool) -> None:
    (repair,) = mend(card(f"{name}[0] = {name}[1]"), card(f"{name} = [3, 5]", line=60))
    assert (RULE in rules(repair)) is telling


def test_what_several_later_cards_say_in_the_same_words_is_taken(mend: Mend) -> None:
    use = card("tab[0] = tab[1]\nprint(tab)")
    same = [card("tab = [3, 5]", line=60), card("tab = [3, 5]", line=90)]
    assert printed(mend(use, *same)[0]) == "[5, 5]\n"
    (repair,) = mend(use, same[0], card("tab = [3, 6]", line=90))
    assert RULE not in rules(repair)


def test_more_definitions_that_are_not_meant_leave_a_card_no_worse_off(mend: Mend) -> None:
    use = card("".join(f"{n}[0] = {n}[1] * 2\n" for n in ("tab", "row", "lot", "bin_")))
    others = [
        card(f"tab = [{n}, 5]\nrow = [{n}, 6]\nlot = [{n}, 7]\nbin_ = [{n}, 8]", line=60 + 30 * n) for n in range(5)
    ]
    (alone,) = mend(use)
    (among,) = mend(use, *others)
    assert alone.verdict is among.verdict is SnippetVerdict.COMPLETED
    assert assumed(among).keys() >= {"tab", "row", "lot"}


def test_a_class_that_starts_its_weights_is_brought_for_one_that_is_made_of_it(mend: Mend) -> None:
    inner = "class Inner(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.w = nn.Parameter(torch.empty(2, 2))\n"
    inner += "        torch.nn.init.ones_(self.w)\n    def forward(self, x):\n        return x @ self.w"
    outer = (
        "class Outer(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.inner = Inner()\n"
    )
    outer += "    def forward(self, x):\n        return self.inner(x)\nprint(Outer()(torch.ones(1, 2)))"
    (repair,) = mend(card(TORCH + outer, line=60), card(TORCH + inner))
    assert printed(repair) == "tensor([[2., 2.]], grad_fn=<MmBackward0>)\n"
