"""Plain snapshots of the objects of a program.

Goes in: any object. Comes out: a Value that needs no library to be read. Of the program's own code only `__repr__` (and
`extra_repr` of its modules) is called, with the random states put back afterwards; kinds are told by the real type and
reached through its base, never by `isinstance` or a method, which a class can answer itself.
"""

from __future__ import annotations

import collections
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from itertools import islice
from typing import Any, cast

import numpy as np
import torch

from deckbuild.model import Json, Value

from .arrays import Budget, Look, array_data, number_fields, scalar
from .foreign import figure_fields, frame_fields, series_fields
from .layers import settings
from .tensors import tensor_fields
from .text import short_repr

MEMBERS = 20
PARAMETERS = 200
PLAIN_ELEMENTS = 4096
DEPTH = 3
NESTING = 30
QUIET = frozenset({torch.Tensor, np.ndarray, bool, int, float, str, type(None)})
"""Their `repr` is known, and draws no numbers."""
PLAIN = frozenset({torch.Tensor, torch.nn.Parameter, bool, int, float})
"""No code of a subclass can be called for these."""


def snapshot(name: str, value: object, look: Look) -> Value:
    """What the value is now; later changes do not touch it."""
    kind = type(value)
    if look.brief and kind in PLAIN:
        return _snapshot(name, value, look)
    if look.brief and _describe_of(kind, look) is None:
        return Value(name, type_name(kind))
    guard = nullcontext() if look.brief or kind in QUIET else _undisturbed()
    with guard, torch.no_grad(), torch._C.DisableTorchFunctionSubclass():
        return _snapshot(name, value, look)


def type_name(kind: type) -> str:
    """Module and qualified name; builtins bare."""
    module, qualified = type.__getattribute__(kind, "__module__"), type.__getattribute__(kind, "__qualname__")
    return str(qualified) if module == "builtins" else f"{module}.{qualified}"


@contextmanager
def _undisturbed() -> Iterator[None]:
    """The random states afterwards are those before: a `__repr__` may draw numbers."""
    python, array, tensor = random.getstate(), np.random.get_state(), torch.get_rng_state()
    try:
        yield
    finally:
        random.setstate(python)
        np.random.set_state(array)
        torch.set_rng_state(tensor)


def _snapshot(name: str, value: object, look: Look) -> Value:
    if look.known is None or type(value) not in (torch.Tensor, torch.nn.Parameter):
        return _described(name, value, look)
    if cast(torch.Tensor, value).numel() > PLAIN_ELEMENTS:  # to remember it would keep its memory
        return _described(name, value, look)
    state = _state(cast(torch.Tensor, value))
    known = look.known.get(id(value))
    if known is None or known[0] is not value or known[1] != state:
        known = look.known[id(value)] = (value, state, _described(name, value, look))
    return known[2] if known[2].name == name else replace(known[2], name=name)


def _state(tensor: torch.Tensor) -> tuple[object, ...]:
    """What changes when a tensor does, nearly always."""
    version = None if tensor.is_inference() else tensor._version
    data = tensor.data_ptr() if tensor.layout is torch.strided and tensor.is_cpu else None
    return version, data, tensor.shape, tensor.requires_grad, tensor.grad_fn is None


def _described(name: str, value: object, look: Look) -> Value:
    kind = type_name(type(value))
    text = "" if look.brief else short_repr(value)
    describe = _describe_of(type(value), look)
    try:
        fields = describe(value, look) if describe else {}
    except Exception as error:  # a stranger's subclass may break any of its base's promises; its type and text remain
        fields = {"text": text or f"<{kind}: {type(error).__name__}>"}
    return Value(**{"name": name, "type": kind, "text": text, **fields})


def _describe_of(kind: type, look: Look) -> Callable[[Any, Look], dict[str, Any]] | None:
    if kind in COUNTED:
        return DESCRIBERS[kind]
    if look.brief:
        return next((DESCRIBERS[base] for base in type.mro(kind) if base in COUNTED), None)
    return next((d for base in type.mro(kind) if (d := _describer(base))), None)


def _describer(base: type) -> Callable[[Any, Look], dict[str, Any]] | None:
    """By name for libraries that may not be loaded; a name counts only if it leads to this very class."""
    if base in DESCRIBERS:
        return DESCRIBERS[base]
    describe = NAMED.get(type_name(base))
    module = sys.modules.get(base.__module__) if describe else None
    return describe if getattr(module, base.__name__, None) is base else None


def _tensor(value: torch.Tensor, look: Look) -> dict[str, Any]:
    return tensor_fields(value, look)


