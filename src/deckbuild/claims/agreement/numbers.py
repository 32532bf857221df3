"""When a computed number is the one that is written: two numbers in, whether they agree out."""

from __future__ import annotations

import enum
import math
import re
import struct

from deckbuild.prose import Number


class Slack(enum.Enum):
    """How far a computed number may lie from the written one."""

    EXACT = "half a unit of the last written place"
    COARSE = "one unit: what it was computed from is itself printed and so rounded"


FULL_DIGITS = 7
# float32 has 24 bits; sums in another order differ in the last few of them.
FULL_TOLERANCE = 1e-6
HALF_UNIT = 0.5 + 1e-6
# `0.1` for `0.10000000149011612`: so near by accident is no rounded number, and the difference may be what the card is about.
ALL_DIGITS = 16
NOISE = 1e-7
NEXT_TO_NOTHING = 1e-12
LARGEST_SINGLE = 3.4e38
FEW_DIGITS = 6
EXACT = 1e-3
TORCH_PLACES = 4


def agrees(written: Number, computed: float, slack: Slack = Slack.EXACT, *, single: bool = True) -> bool:
    """Whether `computed`, rounded to the places of `written`, is that.

    A number without places must be met exactly, but for the last bits of a computed fraction. From seven digits on it claims a float's full precision: then a relative 1e-6 is
    enough where the computation is in single precision, else 1e-12.
    """
    if math.isnan(computed) or math.isinf(computed):
        return False
    distance = abs(written.value - computed)
    if written.digits >= FULL_DIGITS and not written.is_integer:
        relative = FULL_TOLERANCE if single and may_be_single(written) else 1e-12
        return distance <= max(relative * abs(written.value), HALF_UNIT * written.unit)
    if written.is_integer and float(computed).is_integer():
        return distance == 0
    if written.decimals <= 0 and "e" not in written.text.lower():
        return distance <= (1e-6 if single else 1e-12) * max(1.0, abs(written.value))
    return distance <= (HALF_UNIT if slack is Slack.EXACT else 2 * HALF_UNIT) * written.unit


def weight(written: Number) -> int:
    """The digits of a number that an agreement proves: of a fraction at most FULL_DIGITS, however many a float of 32 bits is written with."""
    return written.digits if written.is_integer else min(written.digits, FULL_DIGITS)


def may_be_single(written: Number) -> bool:
    """Whether a number is short enough for a float of 32 bits, or exactly one of them written out."""
    if written.digits < ALL_DIGITS or not abs(written.value) < LARGEST_SINGLE:
        return True
    return bool(struct.unpack("f", struct.pack("f", written.value))[0] == written.value)


def of_a_kind(written: Number, printed: Number) -> bool:
    """Whether nothing but places that were left out tells the written number from the printed one: both floats or both whole, one sign."""
    nought = printed.value == 0 and math.copysign(1, printed.value) != math.copysign(1, written.value)
    if written.is_integer != printed.is_integer or nought or is_padded(printed, written):
        return False
    distance = abs(written.value - printed.value)
    if is_hardly_rounded(written, printed.value):
        return False
    near = distance < NOISE * abs(printed.value) or (written.value == 0 and distance < NEXT_TO_NOTHING)
    noise = distance > 0 and printed.digits >= ALL_DIGITS and near
    return not noise or written.digits > FEW_DIGITS


def is_padded(printed: Number, written: Number) -> bool:
    """Whether noughts that were left out belong to the printed number: `3.30` of a decimal or a format; torch fills up to four places itself."""
    filled = printed.text.endswith("0") and 1 < printed.decimals != TORCH_PLACES
    return filled and written.decimals < printed.decimals


def is_hardly_rounded(written: Number, computed: float) -> bool:
    """Whether a number is not surely the written one rounded: 0.75, in the middle, for `0.8`; 0.96 for `1.0`, 1.998 for `2.0`, which are written as if exact."""
    distance = abs(written.value - computed)
    exact = written.decimals == 1 and written.text.endswith(".0")
    if exact and distance > max(EXACT, FULL_TOLERANCE * abs(written.value)):
        return True
    return not written.is_integer and math.isclose(distance, written.unit / 2, rel_tol=1e-9)


def whole(number: Number) -> str:
    """Sign and digits of a number without point and exponent, which may have more digits than a float can hold, or Python makes an int of."""
    digits = re.sub(r"\D", "", number.text).lstrip("0")
    return ("-" if number.text[0] in "-−" else "") + digits if digits else "0"


def roughly(written: Number, computed: float) -> bool:
    """Whether sign and size fit what is said with "about": no sign turned, no more than a factor of two or a tenth off."""
    if math.isnan(computed) or math.isinf(computed):
        return False
    if abs(written.value - computed) <= max(0.1, written.unit):
        return True
    return written.value * computed > 0 and 0.5 <= abs(computed / written.value) <= 2
