"""Lines that their own comment marks as wrong: `scores = Q @ K.T  # ERROR: shapes do not match`. In: lines, or a program, and a fault; out: whether it is that.

The comment stands on the line, or alone right above it, and what it says of the error fits the one that is raised; what stands behind
runs without the line, or needs what it would have given. It must leave alone: comments on an error that is a number (`# error of the
fit`), that none comes, or that name another one; and names that are missing, unless the comment says so.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Sequence

from deckbuild.model import Fault, Job, Run

from .draft import Program, State, parse
from .program.names import bound

MOST = 6
"""Marked lines of a block."""
LACKS = ("NameError", "ModuleNotFoundError", "ImportError", "UnboundLocalError")

_THIS = r"(?:(?:this|that|it|(?:this|the next) (?:line|call|code|one))\s+)?(?:will |would )?"
_END = r"(?=\s*(?:[:;.,!(—–-]|$|because\b|as\b|since\b|here\b|due\b))"
_MARK = re.compile(
    rf"^#\W*(?:(?-i:ERROR)\b|errors?\s*[:!]|errors?\s[-–—]\s|(?:wrong|invalid)\s*[:!]"
    rf"|{_THIS}(?:fails?|crash(?:es)?|errors? out){_END}"
    rf"|{_THIS}(?:does |will )?(?:not|doesn['’]t|won['’]t|cannot|can['’]t) (?:work|run){_END}"
    rf"|{_THIS}(?:raises?|throws?|causes?|gives?|triggers?|leads? to|results? in)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){{0,2}}?(?:errors?|exceptions?|\w+(?:Error|Exception)){_END})",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:no (?:errors?|exceptions?)|not an?|without|avoids?|prevents?|fix(?:es|ed)?|unless|if|when)\b", re.IGNORECASE
)
_TYPE = re.compile(r"\b[A-Z]\w*(?:Error|Exception)\b")
_FAMILIES = (
    (re.compile(r"\b(?:shapes?|sizes?|dim(?:ension)?s?|mismatch\w*|match\w*|broadcast\w*|align\w*|incompatible|\w*features|\w*channels|columns|rows)\b", re.IGNORECASE),
     re.compile(r"shape|size|dimension|match|broadcast|align|multipl", re.IGNORECASE)),
    (re.compile(r"\b(?:d?types?|strings?|ints?|integers?|floats?|immutable|tuples?|changed|modified|concatenat\w*|assign\w*|unhashable|callable)\b", re.IGNORECASE),
     re.compile(r"^TypeError|type|scalar|Long|Float|Double", re.IGNORECASE)),
    (re.compile(r"\b(?:index|indices|out of (?:range|bounds)|keys?)\b", re.IGNORECASE), re.compile(r"^(?:Index|Key)Error|index|out of")),
    (re.compile(r"\b(?:attributes?|methods?)\b", re.IGNORECASE), re.compile(r"^AttributeError|attribute")),
    (re.compile(r"\b(?:zero|divi\w+)\b", re.IGNORECASE), re.compile(r"^ZeroDivisionError|zero|singular")),
    (re.compile(r"\b(?:grad\w*|graph|leaf|in-?place|backward)\b", re.IGNORECASE), re.compile(r"grad|graph|leaf|in-?place|backward")),
    (re.compile(r"\b(?:defined|scope|exists?|accessible|visible|import(?:ed)?)\b", re.IGNORECASE), re.compile(rf"^(?:{'|'.join(LACKS)})")),
    (re.compile(r"\b(?:arguments?|parameters?)\b", re.IGNORECASE), re.compile(r"argument|parameter|positional|keyword")),
)  # fmt: skip
"""What a comment says of an error, and what its type and message then hold."""


def is_marked(lines: Sequence[str], index: int, fault: Fault) -> bool:
    """Whether the comment at the line of that index, or alone on the one above, says that it ends in such an error."""
    above = lines[index - 1].strip() if index > 0 else ""
    comments = [_comment(lines[index]), above if above.startswith("#") else ""]
    return fault.kind == "raised" and any(_fits(c, fault) for c in comments)


def is_said_to_fail(lines: Sequence[str], index: int) -> bool:
    """Whether the comment at the line of that index says that it ends in an error."""
    comment = _comment(lines[index])
    return _MARK.match(comment) is not None and _NONE.search(comment) is None


def names_error(lines: Sequence[str], index: int) -> bool:
    """Whether the comment at the line of that index begins with the name of an error, as an output does: `# KeyError: 'a'`."""
    return re.match(rf"#\W*{_TYPE.pattern}", _comment(lines[index])) is not None


def ends_as_marked(state: State, program: Program, fault: Fault, run: Run) -> bool:
    """Whether an own line of the last draft is marked with the error, and all marked lines apart the rest runs."""
    draft, code, lost = state.drafts[-1], program.code, frozenset[str]()
    lines = [x.text for x in draft.lines]
    for more in range(MOST):
        at = (fault.frames[0] if fault.frames else fault.line) or 0
        places = [program.place(n - more) for n in (at, fault.line) if n is not None]
        own = [p.line for p in places if p is not None and p.draft == len(state.drafts) - 1 and p.line is not None]
        if fault.type == "NameError" and fault.name in lost:
            return True
        if not any(is_marked(lines, n, fault) for n in own):
            return False
        tree = parse(code) or ast.Module([], [])
        here = [s for s in tree.body if s.lineno <= at <= (s.end_lineno or s.lineno)]
        lost |= {n for s in here for n in bound(s)}
        if all(s.lineno <= at for s in tree.body):
            return True
        beyond = without(code, at)
        if beyond is None:
            return False
        code = beyond
        (outcome,) = run.trial([Job(code)])
        if outcome.fault is None:
            return True
        fault = outcome.fault
    return False


def without(code: str, line: int) -> str | None:
    """The program that goes on behind the error of a line: a simple statement alone on it, outside any block; else None."""
    found = [s for s in (parse(code) or ast.Module([], [])).body if s.lineno <= line <= (s.end_lineno or s.lineno)]
    if len(found) != 1 or found[0].lineno != found[0].end_lineno or hasattr(found[0], "body"):
        return None
    rows = code.split("\n")
    rows[line - 1 : line] = [f"try: {rows[line - 1]}", "except Exception: pass"]
    return "\n".join(rows)


def _comment(line: str) -> str:
    """The comment at the end of a line; "" where it has none, or cannot be read by itself."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(line.strip()).readline))
    except (tokenize.TokenError, SyntaxError):
        return ""
    return next((t.string for t in tokens if t.type == tokenize.COMMENT), "")


def _fits(comment: str, fault: Fault) -> bool:
    mark = _MARK.match(comment)
    if mark is None or _NONE.search(comment):
        return False
    if named := _TYPE.findall(comment):
        return fault.type in named
    said = [raised for words, raised in _FAMILIES if words.search(comment)]
    if not said:
        if fault.type in LACKS:
            return False
        return re.search(r"\w", comment[mark.end() :].replace("here", "")) is None
    return any(raised.search(f"{fault.type}: {fault.message}") for raised in said)
