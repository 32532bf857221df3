"""Outputs stated in comments, `# Output: [1, 2]`, `# -> 9`, `print(x)  # 0.25`: recognised as claims about printed text.

A comment that explains is left alone: what counts is a marker before the text, or that the whole comment is a value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from deckbuild.model import Card, Claim, Snippet

from ..agreement.symbolic import is_formula
from ..agreement.vague import VAGUE
from ..agreement.written import Call, Group, Num, are_literals, is_literal, is_type, read_written
from ..text.comments import Comment, comments, is_callout
from ..text.company import company_of
from ..text.sessions import is_session
from ..text.told import code_on, is_expression, is_told
from ..text.unreal import is_denied
from .printed import PrintedTest, kind_of

MARKER = re.compile(
    r"""^(?:(?:example|expected|sample|the|this|will|would|should|also)\s+)*
    (?P<word>outputs?|prints?|printed|out|results?(?:\s+in)?|returns?|gives|displays|shows|evaluates\s+to|value|equals)
    (?:\s+(?:is|will\s+be|would\s+be|should\s+be|looks?\s+like))?
    \s*(?P<sign>[:=]>?|-+>|→|⇒)?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
ARROW = re.compile(r"^(?:=+>|-+>|→|⇒|>>+)\s*")
# Behind these a comment speaks of the line, not of a value.
STATEMENT = re.compile(r"(?:def|class|import|from|for|while|if|elif|else|return|with|yield|raise|assert|lambda)\b")
# Not "38.6 million": a word that scales the number makes it another one.
UNIT = re.compile(
    r"(?P<n>[-−]?\d[\d,.]*)(?:\s+(?!(?:thousand|million|billion|trillion|hundred|dozen|percent|[kmgt]i?b|k)\b)[a-z][a-z/^²³\d]*){1,3}"
)
ABOUT = re.compile(r"(?:(?:about|approximately|approx\.?|around|roughly|nearly|almost)\s+|[~≈]\s?)(?P<n>[-−]?(?:\d[\d,]*)?\.?\d+(?:e[-+]?\d+)?)", re.IGNORECASE)  # fmt: skip
# "3.0, which is y", "[1, 2]  # the copy too": the value, and a remark behind it.
REMARKED = re.compile(r"(?P<value>[^#]*?\S)(?:\s+#\s|,\s+(?:which|as|since|because|so)\s).*")
REASONED = re.compile(r"(?:should|must|will|would)\s+(?:be|equal|give)\b[^#\n]*\s=\s*(?P<n>[-−]?\d[\d,]*(?:\.\d+)?)\.?", re.IGNORECASE)  # fmt: skip
ALONE = re.compile(r"[A-Za-z_][\w.]*(?:[\w.()\[\], ]*\.(?:shape|size\(\)))?")
LABELLED = re.compile(r"(?!(?:shape|size|dim\w*|d?type|input|note|e\.g\.)\b)[A-Za-z][\w -]*:\s*(?P<value>(?:\[|tensor\(|array\().*)", re.IGNORECASE)  # fmt: skip
PERCENT = re.compile(r"[-−]?\d+(?:\.\d+)?%")
UNITS = re.compile(
    r"\d\s?(?:thousand|million|billion|trillion|hundred|dozen|percent|[kmgt]i?b?|[a-z]?hz|m?s)\b", re.IGNORECASE
)
FEW_LETTERS = 3
WORDS = re.compile(r"[A-Za-z]{2,}\s+[A-Za-z]{2,}")
REMARK = re.compile(r"\?$|\b(?:not|is|are|the|an?|of|to|in|or|vs|see|if|no|yes|error|todo|note|ok|same|first|last|second|third|step)\b|^[A-Za-z]+(?:Error|Exception)\b|\b(?:and|but|->|=>|=)\s", re.IGNORECASE)  # fmt: skip
LAYOUT = re.compile(r"^(?:tensor|array|torch\.Size|\[|\(|\{|[-+]?\d|['\"]|True$|False$|None$)")


def recognise_commented(card: Card) -> Iterator[Claim]:
    """The outputs that comments of the card's Python state."""
    for snippet in card.snippets:
        if snippet.is_python and not is_session(snippet):
            found = [(c, s) for c in comments(snippet) if (s := stated_output(c, snippet))]
            told = [c.last for c, _ in found if c.inline]
            yield from (claim(card, snippet, c, s, told) for c, s in found if not is_callout(s, snippet))


def lines_told(snippet: Snippet) -> frozenset[int]:
    """The lines of the file beside which a comment states an output."""
    return frozenset(c.last for c in comments(snippet) if c.inline and stated_output(c, snippet))


