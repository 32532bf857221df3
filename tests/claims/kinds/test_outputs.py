"""Outputs shown apart from the code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.claims import extract
from deckbuild.claims.kinds.printed import PrintedTest
from deckbuild.model import Binding

from ..build import make_card, plain, run, verdicts

CODE = "```python\nprint(a)\nprint(b)\n```\n"


@pytest.mark.parametrize(
    "text",
    [
        CODE + "This will output:\n```\n1\n2\n```",
        CODE + "Output:\n```plaintext\n1\n2\n```",
        CODE + "```output\n1\n2\n```",
        CODE + "**The result is:**\n```text\n1\n2\n```",
        CODE + "Running it prints\n\n```\n1\n2\n```",
    ],
)
def test_a_fence_is_recognised(text: str) -> None:
    assert [c.expected for c in extract(make_card(text))] == ["1\n2"]


@pytest.mark.parametrize(
    "text",
    [
        CODE + "Run it like this:\n```\nmake 1\n2\n```",
        CODE + "This prints:\n```bash\npip install x\n```",
        CODE + "The output is a list:\n```\nimport os\n```",
        "This will output:\n```\n1\n2\n```",
        CODE + "Now other things. It can show results of many kinds, as we saw.\n```\nsee 1\n2\n```",
    ],
)
def test_a_fence_is_left_alone(text: str) -> None:
    assert extract(make_card(text)) == ()


@pytest.mark.parametrize(("second", "verdict"), [("2\n", "confirmed"), ("3\n", "refuted")])
def test_a_fence_is_held_against_all_that_was_printed(second: str, verdict: str) -> None:
    card = make_card(CODE + "This will output:\n```\n1\n2\n```")
    assert verdicts(card, run(card, printed={2: "1\n", 3: second}))[0][1] == verdict


def test_the_last_print_alone_may_be_meant() -> None:
    card = make_card(CODE + "This will output:\n```\n2\n```")
    assert verdicts(card, run(card, printed={2: "1\n", 3: "2\n"}))[0][1] == "confirmed"


SESSION = "```python\n>>> x = [3, 1]\n>>> sorted(x)\n[1, 3]\n>>> for i in x:\n...     print(i)\n3\n1\n```"


def test_a_session_shows_a_value_or_print_for_each_statement() -> None:
    card = make_card(SESSION)
    assert [(c.line, c.expected) for c in extract(card)] == [(4, "[1, 3]"), (7, "3\n1")]


def test_a_body_without_prompts_is_no_output() -> None:
    card = make_card("```python\n>>> for i in x:\n        print(i)\n3\n1\n>>> len(x)\n2\n```")
    assert [(c.line, c.expected) for c in extract(card)] == [(4, "3\n1"), (7, "2")]


@pytest.mark.parametrize(("shown", "verdict"), [([1, 3], "confirmed"), ([1, 4], "refuted")])
def test_a_session_is_held_against_them(shown: list[int], verdict: str) -> None:
    card = make_card("```python\n>>> sorted(x)\n[1, 3]\n```")
    (repair,) = run(make_card("```python\nsorted(x)\n```"), bound={2: plain("", shown)})
    assert verdicts(card, (replace(repair, snippet=card.snippets[0]),))[0][1] == verdict


def test_prose_behind_code_may_tell_the_output() -> None:
    card = make_card("```python\nprint(a)\n```\nThis will print `[1, 2]`.")
    assert [(e, v) for e, v, _ in verdicts(card, run(card, printed={2: "[1, 2]\n"}))] == [("[1, 2]", "confirmed")]
    assert extract(make_card("```python\nprint(a)\n```\nThis can print `[1, 2]`. It prints `the list`.")) == ()


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("", "refuted"),
        ("The output is the matrix\n", "refuted"),
        ("This prints:\n", "refuted"),
        ("Running it prints\n", "refuted"),
        ("The weights are\n", "untested"),
        ("Now other things. It can show results of many kinds, as we saw.\n", "untested"),
    ],
)
def test_a_value_is_an_output_for_certain_only_where_that_is_said(said: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(f(x))\n```\n{said}```\n[[1, 2], [3, 4]]\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: "[[1, 2], [3, 5]]\n"}))] == [verdict]
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: "[[1, 2], [3, 4]]\n"}))] == ["confirmed"]


@pytest.mark.parametrize(
    ("fence", "verdict"),
    [
        ("a 1\nb 2", "confirmed"),
        ("b 2\n(2, 2)", "confirmed"),
        ("a 1\n(2, 2)", "untested"),
        ("a 1\nb 3\n(2, 2)", "refuted"),
    ],
)
def test_a_fence_may_show_some_of_the_lines(fence: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(g)\nprint(g.shape)\n```\nOutput:\n```\n{fence}\n```")
    repairs = run(card, printed={2: "a 1\nb 2\n", 3: "(2, 2)\n"})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Running it gives `[1, 3]`.", "refuted"),
        ("The function returns `[1, 3]`.", "refuted"),
        ("Adding two lists gives `[1, 3]`.", "untested"),
        ("It is short, and reversing gives `[1, 3]`.", "untested"),
        ("Both rows become `[1, 3]`.", "untested"),
        ("Doubling the first entry prints `[1, 3]`.", "refuted"),
    ],
)
def test_another_deed_or_a_part_is_not_refuted_by_the_print(text: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(a)\n```\n{text}")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: "[1, 2]\n"}))] == [verdict]
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: "[1, 3]\n"}))] == ["confirmed"]


def test_what_a_call_is_said_to_give_is_none_of_the_values_before_it() -> None:
    card = make_card("```python\nprint(a)\nprint(b)\n```\n`f(1)` gives `[4]` and `g(x)` returns `[3]`.")
    assert [c.expected for c in extract(card)] == ["[4]", "[3]"]


def test_a_printed_form_fenced_as_python_is_the_output_of_the_print_before_it() -> None:
    card = make_card("```python\nprint(y)\n```\nThe result is:\n```python\ntensor([2., 4.], dtype=torch.float64)\n```")
    for text, verdict in (("tensor([2., 4.], dtype=torch.float64)\n", "confirmed"), ("tensor([2., 5.])\n", "refuted")):
        (found,) = verdicts(card, run(card, printed={2: text}))
        assert found[1] == verdict
    (kept,) = extract(make_card("```python\nprint(y)\n```\nThe result is:\n```python\nz = tensor([2., 4.])\n```"))
    assert not isinstance(kept.test, PrintedTest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The output is 15.", ["15"]),
        ("So the output is True, because all are even.", ["True"]),
        ("The output is 15 times as large.", []),
        ("The output is 3 and 4.", []),
        ("The output is 15%.", []),
        ("With more data the output is 15.", []),
        ("This prints `86`, `[1]` and `{2: 'a'}`.", ["86", "[1]", "{2: 'a'}"]),
        ("This prints `86` and `b` is `[1]`.", ["86"]),
        ("This prints `86` and `total`.", ["86"]),
    ],
)
def test_values_in_the_text_behind_a_print_are_recognised(text: str, expected: list[str]) -> None:
    card = make_card(f"```python\nprint(f(3))\n```\n{text}")
    assert sorted(c.expected for c in extract(card) if c.kind in ("number", "printed")) == sorted(expected)


@pytest.mark.parametrize(
    ("code", "printed", "verdict"),
    [
        ("print(n)", "15\n", "confirmed"),
        ("print(n)", "10\n", "refuted"),
        ("print('Sum', n)", "Sum 10\n", "untested"),
        ("print(n, m)", "10 15\n", "untested"),
        ("for n in xs:\n    print(n)", "10\n", "untested"),
    ],
)
def test_a_plain_output_refutes_only_of_one_thing(code: str, printed: str, verdict: str) -> None:
    card = make_card(f"```python\n{code}\n```\nThe output is 15.")
    repairs = run(card, printed={2 + code.count("\n"): printed})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize(("second", "verdict"), [("[1]\n", "confirmed"), ("[2]\n", "untested")])
def test_several_values_are_sought_among_the_prints(second: str, verdict: str) -> None:
    card = make_card("```python\nprint(a)\nprint(b)\n```\nThis prints `86` and `[1]`.")
    found = verdicts(card, run(card, printed={2: "86\n", 3: second}))
    assert sorted(v for _, v, _ in found) == sorted(["confirmed", verdict])


def test_of_several_values_none_is_the_whole_of_one_print() -> None:
    card = make_card("```python\nprint(a, b)\n```\nThis prints `86` and `[1]`.")
    assert {v for _, v, _ in verdicts(card, run(card, printed={2: "86 [1]\n"}))} == {"untested"}


@pytest.mark.parametrize(("printed", "verdict"), [("1\n\n2\n", "confirmed"), ("1\n\n3\n", "refuted")])
def test_an_empty_line_of_a_session_may_be_written_in_words(printed: str, verdict: str) -> None:
    card = make_card("```python\n>>> print(x)\n1\n<BLANKLINE>\n2\n```")
    (repair,) = run(make_card("```python\nprint(x)\n```"), printed={2: printed})
    assert verdicts(card, (replace(repair, snippet=card.snippets[0]),))[0][1] == verdict


@pytest.mark.parametrize(
    ("fence", "verdict"), [("[3, 4]", "confirmed"), ("[1, 2]\n[3, 4]", "confirmed"), ("[3, 5]", "refuted")]
)
def test_a_fence_need_not_tell_again_what_a_comment_tells(fence: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(b)\nprint(a)  # [1, 2]\n```\nOutput:\n```\n{fence}\n```")
    order = {2: "[3, 4]\n", 3: "[1, 2]\n"} if fence.count("\n") == 0 else {2: "[1, 2]\n", 3: "[3, 4]\n"}
    assert verdicts(card, run(card, printed=order))[-1][1] == verdict


@pytest.mark.parametrize(("given", "verdict"), [(1, "confirmed"), (2, "refuted")])
def test_a_session_shows_what_a_call_gives_and_not_what_it_changes(given: int, verdict: str) -> None:
    card = make_card("```python\n>>> d.pop('a')\n1\n```")
    (repair,) = run(make_card("```python\nd.pop('a')\n```"), bound={2: plain("d", [1])})
    assert repair.outcome is not None
    both = replace(repair.outcome, bindings=(Binding(1, 1, plain("", given)), *repair.outcome.bindings))
    assert verdicts(card, (replace(repair, snippet=card.snippets[0], outcome=both),))[0][1] == verdict


def test_a_notebooks_outputs_are_claims() -> None:
    card = make_card("```python\nIn [1]: x = [3, 1]\nIn [2]: sorted(x)\nOut[2]: [1, 3]\nIn [3]: len(x)\nOut[3]: 2\n```")
    assert [(c.line, c.expected) for c in extract(card)] == [(4, "[1, 3]"), (6, "2")]


@pytest.mark.parametrize(("fence", "verdict"), [("[1, 2]", "confirmed"), ("[1, 9]", "untested")])
def test_where_comments_tell_all_a_fence_may_repeat_one(fence: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(a)  # [1, 2]\nprint(b)  # [3, 4]\n```\nOutput:\n```\n{fence}\n```")
    assert verdicts(card, run(card, printed={2: "[1, 2]\n", 3: "[3, 4]\n"}))[-1][1] == verdict


@pytest.mark.parametrize(
    ("text", "printed", "verdict"),
    [
        ("The code prints `4 words`.", "4 words", "confirmed"),
        ("The code prints `4 words`.", "5 words", "refuted"),
        ("It prints `Hello, Ada!`.", "Hello, Ada!", "confirmed"),
        ("We add them. The output is 30.", "30", "confirmed"),
        ("We add them. The output is 30.", "32", "refuted"),
        ("With n = 3 we add them. The output is 30.", "32", None),
        ("It prints `the list`.", "5", None),
        ("It prints `a + b`.", "5", None),
    ],
)
def test_a_sentence_may_tell_what_the_only_print_prints(text: str, printed: str, verdict: str | None) -> None:
    card = make_card(f"```python\nprint(a)\n```\n{text}")
    found = [v for _, v, _ in verdicts(card, run(card, printed={2: f"{printed}\n"}))]
    assert found == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("The data looks like:", "refuted"),
        ("The file on disk looks like:", "untested"),
        ("The input looks like:", "untested"),
        ("With other numbers the output is:", None),
    ],
)
def test_what_is_shown_of_a_file_need_not_be_printed(said: str, verdict: str | None) -> None:
    card = make_card(f"```python\nprint(a)\n```\n{said}\n```\n{{'a': 2}}\n```")
    found = [v for _, v, _ in verdicts(card, run(card, printed={2: "{'a': 1}\n"}))]
    assert found == ([verdict] if verdict else [])


@pytest.mark.parametrize(("second", "verdict"), [("1.19", "confirmed"), ("1.3", "untested"), ("9", "untested")])
def test_a_value_may_be_one_line_of_what_a_loop_prints(second: str, verdict: str) -> None:
    card = make_card(f"```python\nfor v in x:\n    print(v)\n```\nIt prints `1.1` and then `{second}`.")
    found = {stated: v for stated, v, _ in verdicts(card, run(card, printed={3: "1.1\n1.19\n"}))}
    assert found == {"1.1": "confirmed", second: verdict}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The first call prints `[1, 2]`.", "confirmed"),
        ("The second call prints `[1, 2]`.", "untested"),
        ("The last line prints `[3]`.", "confirmed"),
        ("The first line prints `[3]`.", "untested"),
        ("The fourth line prints `[3]`.", "confirmed"),
        ("The first prints a list, the second prints `[3]`.", "confirmed"),
        ("In the first line we see that it prints `[3]`.", "confirmed"),
    ],
)
def test_of_several_prints_the_text_may_count_one(text: str, verdict: str) -> None:
    card = make_card(f"```python\nprint(a)\nprint(b)\n```\n{text}")
    assert [v for _, v, _ in verdicts(card, run(card, printed={2: "[1, 2]\n", 3: "[3]\n"}))] == [verdict]


def test_a_row_of_a_matrix_is_no_line_by_itself() -> None:
    card = make_card("```python\nprint(a)\n```\nThis prints `[3, 4]`.")
    (found,) = verdicts(card, run(card, printed={2: "[[1, 2],\n [3, 4]]\n"}))
    assert found[1] != "confirmed"


@pytest.mark.parametrize(
    ("fence", "verdict"),
    [
        ("one\ntwo\n3", "confirmed"),
        ("one\none\n3", "untested"),
        ("one\n3", "untested"),
        ("two\n3", "confirmed"),
        ("count: 3", "confirmed"),
    ],
)
def test_lines_of_words_before_a_value_are_no_label_of_it(fence: str, verdict: str) -> None:
    card = make_card(f"```python\nshow()\nprint(n)\n```\nOutput:\n```\n{fence}\n```")
    repairs = run(card, printed={2: "one\ntwo\n", 3: "3\n"})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]
