"""Objects of libraries that are not imported here: tables of pandas, figures of matplotlib.

Goes in: an object whose class is known by its name. Comes out: fields of a Value.
"""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Iterator
from typing import Any

BACKEND = f"{__package__}.backend"
"""The module that matplotlib draws with."""
ROWS = 20
COLUMNS = 20
PICTURE_BYTES = 300_000
RESOLUTION_DPI = 110
COARSER = (1.0, 0.7, 0.45, 0.2)
"""Parts of the resolution that are tried until a picture is small enough."""
LONGEST_PIXELS = 1600
"""Of a side: no card shows more, and drawing it takes longer than most programs."""


def frame_fields(frame: Any) -> dict[str, Any]:
    """Of a DataFrame: header and at most 20 rows, as text."""
    shown = frame.iloc[:ROWS, :COLUMNS]
    header = ("", *(str(c) for c in shown.columns))
    rows = ((str(i), *(str(x) for x in row)) for i, row in zip(shown.index, shown.itertuples(index=False), strict=True))
    return {"table": (header, *rows), "shape": tuple(int(n) for n in frame.shape), "length": len(frame)}


def series_fields(series: Any) -> dict[str, Any]:
    """Of a Series: its name as header, and at most 20 rows."""
    shown = series.iloc[:ROWS]
    header = ("", "" if series.name is None else str(series.name))
    rows = ((str(i), str(x)) for i, x in shown.items())
    return {
        "table": (header, *rows),
        "shape": (len(series),),
        "dtype": str(series.dtype),
        "length": len(series),
    }


def figure_fields(figure: Any) -> dict[str, Any]:
    """Of a figure: a PNG in base64, at most 300 kB and 1600 pixels long."""
    finest_dpi = min(RESOLUTION_DPI, LONGEST_PIXELS / max(1.0, *figure.get_size_inches()))
    for part in COARSER:
        picture = io.BytesIO()
        figure.savefig(picture, format="png", dpi=finest_dpi * part)
        if picture.tell() <= PICTURE_BYTES:
            return {"media": base64.b64encode(picture.getvalue()).decode("ascii")}
    return {}


def all_figures() -> Iterator[Any]:
    """The figures that the program has shown, and those that pyplot still holds."""
    backend = sys.modules.get(BACKEND)
    if backend is not None:
        yield from backend.shown
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is not None:
        yield from (m.canvas.figure for m in helpers.Gcf.get_all_fig_managers())
