"""Whether two texts are of one form, so that a difference between them is a contradiction: texts in, yes or no out."""

from __future__ import annotations

import re

from .written import Call, Gap, Group, Node, Num, Pair, Text, Word, is_literal, is_type, read_written

MARKS = frozenset(":;=-–>|.!")
LABELLED = re.compile(r"(?P<label>[A-Za-z][\w ]*):\s*(?P<value>\S.*)")
TALK = 0.6
SPOKEN = re.compile(r"[^\W\d_]{2,}")
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+")


def comparable(stated: str, computed: str) -> bool:
    """Whether a difference is a contradiction: both are literals or types, or texts of the same build, or texts that share most words."""
    left, right = without_marks(read_written(stated)), without_marks(read_written(computed))
    if not left or not right:
        return False
    if (is_literal(left) and is_literal(behind_label(right))) or (is_type(stated) and is_type(computed)):
        return True
    if one_label_or_value(stated, computed):
        return True
    if [build(n) for n in left] == [build(n) for n in right]:
        return any(not isinstance(n, Word) for n in left)
    return similar(stated, computed)


def one_label_or_value(stated: str, computed: str) -> bool:
    """Whether both are a label and a literal behind it, `even: True`, of which one is the same in both."""
    left, right = LABELLED.fullmatch(stated.strip()), LABELLED.fullmatch(computed.strip())
    if left is None or right is None or not all(is_literal(read_written(m["value"])) for m in (left, right)):
        return False
    return left["label"] == right["label"] or left["value"] == right["value"]


def behind_label(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The one value that words stand before (`Shape: (2, 3)`); else all nodes."""
    *label, value = nodes
    return (value,) if all(isinstance(n, Word) and not is_literal((n,)) for n in label) else nodes


def is_measured(nodes: tuple[Node, ...]) -> bool:
    """Whether the nodes are a number, and perhaps its unit."""
    return isinstance(nodes[0], Num) and all(isinstance(n, Word) for n in nodes[1:])


def build(node: Node) -> str:
    """The node with its numbers and strings left out: what a line of output keeps when its values change."""
    match node:
        case Num():
            return "#"
        case Text():
            return "'"
        case Word(value=value):
            return value.lower()
        case Group(bracket=bracket):
            return bracket
        case Call(name=name):
            return name
        case Gap():
            return "…"
        case Pair():
            return ":"


def similar(stated: str, computed: str) -> bool:
    """Whether two lines of plain text say nearly the same: at least three words, most of them shared and in both of like number."""
    left, right = TOKEN.findall(stated.lower()), TOKEN.findall(computed.lower())
    shared = len(set(left) & set(right))
    return min(len(left), len(right)) >= 3 and shared >= TALK * max(len(set(left)), len(set(right)))


def without_marks(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes that say something; a full stop or colon does not."""
    return tuple(n for n in nodes if not (isinstance(n, Word) and set(n.value) <= MARKS))


def are_alike(stated: str, printed: str) -> bool:
    """Whether no remark looks like that: objects of the same classes, a label and a value of which one is the same, rows of which most are,
    a sentence with one other word."""
    left, right = read_written(stated), read_written(printed)
    if any(isinstance(n, Call) for n in left) and [build(n) for n in left] == [build(n) for n in right]:
        return True
    words, others = (" ".join(lines_of(t)).casefold().split() for t in (stated, printed))
    sentence = len(words) == len(others) and len(SPOKEN.findall(stated)) > 2
    one_other = sentence and sum(a != b for a, b in zip(words, others, strict=True)) == 1
    if one_other or one_label_or_value(stated, printed):
        return True
    rows, shown = lines_of(stated), lines_of(printed)
    equal = sum(a == b for a, b in zip(rows, shown, strict=False))
    return equal > 0 and 2 * equal >= max(len(rows), len(shown))


def stands_in(stated: str, printed: str) -> bool:
    """Whether several stated lines are, to the letter but for blanks, some lines of what was printed, in one piece."""
    lines, whole = lines_of(stated), lines_of(printed)
    return len(lines) > 1 and any(whole[i : i + len(lines)] == lines for i in range(len(whole)))


def lines_of(text: str) -> list[str]:
    """The lines of a text, each without what only aligns it, and without addresses."""
    plain = re.sub(r"0x[0-9a-fA-F.…]+", "0x…", text)
    return [" ".join(t.split()) for t in plain.strip().split("\n")]
