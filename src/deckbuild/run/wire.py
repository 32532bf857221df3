"""Outcomes as JSON, between the build, the worker and its children, and in the cache.

Goes in: an Outcome, or bytes. Comes out: bytes, or an Outcome whose every field has been checked: what a snippet's process
sends is data from a stranger, so it is JSON (never pickle).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from json.encoder import c_make_encoder, encode_basestring_ascii  # type: ignore[attr-defined]  # CPython's
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar, cast

from deckbuild.model import (
    Binding,
    Fault,
    FaultKind,
    LayerCall,
    Outcome,
    Picture,
    Preview,
    Printed,
    Stats,
    Value,
)

from .frames import WireError
from .plain import line, nested, picture, plain, size

SURROGATE = b"\\ud"

T = TypeVar("T")
U = TypeVar("U")
Reader: TypeAlias = Callable[[Any], T]


def encode(outcome: Outcome) -> bytes:
    """JSON; fields that have their default are left out, and a final value that a binding has already is the place of that."""
    fields = _fields(outcome)
    if outcome.values:
        fields["values"] = outcome.placed()
    return "".join(_encoder(fields, 0)).encode()


def decode(payload: bytes) -> Outcome:
    """The outcome. Raises WireError if a field is missing or has the wrong type."""
    try:
        data = json.loads(payload)
        return _outcome(_whole_text(data) if SURROGATE in payload else data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WireError(f"not an outcome: {error}") from error


def _whole_text(data: Any) -> Any:
    """Without halves of characters, which Python's texts may hold and no file can."""
    match data:
        case str():
            return data.encode("utf-8", "replace").decode()
        case list():
            return [_whole_text(x) for x in data]
        case dict():
            return {_whole_text(k): _whole_text(x) for k, x in data.items()}
    return data


def _fields(value: object) -> dict[str, object]:
    names, defaults, read = _layout(cast(Any, type(value)))
    return {name: v for name, default, v in zip(names, defaults, read(value), strict=False) if v is not default}


@cache
def _layout(kind: Any) -> tuple[tuple[str, ...], tuple[object, ...], Callable[[object], tuple[object, ...]]]:
    """The names of the fields of a kind of record, what they are by default, and what reads all of them at once."""
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is not sent")
    fields = dataclasses.fields(kind)
    names = tuple(f.name for f in fields)
    return names, tuple(f.default for f in fields), attrgetter(*names)


_encoder: Callable[[object, int], Iterable[str]] = c_make_encoder(
    None, _fields, encode_basestring_ascii, None, ":", ",", False, False, True
)
"""What `JSONEncoder.encode` makes anew for each text, and takes from where a program may have put another one."""


def _is(kind: type[T]) -> Reader[T]:
    def read(data: object) -> T:
        if type(data) is not kind:
            raise WireError(f"{kind.__name__} expected, {type(data).__name__} found")
        return data

    return read


def _number(data: object) -> float:
    if type(data) not in (int, float):
        raise WireError(f"number expected, {type(data).__name__} found")
    return float(cast(float, data))


def _seconds(data: object) -> float:
    return cast(float, plain(_number(data)))


def _maybe(read: Reader[T]) -> Reader[T | None]:
    return lambda data: None if data is None else read(data)


def _many(read: Reader[T]) -> Reader[tuple[T, ...]]:
    return lambda data: tuple(read(x) for x in _list(data))


def _pair(left: Reader[T], right: Reader[U]) -> Reader[tuple[T, U]]:
    def read(data: object) -> tuple[T, U]:
        a, b = _list(data)
        return left(a), right(b)

    return read


def _record(kind: type[T], /, **readers: Reader[Any]) -> Reader[T]:
    def read(data: object) -> T:
        return kind(**{name: readers[name](x) for name, x in _dict(data).items()})

    return read


_list = _is(list)
_dict = _is(dict)
_text = _is(str)
_flag = _is(bool)
_texts = _many(_text)
_sizes = _many(size)
_lines = _many(line)
_settings = _many(_pair(_text, plain))

FAULT_KINDS = frozenset(
    {"raised", "syntax", "timeout", "memory", "killed", "exit", "output", "denied", "uncached", "broken"}
)


def _kind(data: object) -> FaultKind:
    if data not in FAULT_KINDS:
        raise WireError(f"{data!r} is no kind of fault")
    return cast(FaultKind, data)


_stats = _record(Stats, mean=_number, std=_number, low=_number, high=_number, nonfinite=size, count=size)
_picture = _record(Picture, index=_sizes, shape=_pair(size, size), rows=_many(_many(_number)), stats=_stats)
_preview = _record(Preview, edges=plain, pictures=_many(_picture), stats=_stats)


def _value(data: object) -> Value:
    value = _read_value(data)
    if value.shape is not None and value.data is not None:
        nested(value.data, value.shape)
    return value


_read_value = _record(
    Value,
    name=_text,
    type=_text,
    dtype=_maybe(_text),
    shape=_maybe(_sizes),
    data=plain,
    text=_text,
    preview=_maybe(_preview),
    stats=_maybe(_stats),
    requires_grad=_flag,
    grad_fn=_maybe(_text),
    device=_maybe(_text),
    members=_many(_value),
    settings=_settings,
    media=_maybe(picture),
    table=_maybe(_many(_texts)),
    length=_maybe(size),
)
_fault = _record(
    Fault,
    kind=_kind,
    type=_text,
    message=_text,
    line=_maybe(line),
    frames=_lines,
    name=_maybe(_text),
)
_printed = _record(Printed, line=line, text=_text)
_binding = _record(Binding, line=line, end_line=line, value=_value)
_call = _record(
    LayerCall,
    line=_maybe(line),
    layer=_text,
    settings=_settings,
    inputs=_many(_sizes),
    output=_maybe(_sizes),
    padded=_maybe(_sizes),
    depth=size,
)


def _probed(data: object) -> Value | Fault:
    return _fault(data) if "kind" in _dict(data) else _value(data)


_read_outcome = _record(
    Outcome,
    fault=_maybe(_fault),
    stdout=_text,
    prints=_many(_printed),
    bindings=_many(_binding),
    calls=_many(_call),
    lines_run=_lines,
    probed=_many(_probed),
    seconds=_seconds,
    cached=_flag,
    unstable=_texts,
)


def _outcome(data: object) -> Outcome:
    fields = dict(_dict(data))
    values = _list(fields.pop("values", []))
    outcome = _read_outcome(fields)
    return replace(outcome, values=tuple(outcome.at(v) if type(v) is int else _value(v) for v in values))
