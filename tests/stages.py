"""Stand-ins for the stages that run code, so that a test of the whole program takes milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

import pytest

from deckbuild import checking, fix, pipeline
from deckbuild.model import (
    Card,
    Claim,
    Confinement,
    Fault,
    Judge,
    Judgement,
    Outcome,
    Repair,
    Run,
    SnippetVerdict,
    Versions,
)
from deckbuild.options import RunOptions
from deckbuild.run import Cache
from tests.sample import ran

CONFINED: Confinement = dict.fromkeys(("files", "network", "processes", "disk"), "confined")


class QuietRunner:
    """A runner that has nothing to run."""

    def __init__(self, options: RunOptions) -> None:
        self.options = options

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    @property
    def store(self) -> Cache:
        return Cache(None)

    @property
    def lasting(self) -> bool:
        return False

    @property
    def machine(self) -> tuple[str, ...]:
        return ("3.11.7",)

    def warm(self, *, whole: bool) -> None:
        return None

    def confinement(self) -> Confinement:
        return CONFINED

    @property
    def slots(self) -> int:
        return self.options.jobs or 2

    def borrowed(self) -> str:
        return ""

    def versions(self) -> Versions:
        return Versions("0.1.0", "3.11.7", "2.13.0")

    def notes(self) -> tuple[str, ...]:
        return ()


def repair_quietly(
    card: Card, library: object, claims: Sequence[Claim], run: Run, judge: Judge, ask: object
) -> tuple[Repair, ...]:
    """The program `fail` fails, `interrupt` is as if the user pressed Ctrl-C, `bug` as if this stage had one; other
    languages are skipped."""
    repairs = []
    for snippet in card.snippets:
        if snippet.source == "bug":
            raise RuntimeError("a bug\nof two lines")
        if snippet.source == "interrupt":
            raise KeyboardInterrupt
        if not snippet.is_python:
            repairs.append(Repair(snippet, SnippetVerdict.SKIPPED, "language"))
        elif snippet.source == "fail":
            fault = Fault("raised", "NameError", "name 'fail' is not defined", snippet.line)
            failed = Repair(snippet, SnippetVerdict.FAILED, code=snippet.source, error=fault, outcome=Outcome(fault))
            repairs.append(failed)
        else:
            repairs.append(ran(snippet))
    return tuple(repairs)


def no_claims(card: Card) -> tuple[Claim, ...]:
    return ()


def no_judgements(card: Card, claims: Sequence[Claim], repairs: Sequence[Repair]) -> tuple[Judgement, ...]:
    return ()


def quieten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the stand-ins where the pipeline looks for `run`, `repair` and `claims`."""
    monkeypatch.setattr(pipeline, "open_runner", QuietRunner)
    monkeypatch.setattr(fix, "open_runner", QuietRunner)
    monkeypatch.setattr(checking, "repair_card", repair_quietly)
    monkeypatch.setattr(checking, "extract", no_claims)
    monkeypatch.setattr(checking, "judge", no_judgements)
