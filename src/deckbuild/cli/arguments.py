"""The commands' arguments, each with its line of help, and the Options that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from deckbuild.config import read_config
from deckbuild.errors import UsageError
from deckbuild.options import CardOptions, Options, ReportOptions, RunOptions
from deckbuild.report import KINDS

COUNTABLE = tuple(kind for kind in KINDS if kind != "info")
CONFIG = "deckbuild.config"
"""Where the command's context keeps the configuration file's path."""
GUARDS = ("sandbox", "allow", "executor", "repair_command")
"""Settings with which a file that came with the sources could weaken the confinement, or run code of its own, so that it is told."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


def build_options(command: _Command) -> _Command:
    """The arguments of `build`."""
    return _with(command, (_SOURCES, *_BUILD, *_CARDS, *_REPORTS, *_RUN, *_TOLD))


def check_options(command: _Command) -> _Command:
    """The arguments of `check`."""
    return _with(command, (_SOURCES, *_REPORTS, *_RUN, *_TOLD))


def fix_options(command: _Command) -> _Command:
    """The arguments of `fix`."""
    return _with(command, (_SOURCES, *_FIX, *_RUN, *_TOLD))


def preview_options(command: _Command) -> _Command:
    """The arguments of `preview`."""
    return _with(command, (_SOURCES, *_PREVIEW, *_CARDS, *_RUN, *_TOLD))


def options_of(given: Mapping[str, Any]) -> Options:
    """The options that the arguments, those of a configuration file among them, stand for."""
    return Options(
        RunOptions(
            jobs=given["jobs"],
            timeout_s=given["timeout"],
            memory_mb=given["memory"],
            seed=given["seed"],
            sandbox=given["sandbox"],
            allow=given["allow"],
            cache_dir=given["cache_dir"],
            cache=not given["no_cache"],
            frozen=given["frozen"],
            executor=given["executor"],
            repair_command=given["repair_command"],
            repair_record=given["repair_record"],
            repair_timeout_s=given["repair_timeout"],
        ),
        CardOptions(
            min_rating=given.get("min_rating"),
            deck=given.get("deck"),
            context=given.get("context", "hint"),
            tags=given.get("tag", ()),
            ledger=given.get("ledger"),
        ),
        ReportOptions(
            report=given.get("report"),
            junit=given.get("junit"),
            sarif=given.get("sarif"),
            format=given.get("format", "text"),
            strict=given.get("strict", False),
            fail_on=given.get("fail_on", ()),
            baseline=given.get("baseline"),
            update_baseline=given.get("update_baseline", False),
            verbosity=_verbosity(given),
        ),
    )


