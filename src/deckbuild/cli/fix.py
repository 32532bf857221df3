"""The command that writes corrections back into the Markdown, or shows them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckbuild.errors import UsageError
from deckbuild.files import check_writable, replace_files

from .arguments import fix_options, options_of
from .progress import progress_bar

if TYPE_CHECKING:
    from deckbuild.fixing import Fixed

STDIN = "-"


@click.command()
@fix_options
def fix(sources: tuple[str, ...], diff: bool, fix_claims: bool, **given: Any) -> int:
    """Write the corrections back into the Markdown files.

    Written is what can be proven: never an assumption, and nothing after which a card would not read the same otherwise.
    With --diff nothing is written, and the exit code is 1 if something would be. Of - the result goes to standard output.
    """
    options = options_of(given)
    from deckbuild.fix import fix as corrected
    from deckbuild.fixing import unified_diff

    stdin = sys.stdin.buffer.read() if STDIN in sources else None
    with progress_bar(options.report.verbosity) as progress:
        files = corrected(sources, options, progress, stdin, claims=fix_claims)
    changed = [file for file in files if file.after != file.before]
    if diff:
        for file in changed:
            click.echo(unified_diff(file.path, file.before, file.after), nl=False)
    else:
        _write(files)
    if options.report.verbosity >= 0:
        _tell(files, "would fix" if diff else "fixed")
    return int(diff and bool(changed))


def _write(files: Sequence[Fixed]) -> None:
    """All files that have changed, or none; what came from standard input goes to standard output, changed or not."""
    contents = {Path(f.path): f.after for f in files if f.after != f.before and f.path != STDIN}
    for path in contents:
        check_writable(path)
        if not os.access(path, os.W_OK):
            raise UsageError(f"{path}: cannot be written: it is write-protected")
    replace_files(contents)
    for file in files:
        if file.path == STDIN:
            click.echo(file.after, nl=False)


def _tell(files: Sequence[Fixed], did: str) -> None:
    for file in files:
        for refusal in file.refusals:
            click.echo(f"{refusal.path}:{refusal.line}: not written: {refusal.why}", err=True)
        for line in file.asked:
            click.echo(f"{file.path}:{line}: this stands in a question: the card becomes a new note", err=True)
        if file.after != file.before:
            counts = [_count(file.snippets, "snippet"), _count(file.numbers, "number")]
            click.echo(f"{did} {file.path}: {', '.join(c for c in counts if c)}", err=True)
    if all(file.after == file.before for file in files):
        click.echo("nothing to fix", err=True)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}" if number else ""
