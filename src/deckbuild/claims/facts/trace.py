"""A repaired snippet's run, asked by the lines of the file: what did this line print, what value did it leave, on what does that rest?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from deckbuild.model import Outcome, Repair, SnippetVerdict, Value

from ..agreement.compare import Match, compare_text
from .chance import draws, overwrites, seeds
from .reliance import FUNCTIONS, binds, calls_in, first_line, form_functions, parse, reads, slice_back

DEVICE = re.compile(r"(?:torch\.device\(\s*)?['\"](?:cpu|cuda|mps)[\w:]*['\"]\s*\)?")
RUNS = frozenset({SnippetVerdict.RAN, SnippetVerdict.CORRECTED, SnippetVerdict.COMPLETED})


@dataclass(frozen=True, slots=True)
class Reliance:
    """Why a result may be another than the author's."""

    assumption: bool = False
    """Its numbers come from a stand-in."""
    assumed_form: bool = False
    """Its shape comes from a stand-in."""
    chance: bool = False
    """It is drawn, and no seed stands on the card."""
    settled: bool = False
    """But what is drawn makes no difference: it was the same with every other seed."""
    elsewhere: bool = False
    """It uses what only another card defines."""

    @property
    def luck(self) -> bool:
        """Whether it could have come out otherwise."""
        return self.chance and not self.settled