def stated_output(comment: Comment, snippet: Snippet) -> str | None:
    """The output that a comment states; None for a comment that explains."""
    if comment.inline and STATEMENT.match(code_on(comment.line, snippet)):
        return None
    head, _, rest = comment.text.partition("\n")
    if comment.inline:
        head = without_remark(head)
    marker = MARKER.match(head)
    arrow = ARROW.match(head)
    if marker and (marker["sign"] or LAYOUT.match(head[marker.end() :])):
        body = head[marker.end() :]
        if marker["sign"] == "=" or (not body.strip() and not rest):
            return None
        return trimmed(body, rest, whole=not body.strip()) if marker["sign"] or is_value(body) else None
    if arrow:
        return trimmed(head[arrow.end() :], rest, whole=False) or None
    if not comment.inline:
        rich = isinstance(next(iter(read_written(comment.text)), None), Call | Group) and is_data(comment.text)
        rows = comment.text.split("\n")
        values = len(rows) > 1 and all(is_data(row) and not UNIT.fullmatch(row) for row in rows)
        shown = rich or values or starts_alike(comment.text, code_on(comment.last, snippet))
        below = shown and is_below_print(comment, snippet)
        return comment.text if below or is_told(comment, snippet, is_output_of_print) else None
    if code_on(comment.line, snippet).startswith(("print(", "display(")):
        text = head if not rest else comment.text
        found = stated_of_print(text, code_on(comment.line, snippet))
        return found or (text if is_told(comment, snippet, is_output_of_print) else None)
    if (named := LABELLED.fullmatch(comment.text)) and is_expression(code_on(comment.line, snippet)):
        return named["value"] if is_value(named["value"]) else None
    several = is_rich(comment.text) and is_expression(code_on(comment.line, snippet))
    value = (is_value(comment.text) or several) and shows_value(comment, snippet)
    return comment.text if value or is_told(comment, snippet, is_output_of_print) else None


def is_rich(text: str) -> bool:
    """Whether a text is several values, with brackets among them: `(1, 2) {'a': 3}`."""
    nodes = read_written(text)
    return len(nodes) > 1 and is_data(text) and any(isinstance(n, Call | Group) for n in nodes)


def is_output_of_print(text: str, code: str) -> bool:
    """Whether a comment behind a `print` states an output by itself."""
    return stated_of_print(text, code) is not None


def without_remark(text: str) -> str:
    """The value before a remark; the whole text where what stands there is no value, or no output by its marker."""
    found = REMARKED.fullmatch(text)
    if found is None:
        return text
    marker = MARKER.match(found["value"])
    return found["value"] if is_value(found["value"][marker.end() if marker else 0 :]) else text


def stated_of_print(text: str, code: str) -> str | None:
    """What a comment behind a `print` states: values, a value with its unit, about a value, or the words that the code prints with a value."""
    nodes = read_written(text)
    if nodes and (is_value(text) or are_literals(nodes)):
        return text
    if UNIT.fullmatch(text):
        return text
    if found := ABOUT.fullmatch(text) or ("shape" not in code and REASONED.fullmatch(text)):
        return found["n"]
    if PERCENT.fullmatch(text) or starts_alike(text, code) or looks_like_data(text, code):
        return text
    label = re.match(r"(?P<label>[A-Za-z][\w ]*):\s*(?P<value>.*)", text, re.DOTALL)
    if label is None or not re.search(r"\d", label["value"]) or is_denied(text, label.start("value")):
        return None
    if label["label"] in code:
        return text
    rich = isinstance(read_written(label["value"])[0], Call | Group)
    return label["value"] if rich and is_value(label["value"]) else None


def looks_like_data(text: str, code: str) -> bool:
    """Whether a comment behind a `print` is hardly a remark: `0xff`, `x**2 + 1`, `bcd`, but no two words in a row, and no word of the code."""
    if "\n" in text or WORDS.search(text) or REMARK.search(text) or UNITS.search(text) or is_denied(text, len(text)):
        return False
    # A word by itself says what is printed only where the code has letters to print.
    plain = re.search(r"[\d<>*/+={}\[\]()_-]", text) is None
    return not plain or (re.search(r"['\"]", code) is not None and text.lower() not in re.findall(r"\w+", code.lower()))


def starts_alike(text: str, code: str) -> bool:
    """Whether a comment begins with the words of the first string that the code prints: `print(f"Hello, {name}")  # Hello, Ada`."""
    string = re.match(r"print\(\s*[frbFRB]*(?P<quote>['\"])(?P<words>[^'\"{%\\]+)", code)
    words = string["words"].strip() if string else ""
    return len(words) >= FEW_LETTERS and text.startswith(words)


