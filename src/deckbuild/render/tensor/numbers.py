"""Numbers -> digits. One format for all numbers of a tensor, so that right-aligned digits line up on the point; what is printed
is within half a unit of its last digit.

Source: rules 5 and 6 of the house's rendering rules; numpy's and torch's printing have a format per tensor too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Scalar: TypeAlias = bool | int | float | complex | str

_EPSILON = {"float16": 2**-10, "bfloat16": 2**-7, "float64": 2**-52, "float32": 2**-23}
_POINT_BLANK, _FIGURE_BLANK = "\u2008", "\u2007"
"""As wide as a point and as a digit: they move a bare `0` into the column of the units."""


@dataclass(frozen=True, slots=True)
class Format:
    """How the numbers of one tensor are written."""

    kind: Literal["plain", "fixed", "scientific"]
    decimals: int = 0

    def write(self, x: Scalar) -> str:
        """The number in digits, with a true minus; nan and inf as torch spells them."""
        match x:
            case bool() | str():
                return str(x)
            case int():
                return str(x).replace("-", "−")
            case complex():
                return _write_complex(self, x)
            case _:
                return _write_float(self, float(x))


def choose_format(values: Iterable[Scalar], dtype: str | None, digits: int = 4) -> Format:
    """The format for a tensor that holds these numbers, showing `digits` significant digits of the largest."""
    parts = [abs(p) for v in values for p in _parts(v)]
    finite = [p for p in parts if p and math.isfinite(p)]
    largest = max(finite, default=0.0)
    sizes = [p for p in finite if p >= 1e-6 * largest]  # noise below that is `≈0`
    if largest < 1e6 and all(p == int(p) for p in sizes):
        return Format("fixed" if parts else "plain", 0)
    smallest = min(sizes)
    if largest >= 1e5 or 1 - _magnitude(smallest) > 5:
        return Format("scientific", min(2, digits - 1))
    wanted = max(digits - 1 - _magnitude(largest), (2 if digits > 3 else 1) - 1 - _magnitude(smallest), 0)
    decimals, tolerance = min(wanted, 4), 2 * _EPSILON.get(dtype or "", 2**-23)
    while decimals and all(abs(round(p, decimals - 1) - p) <= tolerance * p for p in sizes):
        decimals -= 1
    return Format("fixed", decimals)


def write_number(x: float, digits: int = 3) -> str:
    """One number that stands alone, with so many significant digits: statistics, the ends of a scale, a scalar."""
    if not math.isfinite(x):
        return str(x).replace("-", "−")
    if x == 0:
        return "0"
    if -5 <= _magnitude(abs(x)) < 7:
        return write_decimals(x, 0 if x == int(x) else decimals_of(x, digits))
    mantissa, _, exponent = f"{x:.{digits - 1}e}".partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def write_decimals(x: float, decimals: int) -> str:
    """The number with so many decimals; what rounds to zero has no sign."""
    written = f"{x:.{decimals}f}"
    return (written if float(written) else written.lstrip("-")).replace("-", "−")


def decimals_of(x: float, digits: int = 3) -> int:
    """Decimals that show so many significant digits of a number."""
    return max(0, digits - 1 - _magnitude(abs(x))) if x else 0


def widest(format_: Format, values: Sequence[Scalar]) -> int:
    """Characters of the longest number."""
    return max((len(format_.write(v)) for v in values), default=0)


def _write_float(format_: Format, x: float) -> str:
    if not math.isfinite(x):
        return str(x).replace("-", "−")
    if format_.kind == "scientific":
        if x == 0:
            return "0"
        mantissa, _, exponent = f"{x:.{format_.decimals}e}".partition("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    written = f"{x:.{format_.decimals}f}"
    if float(written) == 0:
        padding = _POINT_BLANK + _FIGURE_BLANK * format_.decimals if format_.decimals else ""
        return ("0" if x == 0 else "≈0") + padding
    return written.replace("-", "−")


def _write_complex(format_: Format, x: complex) -> str:
    real, imaginary = (_write_float(format_, p).strip(_POINT_BLANK + _FIGURE_BLANK) for p in (x.real, abs(x.imag)))
    sign = "−" if math.copysign(1, x.imag) < 0 else "+"
    return f"{real}{sign}{imaginary}j"


def _parts(x: Scalar) -> tuple[float, ...]:
    match x:
        case bool() | int() | str():
            return ()
        case complex():
            return (x.real, x.imag)
        case _:
            return (float(x),)


def _magnitude(x: float) -> int:
    return math.floor(math.log10(x))
