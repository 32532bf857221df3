"""A grid -> tables of digits that fit a phone: fewer digits and columns before it has to be scrolled."""

from __future__ import annotations

import math
from collections.abc import Iterator

from deckbuild.model import Value

from ..html import NOTHING, Html, element, rows, text
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
    """The most exact form of the table whose rows fit; a vector that is whole goes on in a second row, the rest is scrolled."""
    forms = []
    for digits, edge in _ATTEMPTS:
        grid = read_grid(value, edge)
        if grid is None:
            return None
        format_ = choose_format(grid.values, value.dtype, digits)
        if _row_cost(grid, format_) <= ROW_BUDGET or (grid.rows is None and grid.columns.gap is None):
            return grid, format_
        forms.append((grid, format_))
    return forms[2]


def _row_cost(grid: Grid, format_: Format) -> float:
    columns = len(grid.columns.places) + (0.5 if grid.columns.gap else 0)
    return columns * _cell_cost(grid, format_) + (3 if grid.rows else 0)


def _cell_cost(grid: Grid, format_: Format) -> float:
    return widest(format_, grid.values) + 1.75


def _draw_slice(grid: Grid, part: Slice, format_: Format, scale: float) -> Html:
    lines = (
        _vector_lines(grid, part, format_, scale)
        if grid.rows is None
        else _matrix_lines(grid, grid.rows, part, format_, scale)
    )
    table = element("table", Html("\n"), rows(*lines), Html("\n"))
    return element("div", label(part.index) if grid.count > 1 else NOTHING, table, classes="slice")


def _vector_lines(grid: Grid, part: Slice, format_: Format, scale: float) -> list[Html]:
    """Indices above, numbers below; in several such pairs of rows, as even as they can be, where one is too long."""
    heads = list(_with_gap([_index(c, "col") for c in grid.columns.places], grid.columns, "th", "…"))
    cells = list(_with_gap([_draw_cell(x, format_, scale) for x in part.cells[0]], grid.columns, "td", "⋯"))
    pairs = math.ceil(_row_cost(grid, format_) / ROW_BUDGET) if grid.columns.gap is None else 1
    length = math.ceil(len(cells) / pairs)
    return [element("tr", *line[i : i + length]) for i in range(0, len(cells), length) for line in (heads, cells)]


def _matrix_lines(grid: Grid, axis: Axis, part: Slice, format_: Format, scale: float) -> list[Html]:
    lines = [
        element("tr", _CORNER, *_with_gap([_index(c, "col") for c in grid.columns.places], grid.columns, "th", "…"))
    ]
    for r, cells in zip(axis.places, part.cells, strict=True):
        drawn = _with_gap([_draw_cell(x, format_, scale) for x in cells], grid.columns, "td", "⋯")
        lines.append(element("tr", _index(r, "row"), *drawn))
    if axis.gap is not None:
        width = len(grid.columns.places) + (grid.columns.gap is not None)
        gap = element("tr", element("th", text("⋮")), element("td", text("⋮"), classes="gap", colspan=width))
        lines.insert(1 + axis.gap, gap)
    return lines


def _index(i: int, scope: str) -> Html:
    return element("th", text(str(i)), scope=scope)


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
