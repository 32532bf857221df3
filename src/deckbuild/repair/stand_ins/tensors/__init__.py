"""Tensors, arrays and pictures: each module has one kind of use that tells their shape."""
