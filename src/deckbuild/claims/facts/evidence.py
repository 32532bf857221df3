"""A card and everything that was computed for it: repairs in; the run that a line or a name of the card is asked of out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from deckbuild.model import Card, Repair, SnippetVerdict

from .trace import Trace


@dataclass(frozen=True, slots=True)
class Evidence:
    """A card and everything that was computed for it."""

    card: Card
    traces: tuple[Trace, ...]
    failed: tuple[int, ...] = ()
    """The lines of the snippets that failed."""
    asides: tuple[Trace, ...] = ()
    """What those did that failed by an error, and sessions behind one."""

    def is_whole(self, trace: Trace) -> bool:
        """Whether all that stands before a snippet on its card ran: else it may have taken another card's data for what failed here."""
        return not any(line < trace.line for line in self.failed)

    def of(self, snippet: int | None) -> Trace | None:
        """The run of the snippet at a line of the file."""
        return next((t for t in self.traces if t.line == snippet), None)

    def up_to(self, snippet: int | None, line: int) -> Trace | None:
        """The run of the snippet; of one that failed only where the statement at `line` of the file was done before the error; of a session
        that shows an error the one that goes on behind it."""
        halfway = next((t for t in self.asides if t.line == snippet), None)
        return halfway if halfway is not None and halfway.is_past(line) else self.of(snippet)

    def stopping(self, snippet: int | None) -> Trace | None:
        """The run of the snippet, to its end or to the error by which it failed."""
        return self.of(snippet) or next((t for t in self.asides if t.line == snippet), None)

    def shown(self, line: int, name: str) -> tuple[int, str]:
        """The snippet, that at `line` or one before it, which gave the name its value, and the name."""
        earlier = [t for t in self.traces if t.line <= line]
        owner = next((t for t in reversed(earlier) if t.gives(name)), None)
        return (owner.line if owner else line, name)

    def under_other_seeds(self) -> Iterator[Evidence]:
        """The same with what the programs did under each other seed that they were run with."""
        for n in range(max((len(t.repair.reseeded) for t in (*self.traces, *self.asides)), default=0)):
            traces, asides = (tuple(t.under(n) for t in each) for each in (self.traces, self.asides))
            yield replace(self, traces=traces, asides=asides)

    @property
    def runs(self) -> tuple[Trace, ...]:
        """The runs that came to their end; those of later snippets hold what earlier ones did."""
        return tuple(t for t in self.traces if t.runs)


def gather(card: Card, repairs: Sequence[Repair]) -> Evidence:
    """The evidence in a card's repairs."""
    return Evidence(
        card,
        tuple(Trace(r, r.outcome, r.code) for r in repairs if r.outcome is not None and r.code is not None),
        tuple(r.snippet.line for r in repairs if r.verdict is SnippetVerdict.FAILED),
        tuple(
            Trace(a, a.outcome, a.code, halfway=True)
            for r in repairs
            if (a := r.aside) is not None and a.outcome is not None and a.code is not None
        ),
    )
