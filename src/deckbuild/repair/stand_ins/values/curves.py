"""Rows of numbers that are plotted or fitted: a name and its program in, the curves that may stand in for it out.

Places along an axis rise evenly, whatever is read first; of what is drawn above them no two names have the same curve. It must leave
alone: what is no row, which only the uses tell.
"""

from __future__ import annotations

import ast
import re

_RISING = "np.linspace(0.1, 10.0, 50)"
_DRAWN = tuple(f"np.{function}({_RISING})" for function in ("sin", "cos", "sqrt"))
_ABSCISSA = re.compile(r"^(?:x|xs|xx|x_?(?:fit|data|new|plot|vals?|values|grid|test|train)|t|ts|times?|theta|angles?)$")
"""Names of places along an axis."""


def curves_for(name: str, tree: ast.Module) -> list[str]:
    """Curves of one length, the most fitting first: for places along an axis the one that rises evenly, for others those that no name has."""
    if is_along_axis(name):
        return [_RISING]
    taken = {ast.unparse(n.value) for n in ast.walk(tree) if isinstance(n, ast.Assign)}
    return [curve for curve in _in_order(tree) if curve not in taken]


def is_along_axis(name: str) -> bool:
    """Whether a name is one that places along an axis usually have."""
    return _ABSCISSA.match(name) is not None


def _in_order(tree: ast.Module) -> tuple[str, ...]:
    """All curves; the one that rises evenly last where the program has a name for the axis."""
    along = any(is_along_axis(n.id) for n in ast.walk(tree) if isinstance(n, ast.Name))
    return (*_DRAWN, _RISING) if along else (_RISING, *_DRAWN)
