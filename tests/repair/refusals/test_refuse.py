"""Refusals, each reason in two halves: what is not run, and what is although it looks like it."""

from __future__ import annotations

import ast

import pytest

from deckbuild.model import Fault, SnippetVerdict
from deckbuild.repair.refusals.refuse import MAX_STATEMENTS, explain, refuse
from tests.repair.conftest import Mend
from tests.repair.making import card, fenced, scene

MANY = "\n".join(f"x{n} = {n}" for n in range(MAX_STATEMENTS + 1))


def reason(code: str, language: str | None = "python", prose: str = "") -> str | None:
    """Why a block is not run at all."""
    this = card(code, prose=prose) if language == "python" else fenced(code, language)
    refusal = refuse(this.snippets[0], scene(this))
    return refusal.reason if refusal is not None else None


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("ls -l", "bash", "language"),
        ("x = 1", None, "language"),
        ("x = 1", "java", "language"),
        ("public class A { }", "python", "language"),
        ("print 'old'", "python", "language"),
        ("", "python", "pseudo-code"),
        ("def f(a, ...):\n    return a", "python", "pseudo-code"),
        ("x = ...", "python", "pseudo-code"),
        ("rows = [1, 2, ...]", "python", "pseudo-code"),
        ("train(model, ...)", "python", "pseudo-code"),
        ("def f():\n    return ...", "python", "pseudo-code"),
        ("return 3", "python", "fragment"),
        ("x = 1\nif x:\n    return x", "python", "fragment"),
        ("yield 3", "python", "fragment"),
        ("await f()", "python", "fragment"),
        ("break", "python", "fragment"),
        ("self.width = 3", "python", "fragment"),
        (MANY, "python", "too-long"),
    ],
)
def test_not_run(code: str, language: str | None, expected: str) -> None:
    assert reason(code, language) == expected


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        "class P:\n    def m(self): ...",
        "def f(x: int) -> int: ...",
        "import numpy as np\nnp.ones((2, 2))[..., 0]",
        "from typing import Callable\nF = Callable[..., int]",
        "class A:\n    def f(self):\n        return self.x",
        "def g():\n    yield 1",
        "async def f():\n    await g()",
        "for i in range(3):\n    break",
        "print('...')",
        MANY.rpartition("\n")[0],
    ],
)
def test_run(code: str) -> None:
    assert reason(code) is None


def test_what_does_not_parse_although_its_start_does_has_failed() -> None:
    this = card("x = 1\ny = = 2")
    refusal = refuse(this.snippets[0], scene(this))
    assert refusal is not None
    assert refusal.reason is None


def test_a_program_that_asks_a_person_is_told_so(mend: Mend) -> None:
    (repair,) = mend(card("name = input('Who? ')\nprint(name)"))
    assert (repair.verdict, repair.why) == (SnippetVerdict.FAILED, "it asks a person for input, and nobody answers")


def test_a_function_with_other_parameters_is_named(mend: Mend) -> None:
    (repair,) = mend(card("print(mix(1))"), card("def mix(a, b):\n    return a + b", line=50))
    assert repair.error is not None
    assert repair.error.message == (
        "name 'mix' is not defined here, and the deck's `mix(a, b)` of “Title” (part1.md:54) takes other arguments"
    )


def test_what_the_card_calls_pseudo_code_is_run_only_as_written(mend: Mend) -> None:
    for prose, code in [("", "# pseudocode\n{}"), ("In pseudo-code:", "{}")]:
        (works,) = mend(card(code.format("y = 3"), prose=prose))
        assert (works.verdict, works.edits) == (SnippetVerdict.RAN, ())
        (repair,) = mend(card(code.format("y = np.ones(2)"), prose=prose))
        assert (repair.verdict, repair.reason, repair.edits) == (SnippetVerdict.SKIPPED, "pseudo-code", ())


def test_pseudo_code_named_elsewhere_on_the_card_is_not_this_block(mend: Mend) -> None:
    (repair,) = mend(card("print(np.ones(1))", prose="This is no pseudo-code at first.\n\nHere it is for real:"))
    assert repair.verdict is SnippetVerdict.CORRECTED


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import no_such_package_at_all\nno_such_package_at_all.go()", "needs-package"),
        ("from utils import helper\nhelper()", "needs-file"),
        ("from .parts import fit\nfit()", "needs-file"),
        ("open('nothing.txt').read()", "needs-file"),
        ("import urllib.request\nurllib.request.urlopen('http://example.org')", "needs-network"),
        ("import socket\nsocket.create_connection(('example.org', 80))", "needs-network"),
    ],
)
def test_what_cannot_run_here_is_skipped_with_the_reason(mend: Mend, code: str, expected: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, expected)
    assert repair.why
    assert repair.error is None


