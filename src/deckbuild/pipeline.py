"""The whole program on one page: sources in, a checked deck out, and a package of it.

read ──▶ repair ⇄ run ──▶ judge ──▶ draw ──▶ pack
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from .errors import NothingToBuild, UsageError
from .files import check_writable, replace_files
from .known import Progress, find_out
from .memory import Check, Memory, open_memory
from .model import Card, Checked, CheckedCard, Deck, Diagnostic, Note, NoteStyle
from .options import CardOptions, Options
from .package import (
    Ledger,
    deck_name,
    dump_ledger,
    identify,
    pack,
    parse_ledger,
    read_package,
    record,
    tags,
)
from .render import draw_note, note_style
from .run import Runner, open_runner
from .source import near_repeats, read_deck

Times: TypeAlias = Literal["ledger", "package", "nothing"]
"""Where the times of earlier builds came from."""


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a build."""

    checked: Checked
    package: Path
    new: int
    """Notes that no earlier build knew."""
    changed: int
    memory: Times
    removed: tuple[str, ...] = ()
    """Guids of notes that an earlier build made and this one did not; Anki keeps them."""


def check(
    paths: Sequence[str], options: Options, progress: Progress | None = None, stdin: bytes | None = None
) -> Checked:
    """Every card, run, corrected and judged. `stdin` is what the source `-` stands for.

    Raises: UsageError; NothingToBuild, if no card could be read.
    """
    with _check(paths, options, Ledger(), progress, stdin) as (checked, _):
        return checked


def build(
    paths: Sequence[str], out: Path, options: Options, progress: Progress | None = None, stdin: bytes | None = None
) -> Built:
    """The same, and a package and its ledger written, both or neither. Raises: as `check`."""
    ledger_path = Path(options.cards.ledger) if options.cards.ledger else default_ledger(out)
    check_writable(out)
    check_writable(ledger_path)
    ledger, source = _remember(ledger_path, out)
    style = note_style()
    with _check(paths, options, ledger, progress, stdin) as (checked, memory):
        notes = _draw(checked, options, memory)
        after = record(ledger, [c.card for c in checked.cards], notes, style, _now_s())
        package = _packed(out, notes, style, after, memory)
    replace_files({ledger_path: dump_ledger(after).encode(), **package})
    known = [ledger.notes.get(note.guid) for note in notes]
    changed = sum(
        old is not None and after.notes[n.guid].mod_s != old.mod_s for n, old in zip(notes, known, strict=True)
    )
    built = {note.guid for note in notes}
    removed = tuple(guid for guid in ledger.notes if guid not in built)
    return Built(checked, out, known.count(None), changed, source, removed)


def default_ledger(out: Path) -> Path:
    """`deck.ledger.json` for `deck.apkg`."""
    return out.with_name(out.name.removesuffix(".apkg") + ".ledger.json")


def check_deck(
    deck: Deck,
    runner: Runner,
    options: Options,
    progress: Progress | None,
    ledger: Ledger,
    memory: Memory | None = None,
    leave: Callable[[Card], bool] = lambda card: False,
) -> Checked:
    """The cards of a deck, but for those to be left out, checked with a runner that is open. Raises: as `check`."""
    start_s = time.perf_counter()
    verbose = options.report.verbosity > 0
    memory = memory or _memory(deck, runner, options)
    chosen = [one for one in _choose(deck, ledger, options.cards) if not leave(one[1])]
    found = find_out(chosen, deck, runner, options.run, memory, progress)
    cards = tuple(_checked(guid, card, one, options.cards) for (guid, card), one in zip(chosen, found, strict=True))
    return Checked(
        versions=runner.versions(),
        seed=options.run.seed,
        sandbox=runner.confinement(),
        deck=deck,
        cards=cards,
        diagnostics=_diagnostics(deck, cards, (*_borrowed(deck, runner), *(near_repeats(deck) if verbose else ()))),
        seconds=time.perf_counter() - start_s,
        notes=(*runner.notes(), *(c.broken for c in cards if c.broken and verbose)),
    )


