"""The program's arguments -> its exit code; only an error of the program itself ends in a traceback."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click
from click.core import ParameterSource

from deckbuild.errors import DeckbuildError

from .arguments import CONFIG
from .commands import deckbuild
from .ending import EndedError, ended_by_signals

INTERRUPTED = 130
FINDINGS = 1
WRONG_USAGE = 2
BROKEN = 2
"""The contract knows no code of its own for it; what it must not look like is findings."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Ends the process with the contract's exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets its number, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run_to_the_end(sys.argv[1:] if arguments is None else list(arguments)))


def _run_to_the_end(arguments: list[str]) -> int:
    try:
        with ended_by_signals():
            return _run(arguments)
    except EndedError as error:
        click.echo(f"deckbuild: ended by {error}", err=True)
        return error.exit_code


def _run(arguments: list[str]) -> int:
    try:
        code = deckbuild.main(arguments, prog_name="deckbuild", standalone_mode=False)
        sys.stdout.flush()
    except DeckbuildError as error:
        click.echo(f"deckbuild: {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        _with_origin(error).show()
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("deckbuild: interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # `deckbuild … | head`: the reader is gone; Python's own flush at the end must not complain of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except Exception:
        traceback.print_exc()
        click.echo("deckbuild: this is an error of deckbuild itself and should be reported", err=True)
        return BROKEN
    return code if isinstance(code, int) else 0


def _with_origin(error: click.ClickException) -> click.ClickException:
    """A wrong value that a configuration file gives is told with the file's name."""
    if not (isinstance(error, click.BadParameter) and error.ctx and error.param and error.param.name):
        return error
    if error.ctx.get_parameter_source(error.param.name) is not ParameterSource.DEFAULT_MAP:
        return error
    message = f"{error.message} (set in {error.ctx.meta[CONFIG]})"
    return click.BadParameter(message, error.ctx, error.param, error.param_hint)
