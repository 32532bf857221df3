"""The commands: `build`, which is meant where none is named, `check`, and those of other modules."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

import deckbuild as program
from deckbuild.errors import UsageError
from deckbuild.files import check_writable
from deckbuild.options import Options
from deckbuild.report import DEFAULT_KINDS

from .arguments import build_options, check_options, options_of
from .cache import cache
from .doctor import doctor
from .fix import fix
from .preview import preview
from .progress import progress_bar
from .told import chosen_kinds, tell

EXAMPLE = "deckbuild notes/ch1.md -o out/ch1.apkg"

MEMORIES = {
    "package": "found no ledger: identities and times are taken from the package that stood there",
    "nothing": "found no ledger and no earlier package: all notes are dated now",
}
"""What a build says of its memory where that is not the ledger."""
KEY_END = 8
"""Characters of the guid at the end of a note's field `Key`."""


class _WithDefault(click.Group):
    """A group whose command `build` need not be named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = args[0] if args else ""
        if first not in {*self.commands, "--help", "-h", "--version"}:
            near = get_close_matches(first, self.commands, n=1, cutoff=0.7)
            if near and not Path(first).exists():
                raise UsageError(f"{first}: no such command or file · did you mean 'deckbuild {near[0]}'?")
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_WithDefault, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(program.__version__, prog_name="deckbuild")
def deckbuild() -> None:
    """Compiles Markdown flashcards into an Anki deck whose code has run and whose claims have been checked.

    \b
    deckbuild SOURCE... -o OUT.apkg     builds a deck (the command `build` may be left out)
    deckbuild check SOURCE...           reads, runs, corrects and verifies; writes no package
    deckbuild fix SOURCE... [--diff]    writes the corrections back into the Markdown
    deckbuild preview SOURCE... -o DIR  the cards as one static page
    """


@deckbuild.command()
@build_options
def build(sources: tuple[str, ...], output: str | None, **given: Any) -> int:
    """Build an Anki package of Markdown files and folders.

    The source - is standard input.
    """
    options = options_of(given)
    out = _output(output)
    _refuse_to_overwrite(sources, out, options)
    from deckbuild import pipeline

    with progress_bar(options.report.verbosity) as progress:
        built = pipeline.build(sources, out, options, progress, _standard_input(sources))
    kinds = chosen_kinds(options.report)
    found = tell(built.checked, options.report, kinds or DEFAULT_KINDS)
    if options.report.verbosity >= 0:
        click.echo(f"wrote {out}: {len(built.checked.cards)} notes, {built.new} new, {built.changed} changed", err=True)
        if built.memory in MEMORIES:
            click.echo(MEMORIES[built.memory], err=True)
        if built.removed:
            click.echo(removed(built.removed), err=True)
    return int(bool(found and kinds))


@deckbuild.command()
@check_options
def check(sources: tuple[str, ...], **given: Any) -> int:
    """Read, run, correct and verify; write no package. Exit code 1 if there are findings."""
    options = options_of(given)
    _refuse_to_overwrite(sources, None, options)
    from deckbuild import pipeline

    with progress_bar(options.report.verbosity) as progress:
        checked = pipeline.check(sources, options, progress, _standard_input(sources))
    return int(bool(tell(checked, options.report, chosen_kinds(options.report) or DEFAULT_KINDS)))


def removed(guids: Sequence[str]) -> str:
    """Where to find the notes in Anki, which never deletes them: a field `Key` ends in the beginning of its guid."""
    found = " OR ".join(f'Key:"*{guid[:KEY_END]}"' for guid in guids)
    number = "1 note is" if len(guids) == 1 else f"{len(guids)} notes are"
    return (
        f"{number} no longer built, and stay in Anki until you delete them there; search for note:Deckbuild ({found})"
    )


deckbuild.add_command(fix)
deckbuild.add_command(preview)
deckbuild.add_command(doctor)
deckbuild.add_command(cache)


def _output(output: str | None) -> Path:
    if output is None:
        raise UsageError(f"where to? · expected -o OUT.apkg · as in: {EXAMPLE}")
    return Path(output)


def _refuse_to_overwrite(sources: Sequence[str], out: Path | None, options: Options) -> None:
    """Before the work begins: every output can be written, and none is a source."""
    report = options.report
    named = (options.cards.ledger, report.report, report.junit, report.sarif, report.baseline)
    own = {os.path.realpath(s) for s in sources if s != "-"}
    for path in (*([out] if out else []), *(Path(name) for name in named if name)):
        check_writable(path)
        if os.path.realpath(path) in own or (path == out and path.suffix in {".md", ".txt"}):
            raise UsageError(f"{path}: is a source, not an output · as in: {EXAMPLE}")


def _standard_input(sources: Sequence[str]) -> bytes | None:
    return sys.stdin.buffer.read() if "-" in sources else None
