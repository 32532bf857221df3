"""matplotlib's Agg with a `show` that ends the open figures: what is drawn next is a figure of its own, as for a reader at a screen.

matplotlib loads it by the name in `MPLBACKEND`; the worker itself never imports it. Source: matplotlib's guide "Writing a backend".
"""

from __future__ import annotations

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase as FigureManager
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas
from matplotlib.figure import Figure

__all__ = ["FigureCanvas", "FigureManager", "show", "shown"]

shown: list[Figure] = []
"""What the program has shown so far."""


def show(*, block: bool | None = None) -> None:
    """The open figures are shown, and no longer pyplot's."""
    shown.extend(manager.canvas.figure for manager in Gcf.get_all_fig_managers())
    Gcf.destroy_all()