@dataclass(frozen=True, slots=True)
class Trace:
    """A repair that was executed."""

    repair: Repair
    outcome: Outcome
    code: str
    halfway: bool = False
    """Whether the snippet failed, and only what ran before is asked for."""

    def under(self, seed: int) -> Trace:
        """The run with the other seed of this number; the run itself, if it draws nothing."""
        return replace(self, outcome=self.repair.reseeded[seed]) if seed < len(self.repair.reseeded) else self

    @property
    def runs(self) -> bool:
        """Whether what is asked for ran to the end that it is meant to have."""
        return self.halfway or self.repair.verdict in RUNS

    @property
    def line(self) -> int:
        """The snippet's line in the file."""
        return self.repair.snippet.line

    def gives(self, name: str) -> bool:
        """Whether the snippet itself, not what stands before it, binds the name."""
        first, last = self.repair.own or (1, len(self.repair.line_map))
        return any(b.value.name == name and first <= b.line <= last for b in self.outcome.bindings)

    def code_lines(self, first: int, last: int) -> tuple[int, ...]:
        """The lines of the program that come from lines of the file, in their order."""
        return tuple(i for i, at in enumerate(self.repair.line_map, 1) if at is not None and first <= at <= last)

    def statement(self, first: int, last: int | None = None) -> ast.stmt | None:
        """The innermost statement that starts on, or covers, these lines of the file."""
        lines = self.code_lines(first, last or first)
        tree = parse(self.code)
        if not lines or tree is None:
            return None
        return innermost(tree.body, lines[-1])

    def printed(self, statement: ast.stmt) -> str | None:
        """What a statement printed, its own calls of functions of the program included; None if nothing."""
        first, last = statement.lineno, statement.end_lineno or statement.lineno
        own = [p.text for p in self.outcome.prints if first <= p.line <= last]
        return "".join(own) if own else self.printed_inside(statement)

    def printed_together(self, statements: Sequence[ast.stmt]) -> str:
        """What several statements printed, in the order in which they did."""
        ranges = [(s.lineno, s.end_lineno or s.lineno) for s in statements]
        own = [p.text for p in self.outcome.prints if any(first <= p.line <= last for first, last in ranges)]
        inside = [self.printed(s) or "" for s in reversed(statements)]
        return "".join(own) if own else "".join(inside)

    def printed_inside(self, statement: ast.stmt) -> str | None:
        """What the functions printed that a statement calls, if it can be told which call printed what."""
        tree = parse(self.code)
        if tree is None:
            return None
        functions = [n for n in ast.walk(tree) if isinstance(n, FUNCTIONS)]
        for definition in (f for f in functions if f.name in calls_in(statement)):
            if sum(f.name == definition.name for f in functions) > 1:
                continue
            inside = [
                p.text
                for p in self.outcome.prints
                if definition.lineno <= p.line <= (definition.end_lineno or definition.lineno)
            ]
            callers = [s for s in tree.body if s is not definition and definition.name in calls_in(s) | reads(s).data]
            if inside and statement in callers and len(callers) == len(inside):
                return inside[callers.index(statement)]
            if inside and callers == [statement]:
                return "".join(inside)
        return None

    def value(self, statement: ast.stmt) -> Value | None:
        """The value that a statement left: of a name that it binds, or of an expression."""
        last = statement.end_lineno or statement.lineno
        found = [b.value for b in self.outcome.bindings if statement.lineno <= b.line and b.end_line <= last]
        return found[-1] if found else None

    def is_past(self, line: int) -> bool:
        """Whether the whole statement at a line of the file was done before the error that ended the program, if any did."""
        statement, fault = self.statement(line), self.outcome.fault
        if statement is None or statement.col_offset > 0:
            return False
        stops = (fault.frames[0] if fault.frames else fault.line or 0) if fault else len(self.repair.line_map) + 1
        return (statement.end_lineno or statement.lineno) < stops

    def reached(self, statement: ast.stmt) -> bool:
        """Whether the statement was executed."""
        return statement.lineno in self.outcome.lines_run

    def rests_on(self, *lines: int) -> Reliance:
        """What the results of the statements at these lines of the program rest on."""
        tree = parse(self.code)
        if tree is None:
            return Reliance()
        found = [slice_back(self.code, line) for line in lines]
        data = {name for s in found for name in s.data} | {
            name for line in lines for name in self.invented_at(line, tree)
        }
        nodes = {n for s in found for n in s.nodes}
        layers = not any(overwrites(s) for s in tree.body)
        functions = form_functions(self.code)
        drawn = {one for s in found for n in s.data_nodes for one in draws(n, layers=layers, functions=functions)}
        seeded = {one for s in tree.body for one in seeds(s)}
        return Reliance(
            assumption=bool(data & self.assumed),
            assumed_form=any(s.names & self.assumed for s in found) or any(self.invented_at(x, tree) for x in lines),
            chance=not drawn <= seeded,
            settled="machine" not in drawn and self.is_settled(lines),
            elsewhere=any(self.is_foreign(s) for s in nodes),
        )

    def is_settled(self, lines: Sequence[int]) -> bool:
        """Whether the statements at these lines of the program printed, or else left, the same with every other seed."""
        if not self.repair.reseeded:
            return False
        tree, others = parse(self.code), [replace(self, outcome=o) for o in self.repair.reseeded]
        statements = [s for line in lines if tree is not None and (s := innermost(tree.body, line)) is not None]
        pairs = [(self.gave(s), o.gave(s)) for o in others for s in statements]
        return bool(pairs) and all(a and (a == b or compare_text(a, b) is Match.SAME) for a, b in pairs)

    def gave(self, statement: ast.stmt) -> str:
        """What a statement printed; if nothing, the text of the value that it left."""
        printed, value = self.printed(statement), self.value(statement)
        return printed or (value.text if value is not None else "")

    def invented_at(self, line: int, tree: ast.Module) -> frozenset[str]:
        """The stand-ins that the statement at a line of the program itself makes: nothing that the author says is said of them."""
        statement = innermost(tree.body, line) if self.is_supplied(line) else None
        return binds(statement) & self.stand_ins() & self.assumed if statement is not None else frozenset()

    @property
    def assumed(self) -> frozenset[str]:
        """The names that rest on a stand-in; none where only devices are stood in for: on the author's the numbers are the same."""
        only_devices = all(DEVICE.fullmatch(a.value) for a in self.repair.assumptions)
        return frozenset() if self.repair.assumptions and only_devices else self.repair.assumed

    def is_foreign(self, statement: ast.stmt) -> bool:
        """Whether a statement was brought from another card: it stands nowhere here, and is made of nothing that does."""
        lines = range(first_line(statement), (statement.end_lineno or statement.lineno) + 1)
        mapped = self.repair.line_map
        if isinstance(statement, ast.Import | ast.ImportFrom) or seeds(statement):
            return False
        if any(i <= len(mapped) and mapped[i - 1] is not None for i in lines) or binds(statement) & self.stand_ins():
            return False
        return not reads(statement).data & self.names_here()

    def is_supplied(self, line: int) -> bool:
        """Whether a line of the program is none of the author's on this card."""
        return not 0 < line <= len(self.repair.line_map) or self.repair.line_map[line - 1] is None

    def stand_ins(self) -> frozenset[str]:
        """The names of the assumptions."""
        return frozenset(a.name for a in self.repair.assumptions)

    def names_here(self) -> frozenset[str]:
        """The names that statements of this card bind, but for imports."""
        tree = parse(self.code)
        mapped = self.repair.line_map
        here = (s for s in (tree.body if tree else []) if s.lineno <= len(mapped) and mapped[s.lineno - 1] is not None)
        return frozenset(name for s in here if not isinstance(s, ast.Import | ast.ImportFrom) for name in binds(s))


def innermost(body: Sequence[ast.stmt], line: int) -> ast.stmt | None:
    """The statement at a line that holds no other statement at that line."""
    for statement in body:
        if first_line(statement) <= line <= (statement.end_lineno or statement.lineno):
            inner = next((s for block in blocks(statement) if (s := innermost(block, line))), None)
            return inner or statement
    return None


def blocks(statement: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    """The bodies of a compound statement."""
    for name in ("body", "orelse", "finalbody"):
        yield getattr(statement, name, [])
    for handler in [*getattr(statement, "handlers", []), *getattr(statement, "cases", [])]:
        yield handler.body
