"""Each kind of text damage in two halves: what is mended, and what is left as it stands."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from deckbuild.repair.damage import clean
from deckbuild.repair.edits import notes_of
from tests.repair.making import snippet


def rules(code: str) -> set[str]:
    """The names of the corrections made to a snippet."""
    return {change.rule for line in clean(snippet(code)).lines for change in line.changes}


@pytest.mark.parametrize(
    ("code", "text", "rule"),
    [
        ("x = “a”", 'x = "a"', "typographic-character"),
        ("y = 3 − 1", "y = 3 - 1", "typographic-character"),
        ("y = a ∗ b − 1", "y = a * b - 1", "typographic-character"),
        ("r = 7  percent 4", "r = 7  % 4", "percent-sign"),
        ("r = 7 percent 4", "r = 7 % 4", "percent-sign"),
        ("print(f'{x:.1 percent}')", "print(f'{x:.1%}')", "percent-sign"),
        ("for x in '.;:! percent?':\n    go(x)", "for x in '.;:!%?':\n    go(x)", "percent-sign"),
        ("m = '''.,;(-&) percent'''", "m = '''.,;(-&)%'''", "percent-sign"),
        ("%matplotlib inline\nx = 1", "# %matplotlib inline\nx = 1", "notebook-magic"),
        ("percentmatplotlib inline\nx = 1", "# percentmatplotlib inline\nx = 1", "notebook-magic"),
        ("!pip install einops\nx = 1", "# !pip install einops\nx = 1", "notebook-magic"),
        ("x = 1\nx??", "x = 1\n# x??", "swallowed-terminator"),
        ("def f():\n    # to do", "def f():\n    # to do\n    pass", "empty-body"),
        ("for i in x:\n    # skip\ny = 1", "for i in x:\n    # skip\n    pass\ny = 1", "empty-body"),
        ("class A:\n\nb = 1", "class A:\n    pass\n\nb = 1", "empty-body"),
        ("f（x，'（a）'）", "f(x,'（a）')", "typographic-character"),
        ("a = 3 * r² - (r + 1)³", "a = 3 * r**2 - (r + 1)**3", "typographic-character"),
        ("1 x = 2\n2 if x:\n3     go(x)", "x = 2\nif x:\n    go(x)", "line-numbers"),
        (" 9: x = 2\n10: y = 3\n11:\n12: go(x)", "x = 2\ny = 3\n\ngo(x)", "line-numbers"),
        ("x = 2\ngo(x)\nThis shows the value of x.", "x = 2\ngo(x)\n# This shows the value of x.", "sentence-in-code"),
        ('if name == "main":\n    go(1)', 'if __name__ == "__main__":\n    go(1)', "lost-underscores"),
        ("if _name_ == '__main__':\n    go(1)", "if __name__ == '__main__':\n    go(1)", "lost-underscores"),
        (
            "def f(a, b):\n    return a\n\na and b are then added in the same way.",
            "def f(a, b):\n    return a\n\n# a and b are then added in the same way.",
            "sentence-in-code",
        ),
    ],
)
def test_mended(code: str, text: str, rule: str) -> None:
    assert clean(snippet(code)).text == text
    assert rules(code) == {rule}


@pytest.mark.parametrize(
    "code",
    [
        "x = 7 % 4",
        "print('10 percent of “all” − really')",
        "print(f'{x:.1f} percent')",
        "print('ten.: percent')",
        "s = ' percent'",
        "d = {'a': 'percent'}",
        "s = '''\nx??\n'''",
        "def f():\n    pass",
        "this is not python at all",
        "for x in rows:\nprint(x)\nprint(2)",
        "for x in",
        "if (x) {\n    go();\n}",
        "x = {1 2}",
        "x = x ?? 3",
        "def f(x):\n    …\nf(2)",
        "a = 30°",
        "a = r½",
        "1 x = 2\n3 y = 3\n4 go(x)",
        "1 x = 2\n2 y = 3\ngo(x)",
        "Compute the loss of the whole batch.\nx = 2\ny = 3\ngo(x)",
        "x = 2\nfor i in range(x):\n    The values of i are then added.\ny = 3\ngo(x)",
        "go(1)\nOutput:\n1 2",
        'if __name__ == "__main__":\n    go(1)',
        'name = "main"\nif name == "main":\n    go(1)',
        'for name in names:\n    go(name)\nif name == "main":\n    go(1)',
        'if name == "other":\n    go(1)',
        "x = 2\nThis is done for the other rows...\ny = 3\ngo(x)",
        "This is the first of the steps.\nThis is the second of the steps.\ngo(1)",
        "x = 2\ngo(x)\nThis is (of the a list of [1, 2] and more.",
    ],
)
def test_left_alone(code: str) -> None:
    assert clean(snippet(code)).text == code
    assert rules(code) == set()


def test_a_session_loses_its_prompts_and_outputs_without_an_edit() -> None:
    code = ">>> def f(x):\n...     return x\n...\n>>> f(3)\n3\n>>> f(4)\n4"
    assert clean(snippet(code)).text == "def f(x):\n    return x\n\nf(3)\nf(4)"
    assert rules(code) == set()
    assert [line.first for line in clean(snippet(code)).lines] == [1, 2, 3, 4, 6]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("def f(x):\n    y = x\n\n    return y\n\n>>> f(3)\n3", "def f(x):\n    y = x\n\n    return y\n\nf(3)"),
        ("x = 3\n>>> x\n3", "x = 3\nx"),
        (">>> x = 1\n>>> x\n1\n\ny = 2\n>>> y\n2", "x = 1\nx\n\ny = 2\ny"),
        (">>> x = 1\n\ndef g():\n    return x", "x = 1\n\ndef g():\n    return x"),
        (">>> [1, 2]\n[1, 2]\n\n>>> 5.0\n5.0", "[1, 2]\n5.0"),
        (">>> show()\na = 1\nb = 2\n>>> 3\n3", "show()\n3"),
        (">>> show()\n10.0\n\n[3]", "show()"),
        ("some words\n>>> 3\n3", "3"),
        (">>> for i in x:\n        show(i)\n0\n1", "for i in x:\n        show(i)"),
        (">>> d = dict(\n  a=1)\n>>> d\n{'a': 1}", "d = dict(\n  a=1)\nd"),
        (">>> show(\n3", "show("),
        (">>> show()\n    3\n  4", "show()"),
        (">>> 1 / 0\nTraceback (most recent call last):\n    ...\nZeroDivisionError: no", "1 / 0"),
    ],
)
def test_what_stands_in_a_session_without_a_prompt_is_code_only_if_nothing_can_have_shown_it(
    code: str, text: str
) -> None:
    assert clean(snippet(code)).text == text
    assert rules(code) == set()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("In [1]: x = [1, 2]\n\nIn [2]: sum(x)\nOut[2]: 3", "x = [1, 2]\n\nsum(x)\n# Out[2]: 3"),
        (
            "In [1]: for i in x:\n   ...:     print(i)\n1\n\nIn [2]: x\n\nOut[2]: 3",
            "for i in x:\n    print(i)\n# 1\n\nx\n\n# Out[2]: 3",
        ),
        ("In [1]: a\nOut[1]:\narray([[1, 2],\n       [3, 4]])", "a\n# Out[1]:\n# array([[1, 2],\n#        [3, 4]])"),
        ("In [1]: a = 1\n\nb = 2", "a = 1\n\nb = 2"),
    ],
)
def test_a_notebooks_prompts_go_by_an_edit_of_each_line(code: str, text: str) -> None:
    lines = code.split("\n")
    assert clean(snippet(code)).text == text
    assert rules(code) == {"notebook-prompt"}
    assert [line.first for line in clean(snippet(code)).lines] == list(range(1, len(lines) + 1))
    for edit in notes_of(clean(snippet(code))).edits:
        assert edit.line is not None
        assert edit.before == lines[edit.line - 1]
        assert edit.after == text.split("\n")[edit.line - 1]


def test_common_indentation_is_no_correction() -> None:
    assert clean(snippet("    x = 1\n    y = 2")).text == "x = 1\ny = 2"
    assert rules("    x = 1\n    y = 2") == set()


def test_what_is_mended_parses() -> None:
    ast.parse(clean(snippet("def f():\n    # a\n    if x:\n        # b\n    else:\n        # c\ny = 1")).text)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("def f():\n    # to do", "a block holds only comments"),
        ("a = 1\nfor i in x:", "the code is cut off at the start of a block"),
        ("class A:\n\nb = 1", "a block holds nothing"),
    ],
)
def test_an_empty_body_is_told_as_what_it_is(code: str, why: str) -> None:
    (change,) = {c for line in clean(snippet(code)).lines for c in line.changes}
    assert change.why == why


@pytest.mark.parametrize(
    ("code", "rest", "text"),
    [
        ("class A:\n    def f(self):", "        return 1", "class A:\n    def f(self):\n        return 1"),
        ("    x = 1", "    y = x", "x = 1\ny = x"),
        ("", "x = 1", "\nx = 1"),
    ],
)
def test_the_code_of_the_row_that_cuts_a_block_off_comes_back(code: str, rest: str, text: str) -> None:
    draft = clean(replace(snippet(code), rest=rest))
    assert draft.text == text
    assert {change.rule for line in draft.lines for change in line.changes} == {"cut-row"}


@pytest.mark.parametrize("rest", ["and so on", "note", "  y = 2"])
def test_a_row_that_is_no_code_of_the_block_stays_outside(rest: str) -> None:
    assert clean(replace(snippet("x = 1"), rest=rest)).text == "x = 1"