@pytest.mark.parametrize(
    "code",
    [
        "try:\n    import no_such_package_at_all\nexcept ImportError:\n    print('none')",
        "with open('made.txt', 'w') as h:\n    h.write('x')\nprint(open('made.txt').read())",
        "import urllib.parse\nprint(urllib.parse.quote('a b'))",
    ],
)
def test_what_gets_by_without_is_run(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.RAN


IMPORT = "import a.b"
READ = "rows = read('files/a.csv', 'files/new/')"


@pytest.mark.parametrize(
    ("fault", "at", "expected"),
    [
        (Fault("raised", "ModuleNotFoundError", "No module named 'a'", 1, name="a"), IMPORT, "needs-package"),
        (Fault("raised", "ModuleNotFoundError", "No module named 'a.b'", 1, name="a.b"), IMPORT, "needs-package"),
        (Fault("raised", "ModuleNotFoundError", "No module named 'c'", 1, name="c"), IMPORT, "needs-package"),
        (Fault("raised", "RuntimeError", "no such operator", 1), IMPORT, "needs-package"),
        (Fault("raised", "ImportError", "liba.so: cannot open", 1), IMPORT, "needs-package"),
        (Fault("raised", "ModuleNotFoundError", "No module", 1, name="helpers"), "import helpers", "needs-file"),
        (Fault("raised", "ModuleNotFoundError", "No module", 1, name="my_utils"), "import my_utils.x", "needs-file"),
        (Fault("raised", "ImportError", "cannot import name 'x' from 'a.b'", 1), "from a.b import x", None),
        (Fault("timeout", "Timeout", "still running", 1), IMPORT, None),
        (Fault("raised", "FileNotFoundError", "No such file or directory: 'files/a.csv'", 1), READ, "needs-file"),
        (Fault("raised", "FileNotFoundError", "No such file or directory: 'files/new/'", 1), READ, "needs-file"),
        (Fault("raised", "ValueError", "The provided filename files/a.csv does not exist", 1), READ, "needs-file"),
        (Fault("raised", "FileNotFoundError", "No such file or directory: 'some text'", 1), READ, None),
        (Fault("raised", "FileNotFoundError", "No such file or directory: 'files/a.csv'", 1), None, None),
        (Fault("raised", "ModuleNotFoundError", "No module named 'a'", 1, name="a"), None, None),
        (Fault("raised", "OSError", "Name or service not known", 1), READ, "needs-network"),
        (Fault("raised", "RuntimeError", "It looks like there is no internet connection", 1), READ, "needs-network"),
        (Fault("raised", "ValueError", "no", 1), READ, None),
        (
            Fault("raised", "FileNotFoundError", "No such file or directory: 'archive'", 1),
            "open('archive')",
            "needs-file",
        ),
        (Fault("raised", "KeyError", "'archive' not found", 1), "open('archive')", None),
        (Fault("raised", "RuntimeError", "Data not found. Pass download=True to get it", 1), READ, "needs-network"),
        (
            Fault("raised", "LookupError", "Resource x not found.\n  Please use the downloader", 1),
            READ,
            "needs-network",
        ),
        (Fault("raised", "TypeError", "f() got an unexpected keyword argument 'download'", 1), READ, None),
    ],
)
def test_a_fault_explained(fault: Fault, at: str | None, expected: str | None) -> None:
    statement = ast.parse(at).body[0] if at else None
    assert explain(fault, f"{READ}\n{at}", statement).reason == expected


def test_a_package_that_is_there_and_does_not_load_is_told_so() -> None:
    fault = Fault("raised", "RuntimeError", "operator does not exist", 1)
    why = explain(fault, "", ast.parse("from tools.io import read").body[0]).why
    assert why == "the package `tools` is installed, but does not load: RuntimeError: operator does not exist"


def test_the_snippets_own_import_is_the_reason_and_not_that_of_what_was_brought_in(mend: Mend) -> None:
    other = card("import far_away_package\ntool = far_away_package.Tool()", line=200)
    (repair,) = mend(card("from utils.parts import fit\n\nfit(tool.start())", line=100), other)
    assert (repair.reason, repair.why) == ("needs-file", "the module `utils` is not in the deck")


def test_a_package_of_a_later_card_is_no_reason(mend: Mend) -> None:
    other = card("from far_away_package import Maker\nmaker = Maker('x')", line=200)
    (repair,) = mend(card("print(maker.run('y').z)", line=100), other)
    assert (repair.verdict, repair.reason) == (SnippetVerdict.FAILED, None)
    assert repair.error is not None
    assert (repair.error.type, repair.error.name) == ("NameError", "maker")


def test_a_package_of_an_earlier_card_that_the_snippet_builds_on_is_the_reason(mend: Mend) -> None:
    other = card("from far_away_package import Maker\nmaker = Maker('x')", line=50)
    (repair,) = mend(card("print(maker.run('y').z)", line=100), other)
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "needs-package")


