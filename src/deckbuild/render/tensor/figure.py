"""A value -> its figure: caption, then digits, pictures, members, a frame or its text."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import re
from dataclasses import dataclass

from deckbuild.model import Media, Value
from deckbuild.showing import is_tensor

from ..html import NOTHING, Html, code_text, element, join, rows, text
from .grid import WHOLE, read_scalar
from .numbers import Scalar, write_number
from .pictures import draw_pictures
from .stats import draw_stats, magnitude, measure
from .table import draw_table

SMALL = 16
"""A member with so many values is also drawn."""
MOST_MEMBERS = 4
_STATISTICS_FROM = 32
_ONE_LINE = 60
_BACKWARD = re.compile(r"Backward\d*$")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A value as HTML, and the pictures that it needs."""

    html: Html
    media: tuple[Media, ...] = ()


def draw(value: Value, *, assumed: bool = False) -> Drawing:
    """The value as a figure; never raises. `assumed`: it rests on a stand-in, which the caption says."""
    if value.media is not None and (plot := _draw_plot(value)) is not None:
        return plot
    if value.table is not None:
        return Drawing(_figure("frame", _caption(value, assumed), _draw_frame(value)))
    if is_tensor(value):
        return _draw_tensor(value, assumed)
    if any(is_tensor(m) for m in value.members):
        return _draw_members(value, assumed)
    return Drawing(_draw_text(value, assumed))


def _draw_text(value: Value, assumed: bool) -> Html:
    """What is no tensor, as Python writes it; behind its name where it is short."""
    written = value.text or str(value.data)
    if len(written) > _ONE_LINE or "\n" in written:
        return _figure("value", _caption(value, assumed), element("pre", code_text(written), classes="out"))
    name = join([element("b", code_text(value.name)), text(" = ")]) if value.name else NOTHING
    chip = element("span", text("from assumed values"), classes="chip as") if assumed else NOTHING
    return _figure("value", element("div", element("code", name, code_text(written)), chip))


def _draw_tensor(value: Value, assumed: bool) -> Drawing:
    shape = value.shape or ()
    caption = _caption(value, assumed)
    if math.prod(shape) == 0:
        return Drawing(_figure("tensor", caption, element("p", text("no elements"), classes="none")))
    if not shape:
        number = read_scalar(value)
        shown = text(value.text) if number is None else text(_write_scalar(number))
        return Drawing(_figure("tensor", caption, element("p", shown, classes="scalar")))
    if len(shape) > 1 and min(shape[-2:]) > WHOLE and (drawn := draw_pictures(value)) is not None:
        return Drawing(_figure("tensor", caption, drawn[0]), drawn[1])
    stats = value.stats or (value.preview.stats if value.preview else None) or measure(_floats(value))
    table = draw_table(value, magnitude(stats))
    if table is None:
        whole = element("table", element("tr", element("td", code_text(value.text), classes="w")))
        return Drawing(_figure("tensor", caption, whole))
    elided = max(shape[-2:]) > WHOLE or math.prod(shape[:-2]) > WHOLE
    told = (elided or math.prod(shape) > _STATISTICS_FROM) and not (value.dtype or "").startswith("complex")
    return Drawing(_figure("tensor", caption, table, draw_stats(stats, value.dtype) if told else NOTHING))


def _write_scalar(number: Scalar) -> str:
    return write_number(number, 6) if isinstance(number, float) else str(number).replace("-", "−")


def _draw_members(value: Value, assumed: bool) -> Drawing:
    """One row a parameter: name, shape, number of values; small ones are also drawn."""
    tensors = [m for m in value.members if is_tensor(m)]
    dtypes = [m.dtype for m in tensors]
    common = max(dtypes, key=dtypes.count)
    total = sum(math.prod(m.shape or ()) for m in tensors)
    told = f"{len(tensors)} tensor{'s' * (len(tensors) != 1)} · {total:,} value{'s' * (total != 1)} · {common}".replace(
        ",", "\u202f"
    )
    head = element("tr", *(element("th", text(t), scope="col") for t in ("", "shape", "values")))
    lines = [
        element(
            "tr",
            element("th", text(m.name), scope="row"),
            element("td", text(_kind(m, common))),
            element("td", text(_count(m))),
        )
        for m in value.members
    ]
    table = element("table", Html("\n"), rows(head, *lines), Html("\n"))
    whole = _figure("members", _named(value, told, assumed), element("div", table, classes="wide"))
    small = [draw(m, assumed=assumed) for m in tensors if 0 < math.prod(m.shape or ()) <= SMALL][:MOST_MEMBERS]
    return Drawing(rows(whole, *(d.html for d in small)), tuple(x for d in small for x in d.media))


def _kind(member: Value, common: str | None) -> str:
    if not is_tensor(member):
        return member.text[:60]
    shape = str(list(member.shape or ())) if member.shape else "scalar"
    return shape if member.dtype == common else f"{shape} {member.dtype}"


def _count(member: Value) -> str:
    return str(math.prod(member.shape or ())) if is_tensor(member) else ""


def _draw_frame(value: Value) -> Html:
    """A table of texts, numbers to the right; how many rows are missing."""
    header, *body = value.table or ((),)
    lines = [element("tr", *(element("th", text(cell), scope="col") for cell in header))]
    lines += [
        element("tr", *(element("td", text(c), classes="" if _is_number(c) else "w") for c in row)) for row in body
    ]
    table = element("div", element("table", Html("\n"), rows(*lines), Html("\n")), classes="wide")
    missing = (value.length or len(body)) - len(body)
    return rows(table, element("span", text(f"{missing} more rows"), classes="stats") if missing > 0 else NOTHING)


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return False
    return True


def _draw_plot(value: Value) -> Drawing | None:
    try:
        data = base64.b64decode(value.media or "", validate=True)
    except (binascii.Error, ValueError):
        return None
    media = Media(f"deckbuild-{hashlib.sha256(data).hexdigest()[:24]}.png", data)
    image = element("img", src=media.name, alt=f"figure {value.name}".strip())
    return Drawing(_figure("plot", image), (media,))


def _figure(kind: str, *inside: Html) -> Html:
    return element("figure", Html("\n"), rows(*inside), Html("\n"), classes=kind)


def _caption(value: Value, assumed: bool) -> Html:
    if not is_tensor(value):
        length = f"{value.length} rows" if value.table is not None and value.length is not None else ""
        return _named(value, length, assumed) if value.name or length else NOTHING
    shape = str(list(value.shape)) if value.shape else "scalar"
    return _named(value, f"{shape} · {value.dtype}", assumed)


def _named(value: Value, told: str, assumed: bool) -> Html:
    """Name, what is told of it, and a chip for each thing that surprises."""
    surprises = [
        "requires_grad" if value.requires_grad and not value.grad_fn else "",
        f"grad_fn={_BACKWARD.sub('', value.grad_fn)}" if value.grad_fn else "",
        value.device if value.device not in (None, "cpu") else "",
    ]
    chips = [element("span", text(s), classes="chip") for s in surprises if s]
    if assumed:
        chips.append(element("span", text("from assumed values"), classes="chip as"))
    name = element("b", code_text(value.name)) if value.name else NOTHING
    return element("figcaption", join([name, text(told), *chips], by=" "))


def _floats(value: Value) -> list[float]:
    found: list[float] = []
    todo = [value.data if value.data is not None else value.preview.edges if value.preview else None]
    while todo:
        match todo.pop():
            case list() as inner:
                todo.extend(inner)
            case bool() | int() | float() as number:
                found.append(float(number))
            case "nan" | "inf" | "-inf" as word:
                found.append(float(word))
            case _:
                pass
    return found