def _array(value: np.ndarray[Any, Any], look: Look) -> dict[str, Any]:
    if not issubclass(type(value), np.ma.MaskedArray):  # which has numbers that are not to be seen
        value = np.ndarray.view(value, np.ndarray)
    fields = {"dtype": str(value.dtype), "shape": value.shape, "length": value.shape[0] if value.ndim else None}
    return fields | (number_fields(value, look) if look.affords(value.size) else {})


def _array_scalar(value: np.generic, _: Look) -> dict[str, Any]:
    return {"dtype": str(value.dtype), "data": array_data(np.asarray(value))}


def _plain(value: Any, _: Look) -> dict[str, Any]:
    return {"data": scalar(value)}


def _text(value: str, _: Look) -> dict[str, Any]:
    return {"data": scalar(value), "length": str.__len__(value)}


def _sized(value: Any, _: Look) -> dict[str, Any]:
    return {"length": len(value)}


def _row(base: type[Any]) -> Callable[[Any, Look], dict[str, Any]]:
    """Of a list, a tuple, a set: what it holds, read as its base class reads it."""

    def describe(value: Any, look: Look) -> dict[str, Any]:
        held = list(islice(base.__iter__(value), PLAIN_ELEMENTS + 1))
        members = ((str(i), x) for i, x in enumerate(held))
        return {"length": base.__len__(value), **_held(held, members, look, MEMBERS)}

    return describe


def _mapping(base: type[dict[Any, Any]]) -> Callable[[Any, Look], dict[str, Any]]:
    def describe(value: dict[Any, Any], look: Look) -> dict[str, Any]:
        held = dict(islice(base.items(value), PLAIN_ELEMENTS + 1))
        tensors = all(issubclass(type(x), torch.Tensor) for x in held.values())
        members = ((k if type(k) is str else short_repr(k, 80), x) for k, x in held.items())
        return {"length": dict.__len__(value), **_held(held, members, look, PARAMETERS if tensors else MEMBERS)}

    return describe


def _module(value: torch.nn.Module, look: Look) -> dict[str, Any]:
    module = torch.nn.Module
    members = (*module.named_parameters(value), *module.named_buffers(value))
    return {"settings": settings(value), "members": _members(members, look, PARAMETERS)}


def _held(held: Any, members: Iterable[tuple[str, object]], look: Look, limit: int) -> dict[str, Any]:
    """Plain entries as data, others as members."""
    try:
        return {"data": _data(held, Budget(PLAIN_ELEMENTS), NESTING)}
    except NotPlainError:
        return {"members": _members(members, look, limit)}


def _members(members: Iterable[tuple[str, object]], look: Look, limit: int) -> tuple[Value, ...]:
    if look.level >= DEPTH:
        return ()
    return tuple(_snapshot(name, value, look.below()) for name, value in islice(members, limit))


class NotPlainError(Exception):
    """It holds something that JSON cannot say, or too much."""


def _data(value: Any, budget: Budget, nesting: int) -> Json:
    kind = type(value)
    if nesting == 0:
        raise NotPlainError
    if kind in (list, tuple, set, frozenset, torch.Size):
        return [_data(x, budget, nesting - 1) for x in value]
    if kind is dict and all(type(k) is str for k in value):
        return {k: _data(x, budget, nesting - 1) for k, x in value.items()}
    if value is not None and kind not in (bool, int, float, str) and not issubclass(kind, np.number | np.bool_):
        raise NotPlainError
    plain = scalar(value)
    if not budget.take(1) or (plain is None and value is not None):
        raise NotPlainError
    return plain


def _frame(value: Any, _: Look) -> dict[str, Any]:
    return frame_fields(value)


def _series(value: Any, _: Look) -> dict[str, Any]:
    return series_fields(value)


def _figure(value: Any, look: Look) -> dict[str, Any]:
    return figure_fields(value) if look.drawings else {}


DESCRIBERS: dict[type, Callable[[Any, Look], dict[str, Any]]] = {
    torch.Tensor: _tensor,
    torch.nn.Module: _module,
    np.ndarray: _array,
    np.generic: _array_scalar,
    bool: _plain,
    int: _plain,
    float: _plain,
    str: _text,
    bytes: _sized,
    bytearray: _sized,
    range: _sized,
    collections.OrderedDict: _mapping(collections.OrderedDict),
    dict: _mapping(dict),
    **{base: _row(base) for base in (list, tuple, set, frozenset, collections.deque)},
}
COUNTED = frozenset({torch.Tensor, np.ndarray, np.generic, bool, int, float})
"""What a brief look reads."""
NAMED: dict[str, Callable[[Any, Look], dict[str, Any]]] = {
    "pandas.DataFrame": _frame,
    "pandas.core.frame.DataFrame": _frame,
    "pandas.Series": _series,
    "pandas.core.series.Series": _series,
    "matplotlib.figure.Figure": _figure,
}
