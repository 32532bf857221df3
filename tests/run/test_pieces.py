"""A program in pieces does what it does as a whole."""

from __future__ import annotations

import traceback
from types import ModuleType

import pytest

from deckbuild.run.worker.pieces import read_pieces

PATH = "/nowhere/snippet.py"
PROGRAMS = [
    "a = 1\nb = a + 1\n",
    "\n\n# a remark\n\na = 1  # one\n# two\nb = 2",
    "a = [\n1,\n2,\n]\nb = '''\nx = 1\ny\n'''\nc = len(b)",
    "a = 1 + \\\n2\nb = a",
    "if False:\n    a = 1\nelif True:\n    a = 2\nelse:\n    a = 3\nb = a",
    "try:\n    a = {}['x']\nexcept KeyError:\n    a = 1\nfinally:\n    b = 2",
    "def twice(f):\n    return lambda: f() * 2\n\n@twice\ndef f():\n    return 21\n\na = f()",
    "a = 1; b = a\nb += 1; c = 3",
    "class A:\n    x = 1\n\n    def y(self):\n        return self.x\n\na = A().y()",
    "a: int = 3\nb = __annotations__",
    "a = __name__\nb = __doc__\nc = [i for i in range(3)]",
    "match [1, 2]:\n    case [a, b]:\n        c = 1\n    case _:\n        c = 2",
    "match = 1\ncase = 2\nprint = match",
    "a = b = 3\nc = a",
    "a = [0, 0]\nb = a[0] = 4\nc = a[1:] = [5]",
    "class A:\n    x = 1\n\na = A()\nb = a.x = 2\nc = a.x",
    "a = b, c = 1, 2",
    "a = (b := 3) + 1",
    "a = [i for i in range(3)]\nb = (lambda x=1: x)()\nc = {'k': a == b}",
    "\ufb01 = 1\nb = fi",
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_as_a_whole(text: str) -> None:
    pieces = read_pieces(text, PATH)
    assert pieces is not None
    names, whole = ModuleType("__main__").__dict__, ModuleType("__main__").__dict__
    for piece in pieces:
        eval(piece.code, names)
    exec(compile(text, PATH, "exec", dont_inherit=True), whole)
    plain = (int, str, list, dict)
    assert {n: v for n, v in names.items() if type(v) in plain and n != "__builtins__"} == {
        n: v for n, v in whole.items() if type(v) in plain and n != "__builtins__"
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "  a = 1\nb = 2",  # not indented rightly
        "a = 1\n  b = 2",
        "a = (1\nb = 2",
        "a = 1\nelse:\n    b = 2",
        "return 1",
        "a = 1\n}",
        "from __future__ import annotations\na = 1",
        "'''What the module is.'''\na = 1",
        "def f():\n    global a\n    a = 1",
        "a = 1\rb = 2",
        "a = '\0'",
    ],
)
def test_left_to_the_whole(text: str) -> None:
    assert read_pieces(text, PATH) is None


def test_a_statement_knows_its_lines_wherever_it_stands() -> None:
    for before in ("", "x = 1\n", "x = 1\n\n"):
        pieces = read_pieces(f"{before}def f():\n    return 1 / 0\nf()\n", PATH)
        assert pieces is not None
        names: dict[str, object] = {}
        for piece in pieces[:-1]:
            eval(piece.code, names)
        with pytest.raises(ZeroDivisionError) as raised:
            eval(pieces[-1].code, names)
        first = before.count("\n") + 1
        lines = [f.lineno for f in traceback.extract_tb(raised.value.__traceback__) if f.filename == PATH]
        assert lines == [first + 2, first + 1]
        assert [p.line for p in pieces[-2:]] == [first, first + 2]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("a = 1\n", ("a",)),
        ("a = f(b=1)  # c = 2\n\n\n", ("a",)),
        ("a = b = 1\n", ("a", "b")),
        ("a = b[0] = 1\n", ("a", "b")),
        ("a = b.c = 1\n", ("a", "b")),
        ("a = (b := 1)\n", ("a", "b")),
        ("a = [\n1]\n", ("a",)),
        ("\ufb01 = 1\n", ("fi",)),
    ],
)
def test_what_an_assignment_binds(text: str, bound: tuple[str, ...]) -> None:
    pieces = read_pieces(text, PATH)
    assert pieces is not None
    assert [(p.names.bound, p.line, p.end_line) for p in pieces] == [(bound, 1, 1 + text.rstrip("\n").count("\n"))]


def test_the_same_statement_is_compiled_once() -> None:
    first, second = (read_pieces(f"x = {n}\ny = x + 1\n", PATH) for n in (1, 2))
    assert first is not None
    assert second is not None
    assert first[1] is second[1]
    assert first[0].code is not second[0].code
