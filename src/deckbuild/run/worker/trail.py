"""What the statements of a program left behind, one after the other.

Goes in: the namespace of a running program, after each of its top-level statements. Comes out: Bindings, and the names
that the program itself bound.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from itertools import islice
from types import ModuleType

from deckbuild.model import Binding, Value

from .arrays import Budget, Look
from .bound import INSIDE, UNKNOWN, Names, read_names
from .foreign import all_figures
from .snapshot import snapshot
from .stores import is_foreign

BINDINGS = 1000
ELEMENTS = 400_000
READ = 16 << 20
DUNDER = re.compile(r"__\w+__")
"""The machinery's names: `__annotations__`, `__warningregistry__`."""


class Trail:
    """The record of one program."""

    def __init__(
        self, names: dict[str, object], known: dict[int, tuple[object, object, Value]] | None, *, brief: bool = False
    ) -> None:
        self._names = names
        self._given = {*names, "__builtins__", "__annotations__"}
        self._imported: set[str] = set()
        self._statements: Iterator[tuple[ast.stmt, Names]] = iter(())
        self._look = Look(Budget(ELEMENTS), Budget(READ), known=known, brief=brief)
        self._bindings: list[Binding] = []
        self._last: dict[str, Value] = {}
        self._figures: dict[int, tuple[object, tuple[int, int]]] = {}
        self.tampers = False
        """Whether the program sets anything of a module or of a stranger's class, which is still there for the next one."""

    def expect(self, statements: tuple[ast.stmt, ...], text: str) -> None:
        """The statements of this text that will be noted, in their order; what any of them imports is not the program's own."""
        self._statements = zip(statements, read_names(statements, text), strict=True)

    def note(self, *value: object) -> None:
        """The next statement has ended; an expression has this value."""
        statement, names = next(self._statements)
        lines = (statement.lineno, statement.end_lineno or statement.lineno)
        self.add(lines, names, *value)
        for figure in all_figures():
            self._figures.setdefault(id(figure), (figure, lines))

    def add(self, lines: tuple[int, int], names: Names, *value: object) -> None:
        """The statement from the first to the last of these lines has ended."""
        if names.imported or not self._imported.isdisjoint(names.bound):
            self._sort_imports(names)
        self.suspect(names)
        if len(self._bindings) >= BINDINGS:
            return
        for result in value:
            if result is not None:
                self._bindings.append(Binding(*lines, snapshot("", result, self._look)))
        for name in names.bound:
            self._note_name(lines, name)
        for name in names.touched:
            if name in self._last:
                self._note_name(lines, name, only_change=True)

    def suspect(self, names: Names) -> None:
        """A statement that binds and alters these has ended, or broke off."""
        if names.altered and not self.tampers:
            self.tampers = any(map(self._reaches_out, names.altered))

    def break_off(self) -> None:
        """The statement that was to be noted next raised, or there is none."""
        for _, names in islice(self._statements, 1):
            self.suspect(names)

    def bindings(self) -> tuple[Binding, ...]:
        """In the order of execution."""
        return tuple(self._bindings)

    def bound(self) -> Iterator[tuple[str, object]]:
        """The names that the program bound, with what they are now; no modules, nothing that was imported."""
        for name, value in tuple(self._names.items()):
            own = type(name) is str and name not in self._imported
            if (
                own
                and not (name.startswith("__") and DUNDER.fullmatch(name))
                and not issubclass(type(value), ModuleType)
            ):
                yield name, value

    def draw_figures(self, most: int, draw: Callable[[object], Value]) -> tuple[Value, ...]:
        """The figures that no name holds, bound to the statements that made them; of many the first and the last, `most` of each."""
        held = {id(x) for x in self._names.values()}
        loose = [(lines, figure) for figure, lines in self._figures.values() if id(figure) not in held]
        for lines, figure in loose if len(loose) <= 2 * most else [*loose[:most], *loose[-most:]]:
            self._bindings.append(Binding(*lines, draw(figure)))
        return tuple(b.value for b in self._bindings if b.value.media is not None and not b.value.name)

    def known(self, value: Value) -> Value:
        """The very one that its name was last bound to, where that is no other: it is sent but once."""
        last = self._last.get(value.name)
        return last if last is not None and (last is value or last == value) else value

    def _reaches_out(self, name: str) -> bool:
        if name == UNKNOWN:
            return True
        value = self._names.get(name.removesuffix(INSIDE))
        if not name.endswith(INSIDE):
            return is_foreign(value)
        return value is self._names or any(map(is_foreign, _entries(value)))

    def _sort_imports(self, names: Names) -> None:
        self._imported.difference_update(names.bound)
        self._imported.update(names.imported)
        if "*" in names.imported:
            self._imported |= self._names.keys() - self._last.keys() - self._given

    def _note_name(self, lines: tuple[int, int], name: str, *, only_change: bool = False) -> None:
        if name not in self._names or issubclass(type(self._names[name]), ModuleType):
            return
        value = snapshot(name, self._names[name], self._look)
        if not only_change or value != self._last.get(name):
            self._bindings.append(Binding(*lines, value))
        self._last[name] = value


def _entries(value: object) -> tuple[object, ...]:
    """Of a table or a row; of a stranger's none, whose code would be called for them."""
    if type(value) is dict:
        return tuple(value.values())
    return tuple(value) if type(value) in (list, tuple) else ()  # type: ignore[arg-type]