def _verbosity(given: Mapping[str, Any]) -> int:
    """What the command line says wins over a file that says the contrary."""
    context = click.get_current_context()
    levels = {"quiet": -1, "verbose": 1}
    said = {name for name in levels if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    return sum(level for name, level in levels.items() if given[name] and (not said or name in said))


def _with(command: _Command, decorations: tuple[Callable[[_Command], _Command], ...]) -> _Command:
    for decorate in reversed(decorations):
        command = decorate(command)
    return command


def _configure(context: click.Context, _: click.Parameter, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Makes a configuration file's settings the defaults; the sources are known before any other argument is looked at."""
    if not sources and not context.resilient_parsing:
        raise UsageError("nothing to read · expected files or folders · as in: deckbuild notes/ch1.md -o out/ch1.apkg")
    config = read_config(sources)
    context.default_map = dict(config.settings)
    context.meta[CONFIG] = config.path
    for name in GUARDS:
        if name in config.settings:
            told = name.replace("_", "-")
            click.echo(f"{config.path} sets {told} = {config.settings[name]!r}", err=True)
    return sources


def _allowed(_: click.Context, __: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        name, equals, folder = word.partition("=")
        if word not in {"network", "processes"} and not (name in {"read", "write"} and equals and folder):
            raise UsageError(f"--allow {word}: expected network, processes, read=DIR or write=DIR")
    return words


def _kinds(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    words = tuple(word for words in given for part in words.split(",") if (word := part.strip()))
    for word in words:
        if word not in COUNTABLE:
            near = get_close_matches(word, COUNTABLE, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"expected some of {','.join(COUNTABLE)}"
            raise UsageError(f"--fail-on {word}: unknown · {hint}")
    return words


_SOURCES = click.argument(
    "sources", metavar="SOURCE...", nargs=-1, is_eager=True, callback=_configure, type=click.Path(allow_dash=True)
)
_BUILD = (
    click.option("-o", "--output", metavar="OUT.apkg", help="The package; its folder is made."),
    click.option("--ledger", metavar="FILE", help="Identities and times of the notes.  [default: OUT.ledger.json]"),
)
_CARDS = (
    click.option("--min-rating", metavar="N", type=int, help="Leave out cards that are rated lower."),
    click.option("--deck", metavar="NAME", help="The deck's root; books and chapters below it."),
    click.option(
        "--context",
        type=click.Choice(["front", "hint", "back"]),
        default="hint",
        show_default=True,
        help="Where a card's context stands.",
    ),
    click.option("--tag", metavar="TAG", multiple=True, help="A tag for every note (repeatable)."),
)
_FIX = (
    click.option("--diff", is_flag=True, help="Show what would be written, and write nothing."),
    click.option("--fix-claims", is_flag=True, help="Also rewrite numbers of the text that were refuted."),
)
_PREVIEW = (
    click.option("-o", "--output", "folder", metavar="DIR", help="The folder of the page; it is made."),
    click.option("--serve", is_flag=True, help="Show the page to a browser on this machine until Ctrl-C."),
)
_REPORTS = (
    click.option("--report", metavar="FILE", help="Everything that was found out, as JSON."),
    click.option("--junit", metavar="FILE", help="A test case a snippet, as JUnit XML."),
    click.option("--sarif", metavar="FILE", help="The findings as SARIF 2.1.0."),
    click.option(
        "--format",
        type=click.Choice(["text", "json", "github"]),
        default="text",
        show_default=True,
        help="What is printed: a summary, the JSON report, or annotations of a GitHub workflow.",
    ),
    click.option("--strict/--no-strict", default=False, help="Everything but skipped and untested is a finding."),
    click.option(
        "--fail-on", metavar="WORDS", multiple=True, callback=_kinds, help=f"What is a finding: {', '.join(COUNTABLE)}."
    ),
    click.option("--baseline", metavar="FILE", help="Findings that are accepted: only new ones count."),
    click.option("--update-baseline", is_flag=True, help="Write the findings of this run to the baseline."),
)
_RUN = (
    click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Snippets at a time.  [default: the cores]"),
    click.option(
        "--timeout",
        metavar="SECONDS",
        type=click.FloatRange(min=0, min_open=True),
        default=10.0,
        show_default=True,
        help="For one snippet.",
    ),
    click.option(
        "--memory", metavar="MB", type=click.IntRange(min=1), default=4096, show_default=True, help="For one snippet."
    ),
    click.option(
        "--seed",
        metavar="N",
        type=click.IntRange(0, 2**32 - 1),
        default=0,
        show_default=True,
        help="Of all random numbers.",
    ),
    click.option(
        "--sandbox",
        type=click.Choice(["auto", "require", "off"]),
        default="auto",
        show_default=True,
        help="Confine snippets as well as this machine can, refuse to run them if it cannot, or do not.",
    ),
    click.option(
        "--allow",
        metavar="WHAT",
        multiple=True,
        callback=_allowed,
        help="network, processes, read=DIR or write=DIR (repeatable).",
    ),
    click.option("--cache-dir", metavar="DIR", help="Where outcomes are kept.  [default: the user's cache folder]"),
    click.option("--no-cache/--cache", default=False, help="Run everything anew."),
    click.option("--frozen/--no-frozen", default=False, help="Run nothing: what is not in the cache is failed."),
    click.option(
        "--executor",
        metavar="WHERE",
        default="local",
        show_default=True,
        help="Where snippets run: local, dask://HOST:PORT or module:factory.",
    ),
    click.option(
        "--repair-command", metavar="CMD", help="A program that is asked for edits where no correction is found."
    ),
    click.option(
        "--repair-record",
        metavar="FILE",
        help="Where its answers are kept and taken from.  [default: repairs.jsonl in the cache folder]",
    ),
    click.option(
        "--repair-timeout",
        metavar="SECONDS",
        type=click.FloatRange(min=0, min_open=True),
        default=120.0,
        show_default=True,
        help="For one answer.",
    ),
)
_TOLD = (
    click.option("-q", "--quiet", is_flag=True, help="Tell the findings only."),
    click.option("-v", "--verbose", is_flag=True, help="Tell everything that was found out."),
)
