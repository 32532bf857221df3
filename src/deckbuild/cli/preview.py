"""The command that draws the cards as one page, and shows it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from deckbuild.errors import UsageError

from .arguments import options_of, preview_options
from .progress import progress_bar

EXAMPLE = "deckbuild preview notes/ch1.md -o out/preview"


@click.command()
@preview_options
def preview(sources: tuple[str, ...], folder: str | None, serve: bool, **given: Any) -> int:
    """Draw the cards as one static page, as Anki would show them, light and dark.

    The page needs no network. Formulas are typeset if a MathJax is found on this machine, and else shown as TeX.
    """
    options = options_of(given)
    if folder is None:
        raise UsageError(f"where to? · expected -o DIR · as in: {EXAMPLE}")
    from deckbuild.preview import preview as drawn

    stdin = sys.stdin.buffer.read() if "-" in sources else None
    with progress_bar(options.report.verbosity) as progress:
        done = drawn(sources, Path(folder), options, progress, stdin)
    if options.report.verbosity >= 0:
        number = len(done.checked.cards)
        click.echo(f"wrote {done.page}: {number} card{'' if number == 1 else 's'}", err=True)
    if serve:
        from .serving import serve as serve_folder

        serve_folder(Path(folder))
    return 0
