"""What holding a claim against the facts gave, before it is known whether the claim also chose the set-up."""

from __future__ import annotations

from dataclasses import dataclass

from deckbuild.model import ClaimVerdict, Repair

SHORT = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict and its ground."""

    verdict: ClaimVerdict
    computed: str | None = None
    shows: tuple[tuple[int, str], ...] = ()
    repair: Repair | None = None
    """Where it was computed."""
    digits: int = 0
    """Significant digits that the claim states; 0 for claims that no search can choose by."""


def confirmed(
    computed: str, repair: Repair | None = None, *, digits: int = 0, shows: tuple[tuple[int, str], ...] = ()
) -> Finding:
    """It is what was computed."""
    return Finding(ClaimVerdict.CONFIRMED, short(computed), shows, repair, digits)


def refuted(
    computed: str, repair: Repair | None = None, *, digits: int = 0, shows: tuple[tuple[int, str], ...] = ()
) -> Finding:
    """It is not what was computed."""
    return Finding(ClaimVerdict.REFUTED, short(computed), shows, repair, digits)


def assumed(computed: str | None = None, repair: Repair | None = None) -> Finding:
    """It is what the set-up was built from."""
    return Finding(ClaimVerdict.ASSUMED, short(computed), (), repair)


def untested(computed: str | None = None, repair: Repair | None = None) -> Finding:
    """Nothing that was computed can decide it; `computed` is what comes nearest."""
    return Finding(ClaimVerdict.UNTESTED, short(computed), (), repair)


def short(text: str | None) -> str | None:
    """At most SHORT characters, on one line where it was short enough for one."""
    if text is None:
        return None
    stripped = text.strip()
    return stripped if len(stripped) <= SHORT else stripped[: SHORT - 1] + "…"