def test_a_function_that_is_not_called_needs_no_package_of_other_cards(mend: Mend) -> None:
    other = card("from far_away_package import Maker\nmaker = Maker('x')", line=50)
    (repair,) = mend(card("def go(text):\n    return maker.run(text)", line=100), other)
    assert (repair.verdict, repair.edits) == (SnippetVerdict.RAN, ())


@pytest.mark.parametrize(
    "code",
    [
        "def f(x):\n    k = x + h\n    ...\n    return k\nf(1)",
        "for n in range(rounds):\n    ...\n    print('done')",
        "x = start()\n...\nprint(x)",
    ],
)
def test_what_is_left_out_between_statements_makes_pseudo_code(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "pseudo-code")


@pytest.mark.parametrize("code", ["def f(x):\n    'Doc.'\n    ...\nf(1)", "class P:\n    ...\nP()", "x = 1\n...\nx"])
def test_what_runs_as_written_in_spite_of_an_ellipsis_is_run(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.RAN


def test_a_block_that_goes_on_in_the_function_of_the_block_before_is_a_fragment(mend: Mend) -> None:
    _, second = mend(card("def f(x):\n    y = x + 1", "    z = y * 2\n    print(z)"))
    assert (second.verdict, second.reason) == (SnippetVerdict.SKIPPED, "fragment")
    _, second = mend(card("y = 1", "    z = y * 2\n    print(z)"))
    assert second.verdict is SnippetVerdict.RAN


def test_nothing_but_a_notebooks_commands_is_no_program(mend: Mend) -> None:
    (repair,) = mend(card("%timeit f(3)"))
    assert (repair.verdict, repair.reason) == (SnippetVerdict.SKIPPED, "pseudo-code")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = torch.tensor([[1, 2], [3, 4])\nprint(x)", None),
        ("print((1, 2)\nx = 3", None),
        ("def f(a=1, b):\n    return a", None),
        ("int x = 3;\nif (x) {\n  go(x);\n}", "language"),
        ("Net(\n  (0): Linear(1, 2)\n)", "language"),
    ],
)
def test_python_with_a_slip_is_no_other_language(code: str, expected: str | None) -> None:
    this = card(code)
    refusal = refuse(this.snippets[0], scene(this))
    assert refusal is not None
    assert refusal.reason == expected


def test_another_language_is_told_with_the_interpreters_words() -> None:
    this = card("name = 'Ann\nprint(name)")
    refusal = refuse(this.snippets[0], scene(this))
    assert refusal is not None
    assert refusal.why.startswith("it does not parse as Python from its first line on: unterminated string literal")


@pytest.mark.parametrize(
    "shown",
    ["tensor([3., 5.], dtype=torch.float64)", "array([[1, 2],\n       [3, 4]])", "torch.Size([2, 3])", "tensor(7)"],
)
def test_no_import_is_made_up_for_what_a_value_looks_like_when_printed(mend: Mend, shown: str) -> None:
    deck = card("import torch\nfrom torch import tensor\nfrom numpy import array", line=200)
    first, second = mend(card("rows = [2 * n for n in (1, 2)]", shown), deck)
    assert first.verdict is SnippetVerdict.RAN
    assert (second.verdict, second.reason, second.edits) == (SnippetVerdict.SKIPPED, "fragment", ())
    assert second.why == "it is a printed result: fence it as text"


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ("from torch import tensor", "tensor([3., 5.])"),
        ("x = 1", "torch.tensor([3., 5.])"),
        ("x = 1", "rows = array([1, 2])"),
        ("x = 1", "tensor([3., 5.]).sum()"),
        ("x = 1", "tensor([x, 5.])"),
        ("x = 1", "[1, 2, 3]"),
    ],
)
def test_a_value_that_the_card_can_make_or_keeps_is_code(before: str, code: str) -> None:
    this = card(before, code)
    assert refuse(this.snippets[1], scene(this)) is None


def test_arguments_of_the_command_line_are_nobodys_mistake(mend: Mend) -> None:
    (repair,) = mend(card("import sys\nwith open(sys.argv[1]) as handle:\n    print(handle.read())"))
    assert (repair.verdict, repair.why) == (
        SnippetVerdict.FAILED,
        "it reads arguments of the command line, and none are given",
    )
    (other,) = mend(card("import sys\nrows = sys.path[:2]\nprint(rows[5])"))
    assert "IndexError" in other.why
