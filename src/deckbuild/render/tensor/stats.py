"""Statistics of a tensor -> the line below its table or picture."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from deckbuild.model import Stats

from ..html import Html, element, join, text
from .numbers import decimals_of, write_decimals, write_number


def measure(values: Iterable[float]) -> Stats:
    """Statistics of numbers whose snapshot brings none; std with ddof 1, nan for one number."""
    numbers = np.asarray(list(values), dtype=np.float64)
    finite = numbers[np.isfinite(numbers)]
    lost = int(numbers.size - finite.size)
    if not finite.size:
        return Stats(math.nan, math.nan, math.nan, math.nan, lost, int(numbers.size))
    with np.errstate(all="ignore"):
        std = float(finite.std(ddof=1)) if finite.size > 1 else math.nan
        return Stats(float(finite.mean()), std, float(finite.min()), float(finite.max()), lost, int(numbers.size))


def magnitude(stats: Stats) -> float:
    """The largest absolute value; 0 where nothing is finite."""
    ends = [abs(x) for x in (stats.low, stats.high) if math.isfinite(x)]
    return max(ends, default=0.0)


def draw_stats(stats: Stats, dtype: str | None) -> Html:
    """Mean, spread and range, and what was left out of them."""
    if dtype == "bool":
        return element("span", text(f"{round(stats.mean * stats.count)} of {stats.count} True"), classes="stats")
    pieces = []
    if math.isfinite(stats.low):
        mean = 0.0 if abs(stats.mean) < 1e-6 * magnitude(stats) else stats.mean
        pieces.append(text(_centre(mean, stats.std)))
        pieces.append(text(f"min {write_number(stats.low)} · max {write_number(stats.high)}"))
    if stats.nonfinite:
        pieces.append(element("span", text(f"{stats.nonfinite} nan or inf"), classes="x"))
    return element("span", join(pieces[:1]), *(Html("<br>" + p) for p in pieces[1:]), classes="stats")


def _centre(mean: float, std: float) -> str:
    """Mean and spread; digits of a mean that are far below the spread say nothing and are left out."""
    if not math.isfinite(std):
        return f"mean {write_number(mean)}"
    if 0 < abs(mean) < std < 1e3:
        return f"mean {write_decimals(mean, decimals_of(std))} · std {write_number(std)}"
    return f"mean {write_number(mean)} · std {write_number(std)}"
