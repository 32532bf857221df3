"""When printed text is the text that is stated: two texts in, whether they agree out."""

from __future__ import annotations

import enum
import itertools
import re
from dataclasses import dataclass, replace
from operator import itemgetter

from deckbuild.model import LONGEST_CARD
from deckbuild.prose import Number

from .comparable import comparable, is_measured, without_marks
from .numbers import Slack, agrees, is_hardly_rounded, of_a_kind, whole
from .written import Call, Gap, Group, Node, Num, Pair, Text, Word, is_literal, read_written


class Match(enum.Enum):
    """How a stated text and a computed one compare."""

    SAME = "the same, as precise as it is stated"
    DIFFERENT = "both are values of one form, and they differ"
    UNCLEAR = "the stated text is a description, or cannot be compared"


@dataclass(frozen=True, slots=True)
class Rule:
    """What may differ."""

    slack: Slack = Slack.EXACT
    single: bool = True
    """Whether the computation is in single precision."""
    to_the_place: bool = False
    """Whether numbers must be equal as they stand: the program rounded them itself."""
    in_kind: bool = False
    """Whether a number must also be of the computed one's kind: a float or not, with its sign even at nought, rounded and not exact."""
    shortened: bool = False
    """Whether the program prints fewer places than it has, so that a text with more of them may be right."""
    quoted: bool = False
    """Whether, between brackets, a string must be quoted where the printed one is, and `1.0` be exact."""


