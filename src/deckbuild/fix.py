"""Sources in; the files with their corrections out. Nothing is written here: what is shown and what is written, the caller says.

read ──▶ check ⇄ correct
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from .errors import UsageError
from .fixing import Fixed, fix_deck
from .known import Progress
from .model import Card, Checked, CheckedCard, Deck
from .options import Options
from .package import Ledger
from .pipeline import check_deck
from .report import find
from .run import open_runner
from .source import read_deck
from .source.chapter import Chapter, read_chapter
from .source.repeats import drop_repeats

STDIN = "-"


def fix(
    paths: Sequence[str],
    options: Options,
    progress: Progress | None = None,
    stdin: bytes | None = None,
    *,
    claims: bool = False,
) -> tuple[Fixed, ...]:
    """Every file of the sources with its corrections, in their order; `claims`: refuted numbers too.

    What a card accepts (`<!-- deckbuild: accept corrected -->`) stays as it is. Raises: UsageError; NothingToBuild, if no
    card could be read.
    """
    deck = read_deck(paths, stdin=stdin)
    files = {source.path: _bytes(source.path, stdin) for source in deck.sources}

    with open_runner(options.run) as runner:

        def check(texts: Mapping[str, bytes], leave: Callable[[Card], bool]) -> Sequence[CheckedCard]:
            changed = {path: data for path, data in texts.items() if data != files[path]}
            return _unaccepted(check_deck(reread(deck, changed), runner, options, progress, Ledger(), leave=leave))

        return fix_deck(files, check, read_alone, claims=claims)


def reread(deck: Deck, changed: Mapping[str, bytes]) -> Deck:
    """The deck with the cards that these bytes hold in place of those of its files; without the diagnostics of the text."""
    anew = {path: read_alone(path, data).cards for path, data in changed.items()}
    cards = (
        card
        for source in deck.sources
        for card in anew.get(source.path) or (c for c in deck.cards if c.path == source.path)
    )
    kept, _ = drop_repeats(cards)
    return replace(deck, cards=kept, diagnostics=())


def read_alone(path: str, data: bytes) -> Deck:
    """What the bytes of a file hold, repeats of a card included."""
    chapter = read_chapter(data, path, None if path == STDIN else Path(path))
    if not isinstance(chapter, Chapter):
        return Deck((), (), diagnostics=(chapter,))
    return Deck((chapter.source,), chapter.cards, diagnostics=chapter.diagnostics)


def _bytes(path: str, stdin: bytes | None) -> bytes:
    if path == STDIN:
        return stdin or b""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error


def _unaccepted(checked: Checked) -> tuple[CheckedCard, ...]:
    """The cards without the corrections and statements that they accept as they are, and without what was computed: several
    checks of a large deck are kept at once."""
    accepted = [finding for finding in find(checked) if finding.accepted]
    snippets = {(f.path, f.snippet) for f in accepted if f.kind in {"corrected", "completed"}}
    claims = {(f.path, f.line, f.detail) for f in accepted if f.kind == "refuted"}
    return tuple(
        replace(
            card,
            repairs=tuple(
                replace(r, outcome=None, alternates=(), reseeded=(), asked=())
                for r in card.repairs
                if (r.snippet.path, r.snippet.line) not in snippets
            ),
            judgements=tuple(
                j
                for j in card.judgements
                if (j.claim.path, j.claim.line, f"{j.claim.expected}: {j.claim.text}") not in claims
            ),
        )
        for card in checked.cards
    )
