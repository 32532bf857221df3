"""Frames on the pipes between the build, the worker and its children.

Goes in: bytes of a pipe, in whatever pieces they arrive. Comes out: payloads, of limited size, behind a secret.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

NONCE_BYTES = 16
LIMIT_BYTES = 64 << 20
HEAD = struct.Struct(f">I{NONCE_BYTES}s")


class WireError(ValueError):
    """What arrived is not a frame or not an outcome."""


def frame(payload: bytes, nonce: bytes) -> bytes:
    """The payload behind its length and the secret of the channel."""
    return HEAD.pack(len(payload), nonce) + payload


class Frames:
    """The payloads of a stream of frames, in whatever pieces it arrives."""

    __slots__ = ("_buffer", "_limit_bytes", "_nonce")

    def __init__(self, nonce: bytes, limit_bytes: int = LIMIT_BYTES) -> None:
        self._buffer = bytearray()
        self._nonce = nonce
        self._limit_bytes = limit_bytes

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The payloads completed by these bytes. Raises WireError for a wrong secret or too large a payload."""
        self._buffer += data
        while len(self._buffer) >= HEAD.size:
            size, nonce = HEAD.unpack_from(self._buffer)
            if nonce != self._nonce:
                raise WireError("bytes that are no frame of this channel")
            if size > self._limit_bytes:
                raise WireError(f"a result of {size} bytes; {self._limit_bytes} are allowed")
            if len(self._buffer) < HEAD.size + size:
                return
            payload = bytes(self._buffer[HEAD.size : HEAD.size + size])
            del self._buffer[: HEAD.size + size]
            yield payload
