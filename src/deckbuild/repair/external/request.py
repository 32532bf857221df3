"""What an outside program is asked. In: a snippet that does not run and why; out: JSON, the same for the same card."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuild.model import Fault, Json, Snippet

from ..damage import clean
from ..draft import Program, parse
from ..lending.library import Definition
from ..program.needs import needs
from ..scene import Scene

SCHEMA = 1
MOST_PER_NAME = 3
MOST_DEFINITIONS = 12
MOST_CHARACTERS = 1500
"""Of one definition."""


def request_of(snippet: Snippet, program: Program | None, fault: Fault, scene: Scene) -> dict[str, Json]:
    """The question; `fault.line` is a line of the file."""
    card = scene.card
    own = fault.line - snippet.line + 1 if fault.line is not None else None
    return {
        "schema": SCHEMA,
        "path": snippet.path,
        "line": snippet.line,
        "language": snippet.language,
        "source": snippet.source,
        "card": {"title": card.title, **{where: passage.text for where, passage in card.passages}},
        "definitions": list(_definitions(snippet, scene)),
        "program": program.code if program else None,
        "fault": {"type": fault.type, "message": fault.message, "line": own},
        "claims": [c.text for c in scene.claims],
    }


def _definitions(snippet: Snippet, scene: Scene) -> Iterator[Json]:
    """What the deck has for the names that the snippet reads and does not bind, nearest first."""
    tree = parse(clean(snippet).text)
    own = scene.library.chunk(scene.card)
    order = own.order if own else 0
    found: list[Definition] = []
    for need in needs(tree) if tree is not None else ():
        there = [d for d in scene.book.definitions.get(need.name, ()) if d.statement.snippet != snippet]
        found += sorted(there, key=lambda d: abs(d.chunk.order - order))[:MOST_PER_NAME]
    for definition in found[:MOST_DEFINITIONS]:
        yield {
            "name": definition.name,
            "title": definition.chunk.title,
            "source": definition.statement.text[:MOST_CHARACTERS],
        }
