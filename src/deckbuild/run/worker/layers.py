"""The torch modules that a program applies, with the shapes that go in and come out.

Goes in: every call of a module, through torch's global forward hook. Comes out: LayerCalls, each distinct one once.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import cast

import torch
from torch.nn.modules.module import register_module_forward_hook
from torch.utils.hooks import RemovableHandle

from deckbuild.model import Json, LayerCall

from .output import innermost

LIMIT = 400
PADDING = (
    *(torch.nn.Conv1d, torch.nn.Conv2d, torch.nn.Conv3d),
    *(torch.nn.AvgPool1d, torch.nn.AvgPool2d, torch.nn.AvgPool3d),
    *(torch.nn.MaxPool1d, torch.nn.MaxPool2d, torch.nn.MaxPool3d),
)
_call_code = torch.nn.Module._call_impl.__code__


class Layers:
    """The calls made while it is active."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._calls: dict[LayerCall, None] = {}
        self._hook: RemovableHandle | None = None

    def start(self) -> None:
        """From now on calls are noted."""
        self._hook = register_module_forward_hook(self._note)

    def stop(self) -> tuple[LayerCall, ...]:
        """No more are noted; those that were, in the order in which they first ended."""
        if self._hook is not None:
            self._hook.remove()
        return tuple(self._calls)

    def _note(self, layer: torch.nn.Module, inputs: tuple[object, ...], output: object) -> None:
        if len(self._calls) >= LIMIT or torch.compiler.is_compiling() or torch._C._get_tracing_state() is not None:
            return
        frame = sys._getframe(1)
        program = innermost(frame, self._path)
        shapes = tuple(s for x in inputs if (s := shape_of(x)) is not None)
        call = LayerCall(
            line=program.f_lineno if program else None,
            layer=type(layer).__name__,
            settings=settings(layer),
            inputs=shapes,
            output=shape_of(output),
            padded=padded(layer, shapes[0]) if shapes else None,
            depth=_depth(frame),
        )
        self._calls.setdefault(call)


def shape_of(value: object) -> tuple[int, ...] | None:
    """Of a tensor; None for anything else, and for a nested tensor, which has none."""
    if not issubclass(type(value), torch.Tensor) or cast(torch.Tensor, value).is_nested:
        return None
    return tuple(int(n) for n in cast(torch.Tensor, value).shape)


def settings(layer: torch.nn.Module) -> tuple[tuple[str, Json], ...]:
    """The plain public attributes of a module, in the order in which it sets them."""
    own = ((n, v) for n, v in layer.__dict__.items() if not n.startswith("_") and n != "training" and _is_plain(v))
    return tuple((n, cast(Json, v)) for n, v in own)


def _is_plain(value: object) -> bool:
    if type(value) is tuple:
        return len(value) <= 8 and all(_is_plain(x) for x in value)
    return value is None or type(value) in (bool, int, float, str)


def padded(layer: torch.nn.Module, shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """The shape after the layer's own padding, found by padding a tensor without data; None where it pads nothing."""
    if type(layer) not in PADDING:
        return None
    dimensions = int(type(layer).__name__[-2])
    sides = _sides(layer, dimensions)
    if not any(sides) or len(shape) < dimensions:
        return None
    with torch.no_grad():
        return tuple(torch.nn.functional.pad(torch.empty(shape, device="meta"), sides).shape)


def _sides(layer: torch.nn.Module, dimensions: int) -> list[int]:
    """What `pad` takes: before and after the last axis, before and after the one before it, …"""
    sides = getattr(layer, "_reversed_padding_repeated_twice", None)
    if sides is None:
        padding = layer.padding
        each = padding if isinstance(padding, tuple) else (padding,) * dimensions
        sides = [n for n in reversed(each) for _ in range(2)]
    return [int(n) for n in cast("list[int]", sides)]


def _depth(frame: FrameType) -> int:
    """How many modules led to the call that this frame of torch's machinery belongs to."""
    depth = -1
    here: FrameType | None = frame
    while here is not None:
        depth += here.f_code is _call_code
        here = here.f_back
    return max(depth, 0)
