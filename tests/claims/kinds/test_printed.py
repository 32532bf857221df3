"""Outputs stated in comments."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract
from deckbuild.model import Assumption, Fault, SnippetVerdict

from ..build import failed, judgements, make_card, plain, run, tensor, verdicts


def stated(code: str) -> list[str]:
    return [c.expected for c in extract(make_card(f"```python\n{code}\n```"))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("print(x)  # Output: [1, 2]", "[1, 2]"),
        ("print(x)  # prints 7", "7"),
        ("f(3)  # -> 9", "9"),
        ("f(3)  # => 9", "9"),
        ("f(3)  # returns 9", "9"),
        ("print(x)  # 0.25", "0.25"),
        ("x + 1  # tensor([2, 3])", "tensor([2, 3])"),
        ("y = x + 1  # tensor([2, 3])", "tensor([2, 3])"),
        ("y = torch.add(x, 1)  # tensor([2, 3])", "tensor([2, 3])"),
        ("print(x)\n# Output:\n# 1\n# 2", "1\n2"),
        ("print(x)\n# Output: 5\n# This is odd", "5"),
        ("print(x)  # tensor([[1, 2],\n          #         [3, 4]])", "tensor([[1, 2],\n        [3, 4]])"),
        ("print(x)  # Expected output: 'done'", "'done'"),
        ("a - b  # Place by place: [[4, 1], [0, 2]]", "[[4, 1], [0, 2]]"),
        ("layer(x).shape\n# torch.Size([2, 4])", "torch.Size([2, 4])"),
        ("print(x)  # Prints 3.0, which is half of y", "3.0"),
        ("print(x)  # None, as nothing was kept", "None"),
        ("print(x)  # [9, 2]  # the copy", "[9, 2]"),
        ("print(x)  # Should be twice y: 2 * y = 8", "8"),
    ],
)
def test_is_recognised(code: str, expected: str) -> None:
    assert stated(code) == [expected]


@pytest.mark.parametrize(
    "code",
    [
        "a * b  # Input: [2, 2]",
        "c = a - b  # Place by place: [[4, 1], [0, 2]]",
        "sort(a)  # Example: 3, 2, 1",
        "layer(x)\n# torch.Size([2, 4])",
        "print(x)  # Output layer with softmax",
        "print(x)  # prints the sum",
        "x = 5  # 5",
        "a = f()  # 1\nb = g()  # 2",
        "print(a)  # 1\nprint(b)  # 2\nprint(c)  # 3",
        "for i in range(3):  # 3",
        "# Output = what the net gives\nprint(x)",
        "def f():  # -> int\n    return 1",
        "s = 'no # Output: 3'",
        "y = net(x)  # Output",
    ],
)
def test_is_left_alone(code: str) -> None:
    assert stated(code) == []


def test_meets_the_print_on_its_line() -> None:
    card = make_card("```python\nprint(a)  # Output: 1\nprint(b)  # Output: 3\n```")
    assert verdicts(card, run(card, printed={2: "1\n", 3: "2\n"})) == [("1", "confirmed", "1"), ("3", "refuted", "2")]


def test_a_block_below_meets_all_prints_since_the_last_comment_or_the_last_one() -> None:
    card = make_card("```python\nprint(a)\nprint(b)\n# Output:\n# 1\n# 2\nprint(c)\n# Output: 3\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: "1\n", 3: "2\n", 7: "3\n"}))] == [
        "confirmed",
        "confirmed",
    ]


def test_an_expression_is_met_by_its_value() -> None:
    card = make_card("```python\nx + 1  # tensor([2, 3])\n```")
    assert verdicts(card, run(card, bound={2: tensor("", [2, 3])}))[0][1] == "confirmed"


def test_a_function_that_prints_is_met_at_its_call() -> None:
    card = make_card("```python\ndef hello():\n    print('hi')\nhello()  # Output: hi\n```")
    assert verdicts(card, run(card, printed={3: "hi\n"}))[0][1] == "confirmed"


def test_what_was_not_reached_is_untested() -> None:
    card = make_card("```python\nprint(a)  # Output: 1\n```")
    assert verdicts(card, run(card)) == [("1", "untested", None)]
    assert verdicts(card, ()) == [("1", "untested", None)]


def test_what_differs_between_runs_is_untested() -> None:
    card = make_card("```python\nprint(a)  # Output: 1\n```")
    assert verdicts(card, run(card, printed={2: "…\n"}))[0][1] == "untested"


@pytest.mark.parametrize(("computed", "verdict"), [("0.019\n", "untested"), ("-3.0\n", "refuted"), ("55\n", "refuted")])
def test_vague_words_are_held_to_sign_and_size(computed: str, verdict: str) -> None:
    card = make_card("```python\nprint(a)  # Output: approximately 0.018\n```")
    assert verdicts(card, run(card, printed={2: computed}))[0][1] == verdict


def test_a_drawn_number_without_a_seed_is_untested_either_way() -> None:
    card = make_card("```python\nx = torch.rand(2)\nprint(x)  # Output: tensor([0.1, 0.2])\n```")
    for text in ("tensor([0.1, 0.2])", "tensor([0.7, 0.9])"):
        assert verdicts(card, run(card, printed={3: text}))[0][1] == "untested"


def test_a_seed_on_the_card_makes_a_drawn_number_decidable() -> None:
    card = make_card("```python\ntorch.manual_seed(3)\nx = torch.rand(2)\nprint(x)  # Output: tensor([0.1, 0.2])\n```")
    assert verdicts(card, run(card, printed={4: "tensor([0.7, 0.9])"}))[0][1] == "refuted"


def test_the_shape_of_something_drawn_rests_on_no_chance() -> None:
    card = make_card("```python\nx = torch.rand(2, 3)\nprint(x.shape)  # Output: torch.Size([2, 3])\n```")
    assert verdicts(card, run(card, printed={3: "torch.Size([2, 3])\n"}))[0][1] == "confirmed"
    assert verdicts(card, run(card, printed={3: "torch.Size([2, 4])\n"}))[0][1] == "refuted"


def test_the_number_of_a_models_parameters_rests_on_no_chance() -> None:
    code = "m = nn.Linear(2, 3)\nprint(sum(p.numel() for p in m.parameters()))  # Output: 9"
    card = make_card(f"```python\n{code}\n```")
    assert verdicts(card, run(card, printed={3: "9\n"}))[0][1] == "confirmed"


def test_numbers_of_a_stand_in_prove_and_disprove_nothing() -> None:
    card = make_card("```python\nprint(x * 2)  # Output: tensor([2, 4])\n```")
    stand_in = [Assumption("x", "torch.tensor([5, 7])", "never defined")]
    for text in ("tensor([2, 4])", "tensor([10, 14])"):
        repairs = run(card, printed={2: text}, assumptions=stand_in, assumed=["x"], setup=["x = torch.tensor([5, 7])"])
        assert verdicts(card, repairs)[0][1] == "untested"


def test_a_claim_that_was_copied_into_the_set_up_is_assumed() -> None:
    card = make_card("```python\nprint(ids)  # Output: [4, 8, 15]\n```")
    repairs = run(
        card,
        printed={2: "[4, 8, 15]\n"},
        assumptions=[Assumption("ids", "[4, 8, 15]", "never defined")],
        assumed=["ids"],
        setup=["ids = [4, 8, 15]"],
    )
    assert verdicts(card, repairs) == [("[4, 8, 15]", "assumed", "[4, 8, 15]")]


def test_data_of_another_card_cannot_refute() -> None:
    card = make_card("```python\nprint(total)  # Output: 6\n```")
    repairs = run(card, printed={2: "7\n"}, setup=["total = 3 + 4"], setup_values=[plain("total", 7)])
    assert verdicts(card, repairs)[0][1] == "untested"
    repairs = run(card, printed={2: "6\n"}, setup=["total = 3 + 3"], setup_values=[plain("total", 6)])
    assert verdicts(card, repairs)[0][1] == "confirmed"


def test_a_snippet_that_failed_refutes_nothing() -> None:
    card = make_card("```python\nprint(a)  # Output: 1\n```")
    assert verdicts(card, run(card, printed={2: "2\n"}, verdict=SnippetVerdict.FAILED))[0][1] == "untested"


def test_the_quote_is_what_stands_in_the_file() -> None:
    card = make_card("```python\nprint(a)  # Output: 1\n```")
    (judgement,) = judgements(card, run(card, printed={2: "1\n"}))
    assert (judgement.claim.text, judgement.claim.line, judgement.claim.kind) == ("# Output: 1", 2, "number")


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("12 parameters", "12"),
        ("Total: 12", "Total: 12"),
        ("3 4", "3 4"),
        ("torch.int64", "torch.int64"),
        ("<class 'int'>", "<class 'int'>"),
    ],
)
def test_behind_a_print_more_is_meant_as_output(comment: str, expected: str) -> None:
    assert stated(f"print('Total:', n)  # {comment}") == [expected]


@pytest.mark.parametrize(
    "comment",
    ["the total", "Note: 3 of them", "step 2 of the plan", "x, which is 3", "Should be larger", "the sum # of all"],
)
def test_behind_a_print_remarks_are_left_alone(comment: str) -> None:
    assert stated(f"print('Total:', n)  # {comment}") == []


def test_the_seed_of_another_library_does_not_count() -> None:
    card = make_card("```python\ntorch.manual_seed(3)\nx = random.random()\nprint(x)  # Output: 0.25\n```")
    assert verdicts(card, run(card, printed={4: "0.75\n"}))[0][1] == "untested"


def test_weights_that_are_set_rest_on_no_chance() -> None:
    code = "m = nn.Linear(1, 1)\nm.load_state_dict(w)\nprint(m(x))  # Output: tensor([3.])"
    card = make_card(f"```python\n{code}\n```")
    assert verdicts(card, run(card, printed={4: "tensor([4.])\n"}))[0][1] == "refuted"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("print(x)\n# tensor([[1, 2],\n#         [3, 4]])", "tensor([[1, 2],\n        [3, 4]])"),
        ("print(x.sum(0))  # column sums: tensor([4, 6])", "tensor([4, 6])"),
    ],
)
def test_rich_values_need_no_marker(code: str, expected: str) -> None:
    assert stated(code) == [expected]


@pytest.mark.parametrize("code", ["x = 1\n# [1, 2]\nprint(x)", "print(x)\n\n# (see the next part)", "print(x)\n# 5"])
def test_other_comments_below_code_are_left_alone(code: str) -> None:
    assert stated(code) == []


def test_an_address_is_no_difference() -> None:
    card = make_card("```python\nprint(d)  # Output: <Thing object at 0x7f9c>\n```")
    assert verdicts(card, run(card, printed={2: "<Thing object at 0x…>\n"}))[0][1] == "confirmed"


@pytest.mark.parametrize(
    ("code", "stated"),
    [
        ("print(f'{share:.1%}')  # 37.5%", "37.5%"),
        ("print(f'Hello, {name}!')  # Hello, Ada!", "Hello, Ada!"),
        ("print('Sum', s)  # Sum 7", "Sum 7"),
        ("print(x)  # about 1.41", "1.41"),
        ("print(x)  # ~2.7", "2.7"),
        ("print(a.nbytes)  # 8000 bytes", "8000"),
        ("print(s)  # 19.62 m", "19.62"),
        ("print(v)  # 19.62 m/s", "19.62"),
    ],
)
def test_words_of_the_print_units_and_vague_numbers_are_recognised(code: str, stated: str) -> None:
    assert [c.expected for c in extract(make_card(f"```python\n{code}\n```"))] == [stated]


@pytest.mark.parametrize(
    "code",
    [
        "print(n)  # 38.6 million",
        "print(a.nbytes / 1024)  # 7.8 KB",
        "print(xs)  # Wrong: [2, 4, 6]",
        "print(xs)  # NOT [2, 4, 6]",
        "print(f'{name}')  # Hello dear Ada!",
        "print('Sum', s)  # adds them up",
    ],
)
def test_scaled_numbers_denials_and_other_words_are_left_alone(code: str) -> None:
    assert extract(make_card(f"```python\n{code}\n```")) == ()


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [("Hello, Ada!\n", "confirmed"), ("Hello, Bob!\n", "untested"), ("Hello, Ada 1\n", "untested")],
)
def test_the_words_that_a_print_starts_with_are_held_against_all_that_it_prints(printed: str, verdict: str) -> None:
    card = make_card("```python\nprint(f'Hello, {name}!')  # Hello, Ada!\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: printed}))] == [verdict]


@pytest.mark.parametrize(("printed", "verdict"), [("Sum 7\n", "confirmed"), ("Sum 8\n", "refuted")])
def test_the_number_behind_the_same_words_decides(printed: str, verdict: str) -> None:
    card = make_card("```python\nprint('Sum', s)  # Sum 7\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: printed}))] == [verdict]


@pytest.mark.parametrize(
    ("code", "value", "verdict"),
    [
        ("xs.pop()  # 4", [1, 2], "untested"),
        ("xs.append(4)  # [1, 4]", [1, 2], "refuted"),
        ("xs.append(4)  # [1, 2]", [1, 2], "confirmed"),
        ("xs = f(3)  # [1, 4]", [1, 2], "refuted"),
    ],
)
def test_behind_a_call_the_object_is_not_what_it_returned(code: str, value: list[int], verdict: str) -> None:
    card = make_card(f"```python\n{code}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: plain("xs", value)}))] == [verdict]


@pytest.mark.parametrize("comment", ["sorted", "unchanged!", "maximum"])
def test_a_word_behind_numbers_is_a_remark(comment: str) -> None:
    assert stated(f"print(xs)  # {comment}") == []


@pytest.mark.parametrize(
    ("code", "printed", "verdict"),
    [
        ("print('hi' * 2)  # hihi", "hihi\n", "confirmed"),
        ("print('hi' * 2)  # hihi", "hoho\n", "untested"),
        ("print(hex(255))  # 0xff", "0xff\n", "confirmed"),
        ("print(hex(255))  # 0xfe", "0xff\n", "untested"),
        ("print(xs[0])  # O(1)", "5\n", "untested"),
    ],
)
def test_what_may_be_a_remark_is_never_refuted(code: str, printed: str, verdict: str) -> None:
    card = make_card(f"```python\n{code}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: printed}))] == [verdict]


@pytest.mark.parametrize(
    ("code", "printed", "verdict"),
    [
        ("print(a)  # [1, 2]\nprint(b)\n# [3, 4]", {2: "[1, 2]\n", 3: "[3, 5]\n"}, "refuted"),
        ("print(a)  # [1, 2]\nprint(b)\n# [3, 4]", {2: "[1, 2]\n", 3: "[3, 4]\n"}, "confirmed"),
        ("print(a)  # [1, 2]\nprint(b)\nprint(c)\n# [3, 4]", {2: "[1, 2]\n", 3: "[3, 5]\n", 4: "[6, 7]\n"}, "untested"),
        ("print(a)  # a remark\nprint(b)\n# [3, 4]", {2: "[1, 2]\n", 3: "[3, 5]\n"}, "untested"),
    ],
)
def test_below_the_only_print_without_a_comment_another_text_is_refuted(
    code: str, printed: dict[int, str], verdict: str
) -> None:
    card = make_card(f"```python\n{code}\n```")
    assert verdicts(card, run(card, printed=printed))[-1][1] == verdict


def test_what_ran_before_the_error_is_judged_and_nothing_behind_it() -> None:
    card = make_card("```python\nprint(a)  # 4\nprint(b)  # 5\nf(b)\nprint(c)  # 6\n```")
    stops = Fault("raised", "TypeError", "no", 3, (3,))
    repairs = failed(run(card, printed={2: "4\n", 3: "7\n"}, fault=stops))
    assert [v for _, v, _ in verdicts(card, repairs)] == ["confirmed", "refuted", "untested"]


def test_a_line_inside_what_was_stopped_is_not_judged() -> None:
    card = make_card("```python\nfor x in xs:\n    print(x)  # 4\n    f(x)\n```")
    repairs = failed(run(card, printed={3: "5\n"}, fault=Fault("raised", "TypeError", "no", 3, (3,))))
    assert [v for _, v, _ in verdicts(card, repairs)] == ["untested"]


def test_the_whole_output_of_what_was_stopped_is_not_judged() -> None:
    card = make_card("```python\nprint(a)\nf(b)\n```\nThis prints:\n```\n4\n5\n```")
    repairs = failed(run(card, printed={2: "4\n"}, fault=Fault("raised", "TypeError", "no", 2, (2,))))
    assert [v for _, v, _ in verdicts(card, repairs)] == ["untested"]


@pytest.mark.parametrize(
    ("computed", "verdict"),
    [
        ("tensor([0.4127, 0.3581, 0.7746])", "confirmed"),
        ("tensor([0.4127, 0.3851, 0.7746])", "refuted"),
        ("tensor([0.4127, 0.3981, 0.7746])", "refuted"),
        ("tensor([0.4127, 0.3583, 0.7746])", "untested"),
        ("tensor([0.4127, 0.2946, 0.7746])", "untested"),
        ("tensor([0.4127, 0.3851, 0.7764])", "untested"),
        ("tensor([0.3851, 0.9000, 0.1000])", "untested"),
    ],
)
def test_on_another_cards_data_only_a_misprint_is_refuted(computed: str, verdict: str) -> None:
    card = make_card("```python\nprint(w @ x)  # tensor([0.4127, 0.3581, 0.7746])\n```")
    repairs = run(card, printed={2: f"{computed}\n"}, setup=["x = load()", "w = load()"])
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize(
    ("comment", "printed", "verdict"),
    [
        ("4.9 m", "4.9", "confirmed"),
        ("4.9 m", "4.8", "refuted"),
        ("4.9 m", "4.9 m", "confirmed"),
        ("4.9 m", "4.9 s", "untested"),
        ("4.9 m", "4.8 m", "refuted"),
        ("4.9 m", "490 cm", "untested"),
        ("0.40%", "0.04%", "refuted"),
        ("3.3", "3.30", "untested"),
        ("3.30", "3.30", "confirmed"),
        ("[0, 1] 4 3", "[0, 1] 3 4", "refuted"),
        ("1,234.5", "1,234.6", "refuted"),
        ("deque([9, 3])", "deque([3, 9])", "refuted"),
        ("deque([9, 3])", "[3, 9]", "untested"),
        ("tensor([1., -inf])", "tensor([1., -inf])", "confirmed"),
        ("tensor([1., 2.])", "tensor([1., -inf])", "refuted"),
    ],
)
def test_units_places_and_whole_values_behind_a_print(comment: str, printed: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(x)  # {comment}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: f"{printed}\n"}))] == [verdict]


@pytest.mark.parametrize(
    ("comment", "verdict"), [("# 0 1\n# 1 4", "confirmed"), ("# 0 1\n# 1 5", "refuted"), ("# for each\n# of 2", None)]
)
def test_lines_of_values_below_a_loop(comment: str, verdict: str | None) -> None:
    card = make_card(f"```python\nfor i in range(2):\n    print(i, f(i))\n{comment}\n```")
    found = [v for _, v, _ in verdicts(card, run(card, printed={3: "0 1\n1 4\n"}))]
    assert found == ([verdict] if verdict else [])


def test_numbers_that_count_the_lines_are_no_outputs() -> None:
    assert stated("a = f()  # 1\nb = a + 1  # 2\nprint(b)  # 3") == []
    assert stated("a = f()  # 2\nb = a + 1  # 1\nprint(b)  # 3") == ["3"]


@pytest.mark.parametrize(
    ("code", "printed", "verdict"),
    [
        ('print("Shape:", x.shape)  # Shape: torch.Size([2, 3])', "Shape: torch.Size([2, 3])\n", "confirmed"),
        ('print("Shape:", x.shape)  # Shape: torch.Size([2, 3])', "Shape: torch.Size([2, 4])\n", "refuted"),
        ('print(f"It: {x.shape}")  # (2, 3)', "It: torch.Size([2, 3])\n", "confirmed"),
        ('print(f"It: {x.shape}")  # (2, 3)', "It: torch.Size([2, 4])\n", "refuted"),
        ('print("Sum is", s)  # 15', "Sum is 10\n", "refuted"),
        ('print("Sum is", s)  # 15', "Sum is 10 of 20\n", "untested"),
        ('print("Sums:", a, b)  # 15', "Sums: 10 20\n", "untested"),
        ("print(x.shape, x.dtype)  # torch.Size([2]) torch.int64", "torch.Size([3]) torch.int64\n", "refuted"),
        ("print(x.shape, x)  # torch.Size([2]) and more", "torch.Size([3]) tensor([1, 2, 3])\n", None),
        ('print("In:", x.shape, "out:", y.shape)  # out: (2, 4)', "In: (2, 3) out: (2, 3)\n", "untested"),
    ],
)
def test_a_label_printed_before_a_value_need_not_be_stated(code: str, printed: str, verdict: str | None) -> None:
    card = make_card(f"```python\n{code}\n```")
    found = [v for _, v, _ in verdicts(card, run(card, printed={2: printed}))]
    assert found == ([verdict] if verdict else [])


def test_a_comment_below_a_print_that_begins_as_it_does_tells_its_output() -> None:
    card = make_card('```python\nprint("Size of x:", x.shape)\n# Size of x: torch.Size([2, 3])\n```')
    for size, verdict in (("[2, 3]", "confirmed"), ("[2, 5]", "refuted")):
        assert verdicts(card, run(card, printed={2: f"Size of x: torch.Size({size})\n"}))[0][1] == verdict
    assert stated('print("Size of x:", x.shape)\n# the shape that was asked for: (2, 3)') == []
