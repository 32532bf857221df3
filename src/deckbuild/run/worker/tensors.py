"""Tensors as plain values.

Goes in: a tensor of any kind (sparse, quantized, half, without data). Comes out: fields of a Value.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from .arrays import Look, number_fields

OWN = frozenset((torch.Tensor, torch.nn.Parameter))
"""No class of a program's, which might be in the way of its numbers."""
SHARED = frozenset(
    (torch.float32, torch.float64, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool)
)
"""What numpy has, too."""


def tensor_fields(tensor: torch.Tensor, look: Look) -> dict[str, Any]:
    """`dtype`, `shape`, `device`, what autograd knows, and the numbers where there are any."""
    step = tensor.grad_fn
    fields: dict[str, Any] = {
        "dtype": _named(tensor.dtype),
        "device": _named(tensor.device),
        "requires_grad": tensor.requires_grad,
        "grad_fn": None if step is None else type(step).__name__,
    }
    if tensor.is_nested:
        return fields
    fields["shape"] = shape = tuple(map(int, tensor.shape))
    fields["length"] = shape[0] if shape else None
    if tensor.is_meta or not look.affords(tensor.numel()):
        return fields
    fields.update(number_fields(_numbers(tensor), look))
    return fields


@cache
def _named(kind: torch.dtype | torch.device) -> str:
    return str(kind).removeprefix("torch.")


def _numbers(tensor: torch.Tensor) -> NDArray[Any]:
    """As numpy has them: dense, dequantized, types that numpy lacks as float64."""
    if type(tensor) in OWN and tensor.dtype in SHARED and tensor.layout is torch.strided:
        return tensor.numpy(force=True)
    plain = torch.Tensor.detach(tensor)
    if plain.layout != torch.strided:
        plain = plain.to_dense()
    if plain.is_quantized:
        plain = plain.dequantize()
    if plain.dtype.is_floating_point and plain.dtype not in (torch.float32, torch.float64):
        plain = plain.to(torch.float64)
    return np.asarray(plain.as_subclass(torch.Tensor).numpy(force=True))
