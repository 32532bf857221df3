"""What a snippet's program carries of the blocks before it. In: a state and a draft's index; out: the state up to it, without the idle ones.

A block that deckbuild's own values made run, and of which nothing is read later on, is no part of what the snippet rests on: the
program would only be full of values that mean nothing there. It must leave alone: blocks that ran without such values, and those
that set, change or read anything that is read later on, or are run for what they do.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from .doubts.taint import is_run_for_its_effect
from .draft import Program, State
from .program.names import bound, changed, used
from .program.needs import needs

_LOOKS_AROUND = frozenset({"globals", "locals", "vars", "dir", "eval", "exec"})
"""Functions to which every name matters."""


@dataclass(frozen=True, slots=True)
class _Block:
    """What a draft has to do with others."""

    reads: frozenset[str]
    """What it reads and does not bind."""
    taken: frozenset[str]
    """Those of them whose objects it could change: neither imported nor defined."""
    reads_now: frozenset[str]
    """That of it which is read when the block runs, not only in functions that nobody calls."""
    own: frozenset[str]
    """The names that its own text binds or changes."""
    given: frozenset[str]
    """Those that additions bind for it."""
    acts: bool
    """Whether a statement is run for what it does."""


def carried(state: State, index: int) -> State:
    """The state up to a draft, where idle drafts that rest on stand-ins are no part of the programs of later ones."""
    state = replace(state, drafts=state.drafts[: index + 1])
    if not any(a.assumption for d in state.drafts[:-1] for a in d.handed_on):
        return state
    program = state.program()
    tree = program.tree()
    if tree is None or not _can_be_told(tree):
        return state
    blocks = [_block(tree, program, state, n) for n in range(index + 1)]
    resting = _resting(blocks, state)
    idle = resting - _wanted(blocks, resting)
    drafts = tuple(replace(d, chained=0) if n in idle else d for n, d in enumerate(state.drafts))
    return replace(state, drafts=drafts)


def _can_be_told(tree: ast.Module) -> bool:
    stars = any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in ast.walk(tree))
    return not stars and not used(tree) & _LOOKS_AROUND


def _block(tree: ast.Module, program: Program, state: State, index: int) -> _Block:
    places = {n: p for n, p in enumerate(program.places, 1) if p.draft == index}
    statements = [s for s in tree.body if s.lineno in places]
    own = [s for s in statements if places[s.lineno].line is not None]
    lacks = needs(ast.Module(statements, []))
    reads = frozenset(n.name for n in lacks)
    return _Block(
        reads,
        reads - _fixed(tree),
        frozenset(n.name for n in lacks if not n.deferred),
        frozenset(n for s in own for n in bound(s) | changed(s)),
        frozenset(n for a in state.drafts[index].before for n in a.binds),
        any(map(is_run_for_its_effect, own)),
    )


def _fixed(tree: ast.Module) -> frozenset[str]:
    makers = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return frozenset(n for s in tree.body if isinstance(s, makers) for n in bound(s))


def _resting(blocks: list[_Block], state: State) -> frozenset[int]:
    """The drafts before the last that have stand-ins, and those that read anything of these."""
    found: set[int] = set()
    names: set[str] = set()
    for n, (block, draft) in enumerate(zip(blocks[:-1], state.drafts, strict=False)):
        if draft.chained != 0 and (any(a.assumption for a in draft.handed_on) or block.reads & names):
            found.add(n)
            names |= block.own | block.given
    return frozenset(found)


def _wanted(blocks: list[_Block], resting: frozenset[int]) -> frozenset[int]:
    """Those of them that a later draft has to do with which is not idle itself."""
    found: set[int] = set()
    for n in sorted(resting, reverse=True):
        later = [b for m, b in enumerate(blocks) if m > n and (m not in resting or m in found)]
        read = {name for b in later for name in b.reads}
        now = {name for b in later for name in b.reads_now}
        block = blocks[n]
        if block.acts or (block.own | block.taken) & read or block.given & now:
            found.add(n)
    return frozenset(found)
