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

BASE = torch._C.TensorBase
"""Its members, unlike those of `torch.Tensor`, are nobody's to exchange."""
DTYPE, DEVICE, LAYOUT, SHAPE, STEP, REQUIRES_GRAD, NESTED, META, QUANTIZED = (
    getattr(BASE, name).__get__
    for name in (
        "dtype",
        "device",
        "layout",
        "shape",
        "grad_fn",
        "requires_grad",
        "is_nested",
        "is_meta",
        "is_quantized",
    )
)
OWN = frozenset((torch.Tensor, torch.nn.Parameter))
"""No class of a program's, which might be in the way of its numbers."""
SHARED = frozenset(
    (torch.float32, torch.float64, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool)
)
"""What numpy has, too."""


def tensor_fields(tensor: torch.Tensor, look: Look) -> dict[str, Any]:
    """`dtype`, `shape`, `device`, what autograd knows, and the numbers where there are any."""
    step = STEP(tensor)
    fields: dict[str, Any] = {
        "dtype": _named(DTYPE(tensor)),
        "device": _named(DEVICE(tensor)),
        "requires_grad": REQUIRES_GRAD(tensor),
        "grad_fn": None if step is None else type(step).__name__,
    }
    if NESTED(tensor):
        return fields
    fields["shape"] = shape = tuple(map(int, SHAPE(tensor)))
    fields["length"] = shape[0] if shape else None
    if META(tensor) or not look.affords(BASE.numel(tensor)):
        return fields
    fields.update(number_fields(_numbers(tensor), look))
    return fields


@cache
def _named(kind: torch.dtype | torch.device) -> str:
    return str(kind).removeprefix("torch.")


def _numbers(tensor: torch.Tensor) -> NDArray[Any]:
    """As numpy has them: dense, dequantized, types that numpy lacks as float64."""
    if type(tensor) in OWN and DTYPE(tensor) in SHARED and LAYOUT(tensor) is torch.strided:
        return BASE.numpy(tensor, force=True)
    plain = BASE.detach(tensor)
    if LAYOUT(plain) != torch.strided:
        plain = BASE.to_dense(plain)
    if QUANTIZED(plain):
        plain = BASE.dequantize(plain)
    if DTYPE(plain).is_floating_point and DTYPE(plain) not in (torch.float32, torch.float64):
        plain = BASE.to(plain, torch.float64)
    return np.asarray(BASE.numpy(BASE.as_subclass(plain, torch.Tensor), force=True))