def is_below_print(comment: Comment, snippet: Snippet) -> bool:
    """Whether the comment stands right below a `print`, or a name or shape that stands alone, as in a notebook."""
    above = snippet.source.split("\n")[comment.line - snippet.line - 1] if comment.line > snippet.line else ""
    array = re.match(r"(?:tensor|array)\(", comment.text) is not None and is_expression(above)
    shows = above.strip().startswith("print(") or ALONE.fullmatch(above) is not None or array
    return comment.last == comment.line - 1 and shows


def trimmed(body: str, rest: str, *, whole: bool) -> str:
    """The stated text: all lines where the marker stands alone, else its line and those that close its brackets."""
    lines = [body, *rest.split("\n")] if rest else [body]
    if whole:
        return "\n".join(lines).strip()
    text = lines[0]
    for line in lines[1:]:
        if text.count("[") + text.count("(") + text.count("{") <= text.count("]") + text.count(")") + text.count("}"):
            break
        text += "\n" + line
    return text.strip()


def is_data(text: str) -> bool:
    """Whether a text is nothing but values, or a number with its unit: no remark."""
    if is_value(text) or PERCENT.fullmatch(text) or UNIT.fullmatch(text):
        return True
    nodes = read_written(text)
    return is_literal(nodes[:1]) and all(
        is_literal((n,)) and (not isinstance(n, Call) or n.name in ("tensor", "array", "torch.Size")) for n in nodes
    )


def is_value(text: str) -> bool:
    """Whether a text is one literal and nothing else, so that it can only be meant as a value."""
    nodes = read_written(text.strip().rstrip("."))
    if is_type(text):
        return True
    return is_literal(nodes) and not (
        isinstance(nodes[0], Call)
        and (nodes[0].name[:1].islower() or len(nodes[0].name) == 1)
        and not LAYOUT.match(text.strip())
    )


def shows_value(comment: Comment, snippet: Snippet) -> bool:
    """Whether the code before a bare literal prints or is an expression, or the literal is too rich to be a remark."""
    code = code_on(comment.line, snippet)
    nodes = read_written(comment.text)
    rich = isinstance(nodes[0], Call | Group) or (isinstance(nodes[0], Num) and not nodes[0].number.is_integer)
    plain = re.match(r"[\w.]+\s*(?::[^=]*)?=(?!=)", code) is None and not code.endswith((",", "(", "[", "{", ":", "\\"))
    assigned = re.match(r"[a-z_]\w*\s*=(?!=)\s*(?P<value>\S.*)$", code, re.IGNORECASE)
    made = assigned is not None and re.search(r"[(*/+@-]", assigned["value"]) is not None
    return plain or (rich and assigned is not None and (isinstance(nodes[0], Call | Group) or made))


def claim(card: Card, snippet: Snippet, comment: Comment, stated: str, told: list[int]) -> Claim:
    """The claim that a comment makes of the code before it, of which the lines `told`, in order, have an output of their own beside them."""
    quote, offset = comment.quote, 0
    if "\n" not in stated and "\n" in quote:
        offset = next((i for i, row in enumerate(quote.split("\n")) if stated in row), 0)
        quote = quote.split("\n")[offset]
    first = comment.last if comment.inline else comment.first
    last_told = [n for n in told[: bisect_left(told, comment.last)][-1:] if n >= first]
    test = PrintedTest(
        stated,
        first,
        comment.last,
        VAGUE.search(comment.text) is not None,
        perhaps=is_perhaps(stated, comment, snippet),
        exact=is_only_told(stated, comment, snippet),
        number=m["n"] if (m := UNIT.fullmatch(stated)) and stated == comment.text else None,
        company=company_of(stated, comment, snippet),
        untold=last_told[0] + 1 if last_told and not comment.inline else None,
    )
    return Claim(card.path, comment.line + offset, quote, kind_of(stated), test.expected, snippet.line, test)


def is_perhaps(stated: str, comment: Comment, snippet: Snippet) -> bool:
    """Whether what a comment states is no value, and nothing marks it as an output: it may be a remark all the same."""
    code = code_on(comment.line, snippet) if comment.inline else ""
    if stated != comment.text or is_data(stated) or is_formula(stated):
        return False
    remark = code.startswith("print(") and not starts_alike(stated, code) and looks_like_data(stated, code)
    return remark or is_only_told(stated, comment, snippet)


def is_only_told(stated: str, comment: Comment, snippet: Snippet) -> bool:
    """Whether nothing but that the program may print these words makes them an output."""
    if stated != comment.text or is_data(stated) or (comment.inline and is_rich(stated)):
        return False
    code = code_on(comment.line, snippet) if comment.inline else ""
    if code.startswith(("print(", "display(")):
        return not is_output_of_print(stated, code)
    return is_told(comment, snippet, is_output_of_print)
