"""Tensors as plain values.

Goes in: a tensor of any kind (sparse, quantized, half, without data). Comes out: fields of a Value.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from .arrays import Look, number_fields


def tensor_fields(tensor: torch.Tensor, look: Look) -> dict[str, Any]:
    """`dtype`, `shape`, `device`, what autograd knows, and the numbers where there are any."""
    device, step = tensor.device, tensor.grad_fn
    fields: dict[str, Any] = {
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "device": str(device),
        "requires_grad": tensor.requires_grad,
        "grad_fn": None if step is None else type(step).__name__,
    }
    if tensor.is_nested:
        return fields
    fields["shape"] = shape = tuple(map(int, tensor.shape))
    fields["length"] = shape[0] if shape else None
    if device.type == "meta" or not look.affords(tensor.numel()):
        return fields
    return fields | number_fields(_numbers(tensor), look)


def _numbers(tensor: torch.Tensor) -> NDArray[Any]:
    """As numpy has them: dense, dequantized, types that numpy lacks as float64."""
    plain = torch.Tensor.detach(tensor)
    if plain.layout != torch.strided:
        plain = plain.to_dense()
    if plain.is_quantized:
        plain = plain.dequantize()
    if plain.dtype.is_floating_point and plain.dtype not in (torch.float32, torch.float64):
        plain = plain.to(torch.float64)
    return np.asarray(plain.as_subclass(torch.Tensor).numpy(force=True))
