"""The marks of a page in; its cards out. Each state is a value; each mark leads from one to the next.

    Outside ─heading─▶ Context ─question─▶ Question ─open─▶ Answer ─close─▶ After ─rule─▶ Outside

Whatever comes instead is read as docs/format.md says; nothing is dropped without a diagnostic.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from deckbuild.model import Card

from .cards import NOWHERE, Heading, Layout
from .completing import Completing
from .diagnostics import Findings
from .marks import Kind, Mark
from .page import Place
from .reading import Reading
from .states import After, Answer, Context, Outside, Question, Skipping, State
from .title import cut_title

_ENDS = {Kind.QUESTION: "this question", Kind.RULE: "this '---'", Kind.HEADING: "this heading"}


def read_cards(layout: Layout, marks: Sequence[Mark], header: frozenset[int], findings: Findings) -> list[Card]:
    """The cards of a page in order; `header` are rows that are no text of a card."""
    machine = _Machine(layout, marks, header, findings)
    state: State = Outside(None, (0, 0))
    for n, mark in enumerate(marks):
        kind = machine.reading.meaning(state, n)
        if kind is not None:
            state = machine.step(state, mark, kind)
    machine.end(state, machine.leave(state, layout.page.end, None))
    return machine.completing.cards


class _Machine:
    """The transitions between states."""

    def __init__(self, layout: Layout, marks: Sequence[Mark], header: frozenset[int], findings: Findings) -> None:
        self.page, self.findings = layout.page, findings
        self.reading = Reading(layout.page, marks, findings)
        self.completing = Completing(layout, header, findings)

    def step(self, state: State, mark: Mark, kind: Kind) -> State:
        """The state behind a mark that means `kind`."""
        place = (mark.row, mark.start)
        if kind is Kind.OPEN:
            return self.open(state, mark, place)
        if kind is Kind.CLOSE:
            return self.close(state, mark, place)
        if kind is Kind.RULE and isinstance(state, Context):
            self.reading.erase(mark)
            return Context(state.heading, mark.row)
        heading = self.leave(state, place, kind)
        if kind is Kind.QUESTION:
            return self.ask(heading, mark, place)
        if kind is Kind.HEADING:
            self.end(state, heading)
            return self.head(mark)
        return Outside(heading, (mark.row, mark.end))

    def end(self, state: State, heading: Heading | None) -> None:
        """Behind everything that belongs to a heading."""
        if heading is not None and not isinstance(state, Context):
            self.completing.tell_fruitless(heading)

    def head(self, mark: Mark) -> State:
        """Under a new heading."""
        title, end = cut_title(self.page.lines[mark.row], mark.end)
        rating, self.reading.rating = self.reading.rating, None
        return Context(Heading(title, mark.row, ((mark.row, end), self.page.end), rating))

    def ask(self, heading: Heading | None, mark: Mark, place: Place) -> State:
        """Behind a question mark."""
        if heading is None:
            heading = Heading("", NOWHERE, (place, place))
        return Question(heading, mark, (mark.row, mark.end))

    def open(self, state: State, mark: Mark, place: Place) -> State:
        """Behind an opening mark."""
        behind = (mark.row, mark.end)
        match state:
            case Question(heading, asked, since):
                question = (since, place)
                if self.page.first_text(question) is None:
                    return Skipping(heading, asked, behind)
                self.tell_open(mark)
                return Answer(heading, asked, question, behind)
            case Context(heading):
                heading.context = (heading.context[0], place)
                return Skipping(heading, None, behind)
            case Outside() | After():
                where = "outside a card" if isinstance(state, Outside) else "after the closing mark"
                self.findings.add("stray-open-mark", mark.row, where=where)
                self.reading.erase(mark)
                return state
            case Skipping() | Answer():
                return state
            case _:
                assert_never(state)

    def tell_open(self, mark: Mark) -> None:
        """What is odd about an opening mark."""
        if mark.kind is not Kind.OPEN:
            self.findings.add("open-mark-variant", mark.row, mark=self.page.lines[mark.row].split()[0])
        elif mark.how:
            self.findings.add(mark.how, mark.row)
        elif self.page.lines[mark.row][mark.end :].strip():
            self.findings.add("text-on-open-mark-line", mark.row)

    def close(self, state: State, mark: Mark, place: Place) -> State:
        """Behind a closing mark."""
        behind = (mark.row, mark.end)
        match state:
            case Answer() | Question():
                if mark.kind is Kind.CLOSE and mark.how:
                    self.findings.add(mark.how, mark.row, severity="info", mark=self.reading.spelling(mark))
                whole = self.completing
                draft = whole.answered(state, place) if isinstance(state, Answer) else whole.split(state, place)
                return Outside(state.heading, behind) if draft is None else After(draft, behind)
            case Skipping():
                return Outside(self.leave(state, place, Kind.CLOSE), behind)
            case After():
                self.findings.add("close-mark-repeated", mark.row, mark=self.reading.spelling(mark))
            case Outside() | Context():
                where = "outside a card" if isinstance(state, Outside) else "before the question"
                self.findings.add("stray-close-mark", mark.row, mark=self.reading.spelling(mark), where=where)
            case _:
                assert_never(state)
        self.reading.erase(mark)
        return state

    def leave(self, state: State, place: Place, kind: Kind | None) -> Heading | None:
        """Ends what is under way, because `kind` (None: the end of the file) begins; the heading still in force."""
        match state:
            case Outside(heading):
                self.completing.tell_outside(state, place)
                return heading
            case Context(heading, ruled):
                if kind is not Kind.QUESTION:
                    self.completing.tell_unasked(state, place)
                    return heading
                heading.context = (heading.context[0], place)
                if ruled is not None:
                    self.findings.add("separator-in-context", ruled)
                return heading
            case Question(heading):
                if (draft := self.completing.split(state, place)) is not None:
                    self.completing.emit(draft)
                return heading
            case Answer(heading, since=since):
                if (draft := self.completing.answered(state, place)) is not None:
                    self.tell_unclosed(since, place, kind)
                    self.completing.emit(draft)
                return heading
            case After(draft, since):
                self.completing.emit_with(draft, since, place)
                if kind is Kind.HEADING:
                    self.findings.add("separator-missing", place[0])
                return draft.heading
            case Skipping(heading):
                self.completing.tell_skipped(state, place)
                return heading
            case _:
                assert_never(state)

    def tell_unclosed(self, since: Place, place: Place, kind: Kind | None) -> None:
        """An answer whose end is only where something else begins."""
        row = min(place[0], len(self.page.lines) - 1)
        by = "the end of the file" if kind is None else _ENDS[kind]
        self.findings.add("answer-not-closed", row, opened=since[0] + 1, by=by)