@contextmanager
def _check(
    paths: Sequence[str], options: Options, ledger: Ledger, progress: Progress | None, stdin: bytes | None
) -> Iterator[tuple[Checked, Memory]]:
    """The sources, read and checked, and what is remembered of them, while it is open."""
    start_s = time.perf_counter()
    with open_runner(options.run) as runner:
        # Where outcomes are kept, perhaps all are there, and torch is not needed; else it is imported while the sources are read.
        runner.warm(whole=runner.store.info().entries == 0)
        deck = read_deck(paths, stdin=stdin)
        memory = _memory(deck, runner, options)
        checked = check_deck(deck, runner, options, progress, ledger, memory)
        yield replace(checked, seconds=time.perf_counter() - start_s), memory


def _memory(deck: Deck, runner: Runner, options: Options) -> Memory:
    return open_memory(runner.store, deck, options.run, runner.machine, lasting=runner.lasting)


def _choose(deck: Deck, ledger: Ledger, options: CardOptions) -> list[tuple[str, Card]]:
    """The cards that are built, with their guids; a guid does not depend on what is left out."""
    if not deck.cards:
        reasons = "".join(f"\n{d.path}:{d.line}: {d.message}" for d in deck.diagnostics[:10])
        raise NothingToBuild(f"no card could be read · expected ':p question', '??x', an answer, 'x??'{reasons}")
    least = options.min_rating
    guids = identify(deck.cards, ledger, deck.background)
    all_cards = list(zip(guids, deck.cards, strict=True))
    chosen = [(g, c) for g, c in all_cards if least is None or c.rating is None or c.rating >= least]
    if not chosen:
        raise NothingToBuild(f"every card ({len(all_cards)}) is rated lower than {least} · try a lower --min-rating")
    return chosen


def _checked(guid: str, card: Card, found: Check, options: CardOptions) -> CheckedCard:
    deck, words = deck_name(card.source, options.deck), tags(card, options.tags)
    return CheckedCard(guid, card, found.repairs, found.judgements, deck, words, found.broken)


def _draw(checked: Checked, options: Options, memory: Memory) -> list[Note]:
    """The notes of the cards."""

    def draw(card: CheckedCard) -> Note:
        return draw_note(card, checked.versions, checked.seed, context=options.cards.context)

    return memory.notes(checked.cards, checked.versions, options.cards, draw)


def _packed(out: Path, notes: Sequence[Note], style: NoteStyle, ledger: Ledger, memory: Memory) -> dict[Path, bytes]:
    """The package, by its path; nothing where it stands there already."""
    what = (notes, style, [*ledger.notes.items()], ledger.style)
    if out.is_file() and memory.is_packed(what, out.read_bytes()):
        return {}
    package = pack(notes, style, ledger)
    memory.keep_packed(what, package)
    return {out: package}


def _borrowed(deck: Deck, runner: Runner) -> tuple[Diagnostic, ...]:
    """That the versions in the report are not those of this machine."""
    told = runner.borrowed()
    return (Diagnostic(deck.sources[0].path, 1, "versions-from-cache", "info", told),) if told else ()


def _diagnostics(deck: Deck, cards: Sequence[CheckedCard], others: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those of the text, of the repairs and of deckbuild's own errors, each once, by file and line."""
    of_repairs = (d for card in cards for repair in card.repairs for d in repair.diagnostics)
    of_errors = (_internal_error(card) for card in cards if card.broken)
    found = dict.fromkeys((*deck.diagnostics, *others, *of_repairs, *of_errors))
    files = {
        path: place
        for place, path in enumerate(dict.fromkeys((*(s.path for s in deck.sources), *(d.path for d in found))))
    }
    return tuple(sorted(found, key=lambda d: (files[d.path], d.line)))


def _internal_error(card: CheckedCard) -> Diagnostic:
    what = card.broken.partition("\n")[0]
    message = f"deckbuild itself failed here, and the card is unchecked: {what} · please report it (-v shows where)"
    return Diagnostic(card.card.path, card.card.line, "internal-error", "error", message)


def _remember(ledger_path: Path, out: Path) -> tuple[Ledger, Times]:
    if ledger_path.is_file():
        try:
            return parse_ledger(ledger_path.read_text(encoding="utf-8"), ledger_path), "ledger"
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{ledger_path}: the ledger cannot be read: {error}") from error
    if out.is_file() and (ledger := read_package(out)).notes:
        return ledger, "package"
    return Ledger(), "nothing"


def _now_s() -> int:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given and not given.isdecimal():
        raise UsageError(f"SOURCE_DATE_EPOCH is {given!r} · expected seconds since 1970")
    return int(given) if given else int(time.time())
