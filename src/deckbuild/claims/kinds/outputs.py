"""Outputs shown apart from the code: a fence behind it ("This prints:"), the lines below a `>>>` prompt; recognised as claims about printed text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from deckbuild.model import Card, Claim, Prose, Snippet
from deckbuild.prose import sentences
from deckbuild.syntax import is_printed_form

from ..agreement.vague import VAGUE
from ..agreement.written import are_literals, is_literal, read_written
from ..facts.reliance import parse
from ..text.near import words_before
from ..text.sessions import is_session, read_session
from ..text.statements import is_hedged, last_sentence
from ..text.subjects import is_of_expression, is_of_variable, subject_of
from ..text.unreal import is_of_another, is_supposed, is_unreal
from .commented import lines_told
from .literals import INTRODUCES
from .printed import PrintedTest, kind_of

SHELL = frozenset({None, "text", "plaintext", "txt", "output", "console", "stdout", "out", "plain", "none", ""})
NAMED = frozenset({"output", "stdout"})
"""Of a fence that calls itself an output."""
ANNOUNCES = re.compile(
    r"\b(?:outputs?|prints?|printed|displays?|shows?|results?|produces?|gives?|returns?|see|looks like)\b",
    re.IGNORECASE,
)
# "Running it prints", without a colon, right before the fence.
ENDS_SO = re.compile(r"\b(?:prints?|outputs?|displays?|shows?|produces?|gives?)(?:\s+the\s+following)?$", re.IGNORECASE)
OUTPUT_IS = re.compile(
    r"\s*\W*(?:the|this|its)\s+(?:\w+\s+)?(?:outputs?|results?|solution)\b[^.]*\b(?:is|are|will be|looks like)\b",
    re.IGNORECASE,
)
# What a text shows of these, the code need not print.
ELSEWHERE = re.compile(
    r"\b(?:files?|disk|inputs?|database|website|page|logs?|director(?:y|ies)|folders?|command|terminal|stored|saved|source)\b",
    re.IGNORECASE,
)
SHORT = 200
SAID = re.compile(
    r"\b(?:outputs?|prints?|displays?|returns?|results? in|becomes?|evaluates? to|yields?|gives?|result(?=:)|the (?:output|result) (?:is|will be|would be))(?:\s+(?:something like|as|the value))?:?\s+`(?P<stated>[^`\n]+)`",
    re.IGNORECASE,
)
ORDER = ("first", "second", "third", "fourth")
ORDINAL = re.compile(
    rf"\b(?P<which>{'|'.join(ORDER)}|last)(?:\s+(?:line|print|call|statement|output|one))*(?:\s+(?:then|now|also))?\s*$",
    re.IGNORECASE,
)
PRINTING = re.compile(r"(?:outputs?|prints?|displays?|the (?:output|result))\b", re.IGNORECASE)
MORE = re.compile(
    r"(?:,|,?\s+and(?:\s+then)?)\s+`(?P<stated>[^`\n]+)`(?!\s+(?:is|are|has|will|gives?|returns?|prints?|yields?|becomes?|evaluates|equals|shows?)\b)"
)
# Not "the output is 3 times as large", and not what is said later, of another input perhaps.
PLAINLY = re.compile(
    r"\s*(?:(?:so|thus|hence|here|therefore),?\s+)?the\s+(?:output|printed\s+(?:value|number|result))\s+(?:is|will\s+be)\s+"
    r"(?P<stated>[-−]?\d[\d,]*(?:\.\d+)?|`?(?:True|False|None)`?)(?=\.?\s*$|\.\s|,\s+(?:because|since|as|which)\b)",
    re.IGNORECASE,
)
NEXT = 3
"""Of so many sentences behind code one may tell what it prints."""
ONE_THING = re.compile(r"^print\([^'\",\n]+\)\s*(?:#.*)?$", re.MULTILINE)
# How doctest writes an empty line.
BLANK_LINE = re.compile(r"^[^\S\n]*<BLANKLINE>\s*$", re.MULTILINE)
LOOKS_LIKE_CODE = re.compile(
    r"^[^\S\n]*(?:import |from \w+ import|def |class |\$ |pip |python |git |cd |for .*:$|if .*:$)", re.MULTILINE
)


def recognise_outputs(card: Card) -> Iterator[Claim]:
    """The output fences that follow Python, and what sessions show."""
    for where, passage in card.passages:
        last: Snippet | None = None
        said = ""
        before: Snippet | None = None
        for part in passage.parts:
            if isinstance(part, Prose):
                said = part.text
                if where != "question" and before is not None:
                    yield from in_prose(card, part, before)
                continue
            if part.is_python:
                if is_session(part):
                    yield from in_session(card, part)
                if last is not None and prints_before(last, part) and not is_supposed(last_sentence(said.strip()), ""):
                    yield fence_claim(card, last, part, said)
                    last = None
                else:
                    last = part
            elif (
                last is not None
                and is_output(part, said, last)
                and not is_supposed(last_sentence(said.strip()), last.source)
            ):
                yield fence_claim(card, last, part, said)
                last = None
            else:
                last = None
            said = ""
            before = part if part.is_python else before


def prints_before(code: Snippet, fence: Snippet) -> bool:
    """Whether a fence that calls itself Python holds only the printed form of a value, right behind code that prints."""
    tree = parse(fence.source)
    return tree is not None and is_printed_form(tree) and "print(" in code.source


def in_prose(card: Card, prose: Prose, code: Snippet) -> Iterator[Claim]:
    """ "This will output `[1, 2]` and `7`" behind code; "The output is 7." right behind a print of one thing."""
    yield from said_plainly(card, prose, code)
    for match in SAID.finditer(prose.text):
        stated = match["stated"]
        sentence = last_sentence(words_before(prose.text, match.start()))
        words = PRINTING.match(match[0]) is not None and is_no_code(stated)
        if is_hedged(prose.text, match.start()) or not (words or is_literal(read_written(stated))):
            continue
        if is_unreal(prose.text, match.start()) or is_supposed(sentence, code.source):
            continue
        before = words_before(prose.text, match.start())
        if is_of_expression(before) or is_of_variable(before, code.source):
            continue
        line = prose.line_at(match.start())
        vague, more = VAGUE.search(match[0]) is not None, list(also_said(prose.text, match.end()))
        perhaps = bool(more) or (words and code.source.count("print(") > 1)
        order = ORDINAL.search(sentence)
        surely = PRINTING.match(match[0]) is not None or not is_of_another(prose.text, match.start())
        test = PrintedTest(
            stated,
            code.line,
            code.end_line,
            vague,
            anywhere=True,
            surely=surely,
            perhaps=perhaps,
            of=subject_of(before),
        )
        if order is not None and (at := print_line(code, order["which"].lower())) is not None:
            test = replace(test, first=at, last=at, anywhere=False, surely=False)
        yield Claim(card.path, line, match[0], kind_of(stated), stated, code.line, test)
        for also in more:
            yield Claim(
                card.path, line, f"`{also}`", kind_of(also), also, code.line, replace(test, stated=also, vague=False)
            )


def print_line(code: Snippet, which: str) -> int | None:
    """The file line of the first, second, … print of code; None where there is none."""
    lines = [n for n, text in enumerate(code.source.split("\n"), code.line) if re.match(r"\s*print\(", text)]
    place = ORDER.index(which) if which in ORDER else -1
    return lines[place] if -len(lines) <= place < len(lines) else None


def is_no_code(text: str) -> bool:
    """Whether a text is what a program prints rather than code or a description: words in a row with a number, a mark or a capital."""
    words = re.search(r"\w[,:!]?\s+\w", text) is not None and re.search(r"\d|[!?,:]|^[A-Z]", text) is not None
    return words and parse(text) is None


def also_said(text: str, at: int) -> Iterator[str]:
    """The further values of "prints `1`, `2` and `[3]`"."""
    while (match := MORE.match(text, at)) is not None and is_literal(read_written(match["stated"])):
        yield match["stated"]
        at = match.end()


def said_plainly(card: Card, prose: Prose, code: Snippet) -> Iterator[Claim]:
    """ "The output is 7." at the beginning of the text behind code that prints once."""
    match = next(
        (m for start, _ in list(sentences(prose.text))[:NEXT] if (m := PLAINLY.match(prose.text, start))), None
    )
    if match is not None and is_supposed(words_before(prose.text, match.start()), code.source):
        return
    if match is not None and len(re.findall(r"\bprint\(", code.source)) == 1 and not is_session(code):
        stated = match["stated"].strip("`")
        several = ONE_THING.search(code.source) is None
        test = PrintedTest(stated, code.line, code.end_line, anywhere=True, perhaps=several)
        line = prose.line_at(match.start("stated"))
        yield Claim(card.path, line, match[0].strip(), kind_of(stated), stated, code.line, test)


def is_output(fence: Snippet, said: str, code: Snippet) -> bool:
    """Whether a fence shows what the code before it prints: that is said, or it is a value with little text before it, or follows the print at once."""
    if fence.language not in SHELL or not fence.source.strip() or LOOKS_LIKE_CODE.search(fence.source):
        return False
    return (
        fence.language in NAMED
        or (bool(said.strip()) and is_announced(fence, said))
        or (len(said) < SHORT and is_shown_value(fence.source))
        or (not said.strip() and "print(" in code.source)
    )


def is_announced(fence: Snippet, said: str) -> bool:
    """Whether it can be nothing else: the fence calls itself so, or the text right before it speaks of an output; or there is no text."""
    text = said.strip()
    if not text or fence.language in ("output", "stdout"):
        return True
    announced = ANNOUNCES.search(text.split("\n")[-1]) is not None or INTRODUCES.search(text) is not None
    ends = text.endswith((":", "**", "*")) or ENDS_SO.search(text) is not None
    return (announced and ends) or OUTPUT_IS.match(last_sentence(text)) is not None


def is_shown_value(text: str) -> bool:
    """Whether a text is what a program shows of values, and no name is among it."""
    nodes = read_written(text.strip())
    return bool(nodes) and are_literals(nodes)


def fence_claim(card: Card, code: Snippet, fence: Snippet, said: str) -> Claim:
    """The fence as a statement about all that the code prints."""
    stated = fence.source.strip("\n")
    vague = VAGUE.search(said) is not None
    silent = (
        fence.language not in NAMED
        and not said.strip()
        and ("print" not in code.source or not is_shown_value(fence.source))
    )
    test = PrintedTest(
        stated,
        code.line,
        code.end_line,
        vague,
        perhaps=silent or not is_announced(fence, said) or ELSEWHERE.search(last_sentence(said.strip())) is not None,
        exact=silent,
        by_line=True,
        beside=lines_told(code),
    )
    return Claim(card.path, fence.line, stated, kind_of(stated), stated, code.line, test)


def in_session(card: Card, snippet: Snippet) -> Iterator[Claim]:
    """Each statement of a session with the lines shown below it; errors are recognised elsewhere."""
    for shown in read_session(snippet):
        if "Traceback" in shown.output or re.match(r"\s*\w*(?:Error|Exception)\b", shown.output):
            continue
        stated = BLANK_LINE.sub("", shown.output)
        test = PrintedTest(stated, shown.last if shown.first == shown.last else shown.first, shown.last)
        yield Claim(
            card.path, shown.output_line, shown.output, kind_of(shown.output), shown.output.strip(), snippet.line, test
        )