TENSORS = frozenset({"tensor", "array", "torch.tensor", "np.array", "Tensor", "matrix", "Parameter"})
SIZES = frozenset({"torch.Size", "Size"})
# So many places torch and numpy show of numbers that have more; what Python prints is all there is.
CUT_PLACES = frozenset({4, 8})
SCALARS = re.compile(r"(?:np|numpy|torch)\.(?:float|int|bool|str)_?\d*")
TYPED = frozenset({"dtype", "device", "requires_grad"})
# What a tensor or array does not say of itself because it goes without saying.
DEFAULTS = (
    *(Word(w) for w in ("torch.float32", "torch.int64", "torch.bool", "float64", "int64", "False")),
    Text("cpu"),
)
THOUSANDS = re.compile(r"[-−]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
EXPLANATION = re.compile(
    r"\s+(?:\((?=[^()]*[A-Za-z]{3})[^()]*\)\.?|(?:#|--|—|–|<-|←|because|since|as|which)\s.*)$", re.DOTALL
)


def compare_text(stated: str, computed: str, rule: Rule = Rule()) -> Match:
    """Whether a program's text is the stated one.

    Blanks, quotes, the order of sets and dicts, labels before a value, the difference of `repr` and `str`, and what a tensor says of
    its type after the numbers do not count, unless the stated text says it differently; `...` stands for anything; numbers must agree
    as far as they are written. `3` for `3.0`, `0.` for `-0.`, `0.3` for `0.30000000000000004` are neither the same nor different, nor is what is endless.
    """
    left, right = without_commas(stated.strip()), without_commas(computed.strip())
    alike = folded(left) == folded(right)
    if alike or max(len(left), len(right)) > LONGEST_CARD:
        return Match.SAME if alike and right else Match.UNCLEAR
    options = (left, EXPLANATION.sub("", left))
    if any(same_sequence(read_written(o), read_written(right), rule) for o in options if o):
        words = all(isinstance(n, Word) for n in (*read_written(left), *read_written(right)))
        if words and not is_literal(read_written(left)):
            # Blanks and commas between words may be what the card is about: `x - y` is not `x-y`.
            return Match.UNCLEAR
        strict = replace(rule, in_kind=True)
        exact = any(same_sequence(read_written(o), read_written(right), strict) for o in options if o)
        return Match.SAME if exact else Match.UNCLEAR
    return Match.DIFFERENT if any(comparable(o, right) for o in options) else Match.UNCLEAR


def without_commas(text: str) -> str:
    """Of a single number like `1,234,567.8` the digits; any other text as it is."""
    return text.replace(",", "") if THOUSANDS.fullmatch(text) else text


def folded(text: str) -> str:
    """Without what never matters: blanks at line ends and between words, addresses."""
    return re.sub(r"\s+", " ", re.sub(r"\bat 0x[0-9a-fA-F…]+", "at 0x…", text)).strip()


def same_sequence(stated: tuple[Node, ...], computed: tuple[Node, ...], rule: Rule) -> bool:
    """Whether the nodes are the same, but for a label before the value on either side and marks between."""
    left, right = without_marks(stated), without_marks(computed)
    if not left or not right:
        return False
    if same_items(left, right, rule):
        return True
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    if min(len(left), len(right)) == 1 and is_measured(left) and is_measured(right):
        # A unit that only one of them has.
        return same(left[0], right[0], rule)
    label = longer[: len(longer) - len(shorter)]
    if (
        not label
        or not all(isinstance(n, Word) for n in label)
        or (isinstance(shorter[0], Word) and not is_literal((shorter[0],)))
    ):
        return False
    return same_items(left[-len(shorter) :], right[-len(shorter) :], rule)


def same_items(stated: tuple[Node, ...], computed: tuple[Node, ...], rule: Rule) -> bool:
    """Whether two runs of nodes are the same; a gap in either fits any run of the other."""
    if Gap() in stated:
        return fits_around_gaps(stated, computed, rule)
    if Gap() in computed:
        return fits_around_gaps(computed, stated, rule)
    return len(stated) == len(computed) and all(same(a, b, rule) for a, b in zip(stated, computed, strict=True))


def fits_around_gaps(shortened: tuple[Node, ...], full: tuple[Node, ...], rule: Rule) -> bool:
    """Whether the runs between the gaps stand in the full run in their order: the first at its beginning, the last at its end."""
    *inner, end = split_at_gaps(shortened)
    at = 0
    for index, run in enumerate(inner):
        starts = range(at, at + 1) if index == 0 else range(at, len(full) - len(run) + 1)
        found = next((i for i in starts if all_same(run, full[i : i + len(run)], rule)), None)
        if found is None:
            return False
        at = found + len(run)
    return len(full) - at >= len(end) and all_same(end, full[len(full) - len(end) :], rule)


def split_at_gaps(nodes: tuple[Node, ...]) -> list[tuple[Node, ...]]:
    """The runs of nodes before, between and behind the gaps."""
    places = [-1, *(i for i, n in enumerate(nodes) if isinstance(n, Gap)), len(nodes)]
    return [nodes[a + 1 : b] for a, b in itertools.pairwise(places)]


def all_same(run: tuple[Node, ...], other: tuple[Node, ...], rule: Rule) -> bool:
    """Whether two runs without gaps are the same, whichever of them is the stated one."""
    return len(run) == len(other) and all(same(a, b, rule) for a, b in zip(run, other, strict=True))


def same(stated: Node, computed: Node, rule: Rule) -> bool:
    """Whether two nodes are the same."""
    if isinstance(stated, Call) and isinstance(computed, Call) and conflicting(stated, computed):
        return False
    match bare(stated), bare(computed):
        case Num(number=a), Num(number=b):
            return same_number(a, b, rule)
        case Text(of_bytes=a), Text(of_bytes=b) if a != b:
            return False
        case (Word(), Text()) | (Text(), Word()) if rule.quoted:
            return False
        case (
            (Text(value=a), Text(value=b))
            | (Word(value=a), Word(value=b))
            | (Text(value=a), Word(value=b))
            | (Word(value=a), Text(value=b))
        ):
            return folded(a) == folded(b)
        case Group(bracket="{", items=a), Group(bracket="{", items=b):
            return same_unordered(a, b, replace(rule, quoted=rule.in_kind or rule.quoted))
        case Group(bracket=x, items=a), Group(bracket=y, items=b):
            alike = x == y or is_loose(stated) or is_loose(computed)
            return alike and same_items(
                a, b, replace(loosened(stated, computed, rule), quoted=rule.in_kind or rule.quoted)
            )
        case Pair(key=k, value=v), Pair(key=m, value=w):
            return same(k, m, rule) and same(v, w, rule)
        case Call(name=n, items=a, options=o), Call(name=m, items=b, options=p):
            return (
                last(n) == last(m)
                and same_items(a, b, rule)
                and {k for k, _ in o} == {k for k, _ in p}
                and all(
                    same(x, y, rule)
                    for (_, x), (_, y) in zip(sorted(o, key=itemgetter(0)), sorted(p, key=itemgetter(0)), strict=True)
                )
            )
        case (Gap(), _) | (_, Gap()):
            return True
        case _:
            return False


def same_number(stated: Number, computed: Number, rule: Rule) -> bool:
    """Whether two numbers are the same as far as both are written."""
    if rule.in_kind and not of_a_kind(stated, computed):
        return False
    if rule.quoted and is_hardly_rounded(stated, computed.value):
        return False
    if stated.is_integer and computed.is_integer:
        return whole(stated) == whole(computed)
    if rule.to_the_place:
        return stated.value == computed.value
    cut = rule.shortened or computed.decimals in CUT_PLACES
    coarser = stated.decimals > computed.decimals and cut and agrees(computed, stated.value, rule.slack)
    return coarser or agrees(stated, computed.value, rule.slack, single=rule.single)


def bare(node: Node) -> Node:
    """The numbers of a tensor without what surrounds them; a size as its brackets; any other node as it is."""
    if (
        isinstance(node, Call)
        and len(node.items) == 1
        and (node.name in TENSORS | SIZES or SCALARS.fullmatch(node.name))
    ):
        return node.items[0]
    return node


def loosened(stated: Node, computed: Node, rule: Rule) -> Rule:
    """The rule for the entries of a list: written by hand for an array, or with and without points, it says nothing of their type."""
    points = {n.number.is_integer for n in stated.items if isinstance(n, Num)} if isinstance(stated, Group) else set()
    by_hand = isinstance(stated, Group) and (isinstance(computed, Call) or len(points) > 1)
    return replace(rule, in_kind=False) if by_hand else rule


def is_loose(node: Node) -> bool:
    """Whether the kind of bracket does not matter: of tensors and sizes."""
    return isinstance(node, Call) and node.name in TENSORS | SIZES


def conflicting(stated: Call, computed: Call) -> bool:
    """Whether the stated text names a type, device or gradient that is not the computed one."""
    have = dict(computed.options)
    return any(k in TYPED and have.get(k, v if v in DEFAULTS else None) != v for k, v in stated.options)


def same_unordered(stated: tuple[Node, ...], computed: tuple[Node, ...], rule: Rule) -> bool:
    """Whether a set or dict has the same entries."""
    left = list(computed)
    for node in stated:
        if isinstance(node, Gap):
            return True
        found = next((c for c in left if same(node, c, rule)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def last(name: str) -> str:
    """Of a dotted name the last part."""
    return name.rpartition(".")[2]
