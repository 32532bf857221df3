"""Words in comments that are what the code prints, and those that are remarks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.claims import extract
from deckbuild.model import Printed

from ..build import make_card, run, verdicts

CLASS = "class Cat:\n    def says(self):\n        return f'purr for {self}'\n"


def stated(code: str) -> list[str]:
    return [c.expected for c in extract(make_card(f"```python\n{code}\n```"))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (CLASS + "print(Cat().says())  # purr for Tom", []),
        (CLASS + "print(Cat().says())  # purr for", ["purr for"]),
        ("def kind(x):\n    return 'odd' if x % 2 else 'even'\nprint(kind(3))  # odd", ["odd"]),
        ("print(f(1))  # 1\nprint(f(2))  # FizzBuzz", ["1", "FizzBuzz"]),
        ("print(f(1))  # 1\nprint(f(2))  # smallest", ["1"]),
        ("def outer(): ...\nprint(deco(outer).__name__)  # outer", ["outer"]),
        ("def outer(): ...\nprint(deco(outer))  # outer", []),
        ("class Cat:\n    def speak(self):\n        print('purr', self)\nCat().speak()  # purr 3", ["purr 3"]),
        ("print(f(1))  # 1\nprint(f(2))  # still the first", ["1"]),
        ("print(f(1))  # 1\nprint(f(2))\nprint(f(3))  # fizz", ["1"]),
        ("print(f(1))  # slow\nprint(f(2))  # fast", []),
        ("def hi(x):\n    print('hi', x)\nhi(3)  # hi 3", ["hi 3"]),
        ("def hi(x):\n    return 'hi'\nhi(3)  # hi 3", []),
        ("def show(*a, **k):\n    print(a, k)\nshow(1, b=2)  # (1,) {'b': 2}", ["(1,) {'b': 2}"]),
        ("for i, c in enumerate('pq'):\n    print(i, c)\n# 0 pq\n# 1 pq", ["0 pq\n1 pq"]),
        ("for c in 'pq':\n    print(c)\n# a letter at a time", []),
        ("for c in 'pq':\n    print(c)\n# pq\nx = 3", []),
        ("print(a.shape, b.shape)\n# torch.Size([2]) torch.Size([3])", ["torch.Size([2]) torch.Size([3])"]),
        ("np.cumsum(a)\n# array([1, 3])", ["array([1, 3])"]),
        ("c = np.cumsum(a)\n# array([1, 3])", []),
    ],
)
def test_words_that_the_code_prints_are_recognised(code: str, expected: list[str]) -> None:
    assert stated(code) == expected


@pytest.mark.parametrize(
    ("comment", "printed", "verdict"),
    [
        ("odd", "odd", "confirmed"),
        ("odd", "3", "untested"),
        ("odd: True", "odd: True", "confirmed"),
        ("odd: True", "even: True", "refuted"),
        ("odd: True", "odd: False", "refuted"),
        ("odd: True", "7", "untested"),
    ],
)
def test_such_words_are_refuted_only_by_a_text_of_their_form(comment: str, printed: str, verdict: str) -> None:
    code = f"def kind(x):\n    return 'odd: ' + str(x)\nprint(kind(True))  # {comment}"
    card = make_card(f"```python\n{code}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={4: f"{printed}\n"}))] == [verdict]


@pytest.mark.parametrize(
    ("printed", "verdict"), [("0 p\n1 q\n", "confirmed"), ("1 p\n1 q\n", "refuted"), ("a\n", "untested")]
)
def test_rows_at_the_end_are_held_against_the_loop_above(printed: str, verdict: str) -> None:
    card = make_card("```python\nfor i, c in enumerate(['p', 'q']):\n    print(i, c)\n# 0 p\n# 1 q\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={3: printed}))] == [verdict]


def test_a_coroutine_that_prints_is_met_at_its_run() -> None:
    card = make_card(
        "```python\nimport asyncio\nasync def main():\n    print(await f())\nasyncio.run(main())  # [0, 1]\n```"
    )
    for text, verdict in (("[0, 1]\n", "confirmed"), ("[1, 0]\n", "refuted")):
        assert [v for _, v, _ in verdicts(card, run(card, printed={4: text}))] == [verdict]


@pytest.mark.parametrize(
    ("fence", "verdict"),
    [("a b\n0 1\n1 2", "confirmed"), ("a b\n0 1\n1 3", "refuted"), ("x: y", "untested"), ("[1, 2]", "untested")],
)
def test_a_fence_right_behind_a_print_is_its_output(fence: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(t)\n```\n```\n{fence}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: "   a  b\n0  1\n1  2\n"}))] == [verdict]
    assert extract(make_card("```python\nt = f()\n```\n```\na b\n```")) == ()


def test_of_several_prints_a_text_of_two_lines_is_shown_beside_two() -> None:
    card = make_card("```python\nprint(a)\nprint(b)\n```\nOutput:\n```\n[1, 2]\n[3, 4]\n```")
    assert verdicts(card, run(card, printed={2: "[1, 3]\n", 3: "[3, 4]\n"})) == [
        ("[1, 2]\n[3, 4]", "refuted", "[1, 3]\n[3, 4]")
    ]


def test_the_name_of_a_function_is_not_confirmed_by_another() -> None:
    card = make_card("```python\ndef outer(): ...\nprint(deco(outer).__name__)  # outer\n```")
    for text, verdict in (("outer\n", "confirmed"), ("wrapper\n", "untested")):
        assert [v for _, v, _ in verdicts(card, run(card, printed={3: text}))] == [verdict]


def test_a_method_that_prints_is_met_at_its_calls() -> None:
    code = "class Cat:\n    def speak(self):\n        print('purr', self.n)\na.speak()  # purr: 3\nb.speak()  # purr: 4"
    card = make_card(f"```python\n{code}\n```")
    (repair,) = run(card)
    assert repair.outcome is not None
    both = replace(repair.outcome, prints=(Printed(3, "purr: 3\n"), Printed(3, "purr: 5\n")))
    assert [v for _, v, _ in verdicts(card, (replace(repair, outcome=both),))] == ["confirmed", "refuted"]
    twice = f"class Dog:\n    def speak(self):\n        print('wuff')\n{code}"
    other = make_card(f"```python\n{twice}\n```")
    assert {v for _, v, _ in verdicts(other, run(other, printed={7: "purr: 3\n"}))} == {"untested"}


@pytest.mark.parametrize(
    ("comment", "printed", "verdict"),
    [
        ("Hi, I am Zoe", "Hi, I am Zoe", "confirmed"),
        ("Hi, I am Zoe", "Hi, I am Max", "refuted"),
        ("hi, I am Zoe", "Hi, I am Zoe", "untested"),
        ("Hi, I am Zoe", "Hi, you are Max", "untested"),
    ],
)
def test_a_sentence_with_one_other_word_is_no_remark(comment: str, printed: str, verdict: str) -> None:
    card = make_card(f"```python\ngreeting = 'Hi hi, I am Zoe'\nprint(say(greeting))  # {comment}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={3: f"{printed}\n"}))] == [verdict]


@pytest.mark.parametrize(("printed", "verdict"), [("x: shape=(2, 3)", "confirmed"), ("x: shape=(3, 2)", "untested")])
def test_a_shape_may_stand_in_the_words_that_a_function_prints(printed: str, verdict: str) -> None:
    card = make_card("```python\ndef show(t):\n    print(t.shape)\nshow(x)  # x: shape=(2, 3)\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={3: f"{printed}\n"}))] == [verdict]


@pytest.mark.parametrize(("printed", "verdict"), [("a 'b'", "untested"), ("a b", "confirmed")])
def test_words_that_nothing_calls_an_output_must_be_met_to_the_letter(printed: str, verdict: str) -> None:
    card = make_card("```python\nx = 'a b'\nprint(f(x))  # a b\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={3: f"{printed}\n"}))] == [verdict]


@pytest.mark.parametrize(
    ("fence", "verdict"),
    [("Step 1\nLoss: 0.5", "confirmed"), ("Step 1, Loss: 0.5", "untested"), ("1, 0.5", "untested")],
)
def test_a_fence_has_the_lines_that_are_printed(fence: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(a)\nprint(b)\n```\nOutput:\n```\n{fence}\n```")
    found = verdicts(card, run(card, printed={2: "Step 1\n", 3: "Loss: 0.5\n"}))
    assert [v for _, v, _ in found] == [verdict]


@pytest.mark.parametrize(("language", "stated"), [("output", "Mean size: 2.00"), ("", "Mean size: 2.00")])
def test_a_fence_behind_a_print_with_its_label_and_another_value_is_refuted(language: str, stated: str) -> None:
    card = make_card(f'```python\nprint(f"Mean size: {{m}}")\n```\n```{language}\n{stated}\n```')
    assert verdicts(card, run(card, printed={2: "Mean size: 0.98\n"}))[0][1] == "refuted"


def test_only_a_fence_that_calls_itself_an_output_is_refuted_by_other_words() -> None:
    for language, verdict in (("output", "refuted"), ("", "untested")):
        card = make_card(f"```python\nprint(a)\n```\n```{language}\nmean size of all 2.00\n```")
        assert verdicts(card, run(card, printed={2: "mean size of all 0.98 kept\n"}))[0][1] == verdict


@pytest.mark.parametrize(
    ("comment", "printed", "verdict"),
    [
        ("still [4, 2]", "[4, 2]", "confirmed"),
        ("37.5 %", "37.5", "confirmed"),
        ("<function <lambda> at 0x7f>", "<function <lambda> at 0x…>", "confirmed"),
        ("1,000", "1000", "confirmed"),
    ],
)
def test_what_is_an_output_by_itself_need_not_be_met_to_the_letter(comment: str, printed: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(x)  # {comment}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: f"{printed}\n"}))] == [verdict]


@pytest.mark.parametrize("remark", ["1 or 2", "38M", "8 KB", "close to 0", "as before", "smallest"])
def test_numbers_in_words_are_remarks_in_any_company(remark: str) -> None:
    assert stated(f"print(f(1))  # 1\nprint(f(2))  # {remark}") == ["1"]


@pytest.mark.parametrize("address", ["0x7f3a", "0x7f...", "0x…"])
def test_an_address_is_no_other_word(address: str) -> None:
    card = make_card(f"```python\nprint(1)  # 1\nprint(g)  # <generator object g at {address}>\n```")
    printed = {2: "1\n", 3: "<generator object g at 0x…>\n"}
    assert "refuted" not in [v for _, v, _ in verdicts(card, run(card, printed=printed))]


CAUGHT = "try:\n    int(x)\nexcept ValueError as e:\n    print(e)  # "


def test_the_message_of_an_error_that_was_caught_is_what_is_printed() -> None:
    said = "invalid literal for int() with base 10: 'seven'"
    assert stated(CAUGHT + said) == [said]
    card = make_card(f"```python\n{CAUGHT}{said}\n```")
    assert verdicts(card, run(card, printed={5: f"{said}\n"}))[0][1] == "confirmed"


@pytest.mark.parametrize(
    "code",
    [
        CAUGHT + "prints that 'seven' is no number",
        CAUGHT + "something like 'seven is no number'",
        CAUGHT + "don't catch too much here",
        CAUGHT + "a bad number",
        "e = f(x)\nprint(e)  # invalid literal for int() with base 10: 'seven'",
        CAUGHT.replace("print(e)", "print(x)") + "invalid literal for int() with base 10: 'seven'",
    ],
)
def test_other_words_behind_it_are_remarks(code: str) -> None:
    assert stated(code) == []
