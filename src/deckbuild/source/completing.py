"""What the machine leaves behind in; cards out, and what is told of text that is in none."""

from __future__ import annotations

from deckbuild.model import LONGEST_LINE, Card

from .cards import NOWHERE, Draft, Heading, Layout, is_remark
from .diagnostics import Findings, counted
from .marks import Mark
from .page import Place, Stretch
from .states import Answer, Context, Outside, Question, Skipping

_LONG_ANSWER = 10_000


class Completing:
    """Collects the cards of a page."""

    def __init__(self, layout: Layout, header: frozenset[int], findings: Findings) -> None:
        self.layout, self.page, self.header, self.findings = layout, layout.page, header, findings
        self.cards: list[Card] = []

    def emit(self, draft: Draft) -> None:
        """Makes the card of a draft."""
        card = self.layout.card(draft)
        self.cards.append(card)
        self._tell_question(draft)
        self._tell_length(card, draft)

    def emit_with(self, draft: Draft, since: Place, place: Place) -> None:
        """Makes the card of a closed draft, with the text between its closing mark and `place`."""
        behind = (since, place)
        first = self.page.first_text(behind)
        if first is None:
            self.emit(draft)
            return
        self.emit(Draft(draft.heading, draft.mark, draft.question, draft.answer, behind))
        if not is_remark(self.cards[-1].trailing):
            rows = self._rows(behind)
            self.findings.add("text-after-close", first, closed=since[0] + 1, count=counted(len(rows)))

    def answered(self, state: Answer, place: Place) -> Draft | None:
        """The draft of an answer that ends at `place`; None, and a finding, where there is none."""
        answer = (state.since, place)
        if self.page.first_text(answer) is None:
            self._tell_unanswered(state.mark, state.question)
            return None
        return Draft(state.heading, state.mark, state.question, answer, None)

    def split(self, state: Question, place: Place) -> Draft | None:
        """The draft of a question without opening mark: its first line (with a block that opens on it) asks, the rest
        answers."""
        text = (state.since, place)
        first = self.page.first_text(text)
        if first is None:
            self.findings.add("blank-question", state.mark.row, lost="")
            return None
        cut = min((first, len(self.page.lines[first])), place)
        for fence in self.layout.fences_in((state.since, cut)):
            cut = fence.end
        answer = (cut, place)
        if self.page.first_text(answer) is None:
            self._tell_unanswered(state.mark, text)
            return None
        self.findings.add("open-mark-missing", state.mark.row)
        return Draft(state.heading, state.mark, (state.since, cut), answer, None)

    def tell_unasked(self, state: Context, place: Place) -> None:
        """A heading that no question stands under."""
        heading = state.heading
        last = self._last((heading.context[0], place))
        self.findings.add("heading-without-question", heading.row, title=heading.title, last=last)

    def tell_fruitless(self, heading: Heading) -> None:
        """A heading whose questions, or whose answer, made no card: its context is in none either."""
        if heading.row != NOWHERE and not heading.cards and self.page.first_text(heading.context) is not None:
            last = self._last(heading.context)
            self.findings.add("heading-without-card", heading.row, title=heading.title, last=last)

    def tell_outside(self, state: Outside, place: Place) -> None:
        """Text between cards, but for the header."""
        between = (state.since, place)
        if self.page.first_text(between) is None:
            return
        if rows := [row for row in self._rows(between) if row not in self.header]:
            upto = f", up to line {rows[-1] + 1}" if rows[1:] else ""
            self.findings.add("text-outside-card", rows[0], count=counted(len(rows)), upto=upto)

    def tell_skipped(self, state: Skipping, place: Place) -> None:
        """An answer that no card can be made of."""
        answer = (state.since, place)
        last = self._last(answer)
        if state.mark is None:
            self.findings.add("answer-without-question", state.since[0], title=state.heading.title, last=last)
        else:
            lost = f"the answer up to line {last} is in no card; " if self.page.first_text(answer) is not None else ""
            self.findings.add("blank-question", state.mark.row, lost=lost)

    def _tell_unanswered(self, mark: Mark, question: Stretch) -> None:
        """A question that no card can be made of."""
        last = self._last(question)
        lost = f"its text up to line {last} is in no card; " if last > mark.row + 1 else ""
        self.findings.add("question-without-answer", mark.row, lost=lost)

    def _tell_question(self, draft: Draft) -> None:
        """What is odd about the place of a question that became a card."""
        heading, mark = draft.heading, draft.mark
        if heading.row == NOWHERE:
            self.findings.add("no-heading", mark.row)
        elif heading.cards:
            self.findings.add("extra-question", mark.row, title=heading.title)
        heading.cards += 1
        if mark.how:
            spelling = self.page.lines[mark.row][mark.start : mark.end].removesuffix(":p").strip()
            self.findings.add(mark.how, mark.row, mark=spelling)

    def _tell_length(self, card: Card, draft: Draft) -> None:
        """That a card is too long to be learnt, or checked, or one of its lines to be read."""
        if card.excess:
            self.findings.add("card-too-long", draft.mark.row, excess=card.excess)
        elif len(card.answer.text) > _LONG_ANSWER:
            self.findings.add("answer-too-long", draft.mark.row, length=len(card.answer.text))
        for prose in (p for _, passage in card.passages for p in passage.prose if len(p.text) > LONGEST_LINE):
            for at, line in enumerate(prose.text.split("\n"), prose.line - 1):
                if len(line) > LONGEST_LINE:
                    self.findings.add("line-too-long", at, length=len(line), most=LONGEST_LINE)

    def _last(self, stretch: Stretch) -> int:
        """The last line with text in a stretch, counted from 1; that of its start where it has none."""
        rows = self._rows(stretch)
        return (rows[-1] if rows else stretch[0][0]) + 1

    def _rows(self, stretch: Stretch) -> list[int]:
        """The rows with text in a stretch."""
        row, lines = self.page.cut(stretch)
        return [at for at, line in enumerate(lines, row) if line and not line.isspace()]
