"""A grid -> tables of digits that fit a phone: fewer digits and columns before it has to be scrolled."""

from __future__ import annotations

import math
from collections.abc import Iterator

from deckbuild.model import Value

from ..html import Html, element, join, rows, text
from .grid import EDGE, Axis, Grid, Slice, read_grid
from .numbers import Format, Scalar, choose_format, widest

ROW_BUDGET = 39
"""Characters that a row may take at 360 px."""
SHADES = 4

_ATTEMPTS = ((4, EDGE), (3, EDGE), (3, 2), (2, 2))
"""Significant digits and edge columns, the best first."""
_CORNER = Html("<th></th>")


def draw_table(value: Value, largest: float) -> Html | None:
    """The tensor's slices as tables; None where its elements are not known. `largest` is the absolute value of the full shade."""
    fitted = _fit(value)
    if fitted is None:
        return None
    grid, format_ = fitted
    shaded = _is_float(value.dtype) and math.prod(value.shape or ()) > SHADES
    scale = largest if shaded else 0.0
    tables = [_draw_slice(grid, s, format_, scale) for s in grid.slices]
    if grid.hidden:
        tables.insert(EDGE, element("div", text(f"{grid.hidden} more"), classes="more"))
    return element("div", Html("\n"), rows(*tables), Html("\n"), classes="slices")


def label(index: tuple[int, ...]) -> Html:
    """The leading indices of a slice."""
    return element("div", text(str(list(index))), classes="index") if index else text("")


def _fit(value: Value) -> tuple[Grid, Format] | None:
    """The most exact form of the table whose rows fit; where none does, the one with three digits is scrolled."""
    forms = []
    for digits, edge in _ATTEMPTS:
        grid = read_grid(value, edge)
        if grid is None:
            return None
        format_ = choose_format(grid.values, value.dtype, digits)
        columns = len(grid.columns.places) + (0.5 if grid.columns.gap else 0)
        if columns * (widest(format_, grid.values) + 1.75) + (3 if grid.rows else 0) <= ROW_BUDGET:
            return grid, format_
        forms.append((grid, format_))
    return forms[2]


def _draw_slice(grid: Grid, part: Slice, format_: Format, scale: float) -> Html:
    head = [_CORNER] if grid.rows else []
    head += _with_gap([element("th", text(str(c)), scope="col") for c in grid.columns.places], grid.columns, "th", "…")
    lines = [element("tr", *head)]
    indices = grid.rows.places if grid.rows else (None,)
    for r, cells in zip(indices, part.cells, strict=True):
        start = [element("th", text(str(r)), scope="row")] if r is not None else []
        drawn = [_draw_cell(x, format_, scale) for x in cells]
        lines.append(element("tr", *start, *_with_gap(drawn, grid.columns, "td", "⋯")))
    if grid.rows and (gap := grid.rows.gap):
        width = len(grid.columns.places) + (grid.columns.gap is not None)
        lines.insert(
            1 + gap, element("tr", element("th", text("⋮")), element("td", text("⋮"), classes="gap", colspan=width))
        )
    table = element("table", Html("\n"), join(lines, by="\n"), Html("\n"))
    return element("div", label(part.index), table, classes="slice")


def _with_gap(cells: list[Html], axis: Axis, tag: str, sign: str) -> Iterator[Html]:
    for i, cell in enumerate(cells):
        if i == axis.gap:
            yield element(tag, text(sign), classes="gap")
        yield cell


def _draw_cell(x: Scalar, format_: Format, scale: float) -> Html:
    return element("td", text(format_.write(x)), classes=_classes(x, scale))


def _classes(x: Scalar, scale: float) -> str:
    """z dim, t strong, x not finite; p1…p4 and n1…n4 the shade."""
    match x:
        case bool():
            return "t" if x else "z"
        case str():
            return "w"
        case complex():
            return "" if math.isfinite(x.real) and math.isfinite(x.imag) else "x"
        case int():
            return "z" if x == 0 else ""
    if not math.isfinite(x):
        return "x"
    if x == 0:
        return "z"
    if not scale:
        return ""
    return f"{'p' if x > 0 else 'n'}{min(SHADES, math.ceil(abs(x) / scale * SHADES)) or 1}"


def _is_float(dtype: str | None) -> bool:
    return dtype is not None and dtype.startswith(("float", "bfloat"))
