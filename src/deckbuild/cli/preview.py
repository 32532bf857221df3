"""The command that draws the cards as one page, and shows it."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click

from deckbuild.errors import UsageError

from .arguments import options_of, preview_options
from .progress import progress_bar

EXAMPLE = "deckbuild preview notes/ch1.md -o out/preview"
PORT = 8000
"""Where a browser is told to look, if it is free."""


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
        _serve(Path(folder))
    return 0


def _serve(folder: Path) -> None:
    """Shows the folder to browsers on this machine until Ctrl-C, which is how it is meant to end."""
    handler = partial(_Quietly, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", PORT), handler)
    except OSError:  # somebody else serves there
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with server, suppress(KeyboardInterrupt):
        click.echo(f"http://127.0.0.1:{server.server_port}/ · Ctrl-C ends it", err=True)
        server.serve_forever()


class _Quietly(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class calls it so
        """Nothing: a request is no event."""
