"""The settings of a build: every option of the command line and the configuration, with its default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How snippets are run."""

    jobs: int | None = None
    """None: the number of cores."""
    timeout_s: float = 10.0
    memory_mb: int = 4096
    seed: int = 0
    sandbox: Literal["auto", "require", "off"] = "auto"
    allow: tuple[str, ...] = ()
    """`network`, `processes`, `read=DIR`, `write=DIR`."""
    cache_dir: str | None = None
    """None: the user's cache folder."""
    cache: bool = True
    frozen: bool = False
    executor: str = "local"
    repair_command: str | None = None
    """A program that is asked where the search for a repair fails."""
    repair_record: str | None = None
    """Where its answers are kept; None: `repairs.jsonl` in the cache folder."""
    repair_timeout_s: float = 120.0
    """For one answer."""


@dataclass(frozen=True, slots=True)
class CardOptions:
    """What the deck holds and how its cards look."""

    min_rating: int | None = None
    deck: str | None = None
    """The deck's root; books and chapters below it."""
    context: Literal["front", "hint", "back"] = "hint"
    tags: tuple[str, ...] = ()
    ledger: str | None = None
    """None: `OUT.ledger.json`."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What is told, where, and what makes a check fail."""

    report: str | None = None
    junit: str | None = None
    sarif: str | None = None
    format: Literal["text", "json", "github"] = "text"
    strict: bool = False
    fail_on: tuple[str, ...] = ()
    baseline: str | None = None
    update_baseline: bool = False
    verbosity: int = 0
    """-1 quiet, 0, 1 verbose."""


@dataclass(frozen=True, slots=True)
class Options:
    """All settings of one run of the program."""

    run: RunOptions = RunOptions()
    cards: CardOptions = CardOptions()
    report: ReportOptions = ReportOptions()
