"""Frozen records <-> JSON, by the types of their fields.

Goes in: a value of the model, or bytes of the store. Comes out: bytes, or the value, each field checked against its type.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import enum
import json
from collections.abc import Callable
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from deckbuild.model import Outcome, Value

Reader: TypeAlias = Callable[[Any], Any]
T = TypeVar("T")


PLAIN = (bool, int, str)


class CodecError(ValueError):
    """What is there is no such record."""


@dataclasses.dataclass(frozen=True, slots=True)
class Stated:
    """Stands for a claim's test, of which nobody asks more after the judgement."""

    expected: str


_OPAQUE = {"Json": Any, "Test": Stated}
"""What types named so hold: a Protocol, and what JSON holds itself."""


def encode(value: object) -> bytes:
    """JSON; fields that have their default are left out, and what an outcome says twice is said once."""
    return _encoder.encode(value).encode()


def decode(kind: type[T], payload: bytes) -> T:
    """The value. Raises CodecError if a field is missing or has the wrong type."""
    try:
        found: T = _reader(cast(Any, kind))(json.loads(payload))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error) as error:
        raise CodecError(f"not a {kind.__name__}: {error}") from error
    return found


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    names = _defaults(cast(Any, type(value)))
    fields = {name: v for name, default in names if (v := getattr(value, name)) is not default}
    return fields | {"values": value.placed()} if isinstance(value, Outcome) and value.values else fields


@cache
def _defaults(kind: Any) -> tuple[tuple[str, object], ...]:
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"{kind} is not kept")
    return tuple((f.name, f.default) for f in dataclasses.fields(kind))


_encoder = json.JSONEncoder(default=_plain, separators=(",", ":"))


@cache
def _reader(kind: Any) -> Reader:
    """Reads what was written of a value of a type."""
    if kind is Any:
        return lambda data: data
    if kind is Outcome:
        return _outcome(_record(kind))
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    if get_origin(kind) in (Union, UnionType):
        return _either(tuple(get_args(kind)))
    if get_origin(kind) is Literal:
        return _one_of(frozenset(get_args(kind)))
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    if get_origin(kind) is frozenset:
        many = _tuple((*get_args(kind), ...))
        return lambda data: frozenset(many(data))
    if kind is bytes:
        return lambda data: base64.b64decode(data, validate=True)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind
    if kind in (*PLAIN, NoneType):
        return _exactly(kind)
    if kind is float:
        return _number
    raise TypeError(f"{kind} is not kept")


def _record(kind: Any) -> Reader:
    """Of a record; the readers of its fields are made when the first is read, since records may hold their own kind.

    What is just as a field's type says needs no reader: so are most fields, and to call one takes longer than to look.
    """
    readers: dict[str, Reader] = {}
    plain: dict[str, type | None] = {}

    def read(data: dict[str, Any]) -> Any:
        if not readers:
            hints = get_type_hints(kind, localns=_OPAQUE)
            readers.update({name: _reader(hint) for name, hint in hints.items()})
            plain.update({name: _plain_type(hint) for name, hint in hints.items()})
        return kind(**{name: x if type(x) is plain.get(name) else readers[name](x) for name, x in data.items()})

    return read


def _plain_type(kind: Any) -> type | None:
    """The one plain type that it names, beside None."""
    kinds = [k for k in get_args(kind) if k is not NoneType] if get_origin(kind) in (Union, UnionType) else [kind]
    return next((plain for plain in PLAIN if kinds == [plain]), None)


def _outcome(others: Reader) -> Reader:
    """Of an outcome, whose values may be the places of bindings."""

    def read(data: dict[str, Any]) -> Outcome:
        values = _list(data.get("values", []))
        outcome: Outcome = others({**data, "values": []})
        value = _reader(Value)
        return dataclasses.replace(
            outcome, values=tuple([outcome.at(v) if type(v) is int else value(v) for v in values])
        )

    return read


def _either(kinds: tuple[Any, ...]) -> Reader:
    """Of one of several types, tried in their order; None is what nothing else is."""
    others = [_reader(kind) for kind in kinds if kind is not NoneType]
    optional = NoneType in kinds

    def read(data: Any) -> Any:
        if data is None and optional:
            return None
        for reader in others[:-1]:
            try:
                return reader(data)
            except (ValueError, TypeError, KeyError, AttributeError):
                continue
        return others[-1](data)

    return read


def _one_of(words: frozenset[object]) -> Reader:
    def read(data: Any) -> Any:
        if data not in words:
            raise CodecError(f"{data!r} is none of {sorted(map(str, words))}")
        return data

    return read


def _tuple(kinds: tuple[Any, ...]) -> Reader:
    if len(kinds) == 2 and kinds[1] is ...:
        one = _reader(kinds[0])
        return lambda data: tuple([one(x) for x in _list(data)])
    each = [_reader(kind) for kind in kinds]
    return lambda data: tuple([read(x) for read, x in zip(each, _list(data), strict=True)])


def _exactly(kind: type) -> Reader:
    def read(data: Any) -> Any:
        if type(data) is not kind:
            raise CodecError(f"{kind.__name__} expected, {type(data).__name__} found")
        return data

    return read


_list = _exactly(list)


def _number(data: Any) -> float:
    if type(data) not in (int, float):
        raise CodecError(f"a number expected, {type(data).__name__} found")
    return float(data)
