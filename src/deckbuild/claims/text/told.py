"""Words in a comment that are what the code prints, and no remark: `print(d.speak())  # Woof`; a comment and its snippet in, yes or no out.

What tells it are the strings of the snippet that hold the words, or comments with outputs beside all its other prints.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable

from deckbuild.model import Snippet
from deckbuild.syntax import parse_module

from ..agreement.vague import VAGUE
from ..agreement.written import are_literals, read_written
from ..facts.reliance import parse
from .comments import Comment, comments
from .unreal import is_denied

LONGEST = 6
"""So many words may be an output that nothing calls one."""
WORD = re.compile(r"[^\W\d_]+")
TELLING = r"(?:says?|tells?|shows?|prints?|printed|outputs?|the|this|that|it|its|here|we|you|our|will|would|error|because|since|as|why|note|now|not)\b"
QUOTING = re.compile(
    rf"(?!{TELLING})(?=(?:\S+\s+){{3}})(?:|.*\W)(?P<mark>['\"])[^'\"]+(?P=mark)(?:|\W.*)", re.IGNORECASE
)
TRUTHS = frozenset({"True", "False", "None"})
# Who writes these comments on the code.
REMARK = re.compile(
    r"\?|\b(?:not|is|are|vs|see|if|yes|todo|note|ok|same|first|last|second|third|step|and|but|because|still|unchanged|changed|copy|view|works|fails|"
    r"only|why|shape|scalar|vector|matrix|tensor|index|rows?|columns?|about|or|close|near|approx\w*|around|roughly|varies|random|depends|for|with|since|now|all|each)\b",
    re.IGNORECASE,
)


def is_told(comment: Comment, snippet: Snippet, is_output: Callable[[str, str], bool]) -> bool:
    """Whether a comment behind, or at the end below, what prints can be the words that are printed; `is_output` tells of the text of another
    one and its code whether it is an output."""
    rows = [r for r in comment.text.split("\n") if r.strip()]
    if comment.inline and len(rows) == 1 and is_message(comment, snippet):
        return True
    if not rows or is_denied(comment.text, len(comment.text)):
        return False
    if not comment.inline:
        held = [is_held(r, snippet) or are_literals(read_written(r)) for r in rows]
        words = any(WORD.search(r) for r in rows)
        return is_at_the_end(comment, snippet) and held[0] and 2 * sum(held) >= len(rows) and words
    if len(rows) > 1 or len(rows[0].split()) > LONGEST:
        return False
    code = code_on(comment.line, snippet)
    if not code.startswith(("print(", "display(")):
        return calls_a_printer(code, snippet) and is_held(rows[0], snippet)
    if is_held(rows[0], snippet) or is_own_name(rows[0], code, snippet):
        return True
    # Small letters alone, and a number in words, may be a remark in any company.
    odd = re.match(r"\D*[^a-z\d\s]", rows[0]) is not None and not REMARK.search(rows[0])
    return odd and is_in_company(comment, snippet, is_output)


def is_message(comment: Comment, snippet: Snippet) -> bool:
    """Whether words with some in quotation marks stand behind the `print` of an error that was caught: the message that Python gives it."""
    named = re.fullmatch(r"print\((\w+)\)\s*;?", code_on(comment.line, snippet).strip())
    if named is None or QUOTING.fullmatch(comment.text) is None or VAGUE.search(comment.text) is not None:
        return False
    at = comment.line - snippet.line + 1
    return any(name == named[1] and first < at <= last for name, first, last in caught(snippet.source))


@functools.lru_cache(maxsize=64)
def caught(source: str) -> tuple[tuple[str | None, int, int], ...]:
    """The name that each handler of errors gives its error, the handler's first line and its last."""
    tree = parse(source)
    handlers = [n for n in (ast.walk(tree) if tree else ()) if isinstance(n, ast.ExceptHandler)]
    return tuple((h.name, h.lineno, h.end_lineno or h.lineno) for h in handlers)


def is_own_name(text: str, code: str, snippet: Snippet) -> bool:
    """Whether a text is the name of a function or class of the snippet, or inside one, behind code that prints such a name."""
    return (".__name__" in code or ".__qualname__" in code) and any(n.name == text for n in definitions(snippet.source))


@functools.lru_cache(maxsize=64)
def definitions(source: str) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, ...]:
    """All functions and classes of a program."""
    tree = parse(source)
    nodes = ast.walk(tree) if tree else ()
    return tuple(n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef))


def is_held(text: str, snippet: Snippet) -> bool:
    """Whether the snippet's strings hold all words of a text, of which there are some."""
    words = set(WORD.findall(text)) - TRUTHS
    return bool(words) and words <= words_of_strings(snippet.source)


@functools.lru_cache(maxsize=256)
def words_of_strings(source: str) -> frozenset[str]:
    """The words in the strings of a program, those of f-strings too, but for documentation."""
    tree = parse(source)
    nodes = list(ast.walk(tree)) if tree else []
    documentation = {id(n.value) for n in nodes if isinstance(n, ast.Expr)}
    strings = [n.value for n in nodes if isinstance(n, ast.Constant) and id(n) not in documentation]
    return frozenset(w for s in strings if isinstance(s, str) for w in WORD.findall(s))


def is_at_the_end(comment: Comment, snippet: Snippet) -> bool:
    """Whether a comment stands right below the snippet's last code, which prints."""
    rows = snippet.source.rstrip().split("\n")
    at = comment.line - snippet.line
    behind = rows[at + comment.text.count("\n") + 1 :]
    above = rows[at - 1] if at else ""
    prints = re.match(r"\s*print\(", above) is not None or calls_a_printer(above, snippet)
    return prints and comment.last == comment.line - 1 and not behind


def calls_a_printer(code: str, snippet: Snippet) -> bool:
    """Whether a line is a call, by itself, of a function or method that the snippet defines and that prints."""
    called = set(re.findall(r"(\w+)\(", code)) if is_expression(code) else set()
    return any(n.name in called and prints(n) for n in definitions(snippet.source) if not isinstance(n, ast.ClassDef))


def prints(node: ast.AST) -> bool:
    """Whether a print stands in it."""
    return any(
        isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print" for n in ast.walk(node)
    )


def is_in_company(comment: Comment, snippet: Snippet, is_output: Callable[[str, str], bool]) -> bool:
    """Whether a comment stands beside every print of the snippet, and at least half of the others are outputs."""
    beside = {c.line: c.text for c in comments(snippet) if c.inline}
    rows = dict(enumerate(snippet.source.split("\n"), snippet.line))
    printing = [n for n, text in rows.items() if re.match(r"\s*print\(", text) and n != comment.line]
    if not printing or any(n not in beside for n in printing):
        return False
    outputs = sum(is_output(beside[n], code_on(n, snippet)) or is_held(beside[n], snippet) for n in printing)
    return 2 * outputs >= len(printing) and outputs > 0


def code_on(line: int, snippet: Snippet) -> str:
    """The code on a line of the file, without the comment behind it."""
    return code_rows(snippet.source)[line - snippet.line]


@functools.lru_cache(maxsize=64)
def code_rows(source: str) -> tuple[str, ...]:
    """The code on each line, without the comment behind it."""
    return tuple(row.split("#")[0].strip() for row in source.split("\n"))


def is_expression(code: str) -> bool:
    """Whether a line is an expression by itself, whose value a notebook would show."""
    try:
        body = parse_module(code).body
    except (SyntaxError, ValueError):
        return False
    return len(body) == 1 and isinstance(body[0], ast.Expr)
