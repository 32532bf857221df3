"""Refusals, each reason in two halves: what is not run, and what is although it looks like it."""

from __future__ import annotations

import pytest

from deckbuild.model import Fault, SnippetVerdict
from deckbuild.repair.refuse import MAX_STATEMENTS, explain, refuse
from tests.repair.conftest import Mend
from tests.repair.making import card, fenced, scene, snippet

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


@pytest.mark.parametrize(
    ("fault", "own", "expected"),
    [
        (Fault("raised", "ModuleNotFoundError", "No module named 'a.b'", 1, name="a.b"), True, "needs-package"),
        (Fault("raised", "ModuleNotFoundError", "No module named 'helpers'", 1, name="helpers"), True, "needs-file"),
        (Fault("raised", "ImportError", "cannot import name 'x' from 'y'", 1), True, None),
        (Fault("raised", "FileNotFoundError", "No such file or directory: 'files/a.csv'", 1), True, "needs-file"),
        (Fault("raised", "ValueError", "The provided filename files/a.csv does not exist", 1), True, "needs-file"),
        (Fault("raised", "FileNotFoundError", "No such file or directory: 'some text'", 1), True, None),
        (Fault("raised", "FileNotFoundError", "No such file or directory: 'files/a.csv'", 1), False, None),
        (Fault("raised", "ModuleNotFoundError", "No module named 'a.b'", 1, name="a.b"), False, None),
        (Fault("raised", "OSError", "Name or service not known", 1), True, "needs-network"),
        (Fault("raised", "ValueError", "no", 1), True, None),
        (Fault("timeout", "Timeout", "still running", 1), True, None),
    ],
)
def test_a_fault_explained(fault: Fault, own: bool, expected: str | None) -> None:
    assert explain(fault, snippet("rows = read('files/a.csv')"), own).reason == expected
