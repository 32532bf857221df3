"""Plain texts and lists that only their names tell: `words`, `prices`, `sentence`, two `lists` that are joined.

In: a name that is looped over, sorted, counted, cut or joined; out: a short text or list. It must leave alone: names that are
used in any other way, and those that say nothing of what they hold.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...program.names import last_name
from ...program.usage import Context, Usage, literal, usage_of
from ...scene import Scene
from ..guess import Guess
from ..reading.limits import limits
from ..reading.parts import is_id_name
from .loops import targets
from .splits import SPARE, spare_count

MOST = 40
_TEXT = re.compile(
    r"^(?:\w+_)?(?:text|sentence|string|phrase|paragraph|message|word|corpus_text|text_data|raw_text|document)$",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"^(?:\w+_)?(?:words|names|tokens|strings|fruits|cities|colou?rs|countries|animals|lines|sentences|texts|documents|docs|titles"
    r"|preprocessed|letters|chars|items_list|languages|students|users)(?:_list)?$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"^(?:\w+_)?(?:numbers|nums|values|prices|ages|scores|grades|marks|temperatures|temps|heights|weights|amounts|salaries|distances"
    r"|measurements|samples|losses|xs|ys|integers|counts|times)(?:_list)?$",
    re.IGNORECASE,
)
_OF_WORDS = re.compile(
    r"tokeni[sz]ed|(?:^|_)(?:token|word|sentence|text|review|corpus|document|doc|comment|tweet)s?(?:_|$)"
)
"""Names of rows of words."""
_WORD = re.compile(r"^(?:word|token|tok|w)$", re.IGNORECASE)
_LIST = re.compile(r"(?:^|_)(?:list|lst|arr|seq)(?:_?\w)?$", re.IGNORECASE)
_TAKES_ROWS = frozenset(
    "sorted set Counter zip enumerate len list tuple reversed sum max min choice sample shuffle map filter frozenset dict "  # noqa: SIM905
    "defaultdict cycle chain islice groupby accumulate most_common isdisjoint update extend FreqDist fromkeys".split()
)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A text, a list of words, of numbers, of rows, or of records with the keys that are read."""
    if usage.calls or not usage.contexts or not all(map(_is_row, usage.contexts)):
        return
    if (count := spare_count(usage)) is not None and count <= MOST:
        yield Guess(repr([*range(1, count + 1)]), f"only its number is asked for, and {count - SPARE} are taken off")
        return
    yield from _of_elements(usage, tree)
    if _TEXT.match(usage.name):
        yield Guess("'some text'", "its name says that it is a text")
    elif _WORDS.match(usage.name):
        yield Guess("['first', 'second']", "its name says that it holds words")
    elif _NUMBERS.match(usage.name) or _LIST.search(usage.name) or _is_called_list(usage, scene):
        near = limits(usage, tree)
        yield Guess(repr(near or [1, 2, 3]), "its name, or the text, says that it is a list of numbers")


def _is_row(context: Context) -> bool:
    """Whether a use is one of sequences: looped over, cut, joined, or given to a function that takes them."""
    match context.parents:
        case (
            (ast.For() | ast.comprehension(), *_)
            | (ast.BinOp(op=ast.Add()), *_)
            | (ast.Subscript(slice=ast.Slice()), *_)
        ):
            return True
        case (ast.Call(func=func, args=args), *_) if context.node in args:
            return last_name(func) in _TAKES_ROWS
        case (ast.Assign(targets=[ast.Tuple() | ast.List()]), *_):
            return True
        case (ast.Starred(), *_) | (ast.Compare(ops=[ast.In() | ast.NotIn()]), *_):
            return True
        case _:
            return False


def _is_called_list(usage: Usage, scene: Scene) -> bool:
    """Whether the sum that it is part of is named a list, or the text calls it one."""
    named = any(
        isinstance(p, ast.Assign) and _LIST.search(ast.unparse(p.targets[0])) for c in usage.contexts for p in c.parents
    )
    said = re.search(rf"\blists?\b[^.\n]{{0,30}}`{re.escape(usage.name)}`", scene.prose, re.IGNORECASE)
    return bool(said) or (named and all(isinstance(c.parent, ast.BinOp) for c in usage.contexts))


def _of_elements(usage: Usage, tree: ast.Module) -> Iterator[Guess]:
    """Rows where the elements are measured or joined themselves, records where they are read by keys."""
    for target in targets(usage):
        if not isinstance(target, ast.Name):
            continue
        element = usage_of(tree, target.id)
        keys = list(dict.fromkeys(k for s in element.subscripts if isinstance(k := literal(s), str)))
        if keys:
            records = [{k: _entry(k, element, place) for k in keys} for place in (0, 1)]
            yield Guess(repr(records), f"its elements are read by the keys {', '.join(map(repr, keys))}")
        elif (
            element.contexts
            and all(map(_is_row, element.contexts))
            and ((of_words := _are_words(element)) or not _is_named_text(usage))
        ):
            if of_words or (_OF_WORDS.search(usage.name.lower()) and not is_id_name(usage.name)):
                yield Guess("[['first', 'second'], ['second', 'third']]", "its name says that its rows hold words")
            else:
                yield Guess("[[1, 2, 3], [4, 5]]", "its elements are rows themselves")


def _are_words(element: Usage) -> bool:
    """Whether a loop runs through an element, and calls what it comes to a word."""
    return any(isinstance(t, ast.Name) and _WORD.match(t.id) is not None for t in targets(element))


def _is_named_text(usage: Usage) -> bool:
    return _WORDS.match(usage.name) is not None or _TEXT.match(usage.name) is not None


def _entry(key: str, element: Usage, place: int) -> object:
    """A number where the entry is compared or calculated with one (one on each side of it), else a word."""
    for context in element.contexts:
        match context.parents:
            case (ast.Subscript(slice=index), ast.Compare(comparators=[limit]), *_) if literal(index) == key:
                bound = literal(limit)
                if isinstance(bound, int | float) and not isinstance(bound, bool):
                    return bound + (1, -1)[place]
            case (ast.Subscript(slice=index), ast.BinOp(), *_) if literal(index) == key:
                return place + 1
    return ("first", "second")[place]
