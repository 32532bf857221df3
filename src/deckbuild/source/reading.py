"""A state and a mark in; what the mark means there out. Here are all the rules that look ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .diagnostics import Findings
from .marks import Kind, Mark
from .page import Page
from .states import After, Answer, Context, Question, State

_BOUNDARY = frozenset({Kind.RULE, Kind.HEADING, Kind.QUESTION, Kind.RATING})
_DECISIVE = frozenset({Kind.CLOSE, Kind.QUESTION, Kind.OPEN, Kind.HEADING, Kind.RULE})


class Reading:
    """The marks of a page, and what each of them means where it stands."""

    def __init__(self, page: Page, marks: Sequence[Mark], findings: Findings) -> None:
        self.page, self.marks, self.findings = page, marks, findings
        self.rating: int | None = None
        """The rating that stood before the heading to come."""
        self._rules: dict[Kind, Callable[[State, int], Kind | None]] = {
            Kind.OPEN: self._open,
            Kind.HEADING: self._heading_or_rule,
            Kind.RULE: self._heading_or_rule,
            Kind.RATING: self._rating,
            Kind.WEAK_QUESTION: self._weak_question,
            Kind.WEAK_OPEN: self._weak_open,
            Kind.WEAK_CLOSE: self._weak_close,
        }

    def meaning(self, state: State, n: int) -> Kind | None:
        """HEADING, QUESTION, OPEN, CLOSE or RULE; None for what is text, or was erased here as meaningless."""
        mark = self.marks[n]
        if isinstance(state, Context) and mark.row == state.heading.row and mark.kind is not Kind.QUESTION:
            return None
        rule = self._rules.get(mark.kind)
        return mark.kind if rule is None else rule(state, n)

    def erase(self, mark: Mark) -> None:
        """Takes a mark out of the text."""
        self.page.erase(mark.row, mark.start, mark.end)

    def spelling(self, mark: Mark) -> str:
        """The mark as it is written."""
        return self.page.lines[mark.row][mark.start : mark.end].strip()

    def _open(self, state: State, n: int) -> Kind | None:
        """`??x` in an answer closes it where a boundary follows, and means nothing where text does."""
        mark = self.marks[n]
        if not isinstance(state, Answer):
            return Kind.OPEN
        if self._bounded(n):
            self.findings.add("open-mark-closes", mark.row)
            return Kind.CLOSE
        self.findings.add("stray-open-mark", mark.row, where="inside an answer")
        self.erase(mark)
        return None

    def _heading_or_rule(self, state: State, n: int) -> Kind | None:
        """`####` and `---` are text in an answer whose closing mark comes before any other mark."""
        mark = self.marks[n]
        if isinstance(state, Answer) and self._decisive(n + 1) is Kind.CLOSE:
            self.findings.add("heading-in-answer" if mark.kind is Kind.HEADING else "rule-in-answer", mark.row)
            return None
        if isinstance(state, Question) and mark.kind is Kind.RULE and self._kind(n + 1) is Kind.OPEN:
            self.erase(mark)
            return None
        return mark.kind

    def _weak_question(self, state: State, n: int) -> Kind | None:
        """A colon asks where an opening mark that opens something is next."""
        mark = self.marks[n]
        if (
            not isinstance(state, Context | Answer | After)
            or self._kind(n + 1) is not Kind.OPEN
            or self._bounded(n + 1)
        ):
            return None
        alone = self.page.lines[mark.row].startswith("???")
        if not alone and self.page.next_text(mark.row + 1) != self.marks[n + 1].row:
            return None
        return Kind.QUESTION

    def _weak_open(self, state: State, _: int) -> Kind | None:
        """`??Word` opens an answer behind a question."""
        return Kind.OPEN if isinstance(state, Question) else None

    def _weak_close(self, state: State, n: int) -> Kind | None:
        """A misspelt closing mark closes where a boundary follows; `??` alone opens an answer that text follows."""
        mark = self.marks[n]
        spelling = self.spelling(mark)
        if isinstance(state, Question):
            opens = spelling.strip("?") in ("", "x", "X") and spelling.startswith("?") and not self._bounded(n)
            return Kind.OPEN if opens else None
        if isinstance(state, After):
            return Kind.CLOSE
        if not isinstance(state, Answer):
            return None
        if self._bounded(n):
            self.findings.add("close-mark-variant", mark.row, mark=spelling)
            return Kind.CLOSE
        self.findings.add("stray-close-mark", mark.row, mark=spelling, where="inside an answer")
        self.erase(mark)
        return None

    def _rating(self, state: State, n: int) -> Kind | None:
        """A rating belongs to the heading that follows it, or to the one that it follows."""
        mark = self.marks[n]
        rating = int(float(self.spelling(mark).strip("*").removeprefix("Rating").strip(":* ").partition("/")[0]))
        if self._kind(n + 1) is Kind.HEADING and not self._text_behind(n):
            self.rating = rating
        elif isinstance(state, Context) and state.heading.rating is None:
            state.heading.rating = rating
        else:
            return None
        self.erase(mark)
        return None

    def _kind(self, n: int) -> Kind | None:
        """What mark `n` looks like, None behind the last one."""
        return self.marks[n].kind if n < len(self.marks) else None

    def _bounded(self, n: int) -> bool:
        """Whether nothing but blanks stands between mark `n` and the start of something new, or the end of the file."""
        return not self._text_behind(n) and (n + 1 == len(self.marks) or self.marks[n + 1].kind in _BOUNDARY)

    def _text_behind(self, n: int) -> bool:
        """Whether there is text between mark `n` and the next."""
        mark = self.marks[n]
        after = self.marks[n + 1] if n + 1 < len(self.marks) else None
        end = self.page.end if after is None else (after.row, after.start)
        return self.page.first_text(((mark.row, mark.end), end)) is not None

    def _decisive(self, n: int) -> Kind | None:
        """The first mark from `n` on that says whether an open answer goes on."""
        while n < len(self.marks) and self.marks[n].kind not in _DECISIVE:
            n += 1
        return self._kind(n)
